"""The numbers of events: exact where a file's expression is, parameters where it names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from vreltui.exchange.design_names import DesignNames
from vreltui.exchange.deviates import uncertain_of
from vreltui.exchange.expressions import Evaluator, Expression, ExpressionError, parameters_of
from vreltui.exchange.fault_model import Event, FaultModel, Group, Place
from vreltui.exchange.fault_model import Parameter as StatedParameter
from vreltui.exchange.foreign_lives import LIVES, lasting_value
from vreltui.exchange.life_laws import DEVIATES
from vreltui.exchange.losses import Loss
from vreltui.exchange.markup import refused
from vreltui.exchange.numbers import Number, NumberError, exact_decimal, rounded
from vreltui.exchange.open_psa_scopes import Scope, Scopes
from vreltui.exchange.ordered_gates import Chain
from vreltui.exchange.wishes import asked
from vreltui.model import Component, LastingComponent, Node, Parameter, Probability, Value, shown
from vreltui.model.times import Duration
from vreltui.model.uncertainty import Uncertain
from vreltui.storage import FileError

MOST_BITS = 1 << 14

_MISSION = Expression("system-mission-time")


@dataclass
class EventNumbers:
    """Finds each event's reliability, and collects the parameters and losses that come of it.

    ``time`` is the mission time, ``assumed`` what was said with --assume of events that have no
    number. ``lasts`` tells whether some event has a lifetime, so that the time is the design's.
    """

    model: FaultModel
    scopes: Scopes
    time: Duration | None = None
    assumed: Mapping[str, Probability] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    description: str = ""
    lasts: bool = False
    _names: DesignNames = field(default_factory=DesignNames)
    _evaluators: dict[int, Evaluator] = field(default_factory=dict)
    _made: dict[tuple[str, str], str] = field(default_factory=dict)

    def node_of(self, event: Event, name: str, title: str, note: str) -> Node:
        """The component that fails where an event happens. Raises :class:`FileError`."""
        if event.chain is not None:
            return self._process(event, event.chain, name, title, note)
        if event.expression is not None and event.expression.word in LIVES:
            found = self._lasting(event, event.expression)
            if found is not None:
                self.lasts = True
                return LastingComponent(name=name, title=title, note=note, **found)
        reliability = self._reliability(event)
        return Component(name=name, reliability=reliability, title=title, note=note)

    def _process(self, event: Event, chain: Chain, name: str, title: str, note: str) -> Node:
        """The process of a gate whose order counts."""
        if self.time is None:
            self._number(_MISSION, event.place.file)  # which says that the time is missing
        node = chain.node(name, title, note)
        if node is None:
            what = f"{shown(event.path)} has a rate of which no design may be"
            raise refused(event.place.file, event.place.line, what)
        self.lasts = True
        return node

    def _lasting(self, event: Event, expression: Expression) -> dict[str, Any] | None:
        """The keys of a lifetime; None where the law is not one that a design has exactly."""
        if self.time is None:
            self._number(expression, event.place.file)  # which says that the time is missing
        keys: dict[str, Any] = {}
        parts = LIVES[expression.word](expression, lambda each: self._plain(each, event.place.file))
        for key, (quantity, number) in (parts or {}).items():
            if isinstance(number, Expression):
                path, _ = self._find(number, event.place.file)
                value = lasting_value(quantity, self._plain(number, event.place.file))
                if value is None or isinstance(value, tuple):
                    return None
                keys[key] = self._named(path, quantity, value)
            else:
                value = lasting_value(quantity, number)
                if value is None:
                    return None
                keys[key] = value
        return keys or None

    def letter(self, expression: Expression, group: Group) -> Probability:
        """A factor of a group of common causes. Raises :class:`FileError` where it is no number."""
        value = (
            None if expression.word == "parameter" else self._plain(expression, group.place.file)
        )
        if value is None or not 0 <= value <= 1:
            what = f"a factor of group {shown(group.path)} is no number from 0 to 1"
            raise refused(group.place.file, group.place.line, what)
        return Probability(_as_written(expression, value))

    def _plain(self, expression: Expression, file: str) -> Decimal | None:
        """The number of an expression, where it ends as a decimal."""
        return exact_decimal(self._number(expression, file))

    def _named(self, path: str, kind: str, value: Value) -> str:
        """The parameter of a path, as a number of one kind: a design's parameter has one use."""
        if (path, kind) not in self._made:
            stated = self.model.parameters[path]
            name = self._names.of(path)
            if name in self.parameters:
                name = self._names.free(f"{path}-{kind}")
            self._made[path, kind] = name
            source = f"unit: {stated.unit}" if stated.unit else ""
            title = stated.title or (path if name != path else "")
            self.parameters[name] = Parameter(
                name,
                value,
                title=title,
                source=source,
                note=stated.note,
                uncertain=self._uncertain(stated, kind, value),
            )
            self.places[name] = stated.place
        return self._made[path, kind]

    def _uncertain(self, stated: StatedParameter, kind: str, value: Value) -> Uncertain | None:
        """How well a number is known; where a design can't say it, that is lost by name."""
        expression = stated.expression
        if expression is None or expression.word not in DEVIATES:
            return None
        file = stated.place.file
        found = uncertain_of(expression, lambda each: self._plain(each, file), kind, value)
        if found is None:
            what = f"its {expression.word}, for which the mean stands"
            loss = Loss(expression.line, stated.path, "dropped", what, file)
            if loss not in self.losses:
                self.losses.append(loss)
        return found

    def _reliability(self, event: Event) -> Probability | str:
        """The number of an event, or the parameter that gives it. Raises :class:`FileError`."""
        expression = event.expression
        if expression is None:
            return self._assumed(event)
        if expression.word == "parameter":
            return self._parameter(event, expression)
        if expression.word in DEVIATES:
            # What is uncertain is a parameter: the event's own, called as the event is.
            stated = StatedParameter(event.path, event.place, event.title, expression=expression)
            self.model.parameters.setdefault(event.path, stated)
            return self._named(
                event.path, "probability", self._probability(expression, event.path, event.place)
            )
        return self._probability(expression, event.path, event.place)

    def _assumed(self, event: Event) -> str:
        value = self.assumed.get("component")
        if value is None:
            what = f"event {shown(event.path)} has no probability"
            right = "give it one, or say --assume component=0.999 for all that have none"
            raise asked(event.place.file, event.place.line, what, right, "component")
        key = ("", "component")
        if key not in self._made:
            name = self._made[key] = self._names.free("R_component")
            self.parameters[name] = Parameter(name, value, source="assumed")
        return self._made[key]

    def _parameter(self, event: Event, expression: Expression) -> str:
        path, _ = self._find(expression, event.place.file)
        known = self._made.get((path, "probability"))
        if known is not None:
            return known
        stated = self.model.parameters[path]
        assert stated.expression is not None
        value = self._probability(stated.expression, path, stated.place)
        return self._named(path, "probability", value)

    def _probability(self, expression: Expression, path: str, place: Place) -> Probability:
        """A probability of failing as the reliability that it leaves."""
        number = self._number(expression, place.file)
        found = exact_decimal(number)
        if found is None:
            found = self._computed(expression, path, place)
        if not 0 <= found <= 1:
            what = f"the probability of {shown(path)} is {found}"
            raise refused(place.file, place.line, what, "a number from 0 to 1 is right")
        self._lose_deviates(expression, path, place)
        value = Probability(_as_written(expression, found), complemented=True)
        fault = value.fault()
        if fault:
            raise refused(place.file, place.line, f"the probability of {shown(path)} {fault}")
        return value

    def _computed(self, expression: Expression, path: str, place: Place) -> Decimal:
        """17 digits of what does not end, at a precision that gives them."""
        bits = 256
        while True:
            try:
                found = rounded(self._number(expression, place.file, bits))
            except NumberError as error:
                raise refused(place.file, expression.line, f"{shown(path)}: {error}") from None
            if found is not None:
                break
            bits *= 4
            if bits > MOST_BITS:
                what = f"the number of {shown(path)} was not certain at {MOST_BITS} bits"
                raise refused(place.file, expression.line, what)
        what = f"its {expression.word}, evaluated to 17 digits: {found}"
        self.losses.append(Loss(expression.line, path, "computed", what, place.file))
        return found

    def _number(self, expression: Expression, file: str, bits: int = 256) -> Number:
        evaluator = self._evaluators.get(bits)
        if evaluator is None:
            hours = None if self.time is None else self.time.seconds / 3600
            evaluator = Evaluator(lambda each: self._find(each, file), hours, bits)
            self._evaluators[bits] = evaluator
        try:
            return evaluator.number(expression)
        except ExpressionError as error:
            if error.wish is not None:
                raise asked(file, error.line, error.what, error.right, error.wish) from None
            raise refused(file, error.line, error.what, error.right) from None

    def _find(self, expression: Expression, file: str) -> tuple[str, Expression]:
        scope = Scope(file, expression.place)
        path = self.scopes.declared("parameter", expression.name, scope)
        stated = None if path is None else self.model.parameters[path].expression
        if path is None or stated is None:
            what = f"parameter {shown(expression.name)} is used, and defined nowhere"
            raise refused(file, expression.line, what)
        return path, stated

    def _lose_deviates(self, expression: Expression, path: str, place: Place) -> None:
        """Note the random numbers whose means stand for them."""
        stack, seen = [*expression.arguments], set[str]()
        if expression.word == "parameter":
            stack = [self._find(expression, place.file)[1]]
        while stack:
            each = stack.pop()
            if each.word in DEVIATES:
                what = f"its {each.word}, for which the mean stands"
                self.losses.append(Loss(each.line, path, "dropped", what, place.file))
            for name, use in parameters_of(each).items():
                if name not in seen:
                    seen.add(name)
                    stack.append(self._find(use, place.file)[1])
            stack.extend(each.arguments)


def _as_written(expression: Expression, found: Decimal) -> Decimal:
    """A number as it stands in the file, where the expression is nothing but that."""
    return found if expression.written is None else expression.written


__all__ = ["EventNumbers", "FileError"]
