"""Rules on time: lifetimes as choices see them, and what a measure asks of a design."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from vreltui.model.base_node import StatedNumber
from vreltui.model.design import (
    Bought,
    Choice,
    Component,
    Design,
    Group,
    LastingComponent,
    PolicyPool,
    Pool,
    Process,
    Share,
    Structure,
)
from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.goals import LASTING
from vreltui.model.nodes import Node, inverts
from vreltui.model.numbers import Probability
from vreltui.model.process_runs import no_long_run
from vreltui.model.quantities import DURATION, Value, number


def times(design: Design) -> Iterator[Problem]:
    """Lifetimes hold in every choice that has them, and the measure can be found of each choice.

    What is wrong with an item is said once, however many nodes may be it.
    """
    yield from _mission(design)
    if not design.knows_time:
        return
    said: set[tuple[Path, str]] = set()
    for problem in _in_choices(design):
        if (problem.path, problem.what) not in said:
            said.add((problem.path, problem.what))
            yield problem


def _in_choices(design: Design) -> Iterator[Problem]:
    for name, choice in design.choices.items():
        lasting: _Figure | None = None
        for node_name in design.below(choice.root):
            node = design.nodes[node_name]
            for figure in _figures(design, node):
                match figure.of:
                    case LastingComponent():
                        lasting = lasting or figure
                        yield from _in_choice(design, figure, figure.of, choice)
                        yield from _measured(design, figure, figure.of, choice)
                    case Process():
                        lasting = lasting or figure
                        yield from _process_in_choice(design, figure.of, choice)
                    case Component():
                        yield from _constant(design, figure, figure.of, choice)
            yield from _inverted(design, node, choice)
        if lasting is not None and design.measure in LASTING:
            yield from _needs_mission(design, lasting, name)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A component that a tree may hold: where it stands, and what it is called."""

    path: Path
    called: str
    of: Component | LastingComponent | Process


def _figures(design: Design, node: Node) -> Iterator[_Figure]:
    """The component that a node is, or those of the items that it may take."""
    match node:
        case LastingComponent() | Component() | Process():
            yield _Figure(("nodes", node.name), f"node {node.name}", node)
        case Bought(catalogue=catalogue):
            for item in design.catalogues[catalogue].items.values():
                path = ("catalogues", catalogue, item.name)
                yield _Figure(path, f"{item.name} of catalogue {catalogue}", item.figure)
        case Group() | Pool() | Structure() | Share() | PolicyPool():
            return
        case unknown:
            assert_never(unknown)


def _mission(design: Design) -> Iterator[Problem]:
    path: Path = ("mission", "time")
    time = design.mission.time
    if isinstance(time, str):
        parameter = design.parameters[time]
        if parameter.quantity is not DURATION:
            what = f"time in mission names {time}, which is a {parameter.quantity.short}"
            yield Problem(path, what, 'a time parameter { time = "..." } is right')
        elif number(parameter.value) == 0:
            what = f"the mission time names {time}, which is 0"
            yield Problem(path, what, 'a time such as "30 d" is right')
    elif time is not None and (fault := time.fault()):
        yield Problem(path, f"the mission time {fault}", 'a time such as "30 d" is right')
    if design.goal is not None and design.mission.measure is not None:
        what = "there is a goal, and [mission] says what is measured as well"
        right = f"the goal says it ({design.measure}): leave measure out"
        yield Problem(("mission", "measure"), what, right)


def _needs_mission(design: Design, figure: _Figure, choice: str) -> Iterator[Problem]:
    if design.mission.time is None:
        has = "moves" if isinstance(figure.of, Process) else "a lifetime"
        what = f"{figure.called} of choice {choice} has {has}"
        right = '[mission] time = "30 d" says how long it must last'
        yield Problem(figure.path, what, right)


def _measured(
    design: Design, figure: _Figure, life: LastingComponent, choice: Choice
) -> Iterator[Problem]:
    called = f"{figure.called} of choice {choice.name}"
    if design.measure == "availability" and life.mttr is None:
        what = f"{called} is down for ever once it fails"
        right = 'an availability needs its mttr = "100 min" or the like'
        yield Problem(figure.path, what, right)

    if design.measure == "availability" and life.rejuvenate is not None and life.takes is None:
        right = 'add takes = "2 min", or "0 s" where another takes over at once'
        yield Problem((*figure.path, "rejuvenate"), f"{called} has rejuvenate without takes", right)


def _constant(
    design: Design, figure: _Figure, component: Component, choice: Choice
) -> Iterator[Problem]:
    if design.measure != "mttf":
        return
    given = component.reliability
    value = design.value(given, choice.name) if isinstance(given, str) else given
    assert isinstance(value, Probability)
    if value.reliability not in (0, 1):
        what = f"{figure.called} of choice {choice.name} is a constant, and has no mean life"
        right = "give it a lifetime such as mttf, or 0 or 1"
        yield Problem((*figure.path, "reliability"), what, right)


def _inverted(design: Design, node: Node, choice: Choice) -> Iterator[Problem]:
    if not inverts(node):
        return
    what = f"node {node.name} of choice {choice.name} works when what is below does not"
    if design.measure == "mttf":
        right = "a mean life is one that only failures end"
        yield Problem(("nodes", node.name, "needs"), what, right)
    if design.measure == "safety":
        right = "what is unsafe below it is unsafe: need all, any, a majority or a number"
        yield Problem(("nodes", node.name, "needs"), what, right)


def _in_choice(
    design: Design, figure: _Figure, life: LastingComponent, choice: Choice
) -> Iterator[Problem]:
    """The numbers of a lifetime with the values that one choice sees."""
    seen: dict[str, Value] = {}
    for stated in (*life.numbers, *life.listed):
        value = _seen(design, stated, choice)
        seen[stated.key] = value
        path: Path = (*figure.path, stated.key)
        if stated.parameter is not None and (fault := stated.fault_of(value, design.most_copies)):
            what = f"{spoken(path)} names {stated.parameter}, which in choice {choice.name} {fault}"
            if stated.parameter in choice.set:
                path = ("choices", choice.name, "set", stated.parameter)
            yield Problem(path, what, "set another value, or name another parameter")
    if "planned" in seen and number(seen["planned"]) >= number(seen["every"]):
        what = (
            f"{figure.called} is taken down for {seen['planned']} every {seen['every']}"
            f" in choice {choice.name}"
        )
        yield Problem((*figure.path, "planned"), what, "planned must be shorter than every")


def _process_in_choice(design: Design, node: Process, choice: Choice) -> Iterator[Problem]:
    """The numbers of moves as one choice sees them, and whether there is a long run."""
    path: Path = ("nodes", node.name)
    fault_found = False
    for stated in node.listed:
        value = _seen(design, stated, choice)
        if stated.parameter is not None and (fault := stated.fault_of(value, design.most_copies)):
            fault_found = True
            at: Path = (*path, *stated.place)
            what = f"{spoken(at)} names {stated.parameter}, which in choice {choice.name} {fault}"
            if stated.parameter in choice.set:
                at = ("choices", choice.name, "set", stated.parameter)
            yield Problem(at, what, "set another value, or name another parameter")
    if design.measure != "availability" or fault_found:
        return
    if fault := no_long_run(design, node, choice.name):
        what = f"node {node.name} of choice {choice.name} {fault}"
        right = "an availability needs a move out of it, such as a repair"
        yield Problem((*path, "moves"), what, right)


def _seen(design: Design, stated: StatedNumber, choice: Choice) -> Value:
    given = stated.given
    return design.value(given, choice.name) if isinstance(given, str) else given
