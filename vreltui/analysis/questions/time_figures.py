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
from vreltui.analysis.questions.mission_figures import over_the_mission
from vreltui.analysis.questions.state_figures import long_run_states, states_at
from vreltui.analysis.results import Figure, TimeFigures
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.mean_life import mean_life
from vreltui.engine.outages import Frequencies
from vreltui.engine.part_of_program import PartOfProgram
from vreltui.model import Design, LastingComponent, Process
from vreltui.model.design import Mission
from vreltui.model.goals import Measure
from vreltui.model.nodes import inverts
from vreltui.model.process_runs import no_long_run
from vreltui.model.safety import speaks_of_safety
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
    return {name: _figures(design, choice, name, readings) for name in below}


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
        read = replace(design, goal=None, baseline=None, mission=_mission(design, measure))
        if measure in ("reliability", "safety") and design.mission.time is None:
            return _Reading(None, study, "there is no [mission] time")
        limits = study.budget
        other = study if measure == design.measure else Study(read, limits=lambda: limits)
        try:
            return _Reading(other.evaluation(choice), study)
        except Undecided as reason:
            return _Reading(None, study, str(reason))

    def frequencies(self) -> Frequencies:
        assert self.evaluation is not None
        if self._frequencies is None:
            self._frequencies = Frequencies(self.evaluation)
        return self._frequencies


def _mission(design: Design, measure: Measure) -> Mission:
    return Mission(design.mission.time, measure)


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

    below = design.below(node)
    inverted = next((n for n in below if inverts(design.nodes[n])), "")
    repairs_harm = f"{inverted} works when what is below does not" if inverted else ""
    lasting = [n for n in below if isinstance(design.nodes[n], LastingComponent | Process)]
    constant = _constant(design, choice, below)
    unrepaired = _unrepaired(design, lasting)
    is_reliability = design.measure == "reliability"
    no_mission = "there is no [mission] time" if design.mission.time is None and lasting else ""
    mixed = f"{constant} is a constant" if constant else ""
    down = unrepaired or _without_long_run(design, choice, lasting)
    of_constants = "" if is_reliability else mixed
    # Under another measure a design without a mission time says nothing of one.
    if not is_reliability and design.mission.time is None:
        no_mission = no_mission or "there is no [mission] time"
    say(
        ("reliability",),
        lambda: {"reliability": _pair(readings["reliability"], node)},
        no_mission or of_constants,
    )
    said = "" if design.measure == "availability" else mixed
    say(
        ("availability", "downtime_s_per_year"),
        lambda: _availability(readings["availability"], node),
        down or said,
    )
    say(
        ("outages_per_year", "mean_up_s", "mean_down_s"),
        lambda: _outages(readings["availability"], node),
        down or mixed or repairs_harm,
    )
    say(("mttf_s",), lambda: {"mttf_s": _mean(readings["mttf"], node)}, mixed or repairs_harm)
    at = "" if design.mission.time is not None else "there is no [mission] time"
    at = at or unrepaired or mixed or _no_course(design, lasting)
    moment = design.mission_time(choice)
    say(
        ("availability_at", "availability_over"),
        lambda: over_the_mission(*_slot(readings["availability"], node), moment),
        at,
    )
    silent = "" if "safety" in readings else "no node says which of its failures are safe"
    said = "" if design.measure in ("reliability", "safety") else mixed
    say(
        ("safety",),
        lambda: {"safety": _pair(readings["safety"], node)},
        no_mission or silent or said or repairs_harm,
    )
    process = design.nodes[node]
    if isinstance(process, Process):
        slot = partial(_slot, readings["availability"], node)
        say(("states",), lambda: {"states": long_run_states(process, *slot())}, down)
        say(("states_at",), lambda: {"states_at": states_at(process, *slot(), moment)}, no_mission)
    return TimeFigures(missing=missing, undecided=undecided, **found)  # type: ignore[arg-type]


def _constant(design: Design, choice: str, below: tuple[str, ...]) -> str:
    """The first constant other than 0 and 1, by the name of its parameter or node."""
    for name in below:
        stated = design.nodes[name].stated("reliability")
        if stated is None:
            continue
        value = stated.own
        if stated.parameter is not None:
            value = design.value(stated.parameter, choice)
        if value is not None and stated.quantity.exact(value) not in (0, 1):
            return stated.parameter or name
    return ""


def _unrepaired(design: Design, lasting: list[str]) -> str:
    """Which lifetime has no end of a failure; empty where each has one."""
    for name in lasting:
        node = design.nodes[name]
        if isinstance(node, LastingComponent) and node.mttr is None:
            return f"{name} has no mttr"
    return ""


def _without_long_run(design: Design, choice: str, lasting: list[str]) -> str:
    """Which process has no long run, and why; empty where each has one."""
    for name in lasting:
        node = design.nodes[name]
        if isinstance(node, Process) and (fault := no_long_run(design, node, choice)):
            return f"{name} {fault}"
    return ""


def _no_course(design: Design, lasting: list[str]) -> str:
    """Why the availability at a time is not said: it is for exponential lives and repairs."""
    for name in lasting:
        node = design.nodes[name]
        if not isinstance(node, LastingComponent):
            continue
        if node.law != "exponential" or node.rejuvenate is not None or node.planned is not None:
            return f"{name} is not exponential, or taken down by the clock"
    return ""


def _slot(reading: _Reading, node: str) -> tuple[Evaluation, int]:
    if reading.evaluation is None:
        raise Undecided(reading.why)
    slot = reading.evaluation.program.nodes.get(node)
    if slot is None:
        raise Undecided("it is not told apart in the diagram that it is part of")
    return reading.evaluation, slot


def _pair(reading: _Reading, node: str) -> Figure:
    evaluation, slot = _slot(reading, node)
    return figure(evaluation.figures(slot))


def _availability(reading: _Reading, node: str) -> dict[str, object]:
    evaluation, slot = _slot(reading, node)
    pair = evaluation.figures(slot)
    with precision(WORKING_BITS):
        down = pair[1] * arb(fmpq(YEAR.numerator, YEAR.denominator))
    return {"availability": figure(pair), "downtime_s_per_year": float(down)}


def _outages(reading: _Reading, node: str) -> dict[str, object]:
    evaluation, slot = _slot(reading, node)
    often = reading.frequencies().of(slot)
    assert often is not None
    up, down = evaluation.figures(slot)
    with precision(WORKING_BITS):
        year = arb(fmpq(YEAR.numerator, YEAR.denominator))
        if often.is_zero():
            return {"outages_per_year": 0.0, "mean_up_s": None, "mean_down_s": None}
        return {
            "outages_per_year": float(often * year),
            "mean_up_s": float(up / often),
            "mean_down_s": float(down / often),
        }


def _mean(reading: _Reading, node: str) -> float | Literal["infinite"]:
    evaluation, slot = _slot(reading, node)
    part = PartOfProgram(evaluation, slot)
    mean = mean_life(part, part.lives(), reading.study.budget)
    return "infinite" if mean is None else float(mean)
