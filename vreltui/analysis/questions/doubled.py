"""What a choice comes to where there are two of a node: told from its derivative, where that does.

R is a straight line in what a part of a tree comes to that stands in one place and shares nothing:
so two of it, of which one suffices, need no other tree to be made and solved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, PairOfBalls, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.model import Component, Design, Group, LastingComponent, Pool

_PLAIN = (Component, LastingComponent, Group, Pool)


def places_of(design: Design, choice: str) -> Mapping[str, list[str]]:
    """Above what each node of a choice stands, as often as it does."""
    root = design.choices[choice].root
    above: dict[str, list[str]] = {root: []}
    for name in design.below(root):
        for child in design.nodes[name].children:
            above.setdefault(child, []).append(name)
    return above


@dataclass(frozen=True, slots=True)
class Doubled:
    """Two of what stands in a slot, of which one suffices."""

    own: Evaluation
    slot: int

    def by_slope(self) -> PairOfBalls:
        """The pair of the root from its derivative: soon told, with fewer digits near 0 and 1."""
        root, (r, q) = self.own.pair(), self.own.pair(self.slot)
        with precision(WORKING_BITS):
            gain = self.own.slopes()[self.slot] * r * q
            return root[0] + gain, root[1] - gain

    def pair(self) -> PairOfBalls:
        """The pair of the root with all its digits: what depends on the slot is walked again."""
        r, q = self.own.pair(self.slot)
        with precision(WORKING_BITS):
            two = r + r * q, q * q
        return self.own.at_slot(self.slot, two, WORKING_BITS)


def doubled(study: Study, choice: str, name: str, above: Mapping[str, list[str]]) -> Doubled | None:
    """A choice in which a node is two; None where its derivative does not tell.

    ``above`` is what :func:`places_of` answers.
    """
    design = study.design
    if design.causes or design.measure not in ("reliability", "availability"):
        return None
    if design.most_copies < 2:
        return None
    if not _is_separate(design, name, above):
        return None
    own = study.whole(choice)
    program = own.program
    slot = program.nodes.get(name)
    if slot is None or program.names_at(slot) != (name,):
        return None
    if slot != program.root and own.leaf_degree(slot) != 1:
        return None
    return Doubled(own, slot)


def _is_separate(design: Design, name: str, above: Mapping[str, list[str]]) -> bool:
    """Whether a node and all above it stand in one place, alone with what is below it."""
    upwards = name
    while len(above[upwards]) == 1:
        (upwards,) = above[upwards]
    if above[upwards]:
        return False
    below = design.below(name)
    inside = set(below)
    for each in below:
        node = design.nodes[each]
        if node.shared or not isinstance(node, _PLAIN):
            return False
        if isinstance(node, Group | Pool) and node.contained is not None:
            return False
        if each != name and not inside.issuperset(above[each]):
            return False
    return True
