"""Numbers that common causes hold in their places: what can't be varied with all else equal.

Letters of several are for one number of members, shares of all failures are 1 in sum, and what is
struck together is alike.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from vreltui.model import Cause, Design, Pool
from vreltui.model.design import Choice
from vreltui.model.quantities import PROBABILITY, number
from vreltui.model.settling import settled
from vreltui.model.struck_members import members


def held_by_causes(design: Design, choice: str, name: str) -> str:
    """Why a number can't be varied alone in a choice or its baseline; "" if it can."""
    if not design.causes:
        return ""
    for each in dict.fromkeys((choice, design.baseline or choice)):
        ordinary = settled(design, each)
        below = ordinary.below(ordinary.choices[each].root)
        for cause in ordinary.causes_among(below):
            if reason := _held(ordinary, cause, each, name):
                return reason
    return ""


def _held(design: Design, cause: Cause, choice: str, name: str) -> str:
    if cause.model == "phi" and name in cause.letters:
        return f"phi of cause {cause.name} is 1 in sum, so that none of it moves alone"
    owner = design.own.get(name, name)
    if owner in cause.strikes and len(cause.strikes) > 1 and name not in _stated(design):
        together = " and ".join(cause.strikes)
        return f"{together} are struck together and stay alike: name one parameter in all of them"
    if cause.is_plain_beta or not _is_count(design, name):
        return ""
    found = members(design, cause, choice)
    if cause.model == "beta":
        if _moves(design, cause, choice, name) and _may_be_alone(design, cause, choice, name):
            return f"cause {cause.name} does nothing to a single member, and its own share is less"
        return ""
    if found > 1 and _moves(design, cause, choice, name):
        return f"the letters of cause {cause.name} are for {found} members"
    return ""


def _may_be_alone(design: Design, cause: Cause, choice: str, name: str) -> bool:
    """Whether there is a single member where a count is 1."""
    return name in design.parameters and members(_with(design, choice, name, 1), cause, choice) == 1


def _stated(design: Design) -> set[str]:
    """The parameters that a file states, which are no numbers of a node's own."""
    return set(design.parameters) - set(design.own)


def _is_count(design: Design, name: str) -> bool:
    if name in design.parameters:
        return design.parameters[name].is_count
    return isinstance(design.nodes.get(name), Pool)


def _moves(design: Design, cause: Cause, choice: str, name: str) -> bool:
    """Whether a count moves how many members there are: one more of it is tried."""
    found = members(design, cause, choice)
    if name in design.parameters:
        value = design.value(name, choice)
        return members(_with(design, choice, name, int(number(value)) + 1), cause, choice) != found
    return False


def _with(design: Design, choice: str, name: str, value: int) -> Design:
    """The design in which a count has another value in a choice."""
    entry: Choice = design.choices[choice]
    changed = replace(entry, set={**entry.set, name: value})
    return replace(design, choices={**design.choices, choice: changed})


def most_of_beta(design: Design, choice: str, name: str) -> Fraction:
    """The greatest value of a beta with which those of one component are 1 in sum at most."""
    most = Fraction(1)
    by_node: dict[str, list[Cause]] = {}
    for cause in design.causes.values():
        for node in cause.strikes:
            by_node.setdefault(node, []).append(cause)
    for striking in by_node.values():
        moving = [each for each in striking if each.beta == name]
        if not moving:
            continue
        others = sum(
            (
                PROBABILITY.of(
                    design.value(each.beta, choice) if isinstance(each.beta, str) else each.beta
                ).reliability
                for each in striking
                if each.beta != name
            ),
            Fraction(0),
        )
        most = min(most, (1 - others) / len(moving))
    return most
