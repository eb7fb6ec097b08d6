"""Random designs: small enough to enumerate, wild enough to be wrong about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hypothesis import strategies as st

from tests.oracle.questions import Oracle
from vreltui.model import (
    Choice,
    Component,
    Design,
    Group,
    Needs,
    Node,
    Parameter,
    Pool,
    Probability,
    Value,
)
from vreltui.model.rules import check

MOST_INSTANCES = 16
"""The most component instances of a choice."""

_ORDINARY = ("0.5", "0.9", "0.99", "0.75", "0.1", "0.25", "0.999", "0.3", "0.6", "0.95")
_EXTREME = ("1e-15", "0.999999999999999", "1e-7", "0.9999999", "0", "1")


@st.composite
def probabilities(draw: st.DrawFn) -> Probability:
    """Probabilities from 1e-15 to 1 - 1e-15, now and then 0 or 1, from either side."""
    pick = draw(st.integers(0, 39))
    if pick < 20:
        written = _ORDINARY[pick % 10]
    elif pick < 26:
        written = _EXTREME[pick - 20]
    else:
        return Probability(Decimal(draw(st.integers(1, 9999))).scaleb(-4), complemented=pick > 32)
    return Probability(Decimal(written), complemented=pick in (10, 11, 12, 20, 21, 22))


@dataclass
class _Draft:
    """A design being put together, with how many instances each node costs."""

    draw: st.DrawFn
    most_copies: int
    inverting: bool = False
    parameters: dict[str, Parameter] = field(default_factory=dict)
    settings: dict[str, dict[str, Value]] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    cost: dict[str, int] = field(default_factory=dict)

    def one_in(self, chances: int) -> bool:
        return self.draw(st.integers(0, chances - 1)) == chances - 1

    def number(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def counts(self, parameter: str) -> list[int]:
        """Every value that some choice gives to a count."""
        stated = [self.parameters[parameter].value]
        stated += [own[parameter] for own in self.settings.values() if parameter in own]
        return [value for value in stated if isinstance(value, int)]

    def add_parameters(self) -> None:
        for index in range(self.number(0, 3)):
            name = f"R{index}"
            value = self.draw(probabilities())
            self.parameters[name] = Parameter(name, value, self._range_around(value))
        for index in range(self.number(0, 2)):
            name = f"n{index}"
            count = self.number(1, min(4, self.most_copies))
            ends = None
            if self.one_in(3):
                ends = (self.number(1, count), self.number(count, self.most_copies))
            self.parameters[name] = Parameter(name, count, ends)

    def _range_around(self, value: Probability) -> tuple[Value, Value] | None:
        if not self.one_in(2):
            return None
        others = [self.draw(probabilities()), self.draw(probabilities())]
        ends = sorted([value, *others], key=lambda end: end.reliability)
        low, high = (_directly(end) for end in (ends[0], ends[-1]))
        return (low, high)

    def add_settings(self) -> None:
        for index in range(self.number(1, 3)):
            own: dict[str, Value] = {}
            for name, parameter in self.parameters.items():
                if self.one_in(6):
                    own[name] = self._setting(parameter)
            self.settings[f"c{index}"] = own

    def _setting(self, parameter: Parameter) -> Value:
        if parameter.range is not None:
            return parameter.range[self.number(0, 1)]
        if parameter.is_count:
            return self.number(1, min(4, self.most_copies))
        return self.draw(probabilities())

    def add_components(self) -> None:
        named = [name for name, parameter in self.parameters.items() if not parameter.is_count]
        for index in range(self.number(2, 7)):
            name = f"e{index}"
            own = not named or self.one_in(3)
            reliability = self.draw(probabilities()) if own else self.draw(st.sampled_from(named))
            shared = self.one_in(6)
            self.nodes[name] = Component(name=name, reliability=reliability, shared=shared)
            self.cost[name] = 1

    def add_composites(self) -> None:
        for index in range(self.number(3, 8)):
            name = f"g{index}"
            node = self._pool(name) if self.one_in(3) else self._group(name)
            self.nodes[name] = node

    def _child(self, room: int, beside: Collection[str] = ()) -> str | None:
        """A node that fits: as often as not one of the latest, so that trees grow deep."""
        fitting = [name for name in reversed(self.nodes) if self.cost[name] <= room]
        if not self.one_in(8):
            fitting = [name for name in fitting if name not in beside]
        latest = fitting[:3] if self.one_in(2) else fitting
        return self.draw(st.sampled_from(latest)) if latest else None

    def _group(self, name: str) -> Group:
        parts: list[str] = []
        cost = 0
        for _ in range(self.number(2, 5) if not self.one_in(10) else 1):
            part = self._child(MOST_INSTANCES - cost, parts)
            if part is None:
                break
            parts.append(part)
            cost += self.cost[part]
        self.cost[name] = cost
        needs = self._needs(len(parts))
        return Group(name=name, parts=tuple(parts), needs=needs, shared=self.one_in(10))

    def _pool(self, name: str) -> Pool:
        of = self._child(MOST_INSTANCES // 2)
        assert of is not None, "a component always fits"
        room = max(1, min(MOST_INSTANCES // self.cost[of], self.most_copies, 5))
        fitting = [
            count
            for count, parameter in self.parameters.items()
            if parameter.is_count and max(self.counts(count)) <= room
        ]
        copies: int | str
        if fitting and self.one_in(2):
            copies = self.draw(st.sampled_from(fitting))
            least, most = min(self.counts(copies)), max(self.counts(copies))
        else:
            copies = least = most = self.number(min(2, room), room)
        self.cost[name] = self.cost[of] * most
        needs = self._needs(least)
        return Pool(name=name, of=of, copies=copies, needs=needs, shared=self.one_in(10))

    def _needs(self, of: int) -> Needs:
        if self.inverting and self.one_in(3):
            return "none"
        pick = self.number(0, 3)
        words: tuple[Needs, ...] = ("all", "any", "majority")
        return words[pick] if pick < 3 else self.number(1, of)


def _directly(probability: Probability) -> Probability:
    """The same number, written as a reliability: the ends of a range always are."""
    if not probability.complemented:
        return probability
    return Probability(1 - probability.written)


@st.composite
def designs(draw: st.DrawFn, *, inverting: bool = False) -> Design:
    """Random designs that obey every rule, with up to sixteen component instances a choice.

    With ``inverting``, some nodes work when none of their parts does.
    """
    draft = _Draft(draw, most_copies=6 - draw(st.integers(0, 5)), inverting=inverting)
    draft.add_parameters()
    draft.add_settings()
    draft.add_components()
    draft.add_composites()
    roots = list(draft.nodes)[::-1]
    choices = {
        name: Choice(name=name, root=roots[_near_the_top(draft, len(roots))], set=own)
        for name, own in draft.settings.items()
    }
    design = Design(
        baseline="c0" if draft.one_in(2) else None,
        goal=draw(probabilities()) if draft.one_in(2) else None,
        copies_limit=draft.most_copies,
        parameters=draft.parameters,
        nodes=draft.nodes,
        choices=choices,
    )
    if draft.one_in(8):
        design = _with_tied_goal(design)
    check(design)
    return design


def _near_the_top(draft: _Draft, nodes: int) -> int:
    """Which node from the top becomes a root: mostly one of the last two made."""
    return min(draft.number(0, 1) if not draft.one_in(5) else draft.number(0, nodes - 1), nodes - 1)


def _with_tied_goal(design: Design) -> Design:
    """The design with a goal that one choice reaches to the last digit, and does not exceed."""
    reliability = Oracle(design).reliability(list(design.choices)[-1])
    scale = 0
    while 10**scale % reliability.denominator:
        scale += 1
        if scale > 300:
            return design
    digits = reliability.numerator * (10**scale // reliability.denominator)
    return replace(design, goal=Probability(Decimal(f"{digits}E-{scale}")))


__all__ = ["MOST_INSTANCES", "designs", "probabilities"]
