"""Which instances of a choice a common cause strikes together, and how many there are."""

from __future__ import annotations

from dataclasses import replace

from vreltui.model.causes import Cause
from vreltui.model.design import Design
from vreltui.model.instances import instances
from vreltui.model.nodes import Pool
from vreltui.model.quantities import COUNT


def members(design: Design, cause: Cause, choice: str) -> int:
    """How many instances a choice has of what a cause strikes, in one copy of its ``within``.

    The design has its decisions taken.
    """
    root = design.choices[choice].root
    home = home_of(design, cause, choice)
    found = instances(design, root) if home is None else instances(design, home, copied=True)

    def copies(given: int | str) -> int:
        return COUNT.of(design.value(given, choice)) if isinstance(given, str) else given

    struck = struck_by(design, cause)
    return sum(each.count(copies) for each in found if each.node in struck)


def without_lone(design: Design, choice: str) -> Design:
    """The design without causes that strike a single member of a choice, and so do nothing.

    Where a count is a value of a program, a plain beta is part of it whatever the count is: it then
    leaves a single member its own figure, but not how often it goes down.
    """
    there = set(design.below(design.choices[choice].root))
    kept = {
        name: cause
        for name, cause in design.causes.items()
        if there.isdisjoint(cause.strikes) or members(design, cause, choice) != 1
    }
    return design if len(kept) == len(design.causes) else replace(design, causes=kept)


def misfit(design: Design, choice: str) -> str:
    """Why some cause can't be expanded in a choice; "" where all can.

    No design that keeps the rules has such a choice, but one with other counts may.
    """
    for cause in design.causes_among(design.below(design.choices[choice].root)):
        found = 0 if cause.model == "beta" else members(design, cause, choice)
        if found > 1 and len(cause.letters) != cause.letters_wanted(found):
            return f"the letters of cause {cause.name} are not for {found} members"
    return ""


def struck_by(design: Design, cause: Cause) -> frozenset[str]:
    """The components that a cause strikes: of what is bought in copies, the item that is copied."""
    nodes = [design.nodes[name] for name in cause.strikes]
    return frozenset(node.of if isinstance(node, Pool) else node.name for node in nodes)


def home_of(design: Design, cause: Cause, choice: str) -> str | None:
    """The node ``within`` which the cause stays, where the choice has it."""
    if cause.within is None or cause.within not in design.below(design.choices[choice].root):
        return None
    return cause.within
