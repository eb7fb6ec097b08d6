"""A design: parameters, nodes, choices, goal and baseline, as one immutable value."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vreltui.model.amounts import Resource
from vreltui.model.catalogues import Catalogue
from vreltui.model.causes import Cause
from vreltui.model.frozen import Frozen, frozen
from vreltui.model.goals import LASTING, Goal, Measure, Target, goal_measure, target_of
from vreltui.model.nodes import (
    KINDS,
    Bought,
    Component,
    Counted,
    Group,
    LastingComponent,
    Needs,
    Node,
    PolicyPool,
    Pool,
    Process,
    Share,
    Structure,
    counted,
    needed,
)
from vreltui.model.numbers import Probability
from vreltui.model.options import Taken
from vreltui.model.plots import Plot, PlotAxis, PlotSeries
from vreltui.model.prices import Price, TablePrice
from vreltui.model.quantities import COUNT, DURATION, NUMBER, RATE, Quantity, Value, quantity_of
from vreltui.model.rule import Rule
from vreltui.model.times import Duration
from vreltui.model.uncertainty import Uncertain

__all__ = [
    "DEFAULT_COPIES",
    "FORMAT_VERSION",
    "KINDS",
    "MOST_COPIES",
    "Bought",
    "Choice",
    "Component",
    "Counted",
    "Design",
    "Goal",
    "Group",
    "LastingComponent",
    "Mission",
    "Needs",
    "Node",
    "Parameter",
    "Plot",
    "PlotAxis",
    "PlotSeries",
    "PolicyPool",
    "Pool",
    "Process",
    "Share",
    "Structure",
    "Value",
    "counted",
    "needed",
]

FORMAT_VERSION = 1
"""The version of the design file that this program reads and writes."""

DEFAULT_COPIES = 1000
"""The most copies that a host holds where the design does not say."""

MOST_COPIES = 10_000
"""The largest limit on copies that a design may state."""


_NO_PRICE: Frozen[Price] = Frozen({})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named number. With a range it is open: the architect may still choose within it.

    ``range`` holds the ends, both allowed; for a probability they are reliabilities whichever
    side the value is written from. With ``values`` it is one of these, and a decision.
    ``uncertain`` says how well the value is known, as it is stated, and ``price`` by resource what
    its reliability costs.
    """

    name: str
    value: Value
    range: tuple[Value, Value] | None = None
    values: tuple[Value, ...] = ()
    uncertain: Uncertain | None = None
    price: Mapping[str, Price] = field(default_factory=lambda: _NO_PRICE)
    title: str = ""
    source: str = ""
    description: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "price", frozen(self.price))

    @property
    def quantity(self) -> Quantity[Any]:
        """What its values are numbers of."""
        return quantity_of(self.value)

    @property
    def is_count(self) -> bool:
        """Whether this parameter counts copies."""
        return self.quantity is COUNT

    @property
    def is_open(self) -> bool:
        """Whether the architect may still choose its value."""
        return self.range is not None

    @property
    def market(self) -> tuple[Value, ...]:
        """The values of which it has one: those stated, or those with a price in a table."""
        if self.values or not self.price:
            return self.values
        first = next(iter(self.price.values()))
        return first.values if isinstance(first, TablePrice) else ()

    @property
    def is_allocated(self) -> bool:
        """Whether its value is found with a variant, within its range, by what it costs."""
        return bool(self.price) and not self.market

    @property
    def is_decision(self) -> bool:
        """Whether its value is an option of a decision: one of a set, or a count in its range."""
        return bool(self.market) or (self.range is not None and self.is_count)


@dataclass(frozen=True, slots=True)
class Choice:
    """One alternative: the root of a tree, and what it sets for itself alone.

    ``set`` holds values of parameters, ``options`` what is taken at nodes, ``uncertain`` how well
    some of the values are known.
    """

    name: str
    root: str
    set: Mapping[str, Value] = field(default_factory=dict)
    options: Mapping[str, Taken] = field(default_factory=dict)
    title: str = ""
    description: str = ""
    note: str = ""
    uncertain: Mapping[str, Uncertain] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "set", frozen(self.set))
        # What is no longer set is no longer uncertain here.
        known = {name: each for name, each in self.uncertain.items() if name in self.set}
        object.__setattr__(self, "uncertain", frozen(known))
        object.__setattr__(self, "options", frozen(self.options))


_TABLES = (
    "parameters",
    "nodes",
    "causes",
    "choices",
    "plots",
    "resources",
    "catalogues",
    "rules",
)


@dataclass(frozen=True, slots=True)
class Mission:
    """How long a choice must run: a time of its own, or a parameter's name.

    ``measure`` is what the design measures where no goal says so.
    """

    time: Duration | str | None = None
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class Design:
    """Everything one design file says. Immutable: an edit is a function to another Design.

    Mappings keep the order of the file.
    """

    title: str = ""
    description: str = ""
    note: str = ""
    baseline: str | None = None
    goal: Goal | None = None
    mission: Mission = Mission()
    copies_limit: int | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    nodes: Mapping[str, Node] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    plots: Mapping[str, Plot] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    causes: Mapping[str, Cause] = field(default_factory=dict)
    checked: bool = field(default=False, init=False, compare=False, repr=False)
    """Whether it is known to keep the rules. :mod:`vreltui.model.rules` alone sets it."""
    own: Mapping[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Parameters that are numbers of a node's own, with the node. None in what a file states;
    :mod:`vreltui.model.own_numbers` alone sets it."""

    def __post_init__(self) -> None:
        for name in _TABLES:
            # What an edit leaves alone stays the same object, by which others see that it did.
            object.__setattr__(self, name, frozen(getattr(self, name)))

    @property
    def target(self) -> Target | None:
        """What the goal asks for as a probability; None without one, or for a mean life."""
        return target_of(self.goal)

    @property
    def measure(self) -> Measure:
        """What its figures are figures of."""
        if self.goal is not None:
            return goal_measure(self.goal)
        return self.mission.measure or "reliability"

    def without_goal(self, measure: Measure | None = None) -> Design:
        """The same with nothing asked, read under a measure; without one, under its own."""
        under = measure or self.measure
        told = None if under == "reliability" else under
        mission = Mission(self.mission.time, told)
        return replace(self, goal=None, baseline=None, mission=mission)

    def mission_time(self, choice: str | None = None) -> Duration | None:
        """How long a choice must run, as it sees it; None where the design does not say."""
        time = self.mission.time
        return DURATION.of(self.value(time, choice)) if isinstance(time, str) else time

    @property
    def knows_time(self) -> bool:
        """Whether it uses anything of time; one that does not means what it always did."""
        return (
            self.mission != Mission()
            or (self.goal is not None and not isinstance(self.goal, Probability))
            or any(isinstance(node, LastingComponent | Process) for node in self.nodes.values())
            or any(
                isinstance(item.figure, LastingComponent)
                for catalogue in self.catalogues.values()
                for item in catalogue.items.values()
            )
            or any(p.quantity in (DURATION, RATE, NUMBER) for p in self.parameters.values())
        )

    @property
    def reading(self) -> tuple[Measure, str | None]:
        """What of a design without its trees decides what stands at a leaf.

        Its measure, and the parameter that gives the mission time.
        """
        time = self.mission.time
        return self.measure, time if isinstance(time, str) else None

    @property
    def most_copies(self) -> int:
        """The most copies that a host can hold."""
        return DEFAULT_COPIES if self.copies_limit is None else self.copies_limit

    def value(self, parameter: str, choice: str | None = None) -> Value:
        """The value of a parameter, as the choice sees it when one is named."""
        if choice is not None:
            own = self.choices[choice].set
            if parameter in own:
                return own[parameter]
        return self.parameters[parameter].value

    def below(self, root: str) -> tuple[str, ...]:
        """The nodes at and below ``root``, each once, parents before children."""
        seen: dict[str, None] = {}
        stack = [root]
        while stack:
            name = stack.pop()
            if name not in seen:
                seen[name] = None
                stack.extend(reversed(self.nodes[name].children))
        return tuple(seen)

    def parameters_below(self, root: str, *, mission: bool = True) -> tuple[str, ...]:
        """The parameters that the tree at ``root`` uses, each once.

        That of the mission time is the last, where something below is asked to last for it;
        without ``mission`` it is left out.
        """
        used: dict[str, None] = {}
        below = self.below(root)
        for name in below:
            used.update(dict.fromkeys(self.named_by(self.nodes[name])))
        for cause in self.causes_among(below):
            used.update(dict.fromkeys(cause.parameters))
        time = self.mission.time
        if mission and isinstance(time, str) and self.measure in LASTING:
            lasting = (LastingComponent, Process)
            if any(isinstance(self.nodes[name], lasting) for name in below):
                used[time] = None
        return tuple(used)

    def numbers_at(self, name: str) -> Iterator[str]:
        """The parameters that a node names, and those of the causes that strike it."""
        yield from self.nodes[name].parameters
        for cause in self.causes.values():
            if name in cause.strikes:
                yield from cause.parameters

    def causes_among(self, nodes: Collection[str]) -> Iterator[Cause]:
        """The causes that strike some of these nodes."""
        if self.causes:
            there = frozenset(nodes)
            for cause in self.causes.values():
                if not there.isdisjoint(cause.strikes):
                    yield cause

    def named_by(self, node: Node) -> Iterator[str]:
        """The parameters that a node names, and for one that is bought those of its items."""
        yield from node.parameters
        if isinstance(node, Bought) and node.catalogue in self.catalogues:
            for item in self.catalogues[node.catalogue].items.values():
                yield from item.figure.parameters
