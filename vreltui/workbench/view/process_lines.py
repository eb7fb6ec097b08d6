"""A node with moves as its states and moves, in the words of the detail pane."""

from __future__ import annotations

from vreltui.analysis.results import TimeFigures
from vreltui.model import Design, Process, Value
from vreltui.model.process_node import Move
from vreltui.wording.numerals import value_text

_SAID = {"after": "after", "rate": "at", "with": "share", "without": "but for", "times": "times"}


def process_lines(
    design: Design, choice: str, node: Process, times: TimeFigures | None
) -> list[tuple[str, str]]:
    """Each state with what it is and how much of the time goes there; each move by its number."""
    lines = []
    for state in node.states:
        words = [_what(node, state)]
        if state == node.begins:
            words.append("it begins here")
        if times is not None and times.states is not None:
            words.append(f"{times.states[state]:.3g} of the time in the long run")
        if times is not None and times.states_at is not None:
            words.append(f"{times.states_at[state]:.3g} at the end of the mission")
        lines.append((f"state {state}", ", ".join(words)))
    for number, move in enumerate(node.moves, 1):
        lines.append((f"move {number}", _move(design, choice, move)))
    return lines


def _what(node: Process, state: str) -> str:
    if state in node.up:
        return "up"
    if node.safe is None:
        return "down"
    return "unsafe" if state in node.unsafe else "down, safe"


def _move(design: Design, choice: str, move: Move) -> str:
    factors = []
    for key in move.keys:
        given = move.factor(key)
        assert given is not None
        factors.append(f"{_SAID[key]} {_text(design, choice, given)}")
    return f"{move.origin} -> {move.target}  {', '.join(factors)}"


def _text(design: Design, choice: str, given: Value | str) -> str:
    if isinstance(given, str):
        return f"{given} = {value_text(design.value(given, choice))}"
    return value_text(given)
