"""Laws of life of other formats that a design has exactly, as the keys of a component.

Rates are per hour and times are hours, as such files have no units. What a design says otherwise,
or with numbers that do not end as decimals, is left to be computed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext

from vreltui.exchange.expressions import Expression
from vreltui.model import Value
from vreltui.model.lasting import SHAPES, STAGES
from vreltui.model.numbers import PlainNumber
from vreltui.model.times import Duration, Rate

Plain = Callable[[Expression], Decimal | None]
"""The number of an expression, where it ends as a decimal."""

Keys = Mapping[str, tuple[str, "Expression | Decimal | tuple[Decimal, ...] | None"]]
"""Keys of a lifetime: each with its quantity, and a number or the parameter that gives it."""


def _exponential(expression: Expression, plain: Plain) -> Keys | None:
    rate, time = expression.arguments
    return {"rate": ("rate", _given(rate, plain))} if _is_mission(time) else None


def _glm(expression: Expression, plain: Plain) -> Keys | None:
    """Without repair, and working at first, it is exponential."""
    first, fail, repair, time = expression.arguments
    if plain(first) != 0 or plain(repair) != 0 or not _is_mission(time):
        return None
    return {"rate": ("rate", _given(fail, plain))}


def _weibull(expression: Expression, plain: Plain) -> Keys | None:
    scale, shape, start, time = expression.arguments
    found = plain(shape)
    if not _is_mission(time) or plain(start) != 0 or found is None:
        return None
    if not SHAPES[0] <= found <= SHAPES[1]:
        return None
    return {"scale": ("time", _given(scale, plain)), "shape": ("number", _given(shape, plain))}


def _erlang(expression: Expression, plain: Plain) -> Keys | None:
    rate, phases, time = expression.arguments
    each, count = plain(rate), plain(phases)
    if each is None or count is None or not _is_mission(time) or each <= 0:
        return None
    mean = _inverse(each)
    if mean is None or count != int(count) or not STAGES[0] <= count <= STAGES[1]:
        return None
    return {"stages": ("times", (mean,) * int(count))}


LIVES: dict[str, Callable[[Expression, Plain], Keys | None]] = {
    "exponential": _exponential,
    "GLM": _glm,
    "Weibull": _weibull,
    "erlang": _erlang,
}
"""The laws that may be a design's own, by the words of expressions."""


def lasting_value(
    quantity: str, number: Decimal | tuple[Decimal, ...] | None
) -> Value | tuple[Duration, ...] | None:
    """A number as a value of a component; None where a design may not state it."""
    if number is None:
        return None
    if isinstance(number, tuple):
        stages = tuple(Duration(each, "h") for each in number)
        return None if any(each.fault() for each in stages) else stages
    value: Value
    if quantity == "rate":
        value = Rate(number, "/h")
    elif quantity == "time":
        value = Duration(number, "h")
    else:
        value = PlainNumber(number)
    return None if value.fault() else value


def _is_mission(expression: Expression) -> bool:
    return expression.word == "system-mission-time"


def _given(expression: Expression, plain: Plain) -> Expression | Decimal | None:
    """A parameter as it stands, or a number that ends; 1/x of a constant, too."""
    if expression.word == "parameter":
        return expression
    return expression.written if expression.written is not None else plain(expression)


def _inverse(number: Decimal) -> Decimal | None:
    """1/x where that ends as a decimal."""
    with localcontext() as context:
        context.prec = 320
        found = (Decimal(1) / number).normalize()
        ends = found * number == 1 and len(found.as_tuple().digits) < context.prec
    return found if ends else None
