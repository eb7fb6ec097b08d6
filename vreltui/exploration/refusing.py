"""Which designs have no space that is searched by what is best at its corners."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.model import Design, Problem
from vreltui.model.errors import DesignError
from vreltui.model.nodes import inverts


def refuse_what_can_harm(design: Design, choices: Sequence[str]) -> None:
    """A space is searched by what is best at its corners, and where repair can hurt there is none.

    Without ``choices``, all are asked about.

    Raises :class:`DesignError` for times, common causes, and nodes that need none of their parts.
    """
    asked = dict.fromkeys([*(choices or design.choices), *filter(None, [design.baseline])])
    if design.knows_time:
        what = "the design has times, and a space is searched among constants"
        raise DesignError(Problem((), what, "vreltui check answers about it as it stands"))
    if design.causes:
        what = "the design has common causes, and a space is searched among independent parts"
        raise DesignError(Problem((), what, "vreltui check answers about it as it stands"))
    for choice in asked:
        for name in design.below(design.choices[choice].root):
            if inverts(design.nodes[name]):
                what = f"choice {choice} has node {name}, which needs none of its parts"
                right = "repair can hurt there, and a space is searched by what can only help"
                raise DesignError(Problem(("nodes", name), what, right))
