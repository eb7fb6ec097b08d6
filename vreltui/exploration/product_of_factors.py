"""Where reliability, or what fails of a part of it, is a product of factors of some parameters."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.model import Component, Design, Group, Pool
from vreltui.model.struck_members import struck_by


def is_product(design: Design, root: str, names: list[str]) -> bool:
    """Whether each name stands at one node, or at one pool of it, in series with all else."""
    series: list[str] = []
    stack = [root]
    while stack:
        name = stack.pop()
        node = design.nodes[name]
        if isinstance(node, Group) and node.needs in ("all", len(node.parts)):
            stack.extend(node.parts)
        elif name not in series:
            series.append(name)
    for name in names:
        at = [n for n in design.below(root) if name in design.nodes[n].parameters]
        node = design.nodes[at[0]]
        above = [n for n in design.below(root) if at[0] in design.nodes[n].children and n != at[0]]
        is_struck = any(at[0] in struck_by(design, cause) for cause in design.causes.values())
        alone = len(at) == 1 and isinstance(node, Component) and not is_struck
        pool = design.nodes[above[0]] if len(above) == 1 else None
        in_pool = isinstance(pool, Pool) and pool.contained is None and pool.name in series
        if not (alone and (at[0] in series or (in_pool and not node.shared))):
            return False
    return True


def in_parallel(design: Design, root: str, names: Sequence[str]) -> list[list[str]]:
    """The names of which only the product of what fails counts, each list by itself."""
    found = []
    for name in design.below(root):
        node = design.nodes[name]
        if not (isinstance(node, Group) and node.needs in ("any", 1)):
            continue
        factors = [each for part in node.parts if (each := _factor(design, root, part, names))]
        if len(factors) > 1:
            found.append(factors)
    return found


def _factor(design: Design, root: str, part: str, names: Sequence[str]) -> str | None:
    """The name that is the number of a component, which stands here and nowhere else."""
    node = design.nodes[part]
    named = [each for each in node.parameters if each in names]
    if not isinstance(node, Component) or len(named) != 1 or node.parameters != tuple(named):
        return None
    reading = [each for each in design.below(root) if named[0] in design.nodes[each].parameters]
    above = [each for each in design.below(root) if part in design.nodes[each].children]
    is_struck = any(part in struck_by(design, cause) for cause in design.causes.values())
    return None if is_struck or len(reading) > 1 or len(above) > 1 else named[0]
