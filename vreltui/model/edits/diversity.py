"""The move that gives replicas another system: what strikes the one no longer strikes them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vreltui.model.causes import Cause
from vreltui.model.design import Component, Design, Group, LastingComponent, Needs, Pool
from vreltui.model.edits.alternatives import alternative
from vreltui.model.edits.assumed import IEC_BETA, share, with_assumed
from vreltui.model.edits.causes import strike
from vreltui.model.edits.clipboard import renamed_node
from vreltui.model.edits.common import fresh_name, refuse, updated, with_node
from vreltui.model.edits.moves import called
from vreltui.model.edits.position import Edited, Position, trail
from vreltui.model.edits.replicas import Replicas, replicas_at

MOST_KINDS = 8
"""The most replicas of a vote that are each made of their own."""


def diversify(design: Design, at: Position) -> Edited:
    """A choice in which replicas are not all made alike: a second system, hypervisor, or none.

    The component in hand is one that every copy of a pool has, or the pool's own. Where any copy is
    enough, half of them get another one with the same figure; of a vote each copy gets one of its
    own. What strikes the component alone strikes the others no more; where nothing does, a common
    cause is assumed for it, in all choices. What strikes other components too strikes the new ones.

    Raises :class:`DesignError` where it is no component below a pool that can do with fewer.
    """
    names = trail(design, at)
    depth = _pool_above(design, names)
    place = Position(at.choice, at.steps[:depth])
    found = replicas_at(design, place, "copies that could differ")
    part = design.nodes[names[-1] if depth < len(names) - 1 else found.pool.of]
    inner = names[depth + 1 :] or (part.name,)
    shared = any(design.nodes[name].shared for name in inner)
    if not isinstance(part, Component | LastingComponent) or shared:
        what = f"{part.sort} {part.name} is not what each copy has of its own"
        raise refuse(("nodes", part.name), what, "select the component that is to differ")
    if found.needed == found.copies:
        what = f"all copies of {found.stem} are needed: whatever strikes one is fatal"
        raise refuse(("nodes", found.stem, "needs"), what, "let fewer be enough first")
    if not any(part.name in cause.strikes for cause in design.causes.values()):
        design, new = with_assumed(
            design, {"b": share("0.05", "Common failures", "0.01", "0.1", IEC_BETA)}
        )
        design = strike(design, [part.name], new["b"])
    design, parts = _kinds(design, found, part, inner)
    needs: Needs = "any" if found.needs == "any" else found.needed
    unlike = Group(
        name=fresh_name(f"{found.stem}-unlike"[:60], design.nodes), parts=parts, needs=needs
    )
    title = f"{called(design, part.name)} of several kinds"
    return alternative(with_node(design, unlike), place, unlike.name, "diversified", title)


def _pool_above(design: Design, names: tuple[str, ...]) -> int:
    for depth in range(len(names) - 1, -1, -1):
        if isinstance(design.nodes[names[depth]], Pool):
            return depth
    right = "replicate it first"
    raise refuse(("nodes", names[-1]), f"{names[-1]} is not inside the copies of a pool", right)


def _kinds(
    design: Design,
    found: Replicas,
    part: Component | LastingComponent,
    inner: tuple[str, ...],
) -> tuple[Design, tuple[str, ...]]:
    """The parts that stand in the pool's place: copies as they were, and copies of other kinds."""
    if found.needs == "any":
        kinds = [found.copies - found.copies // 2, found.copies // 2]
    elif found.copies <= MOST_KINDS:
        kinds = [1] * found.copies
    else:
        what = f"{found.stem} votes with {found.copies} copies"
        raise refuse(("nodes", found.stem), what, f"at most {MOST_KINDS} can each be of a kind")
    parts = []
    for index, copies in enumerate(kinds):
        root = found.pool.of
        if index:
            design, root = _another(design, part, inner)
        if copies > 1:
            name = fresh_name(f"{root}-replicas"[:60], design.nodes)
            pool = Pool(name=name, of=root, copies=copies, needs="any")
            design, root = with_node(design, pool), name
        parts.append(root)
    return design, tuple(parts)


def _another(
    design: Design, part: Component | LastingComponent, inner: tuple[str, ...]
) -> tuple[Design, str]:
    """What a copy is made of once more, with another component in the place of the part."""
    renames: dict[str, str] = {}
    for name in inner:
        renames[name] = fresh_name(f"{name}-2", {*design.nodes, *renames.values()})
    for name in inner:
        node = design.nodes[name]
        all_names = {child: renames.get(child, child) for child in node.children}
        other = renamed_node(node, {**all_names, name: renames[name]})
        design = with_node(design, replace(other, title=f"Another {called(design, name)}"))
    causes = _struck_too(design.causes, part.name, renames[part.name])
    return replace(design, causes=causes), renames[inner[0]]


def _struck_too(causes: Mapping[str, Cause], name: str, other: str) -> Mapping[str, Cause]:
    """The causes, of which those that strike more than the component strike the other one too."""
    for cause in causes.values():
        if name in cause.strikes and len(cause.strikes) > 1:
            struck = replace(cause, strikes=(*cause.strikes, other))
            causes = updated(causes, cause.name, struck)
    return causes
