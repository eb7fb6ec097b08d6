"""The move that renews by the clock what ages: a machine, or the hypervisor below it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vreltui.model.design import Component, Design, LastingComponent
from vreltui.model.edits.alternatives import alternative
from vreltui.model.edits.assumed import ASSUMED, Assumed, time, with_assumed
from vreltui.model.edits.common import fresh_name, refuse, with_node
from vreltui.model.edits.moves import called
from vreltui.model.edits.position import Edited, Position, node_at
from vreltui.model.edits.repair import in_the_long_run, living
from vreltui.model.times import Duration

_NGUYEN = "Nguyen, Kim, Park 2014"


@dataclass(frozen=True, slots=True)
class _Aging:
    """How long something is robust, then degraded; its repair; how often and how long a renewal."""

    robust: Duration
    degraded: Duration
    repair: Duration
    every: Duration
    takes: Duration


_MACHINE = _Aging(
    time("1", "w"), time("3", "d"), time("35", "min"), time("1", "d"), time("1", "min")
)
_HYPERVISOR = _Aging(
    time("1", "mo"), time("1", "w"), time("65", "min"), time("1", "w"), time("2", "min")
)


def rejuvenate(design: Design, at: Position) -> Edited:
    """A choice in which the component is renewed by the clock, before it fails of age.

    What has no life that ages is first given one, in two stages (Huang, Kintala, Kolettis and
    Fulton 1995): that choice stands between the two, as the one that renewal has to beat. A
    constant, or an exponential life, never gains by it.

    Raises :class:`DesignError` where it is no component, or is renewed, or taken down on purpose.
    """
    name = node_at(design, at)
    node = design.nodes[name]
    if not isinstance(node, Component | LastingComponent):
        right = "select a component below it"
        raise refuse(("nodes", name), f"{node.sort} {name} is no component", right)
    for key in ("rejuvenate", "planned"):
        if isinstance(node, LastingComponent) and node.stated(key) is not None:
            raise refuse(("nodes", name, key), f"{name} has {key} already", f"change its {key}")
    if design.mission.time is None:
        design = in_the_long_run(design)
    usual, source = _usual(node.kind)
    if isinstance(node, LastingComponent) and node.law != "exponential":
        return _renewed(design, at, node, usual, source)
    design, ages = _aging(design, node, usual, source)
    edited = alternative(
        with_node(design, ages), at, ages.name, "aging", f"{called(design, name)} that ages"
    )
    grown, place = edited.design, edited.position
    if design.baseline is None and design.goal is None:
        grown = replace(grown, baseline=place.choice)
    return _renewed(grown, place, ages, usual, source)


def _usual(kind: str) -> tuple[_Aging, str]:
    if kind == "hypervisor":
        return _HYPERVISOR, _NGUYEN
    return _MACHINE, _NGUYEN if kind == "vm" else ASSUMED


def _aging(
    design: Design, node: Component | LastingComponent, usual: _Aging, source: str
) -> tuple[Design, LastingComponent]:
    """The component with a life in two stages; not yet in the design."""
    wanted = {
        "T_robust": Assumed(usual.robust, "Until it degrades", source=source),
        "T_degraded": Assumed(usual.degraded, "From then until it fails", source=source),
    }
    named = fresh_name(f"{node.name}-aging"[:60], design.nodes)
    if isinstance(node, LastingComponent):
        ages = replace(node, name=named, mttf=None, rate=None)
    else:
        ages = living(node, named)
    if ages.mttr is None and design.measure == "availability":
        wanted["r"] = Assumed(usual.repair, "Repair", source=source)
    design, names = with_assumed(design, wanted)
    stages = (names["T_robust"], names["T_degraded"])
    return design, replace(ages, stages=stages, mttr=names.get("r", ages.mttr))


def _renewed(
    design: Design, at: Position, node: LastingComponent, usual: _Aging, source: str
) -> Edited:
    day, minutes = (time("1", "h"), time("60", "d")), (time("0", "s"), time("10", "min"))
    design, names = with_assumed(
        design,
        {
            "T_clock": Assumed(usual.every, "Clock", day, source),
            "d_clock": Assumed(usual.takes, "Renewal", minutes, source),
        },
    )
    stem = node.name.removesuffix("-aging")
    name = fresh_name(f"{stem}-rejuvenated"[:60], design.nodes)
    renewed = replace(node, name=name, rejuvenate=names["T_clock"], takes=names["d_clock"])
    said = f"{called(design, stem if stem in design.nodes else node.name)} renewed by the clock"
    return alternative(with_node(design, renewed), at, name, "rejuvenated", said)
