"""Every problem of a design at once, across rules of which later ones assume that earlier hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from vreltui.model.catalogues import Item
from vreltui.model.design import Choice, Design, Mission, Parameter, Value
from vreltui.model.errors import Path, Problem
from vreltui.model.goals import Aim, Goal, MeanLife, Measure
from vreltui.model.nodes import Component
from vreltui.model.numbers import PlainNumber, Probability
from vreltui.model.times import Duration, Rate

T = TypeVar("T")

Stage = Callable[[Design], Iterator[Problem]]

_SOME = Probability.of("0.5")
_SURE = Probability.of(1)
"""A constant that every measure allows."""

_A_DAY = Duration(Decimal(1), "d")

_SOUND: Mapping[str, Value] = {
    "probability": _SOME,
    "count": 1,
    "time": _A_DAY,
    "rate": Rate(Decimal(1), "/d"),
    "number": PlainNumber(Decimal(1)),
}
"""A value of each quantity that keeps every rule."""

_GOALS: Mapping[Measure, Goal] = {
    "reliability": _SOME,
    "availability": Aim("availability", _SOME),
    "mttf": MeanLife(_A_DAY),
    "safety": Aim("safety", _SOME),
}
"""A goal of each measure that keeps every rule."""


def every_problem(design: Design, stages: Iterable[Stage], most: int) -> Iterator[Problem]:
    """The problems of ``design`` by all the rules, at least ``most`` of them if there are so many.

    What is at fault by one rule is replaced by something that keeps it, so that the next one finds
    its own faults alone. Nothing is said of what can't be judged for that reason.
    """
    said = 0
    for stage in stages:
        # A rule may stop at the first fault of its kind, such as a cycle: it is asked again.
        while found := list(stage(design)):
            yield from found
            said += len(found)
            mended = _mended(design, found)
            if mended is None or said >= most:
                return
            if mended == design:
                break
            design = mended


def _mended(design: Design, found: list[Problem]) -> Design | None:
    """The design without what is at fault; None where nothing more can be judged."""
    if any(len(problem.path) == 1 and problem.path[0] in _TABLES for problem in found):
        return None
    for problem in found:
        design = _undecided(design, problem.path)
        match problem.path:
            case ("nodes", str(name), *_):
                component = Component(name=name, reliability=_SURE)
                design = replace(design, nodes=_with(design.nodes, name, component))
            case ("parameters", str(name), *_):
                parameter = Parameter(name, _SOUND[design.parameters[name].quantity.kind])
                design = replace(design, parameters=_with(design.parameters, name, parameter))
            case ("choices", str(name), *rest):
                choice = _choice(design, design.choices[name], rest)
                design = replace(design, choices=_with(design.choices, name, choice))
            case ("causes", str(name), *_):
                design = replace(design, causes=_without(design.causes, name))
            case ("plots", str(name), *_):
                design = replace(design, plots=_without(design.plots, name))
            case ("baseline",):
                design = replace(design, baseline=next(iter(design.choices)))
            case ("goal", *_):
                design = replace(design, goal=_GOALS[design.measure])
            case ("mission", *_):
                design = replace(design, mission=Mission(_A_DAY))
            case ("limits", *_):
                design = replace(design, copies_limit=None)
            case _:  # what no later rule reads, such as a text
                pass
    return design


_TABLES = (
    "parameters",
    "nodes",
    "causes",
    "choices",
    "plots",
    "resources",
    "catalogues",
    "rules",
)


def _catalogue(design: Design, name: str, rest: list[str]) -> Design:
    """The design with an item that is nothing but its name, or with a catalogue of one item."""
    catalogue = design.catalogues[name]
    item = rest[0] if rest and rest[0] in catalogue.items else "A"
    # What is sure has a mean life; any other constant would be at fault by the same rule again.
    reliability = _SURE if design.measure == "mttf" else _SOME
    plain = Item(item, Component(name=item, reliability=reliability))
    items = _with(catalogue.items, item, plain)
    changed = replace(catalogue, items=items)
    return replace(design, catalogues=_with(design.catalogues, name, changed))


def _undecided(design: Design, path: Path) -> Design:
    """The design without a resource, item or rule that is at fault, or what speaks of a decision.

    Of other things that are at fault it says nothing.
    """
    if len(path) < 2:
        return design
    table, name, *rest = [str(part) for part in path]
    if table == "resources":
        entry = replace(design.resources[name], limit=None)
        return replace(design, resources=_with(design.resources, name, entry))
    if table == "rules":
        return replace(design, rules=_without(design.rules, name))
    if table == "catalogues":
        return _catalogue(design, name, rest)
    if table not in ("nodes", "parameters"):
        return design
    rules = {key: rule for key, rule in design.rules.items() if name not in rule.names}
    choices = {
        key: replace(choice, options=_without(choice.options, name))
        for key, choice in design.choices.items()
    }
    return replace(design, rules=rules, choices=choices)


def _choice(design: Design, choice: Choice, rest: list[str | int]) -> Choice:
    """The choice without the value that it can't set, or with another root."""
    if len(rest) > 1 and rest[0] == "set":
        name = str(rest[1])
        options = _without(choice.options, name)
        return replace(choice, set=_without(choice.set, name), options=options)
    if rest[:1] == ["root"]:
        return replace(choice, root=next(iter(design.nodes)))
    return choice


def _with(table: Mapping[str, T], name: str, entry: T) -> Mapping[str, T]:
    return {**table, name: entry}


def _without(table: Mapping[str, T], name: str) -> Mapping[str, T]:
    return {key: entry for key, entry in table.items() if key != name}
