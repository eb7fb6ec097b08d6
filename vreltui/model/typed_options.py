"""An option of a node as it is typed: the name of an item or of a node, or a mix."""

from __future__ import annotations

import re

from vreltui.model.design import Design
from vreltui.model.errors import DesignError, Problem
from vreltui.model.nodes import Bought, Structure
from vreltui.model.options import Mix, Taken
from vreltui.model.rules.decisions import option_faults

_SOME_OF = re.compile(r"([0-9]{1,5})\s+([A-Za-z0-9_-]{1,64})", re.ASCII)


def typed_option(design: Design, name: str, typed: str) -> Taken:
    """What was typed for a node: an option, or of a mix how many of each, "2 D1 + 1 D2".

    Raises :class:`DesignError` where there is no such option.
    """
    node = design.nodes[name]
    assert isinstance(node, Bought | Structure)
    taken: Taken = typed.strip()
    if isinstance(node, Bought) and node.mix:
        found = [_SOME_OF.fullmatch(part.strip()) for part in typed.split("+")]
        if not all(found):
            right = f"write how many of each, as {name}=2 D1 + 1 D2"
            raise DesignError(Problem((), f'"{typed}" sets nothing', right))
        taken = Mix({part[2]: int(part[1]) for part in found if part is not None})
    for problem in option_faults(design, (), f"{name}={typed}", node, taken):
        raise DesignError(problem)
    return taken
