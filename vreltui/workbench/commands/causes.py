"""Common causes: one of what is selected, with a beta as it is typed, and away with it."""

from __future__ import annotations

import re

from vreltui.model import Cause, Design, Parameter, Problem, edits
from vreltui.model.causes import Letter
from vreltui.model.errors import DesignError
from vreltui.model.quantities import PROBABILITY
from vreltui.workbench.commands.actions import Option
from vreltui.workbench.commands.marked import places
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench

_NAMED = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_-]{0,63})\s*(?:=\s*(\S+)\s*)?")

USUAL_BETA = "0.05"
"""What stands in the line: IEC 61508-6, annex D, has 0.01 to 0.1."""


def usual_beta(bench: Workbench) -> str:
    """The beta of a cause that strikes the selected node, or a usual one."""
    cause = _of_selected(bench)
    if cause is None or cause.beta is None:
        return USUAL_BETA
    return cause.beta if isinstance(cause.beta, str) else PROBABILITY.text(cause.beta)


def strike(bench: Workbench, text: str) -> Change:
    """A common cause of what is selected or marked, or of what that is made of; or another beta.

    The beta is a number, or a parameter: "b_os", or "b_os = 0.05" to make it.
    """
    beta, design = _beta(bench.design, text)
    cause = _of_selected(bench)
    nodes = [edits.node_at(design, place) for place in places(bench)]
    if cause is not None and set(cause.strikes) == set(nodes):
        return Change(
            f"beta of {cause.name} is {text.strip()}", edits.set_beta(design, cause.name, beta)
        )
    found = edits.strike(design, nodes, beta)
    name = next(each for each in found.causes if each not in design.causes)
    return Change(f"add common cause {name}", found)


def _beta(design: Design, text: str) -> tuple[Letter, Design]:
    """What was typed as a beta, and the design with the parameter that it makes."""
    named = _NAMED.fullmatch(text)
    if named is None:
        return PROBABILITY.typed(text), design
    name, value = named[1], named[2]
    if value is not None:
        given = PROBABILITY.typed(value)
        if name in design.parameters:
            return name, edits.set_value(design, name, given)
        return name, edits.add_parameter(design, Parameter(name, given))
    if name not in design.parameters:
        right = f"type {name} = {USUAL_BETA} to make it"
        raise DesignError(Problem((), f"there is no parameter {name}", right))
    return name, design


def _of_selected(bench: Workbench) -> Cause | None:
    """The first cause that strikes just what is marked; or the selected node, where nothing is."""
    causes = bench.design.causes.values()
    if bench.marked:
        marked = {edits.node_at(bench.design, place) for place in places(bench)}
        return next((cause for cause in causes if set(cause.strikes) == marked), None)
    return next((cause for cause in causes if bench.node in cause.strikes), None)


def options(bench: Workbench) -> list[Option]:
    """The causes, each with what it strikes."""
    causes = bench.design.causes.values()
    return [Option(cause.name, f"strikes {', '.join(cause.strikes)}") for cause in causes]


def delete(bench: Workbench, name: str) -> Change:
    """Drop a cause."""
    return Change(f"delete cause {name}", edits.delete_cause(bench.design, name.strip()))


def has_causes(bench: Workbench) -> str | None:
    """Why no cause can be deleted; None where there is one."""
    return None if bench.design.causes else "the design has no common causes"
