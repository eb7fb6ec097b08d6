"""How a plot of a design is read: every number by a name, and the measure that its figure is of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vreltui.analysis.study import Study
from vreltui.model import Design, Parameter, Plot
from vreltui.model.design import Mission
from vreltui.model.goals import Measure
from vreltui.model.own_numbers import resolved
from vreltui.model.plots import READ_UNDER, TIME

_SINCE = "time since the start"
"""What the time along an axis is called, which no parameter of a file can be."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A plot in which everything that runs or is solved for is a parameter of the study's design.

    ``measure`` is what the design measures as it is written; its figures that are of another one
    are read under that one. ``in_time`` says that the time itself runs along the axis, and
    ``has_mission`` that the design has a mission time of its own.
    """

    study: Study
    plot: Plot
    measure: Measure
    in_time: bool
    has_mission: bool

    @property
    def is_measured(self) -> bool:
        """Whether what is drawn is what the design measures, and a goal asks for."""
        return self.study.design.measure == self.measure


def reading(study: Study | Design, plot: Plot) -> Reading:
    """The reading of a plot that obeys the rules of plots."""
    study = study if isinstance(study, Study) else Study(study)
    design, measure = study.design, study.design.measure
    plot = replace(plot, y=plot.drawn_under(measure))
    under = READ_UNDER.get(plot.y, measure)
    if under != measure:
        design = design.without_goal(under)
    in_time, has_mission = plot.x.axis == TIME, design.mission.time is not None
    if in_time:
        design = _since_the_start(design, plot)
        plot = replace(plot, x=replace(plot.x, axis="", parameter=_SINCE))
    else:
        moved = resolved(design, plot.x.axis_name)
        assert moved is not None, f"x of plot {plot.name} is checked"
        design, parameter = moved
        plot = replace(plot, x=replace(plot.x, parameter=parameter, node="", key=""))
    if plot.threshold is not None:
        drawn = resolved(design, plot.threshold)
        assert drawn is not None, f"y of plot {plot.name} is checked"
        design, threshold = drawn
        plot = replace(plot, threshold=threshold)
    if design is not study.design:
        study = Study(design, before=study, limits=study.limits)
    return Reading(study, plot, measure, in_time, has_mission)


def _since_the_start(design: Design, plot: Plot) -> Design:
    """The design in which the mission time is a parameter of its own, whatever gave it before."""
    now = design.mission_time(plot.choice) or plot.x.stop
    parameters = {**design.parameters, _SINCE: Parameter(_SINCE, now)}
    mission = Mission(_SINCE, design.mission.measure)
    return replace(design, parameters=parameters, mission=mission)
