"""Formulas and conditions as lines: those that were derived last, and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.symbolic.results import Condition, Formula, Refusal, Request
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import BLANK, Line, line, wrap
from vreltui.tui.panes.common_lines import note_lines
from vreltui.tui.panes.pane import PaneOwner
from vreltui.tui.panes.work import SymbolicAnswer, SymbolicRequest
from vreltui.tui.slow import Slow
from vreltui.tui.widgets.pane import Drawing


class Symbols:
    """The newest answer to symbolic questions; panes share the process that derives."""

    def __init__(self, owner: PaneOwner) -> None:
        self._owner = owner
        self._slow: Slow[SymbolicRequest, SymbolicAnswer] = owner.slow(
            "vreltui.tui.panes.work:derive_symbols"
        )

    def ask(self, key: object, requests: Sequence[Request]) -> None:
        """Ask, unless ``key`` says that this was asked last."""
        self._slow.ask(key, SymbolicRequest(self._owner.stage.session.design, tuple(requests)))

    @property
    def formula(self) -> Formula | None:
        """The formula among the answers."""
        found = self._slow.answer.answers if self._slow.answer is not None else ()
        return next((each for each in found if isinstance(each, Formula)), None)

    def drawing(self) -> Drawing:
        """The newest answers, under a word about them where they are not of the present."""
        answer, state, glyphs = self._slow.answer, self._slow.state, self._owner.stage.glyphs
        if answer is None:
            return lambda width, height: note_lines(state or "being derived", width)

        def lines(width: int, _: int) -> list[Line]:
            found = symbolic_lines(answer, width, glyphs)
            return [*note_lines(state, width), *found] if state else found

        return lines


def symbolic_lines(answer: SymbolicAnswer, width: int, glyphs: Glyphs) -> list[Line]:
    """Formulas, then conditions with their sentences."""
    lines: list[Line] = []
    for found, sentences in zip(answer.answers, answer.sentences, strict=True):
        if lines:
            lines.append(BLANK)
        match found:
            case Formula():
                lines += _formula(found, width)
            case Condition():
                lines += _condition(sentences, width, glyphs)
                for given in found.given:
                    lines += note_lines(f"where {given.text} is the goal", width, "")
                lines += _parts(found, width)
            case Refusal():
                lines += note_lines(f"{found.choice}: {found.reason}", width, "warning")
    return lines


def _formula(found: Formula, width: int) -> list[Line]:
    text = f"R({found.choice}) = {found.value.text}"
    first = [line((part, "bold")) for part in wrap(text, width - 1, " ", "     ")]
    return first + _parts(found, width)


def _parts(found: Formula | Condition, width: int) -> list[Line]:
    lines: list[Line] = []
    for number, part in enumerate(found.parts):
        word = "where " if number == 0 else "      "
        text = f"{word}{part.name.text} = {part.value.text}"
        lines += [line(each) for each in wrap(text, width - 1, " ", "         ")]
    return lines


def _condition(sentences: Sequence[str], width: int, glyphs: Glyphs) -> list[Line]:
    return [
        line(part)
        for sentence in sentences
        for part in wrap(sentence, width - 1, f" {glyphs.bullet} ", "   ")
    ]
