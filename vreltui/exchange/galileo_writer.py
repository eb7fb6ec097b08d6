"""A fault tree in the notation of Galileo, as Storm reads it too."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.exchange.failure_tree import FailureTree, Gate
from vreltui.exchange.open_psa_writer import decimal_text
from vreltui.model import shown


def galileo(tree: FailureTree) -> str:
    """The text of a .dft file; titles stand in comments."""
    return "\n".join(_lines(tree)) + "\n"


def _lines(tree: FailureTree) -> Iterator[str]:
    if tree.title:
        yield _comment(tree.title)
    yield f'toplevel "{tree.top}";'
    for gate in tree.gates.values():
        if gate.title:
            yield _comment(f"{gate.name}: {gate.title}")
        parts = " ".join(f'"{part}"' for part in gate.parts)
        yield f'"{gate.name}" {_word(gate)} {parts};'
    for event in tree.events.values():
        if event.title:
            yield _comment(f"{event.name}: {event.title}")
        yield f'"{event.name}" prob={decimal_text(event.probability)};'


def _word(gate: Gate) -> str:
    return f"{gate.least}of{len(gate.parts)}" if gate.word == "atleast" else gate.word


def _comment(text: str) -> str:
    return f"// {shown(text, most=len(text) + 1)}"
