"""From a Design to the plain data that a file would hold, with nothing that goes without saying."""

from __future__ import annotations

from vreltui.model import Choice, Design, Node, Parameter, Plot
from vreltui.model.goals import Goal
from vreltui.storage.fields import DESIGN, ENTRIES
from vreltui.storage.goal_fields import GOAL
from vreltui.storage.shapes import Shape
from vreltui.storage.tables import Plain


def plain(design: Design) -> Plain:
    """The data of a file that states ``design``, which has to be :func:`normal`."""
    return DESIGN.plain(design)


def plain_entry(entry: Parameter | Node | Choice | Plot) -> Plain:
    """The data of one parameter, node, choice or plot."""
    data: Plain = _shape_of(entry).plain(entry)
    return data


def _shape_of(entry: Parameter | Node | Choice | Plot) -> Shape:
    for table in ENTRIES.values():
        if table.shape.states(entry):
            return table.shape
    raise TypeError(f"no field of a file states a {type(entry).__name__}")


def plain_goal(goal: Goal) -> Plain:
    """The data of a goal."""
    return GOAL.plain(goal)


def normal(design: Design) -> Design:
    """The same design, with reliabilities where a file has no way to write an unreliability.

    Those are the ends of ranges and axes, and the values of series. Nothing is rounded.
    """
    found: Design = DESIGN.normal(design)
    return found
