"""The step from C1 to C2 of Ramasamy and Schunter (2007, Fig. 5): a function serves all copies."""

from __future__ import annotations

from dataclasses import replace

from vreltui.model.design import Component, Counted, Design, Group, Node, counted, needed
from vreltui.model.edits.alternatives import alternative
from vreltui.model.edits.common import fresh_name, refuse, with_node
from vreltui.model.edits.moves import called, with_parameter
from vreltui.model.edits.position import Edited, Position, trail
from vreltui.model.edits.structure import with_child
from vreltui.model.numbers import Probability
from vreltui.model.quantities import PROBABILITY


def move_into_hypervisor(design: Design, at: Position) -> Edited:
    """A choice in which a function leaves the copies and serves them all from the hypervisor.

    The paper's step from C1 to C2 (Fig. 5): the component at ``at``, one of the parts that every
    copy of a pool needs, becomes one component in series with the hypervisor above the pool, with
    a reliability R_F of its own; the copies keep the rest.
    """
    names = trail(design, at)
    function = design.nodes[names[-1]]
    if not isinstance(function, Component):
        right = "choose a component inside the copies of a pool"
        raise refuse(("nodes", function.name), f"{function.name} is no component", right)
    pool_depth = _pool_above(design, names, function.name)
    above_depth, hypervisor_index = _hypervisor_above(design, names, pool_depth)
    _all_needed(design, names, range(pool_depth + 1, len(names) - 1), function.name)
    design, served = _moved_function(design, function, at.choice)
    design, copied = _without_function(design, names, at, pool_depth)
    pool = design.nodes[names[pool_depth]]
    new_pool = fresh_name(f"{pool.name}-without-{function.name}"[:60], design.nodes)
    design = with_node(design, replace(with_child(pool, 0, copied), name=new_pool))
    design, group = _with_served(
        design, names, at, (above_depth, pool_depth), hypervisor_index, served, new_pool
    )
    title = f"{called(design, function.name)} moved into the hypervisor"
    place = Position(at.choice, at.steps[:above_depth])
    edited = alternative(design, place, group, "consolidated", title)
    return Edited(edited.design, edited.position.child(hypervisor_index + 1))


def _pool_above(design: Design, names: tuple[str, ...], function: str) -> int:
    for depth in range(len(names) - 2, -1, -1):
        if design.nodes[names[depth]].copies_below:
            if depth == len(names) - 2:
                raise refuse(
                    ("nodes", names[depth]),
                    f"pool {names[depth]} copies nothing but {function}",
                    "there would be nothing left to copy",
                )
            return depth
    raise refuse(
        ("nodes", function), f"{function} is not inside the copies of a pool",
        "replicate what holds it first",
    )  # fmt: skip


def _hypervisor_above(design: Design, names: tuple[str, ...], pool_depth: int) -> tuple[int, int]:
    """The depth of the group that needs a hypervisor beside the pool, and where it stands there."""
    for depth in range(pool_depth - 1, -1, -1):
        group = design.nodes[names[depth]]
        if not isinstance(group, Group) or not _needs_all(group):
            continue
        for index, part in enumerate(group.parts):
            if design.nodes[part].kind == "hypervisor":
                return depth, index
    raise refuse(
        ("nodes", names[pool_depth]),
        f"no hypervisor is needed beside pool {names[pool_depth]}",
        "virtualize the pool, or what holds it, first",
    )


def _needs_all(group: Group) -> bool:
    needs, inverts = counted(group.needs)
    return not inverts and needed(needs, len(group.parts)) == len(group.parts)


def _all_needed(design: Design, names: tuple[str, ...], depths: range, function: str) -> None:
    for depth in depths:
        group = design.nodes[names[depth]]
        if not isinstance(group, Group) or not _needs_all(group):
            raise refuse(
                ("nodes", group.name, "needs"),
                f"{group.name} does not need all of its parts",
                f"only a part without which no copy works, as {function} is not here, can move",
            )


def _moved_function(design: Design, function: Component, choice: str) -> tuple[Design, str]:
    """The component that serves all copies, with an open reliability that starts at the old one."""
    old = function.reliability
    value = PROBABILITY.of(design.value(old, choice) if isinstance(old, str) else old)
    ends = sorted(
        (value, Probability.of("0.9"), Probability.of("0.99999")), key=lambda end: end.reliability
    )
    design, parameter = with_parameter(
        design, "R_F", value, (ends[0], ends[-1]), f"{called(design, function.name)}, moved"
    )
    name = fresh_name(f"{function.name}-in-hypervisor"[:60], design.nodes)
    title = f"{called(design, function.name)} in the hypervisor"
    moved = Component(name=name, reliability=parameter, kind=function.kind, title=title)
    return with_node(design, moved), name


def _without_function(
    design: Design, names: tuple[str, ...], at: Position, pool_depth: int
) -> tuple[Design, str]:
    """What a copy keeps: fresh nodes from the function's group up to what the pool copies."""
    child: str | None = None
    for depth in range(len(names) - 2, pool_depth, -1):
        group = design.nodes[names[depth]]
        assert isinstance(group, Group)
        step = at.steps[depth]
        parts = list(group.parts)
        if child is None:
            del parts[step]
        else:
            parts[step] = child
        if not parts:
            continue
        if len(parts) == 1:
            child = parts[0]
            continue
        child = fresh_name(f"{group.name}-rest", design.nodes)
        # The parts were all needed, and so are those that are left, whatever k was written.
        needs: Counted = "majority" if group.needs == "majority" else "all"
        if needed(needs, len(parts)) != len(parts):
            needs = "all"
        rest: Node = replace(group, name=child, parts=tuple(parts), needs=needs)
        design = with_node(design, rest)
    if child is None:
        what = f"pool {names[pool_depth]} copies nothing but {names[-1]}"
        raise refuse(("nodes", names[pool_depth]), what, "there would be nothing left to copy")
    return design, child


def _with_served(
    design: Design,
    names: tuple[str, ...],
    at: Position,
    depths: tuple[int, int],
    hypervisor_index: int,
    served: str,
    new_pool: str,
) -> tuple[Design, str]:
    """The group above with the moved function behind its hypervisor and the new pool below it."""
    above_depth, pool_depth = depths
    child = new_pool
    for depth in range(pool_depth - 1, above_depth - 1, -1):
        above = with_child(design.nodes[names[depth]], at.steps[depth], child)
        if depth == above_depth:
            assert isinstance(above, Group)
            parts = list(above.parts)
            parts.insert(hypervisor_index + 1, served)
            needs = "all" if isinstance(above.needs, int) else above.needs
            above = replace(above, parts=tuple(parts), needs=needs)
            if not _needs_all(above):
                above = replace(above, needs="all")
        child = fresh_name(f"{names[depth]}-consolidated", design.nodes)
        design = with_node(design, replace(above, name=child))
    return design, child
