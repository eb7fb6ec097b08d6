"""What a design with time says of each node: reliability, availability, mean life, outages.

Each figure is read off a program of its own measure; where a node does not say it, the reason is
given instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from flint import arb, fmpq

from vreltui.analysis.digits import figure
from vreltui.analysis.questions.mission_figures import at_the_mission, over_the_mission
from vreltui.analysis.questions.state_figures import long_run_states, states_at
from vreltui.analysis.questions.unsaid import NO_MISSION, NOTHING_SAFE, unsaid
from vreltui.analysis.results import TimeFigures
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, PairOfBalls, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.mean_life import mean_life
from vreltui.engine.outages import Frequencies
from vreltui.engine.part_of_program import PartOfProgram
from vreltui.model import Design, Pool, Process
from vreltui.model.goals import LASTING, Measure
from vreltui.model.safety import speaks_of_safety
from vreltui.model.struck_members import without_lone
from vreltui.model.times import SECONDS

YEAR = SECONDS["y"]


def time_figures(study: Study, choice: str) -> dict[str, TimeFigures]:
    """The figures of each node at and below the root of a choice."""
    design = study.design
    below = design.below(design.choices[choice].root)
    readings = {
        measure: _Reading.of(study, choice, measure)
        for measure in ("reliability", "availability", "mttf")
    }
    if speaks_of_safety(design, below):
        readings["safety"] = _Reading.of(study, choice, "safety")
    settled = study.settled(choice)
    return {name: _figures(settled, choice, name, readings) for name in below}


@dataclass(slots=True)
class _Reading:
    """One measure of a choice: its evaluation, or why there is none."""

    evaluation: Evaluation | None
    study: Study
    why: str = ""
    _frequencies: Frequencies | None = None

    @staticmethod
    def of(study: Study, choice: str, measure: Measure) -> _Reading:
        design = study.design
        read = design.without_goal(measure)
        # Of constants alone a chance needs no mission; what lasts is refused without one.
        if measure in LASTING and design.mission.time is None and design.measure not in LASTING:
            return _Reading(None, study, NO_MISSION)
        limits = study.budget
        if measure == "availability" and design.causes:
            causes = without_lone(study.settled(choice), choice).causes
            read = replace(read, causes=causes)
        same = measure == design.measure and len(read.causes) == len(design.causes)
        other = study if same else Study(read, limits=lambda: limits)
        try:
            return _Reading(other.whole(choice), study)
        except Undecided as reason:
            return _Reading(None, study, str(reason))

    def frequencies(self) -> Frequencies:
        assert self.evaluation is not None
        if self._frequencies is None:
            self._frequencies = Frequencies(self.evaluation)
        return self._frequencies


def _figures(
    design: Design, choice: str, node: str, readings: Mapping[str, _Reading]
) -> TimeFigures:
    found: dict[str, object] = {}
    missing: dict[str, str] = {}
    undecided: dict[str, str] = {}

    def say(names: tuple[str, ...], compute: Callable[[], dict[str, object]], why: str) -> None:
        if why:
            missing.update(dict.fromkeys(names, why))
            return
        try:
            found.update(compute())
        except Undecided as reason:
            undecided.update(dict.fromkeys(names, str(reason)))

    why = unsaid(design, choice, node, design.measure)
    moment = design.mission_time(choice)
    say(("reliability",), lambda: _reliability(readings["reliability"], node), why["reliability"])
    say(
        ("availability", "downtime_s_per_year"),
        lambda: _availability(readings["availability"], node),
        why["availability"],
    )
    say(
        ("outages_per_year", "mean_up_s", "mean_down_s"),
        lambda: _outages(readings["availability"], node),
        why["outages_per_year"],
    )
    say(("mttf_s",), lambda: {"mttf_s": _mean(readings["mttf"], node)}, why["mttf_s"])
    say(
        ("availability_at",),
        lambda: at_the_mission(*_slot(readings["availability"], node), moment),
        why["availability_at"],
    )
    say(
        ("availability_over",),
        lambda: over_the_mission(
            *_slot(readings["availability"], node), moment, readings["availability"].study.budget
        ),
        why["availability_over"],
    )
    say(
        ("safety",),
        lambda: {"safety": figure(_figures_at(readings["safety"], node))},
        why["safety"] or ("" if "safety" in readings else NOTHING_SAFE),
    )
    process = design.nodes[node]
    if isinstance(process, Process) or (isinstance(process, Pool) and process.policy is not None):
        slot = partial(_slot, readings["availability"], node)
        say(
            ("states",),
            lambda: {"states": long_run_states(process, *slot())},
            why["states"],
        )
        say(
            ("states_at",),
            lambda: {"states_at": states_at(process, *slot(), moment)},
            why["states_at"],
        )
    return TimeFigures(missing=missing, undecided=undecided, **found)  # type: ignore[arg-type]


def _slot(reading: _Reading, node: str) -> tuple[Evaluation, int]:
    if reading.evaluation is None:
        raise Undecided(reading.why)
    slot = reading.evaluation.program.nodes.get(node)
    if slot is None:
        raise Undecided("it is not told apart in the diagram that it is part of")
    return reading.evaluation, slot


def _figures_at(reading: _Reading, node: str) -> PairOfBalls:
    evaluation, slot = _slot(reading, node)
    return evaluation.figures(slot)


def _reliability(reading: _Reading, node: str) -> dict[str, object]:
    evaluation, slot = _slot(reading, node)
    return {"reliability": figure(evaluation.figures(slot))}


def _availability(reading: _Reading, node: str) -> dict[str, object]:
    evaluation, slot = _slot(reading, node)
    return {
        "availability": figure(evaluation.figures(slot)),
        "downtime_s_per_year": downtime_a_year(evaluation, slot),
    }


def _outages(reading: _Reading, node: str) -> dict[str, object]:
    evaluation, slot = _slot(reading, node)
    often = reading.frequencies().of(slot)
    assert often is not None
    up, down = evaluation.figures(slot)
    with precision(WORKING_BITS):
        if often.is_zero():
            return {"outages_per_year": 0.0, "mean_up_s": None, "mean_down_s": None}
        return {
            "outages_per_year": a_year(often),
            "mean_up_s": float(up / often),
            "mean_down_s": float(down / often),
        }


def _mean(reading: _Reading, node: str) -> float | Literal["infinite"]:
    evaluation, slot = _slot(reading, node)
    mean = mean_of(evaluation, slot, reading.study.budget)
    return "infinite" if mean is None else mean


def a_year(often: arb) -> float:
    """How often a year, of how often a second."""
    with precision(WORKING_BITS):
        return float(often * arb(fmpq(YEAR.numerator, YEAR.denominator)))


def downtime_a_year(evaluation: Evaluation, slot: int) -> float:
    """The seconds that a slot of availabilities is down in a year."""
    return a_year(evaluation.figures(slot)[1])


def mean_of(evaluation: Evaluation, slot: int, limits: Limits) -> float | None:
    """The mean time to the first failure of a slot in seconds; None where it is infinite."""
    part = PartOfProgram(evaluation, slot)
    mean = mean_life(part, part.lives(), limits)
    return None if mean is None else float(mean)
