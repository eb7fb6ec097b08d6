"""Moves that give a pool a policy: a spare that several machines share, a load that they share."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from vreltui.model.design import Design, LastingComponent, Pool
from vreltui.model.edits.alternatives import alternative
from vreltui.model.edits.assumed import Assumed, share, with_assumed
from vreltui.model.edits.common import fresh_name, refuse, with_node
from vreltui.model.edits.moves import called
from vreltui.model.edits.position import Edited, Position
from vreltui.model.edits.replicas import replicas_at
from vreltui.model.numbers import PlainNumber, Probability


def share_a_spare(design: Design, at: Position) -> Edited:
    """A choice with one copy more than is needed, which takes the place of any that fails.

    The spare is cold and has to be brought in (``dormancy`` 0, ``switch``) where the copies have an
    exponential life; copies of another kind have a hot one. A component in hand is one of one.

    Raises :class:`DesignError` where nothing is copied, or a policy is there already.
    """
    found = replicas_at(design, at, "copies that a spare could take the place of")
    pool, needs = found.pool, found.needed
    spare = replace(
        pool,
        name=fresh_name(f"{found.stem}-spared"[:60], design.nodes),
        title=f"{called(design, pool.of)}: {needs} needed, one spare",
        copies=found.copies + 1,
        needs=needs,
    )
    if _is_exponential(design, pool):
        design, names = with_assumed(design, {"c": share("0.98", "Switches that succeed", "0.5")})
        spare = replace(spare, dormancy=Probability.of("0"), switch=names["c"])
    title = f"{called(design, found.stem)} with a spare"
    return alternative(with_node(design, spare), at, spare.name, "spared", title)


def share_the_load(design: Design, at: Position) -> Edited:
    """A choice in which the copies share a load, so that those that are left fail more often.

    Each of ``n`` copies of which ``i`` work fails ``(n/i)^a`` times as often; ``a`` begins at 1,
    where the load of all together stays the same. A component in hand becomes two.

    Raises :class:`DesignError` where the copies have no exponential life, or a policy already.
    """
    found = replicas_at(design, at, "copies that could share a load")
    pool = replace(found.pool, copies=2, needs="any") if found.alone else found.pool
    if not _is_exponential(design, pool):
        what = f"{pool.of} is no component with an exponential life"
        right = "give it one first: mttf, or the move that repairs it"
        raise refuse(("nodes", pool.of), what, right)
    ends = PlainNumber(Decimal("0.1")), PlainNumber(Decimal(3))
    new = Assumed(PlainNumber(Decimal(1)), "Power of the load", ends)
    design, names = with_assumed(design, {"a": new})
    loaded = replace(
        pool,
        name=fresh_name(f"{found.stem}-loaded"[:60], design.nodes),
        title=f"{called(design, pool.of)}: a load that is shared",
        load=names["a"],
    )
    title = f"{called(design, found.stem)}, sharing the load"
    return alternative(with_node(design, loaded), at, loaded.name, "loaded", title)


def _is_exponential(design: Design, pool: Pool) -> bool:
    node = design.nodes[pool.of]
    return isinstance(node, LastingComponent) and node.law == "exponential"
