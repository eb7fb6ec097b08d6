"""The move that says what holds the failures of several: processes, virtual machines or hosts."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from vreltui.model.design import Design, Group, Pool
from vreltui.model.edits.alternatives import alternative
from vreltui.model.edits.assumed import share, with_assumed
from vreltui.model.edits.common import fresh_name, refuse, with_node
from vreltui.model.edits.moves import called
from vreltui.model.edits.position import Edited, Position, node_at

Container = Literal["processes", "machines", "hosts"]
"""What holds a failure: the paper says in which order, and no figures."""

_USUAL: dict[Container, tuple[str, str, str]] = {
    "processes": ("c_p", "0.9", "processes"),
    "machines": ("c_v", "0.99", "virtual machines"),
    "hosts": ("c_h", "0.9999", "hosts"),
}
"""The parameter of each, its assumed value, and what it is called."""


def contain(design: Design, at: Position, container: Container) -> Edited:
    """A choice in which the failure of each of several is held, or else takes all along.

    Where nothing was held so far, the choice that this has to beat holds them in processes, and
    stands between the two. A parameter ``c_p``, ``c_v`` or ``c_h`` that is there is used.

    Raises :class:`DesignError` where no group or pool is selected that can do with fewer.
    """
    name = node_at(design, at)
    node = design.nodes[name]
    if not isinstance(node, Group | Pool):
        right = "select a group or a pool; replicate it first"
        raise refuse(("nodes", name), f"{node.sort} {name} holds nothing", right)
    if node.contained is not None or container == "processes":
        return _held(design, at, node, container)
    edited = _held(design, at, node, "processes")
    grown, place = edited.design, edited.position
    if design.baseline is None and design.goal is None:
        grown = replace(grown, baseline=place.choice)
    return _held(grown, place, node, container)


def _held(design: Design, at: Position, node: Group | Pool, container: Container) -> Edited:
    symbol, usual, words = _USUAL[container]
    known = design.parameters.get(symbol)
    if known is None or known.is_count:
        least = "0" if container == "processes" else "0.5"
        new = {symbol: share(usual, f"Held by {words}", least)}
        design, names = with_assumed(design, new)
        symbol = names[symbol]
    held = replace(
        node, name=fresh_name(f"{node.name}-in-{container}"[:60], design.nodes), contained=symbol
    )
    said = f"{called(design, node.name)} in {words}"
    return alternative(with_node(design, held), at, held.name, f"in-{container}", said)
