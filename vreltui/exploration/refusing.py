"""Which designs have no space that is searched by what is best at its corners."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.model import Design, LastingComponent, Problem
from vreltui.model.design import Mission
from vreltui.model.errors import DesignError, Path
from vreltui.model.nodes import inverts


def refuse_what_can_harm(design: Design, choices: Sequence[str]) -> None:
    """A space is searched by what is best at its corners, and where repair can hurt there is none.

    Without ``choices``, all are asked about.

    Raises :class:`DesignError` for times, common causes, and nodes that need none of their parts.
    """
    asked = dict.fromkeys([*(choices or design.choices), *filter(None, [design.baseline])])
    if design.knows_time:
        path, said = _first_time(design)
        what = f"{said}, and a space is searched among constants"
        raise DesignError(Problem(path, what, "vreltui check answers about it as it stands"))
    if design.causes:
        name = next(iter(design.causes))
        what = f"there is the common cause {name}, and a space is searched among independent parts"
        right = "vreltui check answers about it as it stands"
        raise DesignError(Problem(("causes", name), what, right))
    for choice in asked:
        for name in design.below(design.choices[choice].root):
            if inverts(design.nodes[name]):
                what = f"choice {choice} has node {name}, which needs none of its parts"
                right = "repair can hurt there, and a space is searched by what can only help"
                raise DesignError(Problem(("nodes", name), what, right))


def _first_time(design: Design) -> tuple[Path, str]:
    """The first thing of a design that tells of time, and what to say of it."""
    for name, node in design.nodes.items():
        if isinstance(node, LastingComponent):
            return ("nodes", name), f"node {name} has a lifetime"
    if design.mission != Mission():
        return ("mission",), "the design has a mission"
    for name, parameter in design.parameters.items():
        if parameter.quantity.kind in ("time", "rate", "number"):
            return ("parameters", name), f"parameter {name} is a {parameter.quantity.short}"
    return ("goal",), "the goal is one of time"
