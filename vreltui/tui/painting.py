"""What is sent to the terminal when a part of the screen changed: those cells and no others.

Textual's own compositor draws every line of every widget near a change, and sends a changed line
from the left edge of its widget. This one asks widgets for the changed lines alone, and sends
each from where it differs, in as few codes as that takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Protocol, cast

from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

Placed = tuple[int, int, int, Iterable[Segment]]
"""Line and column of the first cell, the column after the last, and what is drawn there."""


def _regions_become_spans() -> bool:
    spans = Compositor._regions_to_spans([Region(1, 2, 3, 1)])
    return list(spans) == [(2, 1, 4)]


PARTS: Mapping[str, Callable[[], bool]] = {
    "Compositor._dirty_regions": lambda: Compositor()._dirty_regions == set(),
    "Compositor._regions_to_spans": _regions_become_spans,
    "Compositor.visible_widgets": lambda: isinstance(vars(Compositor)["visible_widgets"], property),
    "Compositor.render_partial_update": lambda: callable(Compositor.render_partial_update),
    "ChopsUpdate": lambda: callable(ChopsUpdate([], [], []).render_segments),
    "Console._color_system": lambda: (
        Console(color_system="truecolor")._color_system is ColorSystem.TRUECOLOR
    ),
    "Strip.render_ansi": lambda: Strip.render_ansi(Style(bold=True), ColorSystem.TRUECOLOR) == "1",
    "Widget._set_dirty": lambda: callable(Widget._set_dirty),
    "Screen._dirty_widgets": lambda: Screen()._dirty_widgets == set(),
    "Screen._compositor": lambda: isinstance(Screen()._compositor, Compositor),
}
"""The parts of Textual and rich that are not their interface, and how each is used here."""


@cache
def missing() -> tuple[str, ...]:
    """The parts that are not there, or behave otherwise; then Textual's own compositor draws."""
    found = []
    for name, probe in PARTS.items():
        try:
            is_usable = probe()
        except Exception:  # whatever another version makes of it
            is_usable = False
        if not is_usable:
            found.append(name)
    if found:
        from vreltui.tui.crash import note  # which loads what the first paint does without

        note(f"drawn by Textual's own compositor; of Textual there is no more {', '.join(found)}")
    return tuple(found)


class CellScreen(Screen[None]):
    """A screen of which a change sends the changed cells, where Textual lets it."""

    def __init__(self) -> None:
        super().__init__()
        self._stock = bool(missing())
        if not self._stock:
            self._compositor = CellCompositor()

    def repaint(self, widget: Widget, regions: Sequence[Region]) -> None:
        """Draw parts of a widget again: as its ``refresh``, without a message for each widget."""
        if self._stock or widget not in self._compositor or not widget.display:
            widget.refresh(*regions)
            return
        widget._set_dirty(*regions)
        self._dirty_widgets.add(widget)
        self.check_idle()


class CellCompositor(Compositor):
    """Puts widgets on the screen; of a partial update, no more than has changed."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """The changed cells; None where there are none."""
        dirty = [region.intersection(self.size.region) for region in self._dirty_regions]
        self._dirty_regions.clear()
        widgets = [
            (widget, region, region.intersection(clip))
            for widget, (region, clip) in self.visible_widgets.items()
        ]
        placed: list[Placed] = []
        for span in self._regions_to_spans(region for region in dirty if region):
            placed += _stretch(*span, widgets)
        return CellsUpdate(placed) if placed else None


def _stretch(
    y: int, left: int, right: int, widgets: Sequence[tuple[Widget, Region, Region]]
) -> list[Placed]:
    """What stands in a stretch of a line. Of widgets in one place, the foremost is seen."""
    found: list[Placed] = []
    free = [(left, right)]
    for widget, region, (x, top, width, height) in widgets:
        if not top <= y < top + height:
            continue
        parts = [(max(a, x), min(b, x + width)) for a, b in free if a < x + width and x < b]
        if not parts:
            continue
        for a, b in parts:
            found.append((y, a, b, _cells(widget, y - region.y, a - region.x, b - region.x)))
        free = [rest for each in free for rest in _without(each, x, x + width)]
        if not free:
            break
    return sorted(found, key=lambda each: each[1])


class DrawsCells(Protocol):
    """A widget with nothing around its lines."""

    def painted(self, y: int, left: int, right: int) -> Iterable[Segment]:
        """Some cells of a line as they are sent."""


def _cells(widget: Widget, y: int, left: int, right: int) -> Iterable[Segment]:
    # Widgets of the library itself, such as its screen, have no such method and are rendered.
    if hasattr(widget, "painted"):
        return cast("DrawsCells", widget).painted(y, left, right)
    return widget.render_lines(Region(0, y, widget.region.width, 1))[0].crop(left, right)


def _without(stretch: tuple[int, int], left: int, right: int) -> list[tuple[int, int]]:
    """What of a stretch is left of ``left`` or right of ``right``."""
    a, b = stretch
    return [(x, y) for x, y in ((a, min(b, left)), (max(a, right), b)) if x < y]


class CellsUpdate(ChopsUpdate):
    """Cells in their places."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        super().__init__([], [], [])
        self._placed = placed

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The same as one segment that is sent as it is."""
        yield Segment(self.render_segments(console), None, [])

    def render_segments(self, console: Console) -> str:
        """What makes a terminal show the cells."""
        system = console._color_system or ColorSystem.TRUECOLOR
        out: list[str] = []
        at = (-1, -1)
        codes = ""
        for y, left, right, segments in self._placed:
            if (y, left) != at:
                out.append(f"\x1b[{y + 1};{left + 1}H")
            for text, style, control in segments:
                if control is not None or not text:
                    continue
                wanted = "" if style is None else _codes(style, system)
                if wanted != codes:
                    out.append(_change(codes, wanted))
                    codes = wanted
                out.append(text)
            at = (y, right)
        if codes:
            out.append("\x1b[m")
        return "".join(out)


def _change(before: str, after: str) -> str:
    """What turns the codes in force into others."""
    if not after:
        return "\x1b[m"
    return f"\x1b[0;{after}m" if before else f"\x1b[{after}m"


@lru_cache(1024)
def _codes(style: Style, system: ColorSystem) -> str:
    """The codes of a style; the terminal's own colours need none."""
    codes = Strip.render_ansi(style, system)
    if "38;" in codes or "48;" in codes:
        return codes
    return ";".join(code for code in codes.split(";") if code not in ("39", "49"))
