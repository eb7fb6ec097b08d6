"""What is done with an answer about a space: a variant taken, a proof lifted."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from vreltui.analysis.amount_bounds import duration_beyond
from vreltui.model import Design, Probability, Problem, Value, edits
from vreltui.model.amounts import amount_text
from vreltui.model.edits import Position
from vreltui.model.errors import DesignError
from vreltui.model.goals import Aim, Downtime, Goal, MeanLife
from vreltui.model.times import SECONDS, Duration
from vreltui.model.unit_like import like
from vreltui.workbench.open.change import Change

if TYPE_CHECKING:
    from vreltui.exploration.results import Back, Family, Variant

_DIGITS = 3
"""Significant digits of the distance to 1 that a number beyond a bound is rounded to."""


def shown_as(design: Design, variant: Variant | Family) -> Change:
    """The choice of a variant with its options, to be looked at."""
    choice = variant.choice or next(iter(design.choices))
    return Change(
        f"look at a variant of {choice}",
        edits.settle_all(design, choice, variant.options),
        Position(choice),
    )


def made_choice(design: Design, variant: Variant) -> Change:
    """A choice of its own that takes the options of a variant."""
    name = edits.fresh_name(variant.choice, design.choices)
    after = edits.duplicate_choice(design, variant.choice, name)
    after = edits.settle_all(after, name, variant.options)
    return Change(f"make choice {name} of a variant", after, Position(name))


def lifted(design: Design, back: Back) -> Change:
    """The design with that of a proof changed which by itself would lift it.

    Raises :class:`DesignError` where it can't be had.
    """
    match back.what:
        case "goal":
            assert design.goal is not None
            goal = _easier(design.goal, float(back.bound))
            return Change(f"set the goal to {goal}", edits.set_goal(design, goal))
        case "limit":
            limit = _decimal(Fraction(back.bound))
            label = f"limit {back.name} to {amount_text(limit)}"
            return Change(label, edits.set_resource_limit(design, back.name, limit))
        case "parameter":
            value = _above(design, back.name, float(back.bound))
            label = f"set {back.name} to {value}"
            return Change(label, _with_number(design, back.name, value))


def _easier(goal: Goal, bound: float) -> Goal:
    """A goal just below a probability, stated as another is."""
    match goal:
        case Probability(complemented=complemented):
            below = beyond(bound, up=False)
            return Probability(1 - below.decimal, complemented=True) if complemented else below
        case Aim(measure, value):
            easier = _easier(value, bound)
            assert isinstance(easier, Probability)
            return Aim(measure, easier)
        case Downtime(_, per):
            seconds = (1 - Fraction(bound)) * SECONDS[per]
            return Downtime(duration_beyond(seconds), per)
        case MeanLife():
            raise DesignError(Problem((), "a space of mean lives is not explored"))


def _above(design: Design, name: str, bound: float) -> Value:
    """A value of a parameter, or of an item's number, just above a bound."""
    from vreltui.exploration.question import with_item_numbers

    now = with_item_numbers(design).parameters[name].value
    if isinstance(now, Probability):
        return beyond(bound, up=True)
    if isinstance(now, Duration):
        return duration_beyond(Fraction(bound))
    return like(now, Fraction(bound) * Fraction(1001, 1000))


def _with_number(design: Design, name: str, value: Value) -> Design:
    """The design with another value of a parameter, or of an item by CATALOGUE.ITEM."""
    if name in design.parameters:
        return edits.set_value(design, name, value)
    catalogue, _, rest = name.partition(".")
    item, _, key = rest.partition(".")
    if catalogue not in design.catalogues or item not in design.catalogues[catalogue].items:
        raise DesignError(Problem((), f"there is no number {name}"))
    stated = design.catalogues[catalogue].items[item].figure.stated()
    assert stated is not None
    return edits.set_item_number(design, catalogue, item, key or stated.key, value)


def beyond(bound: float, *, up: bool) -> Probability:
    """A probability just above or just below a bound, with few digits of its distance to 1.

    >>> str(beyond(0.9932, up=False)), str(beyond(0.9981, up=True))
    ('0.99319', '0.99811')
    """
    exact = Decimal(repr(bound))
    with localcontext() as context:
        context.prec = 400
        distance = 1 - exact
        if distance <= 0:
            raise DesignError(Problem((), "nothing exceeds a reliability of 1"))
        unit = Decimal(1).scaleb(distance.adjusted() - _DIGITS + 1)
        rounding = ROUND_FLOOR if up else ROUND_CEILING
        moved = (distance / unit).to_integral_value(rounding) * unit
        if moved == distance:
            moved += -unit if up else unit
        return Probability((1 - moved).normalize())


def _decimal(amount: Fraction) -> Decimal:
    from vreltui.exploration.rounding import rounded_up

    return Decimal(repr(rounded_up(amount)))
