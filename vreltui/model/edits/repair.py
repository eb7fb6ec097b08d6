"""The move that gives a component a life and a repair: hours in the place of one number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from vreltui.model.design import Component, Design, LastingComponent, Mission
from vreltui.model.edits.alternatives import alternative
from vreltui.model.edits.assumed import ASSUMED, Assumed, with_assumed
from vreltui.model.edits.common import fresh_name, refuse, with_node
from vreltui.model.edits.moves import called
from vreltui.model.edits.position import Edited, Position, node_at
from vreltui.model.times import Duration
from vreltui.model.unit_like import like

_KIM = "Kim, Machida, Trivedi 2009"
_NGUYEN = "Nguyen, Kim, Park 2014, table 3"


@dataclass(frozen=True, slots=True)
class _Usual:
    """How long something lives and how long its repair takes, each with who published it."""

    life: Duration
    repair: Duration
    source_of_life: str
    source_of_repair: str


def _usual(life: str, unit: str, repair: str, repair_unit: str, *sources: str) -> _Usual:
    return _Usual(Duration(Decimal(life), unit), Duration(Decimal(repair), repair_unit), *sources)


_MACHINE = _usual("1", "y", "3", "d", _KIM, _NGUYEN)
_GUEST = _usual("2893", "h", "30", "min", _NGUYEN, _NGUYEN)
_LIKE_A_GUEST = _usual("2893", "h", "30", "min", ASSUMED, ASSUMED)
_USUAL: dict[str, _Usual] = {
    "host": _MACHINE,
    "hardware": _MACHINE,
    "storage": _MACHINE,
    "hypervisor": _usual("2654", "h", "100", "min", _NGUYEN, _NGUYEN),
    "vm": _GUEST,
    "os": _LIKE_A_GUEST,
    "application": _LIKE_A_GUEST,
    "function": _LIKE_A_GUEST,
    "software": _LIKE_A_GUEST,
}
"""By what a component is; published ones for two virtualized hosts, the others after them."""

_OTHERS = _usual("1", "y", "3", "d", ASSUMED, ASSUMED)


def repair(design: Design, at: Position) -> Edited:
    """A choice in which the component has a mean life and a mean time to repair, both open.

    A component that has a life already is given the repair alone. A design in which nothing is
    asked and no time is stated measures the share of time up from then on; one whose goal is of
    reliability has to be given another first.
    """
    name = node_at(design, at)
    node = design.nodes[name]
    if not isinstance(node, Component | LastingComponent):
        raise refuse(
            ("nodes", name), f"{node.sort} {name} is no component", "select a component below it"
        )
    if isinstance(node, LastingComponent) and node.mttr is not None:
        raise refuse(("nodes", name, "mttr"), f"{name} is repaired already", "change its mttr")
    design = in_the_long_run(design)
    usual = _USUAL.get(node.kind, _OTHERS)
    called_so = fresh_name(f"{name}-repaired", design.nodes)
    symbol = name.replace("-", "_")
    repaired: LastingComponent
    if isinstance(node, LastingComponent):
        repaired = replace(node, name=called_so)
    else:
        design, life = _open(design, f"T_{symbol}", usual.life, "MTTF", node, usual.source_of_life)
        repaired = replace(living(node, called_so), mttf=life)
    design, mended = _open(
        design, f"r_{symbol}", usual.repair, "MTTR", node, usual.source_of_repair
    )
    design = with_node(design, replace(repaired, mttr=mended))
    return alternative(design, at, called_so, "repaired", f"{called(design, name)} repaired")


def living(node: Component, name: str) -> LastingComponent:
    """What a component is, under another name and without its figure: a life is still to be given.

    Where its figure came from is left out, as that was of the figure.
    """
    return LastingComponent(
        name=name,
        kind=node.kind,
        title=node.title,
        description=node.description,
        note=node.note,
        shared=node.shared,
        uses=node.uses,
        provides=node.provides,
        fits=node.fits,
        fails_safe=node.fails_safe,
    )


def in_the_long_run(design: Design) -> Design:
    """The design, measuring the share of time up where nothing is said of a measure yet."""
    if design.measure == "reliability" and design.goal is not None:
        raise refuse(
            ("goal",),
            "the goal is a reliability, which no repair helps",
            "set a goal such as downtime = 5 h/y, or none, first",
        )
    if design.goal is None and design.mission == Mission():
        return replace(design, mission=Mission(measure="availability"))
    return design


def _open(
    design: Design,
    wish: str,
    value: Duration,
    what: str,
    node: Component | LastingComponent,
    source: str,
) -> tuple[Design, str]:
    """The design with a new time, open from a tenth of its value to ten times as much."""
    ends = tuple(like(value, value.seconds * by) for by in (Fraction(1, 10), Fraction(10)))
    title = f"{node.title or node.name} {what}"
    grown, names = with_assumed(design, {wish: Assumed(value, title, (ends[0], ends[1]), source)})
    return grown, names[wish]
