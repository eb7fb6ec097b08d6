"""How far the answer about a choice rests on independence: common causes where none is stated.

Every redundant set that no cause strikes gets one, all with one common beta. What redundancy gains
at a beta of 0 is gone at 1; between them, part of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flint import arb

from vreltui.analysis.questions.thresholds import bounded
from vreltui.analysis.results import Dependence, Measure, OpenInterval
from vreltui.analysis.study import Study, program_of
from vreltui.engine.balls import PairOfBalls, nearest_double, precision, sharpen
from vreltui.engine.contest import Contest, margin
from vreltui.engine.crossing import winning_region
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.engine.regions import EVERYWHERE, Region, intersect
from vreltui.engine.stated_values import values_of
from vreltui.model import (
    Bought,
    Cause,
    Component,
    Design,
    Group,
    LastingComponent,
    Parameter,
    Pool,
    Probability,
    Process,
    Share,
    Structure,
)
from vreltui.model.goals import Share as GoalShare
from vreltui.model.quantities import number
from vreltui.model.struck import expanded

BETAS = tuple(Probability.of(text) for text in ("0", "0.01", "0.02", "0.05", "0.1", "0.2", "1"))
"""The betas at which it is asked."""

_BETA = ".beta"
"""The name of the common beta; no parameter of a file has such a name."""


def dependence(study: Study, choice: str) -> Dependence | None:
    """What common causes would do; None where nothing is redundant. Raises :class:`Undecided`."""
    design = study.settled(choice)
    sets = redundant_sets(design, choice)
    if not sets:
        return None
    changed = _with_causes(design, choice, sets)
    root = changed.choices[choice].root
    program = program_of(expanded(changed, choice), root, study.budget)
    evaluation = Evaluation(program, values_of(changed, program, choice))
    source = Source(_BETA, is_parameter=True)
    at = [evaluation.changed({source: beta}) for beta in BETAS]
    unreliability = []
    for each in at:
        (q,) = sharpen(lambda bits, each=each: (each.pair(bits=bits)[1],))  # type: ignore[misc]
        unreliability.append(nearest_double(q))
    kept = None
    if Contest(at[0], at[-1], study.budget).sign() > 0:
        kept = tuple(_kept(each, at[0], at[-1]) for each in at)
    most, undecided = None, ""
    if study.is_asked(choice):
        try:
            most = _most(study, choice, evaluation, source)
        except Undecided as reason:
            undecided = str(reason)
    return Dependence(tuple(sets), tuple(unreliability), kept, most, undecided)


def _kept(at: Evaluation, none: Evaluation, all_common: Evaluation) -> float:
    """(L(beta) - L(1)) / (L(0) - L(1))."""

    def pair(each: Evaluation, bits: int) -> PairOfBalls:
        return each.pair(bits=bits)

    if at is none or at is all_common:
        return 1.0 if at is none else 0.0

    def share(bits: int) -> tuple[arb]:
        with precision(bits):
            last = pair(all_common, bits)
            kept = margin(pair(at, bits), last)
            return (kept / margin(pair(none, bits), last),)

    (found,) = sharpen(share)
    return nearest_double(found)


def _most(
    study: Study, choice: str, evaluation: Evaluation, source: Source
) -> tuple[OpenInterval, ...]:
    """Where the choice meets goal and baseline; the baseline is held at its own causes."""
    regions: list[tuple[Measure, Region]] = []
    whole = EVERYWHERE
    for contest in study.contests(choice):
        is_goal = isinstance(contest.rival, Probability | GoalShare)
        own = Contest(evaluation, contest.rival, study.budget)
        region = winning_region(own, source, (True, False))
        regions.append(("goal" if is_goal else "baseline", region))
        whole = intersect(whole, region)
    return bounded(whole, regions, None)


# What is redundant


def redundant_sets(design: Design, choice: str) -> dict[str, tuple[str, ...]]:
    """The outermost nodes that do not need all of what is alike, with the components struck.

    No cause strikes any of these. Raises :class:`Undecided` where some have lifetimes.
    """
    root = design.choices[choice].root
    below = design.below(root)
    struck = {name for cause in design.causes_among(below) for name in cause.strikes}
    found: dict[str, tuple[str, ...]] = {}
    inside: set[str] = set()
    for name in below:
        members = tuple(_alike(design, choice, name))
        if name in inside or not members:
            continue
        if struck.isdisjoint(members):
            taken = {each for others in found.values() for each in others}
            members = tuple(each for each in members if each not in taken)
            if members:
                found[name] = members
            inside.update(design.below(name))
    return found


def _alike(design: Design, choice: str, name: str) -> Iterator[str]:
    """The components of a redundant set; none for a node that is no such set."""
    node = design.nodes[name]
    match node:
        case Pool(needs=needs):
            if needs not in ("all", "none") and not design.nodes[node.of].shared:
                copies = (
                    design.value(node.copies, choice)
                    if isinstance(node.copies, str)
                    else (node.copies)
                )
                if copies != 1:
                    yield from _copied(design, node)
        case Group(parts=parts, needs=needs):
            different = tuple(dict.fromkeys(parts))
            nodes = [design.nodes[part] for part in different]
            if needs in ("all", "none", len(parts)) or len(different) < 2:
                return
            values = set()
            for each in nodes:
                if isinstance(each, LastingComponent):
                    raise Undecided(f"node {each.name} has a lifetime")
                if not isinstance(each, Component):
                    return
                given = each.reliability
                value = design.value(given, choice) if isinstance(given, str) else given
                values.add(number(value))
            if len(values) == 1:
                yield from different
        case Component() | LastingComponent() | Process() | Bought() | Structure() | Share():
            return


def _copied(design: Design, pool: Pool) -> Iterator[str]:
    """The components that a pool copies: all below it but what is shared."""
    stack, seen = [pool.of], set()
    while stack:
        name = stack.pop()
        node = design.nodes[name]
        if name in seen or node.shared:
            continue
        seen.add(name)
        if isinstance(node, LastingComponent):
            raise Undecided(f"node {name} has a lifetime")
        if isinstance(node, Component):
            yield name
        stack.extend(node.children)


def _with_causes(design: Design, choice: str, sets: Mapping[str, tuple[str, ...]]) -> Design:
    """The design with a cause for each redundant set, all with the common beta."""
    causes = dict(design.causes)
    for name, members in sets.items():
        pool = isinstance(design.nodes[name], Pool)
        for number_of, struck in enumerate([(each,) for each in members] if pool else [members]):
            called = f"{name}.{number_of}"
            within = name if not _is_outside(design, choice, name, struck) else None
            causes[called] = Cause(called, struck, beta=_BETA, within=within)
    parameters = {**design.parameters, _BETA: Parameter(_BETA, BETAS[0])}
    return replace(design, causes=causes, parameters=parameters)


def _is_outside(design: Design, choice: str, home: str, struck: tuple[str, ...]) -> bool:
    """Whether something struck is also reached without coming through a node."""
    stack, seen = [design.choices[choice].root], {home}
    while stack:
        name = stack.pop()
        if name in struck:
            return True
        if name not in seen:
            seen.add(name)
            stack.extend(design.nodes[name].children)
    return False
