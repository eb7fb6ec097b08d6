"""Groups of common causes of the Model Exchange Format, as the events that they stand for.

A group of n members with the probability Q of each, and factors by one of four models, is one event
for each set of k members, which together fail with Q_k. A member fails when an event does whose set
it is in (NUREG/CR-4780, Mosleh et al. 1988).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from vreltui.exchange.expressions import Expression
from vreltui.exchange.fault_model import Event, FaultModel, Gate, Group, Place
from vreltui.exchange.formulas import Formula
from vreltui.exchange.markup import Element, refused
from vreltui.exchange.open_psa_expressions import read_expression
from vreltui.exchange.open_psa_scopes import Scope, Scopes
from vreltui.model import shown

MODELS = ("beta-factor", "MGL", "alpha-factor", "phi-factor")
MOST_MEMBERS = 12
"""The most members of a group, which is expanded into an event for each set of them."""


@dataclass
class CauseGroup:
    """A group as its file has it; ``factors`` by how many members fail together."""

    name: str
    model: str
    members: list[Element]
    total: Expression
    factors: dict[int, Expression]
    scope: Scope
    line: int

    def keep(self, model: FaultModel, scopes: Scopes) -> None:
        """Leave the members as they are, each with the whole probability, and note the group."""
        place = Place(self.scope.file, self.line)
        paths = tuple(self._member(element, model, scopes) for element in self.members)
        for path in paths:
            model.events[path].expression = self.total
        letters = tuple(factor for _, factor in sorted(self.factors.items()))
        model.groups.append(Group(self.name, place, "", "", self.model, paths, letters))

    def expand(self, model: FaultModel, scopes: Scopes) -> None:
        """Put an event for each set of members in place of the members."""
        place = Place(self.scope.file, self.line)
        paths = [self._member(element, model, scopes) for element in self.members]
        parts: dict[str, list[str]] = {path: [] for path in paths}
        for size in self._sizes(len(paths)):
            chance = self._chance(size, len(paths))
            for number, chosen in enumerate(combinations(paths, size), 1):
                name = f"{self.name}.{size}.{number}"
                title = " and ".join(chosen) + " fail together" if size > 1 else ""
                title = title or f"{chosen[0]} fails by itself"
                model.events[name] = Event(name, place, title[:200], expression=chance)
                for path in chosen:
                    parts[path].append(name)
        for path, events in parts.items():
            gate = f"{self.name}.{path}"
            arguments = tuple([Formula("name", name=event, line=self.line) for event in events])
            before = model.events.pop(path)
            model.gates[gate] = Gate(
                gate, before.place, before.title or path, before.note, Formula("or", arguments)
            )
            scopes.instead[path] = gate

    def _member(self, element: Element, model: FaultModel, scopes: Scopes) -> str:
        name = self.scope.name_of(element, path=True)
        known = scopes.declared("event", name, self.scope)
        if known is None:
            known = scopes.define("event", name, element, self.scope)
            model.events[known] = Event(known, Place(self.scope.file, element.line))
        event = model.events.get(known)
        if event is None or event.happens is not None:
            what = f"{shown(name)} is in the group {shown(self.name)}, and is no basic event"
            raise refused(self.scope.file, element.line, what + " of its own")
        if event.expression is not None:
            what = f"{shown(name)} has a probability, and so has its group {shown(self.name)}"
            raise refused(self.scope.file, element.line, what, "keep one of them")
        return known

    def _sizes(self, count: int) -> list[int]:
        if self.model == "beta-factor":
            return [1, count] if count > 1 else [1]
        return list(range(1, min(count, self._highest()) + 1))

    def _highest(self) -> int:
        return max(self.factors, default=1)

    def _chance(self, size: int, count: int) -> Expression:
        """The probability of an event that takes a given set of ``size`` members along."""
        if self.model == "beta-factor":
            beta = next(iter(self.factors.values()))
            share = beta if size == count and count > 1 else self._rest(beta)
            return self._times(self.total, share)
        if self.model == "phi-factor":
            # The one model in which the standard states a factor for each set, and not for all.
            return self._times(self._factor(size), self.total)
        ways = Fraction(1, comb(count - 1, size - 1))
        if self.model == "alpha-factor":
            weights = [
                self._times(self._constant(Fraction(k)), factor)
                for k, factor in self.factors.items()
            ]
            share = Expression(
                "div", (self._factor(size), Expression("add", tuple(weights), line=self.line)),
                line=self.line,
            )  # fmt: skip
            return self._times(self._constant(ways * size), share, self.total)
        steps = [self._factor(level) for level in range(2, size + 1)]
        last = [self._rest(self._factor(size + 1))] if size + 1 in self.factors else []
        return self._times(self._constant(ways), *steps, *last, self.total)

    def _factor(self, level: int) -> Expression:
        found = self.factors.get(level)
        if found is None:
            what = f"the group {shown(self.name)} has no factor of level {level}"
            raise refused(self.scope.file, self.line, what)
        return found

    def _times(self, *factors: Expression) -> Expression:
        return Expression("mul", factors, line=self.line)

    def _rest(self, factor: Expression) -> Expression:
        return Expression("sub", (self._constant(Fraction(1)), factor), line=self.line)

    def _constant(self, value: Fraction) -> Expression:
        return Expression("float", value=value, line=self.line)


def read_group(element: Element, scope: Scope) -> CauseGroup:
    """A group as it stands. Raises :class:`~vreltui.storage.FileError`."""
    name = scope.name_of(element)
    model = element.get("model")
    if model not in MODELS:
        what = f'the group {shown(name)} has the model "{shown(model or "", most=40)}"'
        raise refused(scope.file, element.line, what, f"one of {', '.join(MODELS)} is right")
    members, total = element.child("members"), element.child("distribution")
    if members is None or not members.children or total is None or len(total.children) != 1:
        what = f"the group {shown(name)} lacks members or a distribution"
        raise refused(scope.file, element.line, what)
    if len(members.children) > MOST_MEMBERS:
        what = f"the group {shown(name)} has {len(members.children)} members"
        raise refused(scope.file, element.line, what, f"at most {MOST_MEMBERS} can be expanded")
    around = element.child("factors") or element
    factors: dict[int, Expression] = {}
    least = 1 if model in ("alpha-factor", "phi-factor") else 2
    for factor in (each for each in around.children if each.tag == "factor"):
        level = _level(factor, least + len(factors), scope)
        if model == "beta-factor":
            level = len(members.children)
        if level in factors or len(factor.children) != 1 or level > len(members.children):
            what = f"the group {shown(name)} has a factor that does not fit, of level {level}"
            raise refused(scope.file, factor.line, what)
        factors[level] = read_expression(factor.children[0], scope)
    if not factors:
        raise refused(scope.file, element.line, f"the group {shown(name)} has no factor")
    whole = read_expression(total.children[0], scope)
    return CauseGroup(name, model, list(members.children), whole, factors, scope, element.line)


def _level(factor: Element, usual: int, scope: Scope) -> int:
    text = factor.get("level")
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        what = f'a factor has the level "{shown(text, most=40)}"'
        raise refused(scope.file, factor.line, what, "a whole number is right")
    return int(text)
