"""Amounts of resources: exact decimals from 0, and the resources that they are amounts of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.frozen import Frozen

Amount = Decimal
"""How much of a resource: money, watts, rack units."""

Amounts = Mapping[str, Amount]
"""By resource, how much of it."""

NO_AMOUNTS: Frozen[Amount] = Frozen({})

MOST_AMOUNT_DIGITS = 60
"""The most significant digits that an amount may have."""

LARGEST_EXPONENT = 60
"""An amount is below one with so many zeros, and has no more decimal places."""


@dataclass(frozen=True, slots=True)
class Resource:
    """What nodes use, and may provide. ``limit`` is the most that a variant may use."""

    name: str
    unit: str = ""
    limit: Amount | None = None
    title: str = ""
    source: str = ""
    description: str = ""
    note: str = ""


def amount_fault(amount: Amount) -> str | None:
    """What is wrong with an amount, or None.

    >>> amount_fault(Decimal("-1"))
    'must be at least 0, and -1 is not'
    """
    if not amount.is_finite():
        return f"must be a finite number, and {amount} is not"
    _, digits, exponent = amount.as_tuple()
    if len(digits) > MOST_AMOUNT_DIGITS:
        return f"has more than {MOST_AMOUNT_DIGITS} digits"
    assert isinstance(exponent, int)
    if amount != 0 and not exponent >= -LARGEST_EXPONENT:
        return f"has more than {LARGEST_EXPONENT} decimal places"
    if amount.adjusted() > LARGEST_EXPONENT:
        return f"must be below 1e{LARGEST_EXPONENT}"
    return None if amount >= 0 else f"must be at least 0, and {amount} is not"


def amounts_faults(path: Path, amounts: Amounts) -> Iterator[Problem]:
    """What is wrong with amounts that stand in a table at ``path``."""
    for name, amount in amounts.items():
        at = (*path, name)
        if fault := amount_fault(amount):
            yield Problem(at, f"{spoken(at)} {fault}", "a number from 0 is right")


def amount_text(amount: Amount | Fraction) -> str:
    """An amount in full, with commas between thousands.

    >>> amount_text(Decimal("61200")), amount_text(Decimal("0.50"))
    ('61,200', '0.5')
    """
    if isinstance(amount, Fraction):
        amount = exact_decimal(amount)
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact_decimal(number: Fraction) -> Decimal:
    """A fraction that is a finite decimal, exactly. Raises :class:`ValueError` for another.

    >>> exact_decimal(Fraction(9721, 2))
    Decimal('4860.5')
    """
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
        if places > 4 * LARGEST_EXPONENT:
            raise ValueError(f"{number} is no decimal")
    with localcontext() as context:
        context.prec = 8 * LARGEST_EXPONENT
        return Decimal(int(number * 10**places)).scaleb(-places)
