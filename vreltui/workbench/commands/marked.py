"""An edit of all that is marked: what a command does to one node, done to each as one change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from vreltui.model import Design, edits
from vreltui.model.edits import Position
from vreltui.model.errors import DesignError
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench
from vreltui.workbench.view.outline import outline
from vreltui.workbench.view.rows import own_value

OnMarked = Literal["alone", "each", "in order", "number", "beside", "together"]
"""What a command does while nodes are marked.

``alone``: it is about the selected node all the same. ``each``: it is done to one marked node after
the other, the last first, or ``in order``; ``number`` does a parameter that several name once.
``beside`` gathers in one new choice what each would do in one of its own. ``together``: it asks for
the marked nodes itself.
"""


def places(bench: Workbench) -> list[Position]:
    """Where each marked node of the choice in hand stands first, in order of the tree.

    Where none is marked in it, the selected place.
    """
    if not bench.marked:
        return [bench.position]
    found: dict[str, Position] = {}
    for entry in outline(bench.design, bench.choice).entries:
        if entry.node in bench.marked:
            found.setdefault(entry.node, entry.position)
    return list(found.values()) or [bench.position]


def on_marked(bench: Workbench, change: Callable[[Workbench], Change], how: OnMarked) -> Change:
    """The change of the selected node, or one of all that is marked.

    Raises :class:`vreltui.model.DesignError` where it can't be done to one of them.
    """
    if how in ("alone", "together") or not bench.marked:
        return change(bench)
    wanted = places(bench)
    if how == "number":
        wanted = _of_other_numbers(bench, wanted)
    if how == "beside":
        return _beside(bench, change, wanted)
    nodes = [edits.node_at(bench.design, place) for place in wanted]
    if how != "in order":
        nodes.reverse()
    design, done = bench.design, 0
    label = ""
    for node in nodes:
        place = _place_of(design, bench.choice, node)
        if place is None:  # it went with one before it
            continue
        one = change(bench.seen_at(design, place))
        design, label, done = one.design, one.label, done + 1
    return Change(_label(label, done), design, _where(bench, design))


def _place_of(design: Design, choice: str, node: str) -> Position | None:
    """Where a node stands first in the tree of a choice."""
    entries = outline(design, choice).entries
    return next((entry.position for entry in entries if entry.node == node), None)


def _of_other_numbers(bench: Workbench, wanted: list[Position]) -> list[Position]:
    """Without those whose number is a parameter that an earlier one names."""
    named: set[str] = set()
    found = []
    for place in wanted:
        node = bench.design.nodes[edits.node_at(bench.design, place)]
        parameter = own_value(bench.design, place.choice, node)[1]
        if parameter is None or parameter not in named:
            found.append(place)
        named |= {parameter} if parameter is not None else set()
    return found


def _beside(
    bench: Workbench, change: Callable[[Workbench], Change], wanted: list[Position]
) -> Change:
    """One new choice, made by one move after the other; those in between are dropped."""
    design, choice = bench.design, bench.choice
    titles: list[str] = []
    label = made = ""
    # The last first: what is done to it moves none of those before it.
    for place in reversed(wanted):
        one = change(bench.seen_at(design, Position(made or choice, place.steps)))
        assert one.position is not None
        design, label, new = one.design, one.label, one.position.choice
        titles.insert(0, design.choices[new].title)
        if made:
            design = edits.rename_choice(edits.delete_choice(design, made), new, made)
        made = made or new
    design = edits.set_text(design, ("choices", made, "title"), ", ".join(titles))
    return Change(_label(label, len(wanted)), design, Position(made))


def _label(last: str, done: int) -> str:
    return last if done < 2 else f"{last}, and {done - 1} more"


def _where(bench: Workbench, design: Design) -> Position | None:
    """Where the selected node stands after the edit; None where it is gone."""
    place = bench.position
    try:
        stays = edits.node_at(design, place) == bench.node
    except DesignError:
        stays = False
    return place if stays else _place_of(design, bench.choice, bench.node)
