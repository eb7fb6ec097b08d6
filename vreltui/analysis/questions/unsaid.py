"""Which figures of time a node does not say, each with the reason."""

from __future__ import annotations

from vreltui.model import Design, LastingComponent, Process
from vreltui.model.goals import LASTING, Measure
from vreltui.model.nodes import inverts
from vreltui.model.process_runs import no_long_run

NO_MISSION = "there is no [mission] time"

NOTHING_SAFE = "no node says which of its failures are safe"


def unsaid(design: Design, choice: str, node: str, measure: Measure) -> dict[str, str]:
    """By the names of :class:`TimeFigures`: why a figure is not said, empty where it is.

    ``measure`` is what the design measures as it is written, which may since be read otherwise.

    What is not said is no failure to find it: a constant has no mean life, and what is never
    mended no share of time up.
    """
    below = design.below(node)
    inverted = next((n for n in below if inverts(design.nodes[n])), "")
    repairs_harm = f"{inverted} works when what is below does not" if inverted else ""
    lasting = [n for n in below if isinstance(design.nodes[n], LastingComponent | Process)]
    constant = _constant(design, choice, below)
    unrepaired = next((n for n in lasting if _never_repaired(design, n)), "")
    is_reliability = measure in LASTING
    no_mission = NO_MISSION if design.mission.time is None and lasting else ""
    mixed = f"{constant} is a constant" if constant else ""
    unmended = f"{unrepaired} has no mttr" if unrepaired else ""
    down = unmended or _without_long_run(design, choice, lasting)
    of_constants = "" if is_reliability else mixed
    # Under another measure a design without a mission time says nothing of one.
    if not is_reliability and design.mission.time is None:
        no_mission = no_mission or NO_MISSION
    by_chances = _struck_by_chances(design, node, below)
    long_run = by_chances or down or ("" if measure == "availability" else mixed)
    often = by_chances or down or mixed or repairs_harm
    course = "" if design.mission.time is not None else NO_MISSION
    course = by_chances or course or unmended or mixed or _no_course(design, lasting)
    return {
        "reliability": no_mission or of_constants,
        "availability": long_run,
        "downtime_s_per_year": long_run,
        "outages_per_year": often,
        "mean_up_s": often,
        "mean_down_s": often,
        "mttf_s": by_chances or mixed or repairs_harm,
        "availability_at": course,
        "availability_over": course,
        "safety": by_chances or no_mission or of_constants,
        "states": down,
        "states_at": NO_MISSION if design.mission.time is None else "",
    }


def _struck_by_chances(design: Design, node: str, below: tuple[str, ...]) -> str:
    """Why nothing but reliability is said: a cause by `split` strikes with chances, of one mission.

    A component by itself keeps what is written of it.
    """
    if below == (node,):
        return ""
    for cause in design.causes.values():
        if cause.split is not None and not set(cause.strikes).isdisjoint(below):
            return f"cause {cause.name} has split, which says chances of one mission and no hazards"
    return ""


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


def _never_repaired(design: Design, name: str) -> bool:
    node = design.nodes[name]
    return isinstance(node, LastingComponent) and node.mttr is None


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
