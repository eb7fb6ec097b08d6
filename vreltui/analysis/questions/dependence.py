"""How far the answer about a choice rests on independence: common causes where none is stated.

Every redundant set that no cause strikes gets one, all with one common beta. What redundancy gains
at a beta of 0 is gone at 1; between them, part of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from flint import arb

from vreltui.analysis.questions.thresholds import bounded
from vreltui.analysis.results import BETAS, Dependence, FigureKey, Measure, OpenInterval
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
    Node,
    Parameter,
    PolicyPool,
    Pool,
    Probability,
    Process,
    Share,
    Structure,
    Value,
)
from vreltui.model.goals import Share as GoalShare
from vreltui.model.policy_leaves import policy_leaf
from vreltui.model.quantities import number
from vreltui.model.struck import expanded

COMMON_BETA = ".beta"
"""The name of the common beta; no parameter of a file has such a name."""


def dependence(study: Study, choice: str) -> Dependence | None:
    """What common causes would do; None where nothing is redundant. Raises :class:`Undecided`."""
    design = study.settled(choice)
    sets = redundant_sets(design, choice)
    if not sets:
        return None
    below = design.below(design.choices[choice].root)
    left_out = tuple(name for name in below if policy_leaf(design.nodes, design.nodes[name]))
    asked = _asked(study, choice, sets)
    source = Source(COMMON_BETA, is_parameter=True)
    figures, kept = asked.figures(source), asked.kept(source, BETAS)
    most, undecided = None, ""
    if study.is_asked(choice):
        try:
            most = asked.most(source)
        except Undecided as reason:
            undecided = str(reason)
    return Dependence(tuple(sets), figures, kept, most, undecided, asked.key, left_out)


def gain_kept(study: Study, choice: str, betas: Sequence[Probability]) -> tuple[float, ...] | None:
    """The part of the gain that is kept at each of some betas; None where there is no gain.

    Raises :class:`Undecided`.
    """
    sets = redundant_sets(study.settled(choice), choice)
    if not sets:
        return None
    return _asked(study, choice, sets).kept(Source(COMMON_BETA, is_parameter=True), betas)


def _asked(study: Study, choice: str, sets: Mapping[str, tuple[str, ...]]) -> _Asked:
    """The choice with a cause of one common beta for each of the sets."""
    changed = _with_causes(study.settled(choice), choice, sets)
    root = changed.choices[choice].root
    program = program_of(expanded(changed, choice), root, study.budget)
    evaluation = Evaluation(program, values_of(changed, program, choice))
    if changed.measure == "mttf":
        # Imported where a mean life is measured: the others do without.
        from vreltui.analysis.questions.mean_dependence import MeanDependence

        return MeanDependence(study, choice, evaluation)
    return _PairDependence(study, choice, evaluation)


class _Asked(Protocol):
    """What is asked of one measure, with a common beta in the place of independence."""

    @property
    def key(self) -> FigureKey:
        """What its figures are called."""

    def figures(self, source: Source) -> tuple[float, ...]:
        """The figure at each of the betas."""

    def kept(self, source: Source, betas: Sequence[Probability]) -> tuple[float, ...] | None:
        """The part of the gain that is kept at some; None where redundancy gains nothing."""

    def most(self, source: Source) -> tuple[OpenInterval, ...]:
        """Where the choice meets goal and baseline; the baseline is held at its own causes."""


@dataclass(frozen=True, slots=True)
class _PairDependence:
    """Of a probability: a reliability, or an availability."""

    study: Study
    choice: str
    evaluation: Evaluation

    @property
    def key(self) -> FigureKey:
        """The complement, which has the digits."""
        is_time = self.study.design.measure == "availability"
        return "unavailability" if is_time else "unreliability"

    def figures(self, source: Source) -> tuple[float, ...]:
        """The chance to fail."""
        found = []
        for beta in BETAS:
            each = self.evaluation.changed({source: beta})
            (q,) = sharpen(lambda bits, each=each: (each.pair(bits=bits)[1],))  # type: ignore[misc]
            found.append(nearest_double(q))
        return tuple(found)

    def kept(self, source: Source, betas: Sequence[Probability]) -> tuple[float, ...] | None:
        """From the margins over what is left where all is common."""
        none, last = (self.evaluation.changed({source: beta}) for beta in (BETAS[0], BETAS[-1]))
        if Contest(none, last, self.study.budget).sign() <= 0:
            return None
        ends = {BETAS[0]: 1.0, BETAS[-1]: 0.0}
        return tuple(
            ends[beta]
            if beta in ends
            else _kept(self.evaluation.changed({source: beta}), none, last)
            for beta in betas
        )

    def most(self, source: Source) -> tuple[OpenInterval, ...]:
        """The region of every contest."""
        regions: list[tuple[Measure, Region]] = []
        whole = EVERYWHERE
        for contest in self.study.contests(self.choice):
            is_goal = isinstance(contest.rival, Probability | GoalShare)
            own = Contest(self.evaluation, contest.rival, self.study.budget)
            region = winning_region(own, source, (True, False))
            regions.append(("goal" if is_goal else "baseline", region))
            whole = intersect(whole, region)
        return bounded(whole, regions, None)


def _kept(at: Evaluation, none: Evaluation, all_common: Evaluation) -> float:
    """(L(beta) - L(1)) / (L(0) - L(1))."""

    def pair(each: Evaluation, bits: int) -> PairOfBalls:
        return each.pair(bits=bits)

    def share(bits: int) -> tuple[arb]:
        with precision(bits):
            last = pair(all_common, bits)
            kept = margin(pair(at, bits), last)
            return (kept / margin(pair(none, bits), last),)

    (found,) = sharpen(share)
    return nearest_double(found)


# What is redundant


def redundant_sets(design: Design, choice: str) -> dict[str, tuple[str, ...]]:
    """The outermost nodes that do not need all of what is alike, with the components struck.

    No cause strikes any of these.
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
            if node.policy is not None:
                return  # its copies are one process
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
            if not all(isinstance(each, Component | LastingComponent) for each in nodes):
                return
            if len({_numbers(design, choice, each) for each in nodes}) == 1:
                yield from different
        case (
            Component()
            | LastingComponent()
            | Process()
            | Bought()
            | Structure()
            | Share()
            | PolicyPool()
        ):
            return


def _numbers(design: Design, choice: str, node: Node) -> tuple[tuple[str, object], ...]:
    """The numbers of a component as a choice sees them, by their keys."""

    def value(given: Value | str) -> object:
        return number(design.value(given, choice) if isinstance(given, str) else given)

    return tuple((each.key, value(each.given)) for each in (*node.numbers, *node.listed))


def _copied(design: Design, pool: Pool) -> Iterator[str]:
    """The components that a pool copies: all below it but what is shared."""
    stack, seen = [pool.of], set()
    while stack:
        name = stack.pop()
        node = design.nodes[name]
        if name in seen or node.shared:
            continue
        seen.add(name)
        if isinstance(node, Component | LastingComponent):
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
            causes[called] = Cause(called, struck, beta=COMMON_BETA, within=within)
    parameters = {**design.parameters, COMMON_BETA: Parameter(COMMON_BETA, BETAS[0])}
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
