"""Whether reliability is a product with one factor for each of some parameters."""

from __future__ import annotations

from vreltui.engine.limits import Undecided
from vreltui.model import Component, Design, Group, Pool
from vreltui.model.struck_members import struck_by


def refuse_what_is_no_product(design: Design, root: str, names: list[str]) -> None:
    """Raises :class:`Undecided` unless each name stands at one node, in series with all else."""
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
            raise Undecided(
                f"{name} is not the number of one component, or of one pool of it, in series with "
                "all else: it is not allocated"
            )
