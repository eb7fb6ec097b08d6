"""The copies that a move finds at a place: those of a pool, or a component as one copy of one."""

from __future__ import annotations

from dataclasses import dataclass

from vreltui.model.design import Component, Counted, Design, LastingComponent, Pool, counted, needed
from vreltui.model.edits.common import refuse
from vreltui.model.edits.position import Position, node_at


@dataclass(frozen=True, slots=True)
class Replicas:
    """A pool, with how many copies the choice in hand has and how many must work.

    ``stem`` is what new nodes are called after: the pool, or the component that stands alone.
    """

    pool: Pool
    stem: str
    copies: int
    needs: Counted

    @property
    def alone(self) -> bool:
        """Whether there is no pool yet, but one component."""
        return self.stem == self.pool.of

    @property
    def needed(self) -> int:
        """How many of the copies must work."""
        return needed(self.needs, self.copies)


def replicas_at(design: Design, at: Position, wanted: str) -> Replicas:
    """The copies at a place, for a move that makes what is ``wanted`` of them.

    Raises :class:`DesignError` where there are none, where they have a policy or contain failures
    already, or where none of them may work.
    """
    name = node_at(design, at)
    node = design.nodes[name]
    if isinstance(node, Component | LastingComponent):
        pool = Pool(name=name, of=name, copies=1, needs="all")
        return Replicas(pool, name, 1, "all")
    if not isinstance(node, Pool):
        what = f"{node.sort} {name} has no {wanted}"
        raise refuse(("nodes", name), what, "select a pool, or a component")
    if node.policy is not None or node.contained is not None:
        key = "contained" if node.policy is None else next(iter(node.policy.stated))
        raise refuse(("nodes", name, key), f"pool {name} has {key} already", f"change its {key}")
    needs, inverts = counted(node.needs)
    if inverts:
        raise refuse(("nodes", name, "needs"), f"none of the copies of {name} may work")
    copies = node.copies
    if isinstance(copies, str):
        value = design.value(copies, at.choice)
        assert isinstance(value, int)
        copies = value
    return Replicas(node, name, copies, needs)
