"""Which gates of a .dft file are exact as processes, although the order of failures counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from vreltui.exchange.expressions import Expression
from vreltui.exchange.numbers import exact_decimal
from vreltui.exchange.ordered_gates import MOST_ORDERED, MOST_SPARES, Chain, priority, spares

SPARES = ("csp", "wsp", "hsp", "spare")
"""Gates whose first part runs while the others wait."""

ORDERED = ("pand", "pand-inc", "pand-incl", "pand<=")
"""Gates that fail where their parts do from left to right."""

Stated = tuple[str, str, list[str]]
"""The name of a gate or of a dependency, its sort, and its parts."""


def chains_of(
    statements: Sequence[Stated],
    events: Mapping[str, Expression | None],
    dormancies: Mapping[str, Expression],
) -> dict[str, Chain]:
    """The processes of gates, by their names.

    Each part has to be an event of this gate alone, of a constant rate; a spare has to say how fast
    it ages while it waits. Below another spare the clock of a gate would begin late.
    """
    named = Counter(part for _, _, parts in statements for part in parts)
    late = _below([parts for _, sort, parts in statements if sort in SPARES], statements)
    found: dict[str, Chain] = {}
    for name, sort, parts in statements:
        rates = [_rate(events.get(part)) for part in parts]
        known = [rate for rate in rates if rate is not None]
        if name in late or len(known) < len(parts) or any(named[part] > 1 for part in parts):
            continue
        if sort in ORDERED and 1 <= len(parts) <= MOST_ORDERED:
            found[name] = priority(known)
        elif sort in SPARES and sort != "hsp" and 1 <= len(parts) <= MOST_SPARES:
            waiting = [_share(dormancies.get(part)) for part in parts[1:]]
            shares = [share for share in waiting if share is not None]
            if len(shares) == len(waiting):
                found[name] = spares(known, [Decimal(1), *shares])
    return found


def _below(roots: Sequence[list[str]], statements: Sequence[Stated]) -> set[str]:
    """All that is below some parts."""
    parts_of = {name: parts for name, _, parts in statements}
    found: set[str] = set()
    waiting = [part for parts in roots for part in parts]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(parts_of.get(name, ()))
    return found


def _rate(expression: Expression | None) -> Decimal | None:
    """The rate of what fails at a constant one, above 0 and as a decimal."""
    if expression is None or expression.word != "exponential":
        return None
    rate = expression.arguments[0].value
    return exact_decimal(rate) if rate is not None and rate > 0 else None


def _share(expression: Expression | None) -> Decimal | None:
    """A dormancy from 0 to 1."""
    if expression is None or expression.value is None or not 0 <= expression.value <= 1:
        return None
    return exact_decimal(expression.value)
