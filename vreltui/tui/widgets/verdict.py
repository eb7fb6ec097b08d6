"""The verdict of the choice in hand, and the sentences that explain it."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line, line, wrap
from vreltui.tui.widgets.line_view import LineView
from vreltui.workbench import Summary


class VerdictView(LineView):
    """A headline in the verdict's colour, the reasons, and what each parameter must be."""

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._summary: Summary | None = None
        self._stale = False
        self._hint = ""
        self._zoom = ""
        self._changes: Sequence[str] = ()
        self._independence = ""
        self._late = False
        self._wrapped: dict[int, list[Line]] = {}

    def show(
        self,
        summary: Summary,
        changes: Sequence[str] = (),
        independence: str = "",
        *,
        stale: bool = False,
        late: bool = False,
        hint: str = "",
        zoom: str = "",
    ) -> None:
        """Show a verdict, and what would change it; or a hint in place of its sentences.

        The first of ``changes`` says what the others are; they may be ``late``. Below the
        reasons stands how far they rest on ``independence``. The key ``zoom`` shows all of it.
        """
        if self.is_news((summary, tuple(changes), independence, stale, late, hint, zoom)):
            self._independence = independence
            self._summary, self._stale, self._hint, self._zoom = summary, stale, hint, zoom
            self._changes, self._late = changes, late
            self._wrapped.clear()
            self.redraw()

    def wanted(self, width: int) -> int:
        """How many lines all of it would take at a width."""
        return len(self._all(width))

    def build(self, width: int, height: int) -> Sequence[Line]:
        """As much as fits; the rest is counted."""
        lines = self._all(width)
        if len(lines) > height > 0:
            more = len(lines) - height + 1
            lines = [*lines[: height - 1], line((f" {more} more lines: {self._zoom}", "dim"))]
        return lines

    def _all(self, width: int) -> list[Line]:
        """All lines at a width; there may be thousands, so they are broken once."""
        if width not in self._wrapped:
            self._wrapped[width] = self._broken(width)
        return self._wrapped[width]

    def _broken(self, width: int) -> list[Line]:
        summary = self._summary
        if summary is None:
            return []
        verdict = "dim" if self._stale else (summary.verdict or "dim")
        head = _packed(summary.headline.split("   "), width - 1)
        lines = [line((text, verdict)) for text in head]
        if self._hint:
            hint = wrap(self._hint, width - 1, " ", " ")
            return [*lines, *(line((text, "warning")) for text in hint)]
        dot = self.glyphs.bullet
        for number, change in enumerate(self._changes):
            texts = wrap(change, width - 1, f" {number} " if number else " ", "   ")
            style = "dim" if self._late else "" if number else "key"
            lines += [line((text, style)) for text in texts]
        for sentence in summary.sentences:
            lines += [line(text) for text in wrap(sentence, width - 1, " ", "   ")]
        if self._independence:
            aside = wrap(self._independence, width - 1, " ", "   ")
            lines += [line((text, "dim")) for text in aside]
        for sentence in summary.thresholds:
            lines += [line(text) for text in wrap(sentence, width - 1, f" {dot} ", "   ")]
        return lines


def _packed(parts: Sequence[str], width: int) -> list[str]:
    """Parts on as few lines as they need, none of them broken."""
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]}   {part}" if lines[-1] else f" {part}"
        if lines[-1] and len(longer) > width:
            lines.append(f" {part}")
        else:
            lines[-1] = longer
    return lines
