"""Sums, products and powers of symbols and whole numbers, without sympy.

They simplify by themselves exactly as sympy's do and keep their parts in the same order, so that a
formula reads the same, whichever of the two wrote it. Whatever goes beyond them (quotients, powers
of numbers, exponents that are sums) raises :class:`BeyondPlainError`, and sympy has to be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cmp_to_key
from typing import Any, NoReturn, cast


class BeyondPlainError(Exception):
    """Only sympy can answer."""


class Plain:
    """One expression. The names of attributes are sympy's, so that the same code reads both."""

    __slots__ = ("_free", "_hash", "args")

    is_Number = is_Rational = is_Integer = is_Symbol = False  # noqa: N815
    is_Add = is_Mul = is_Pow = False  # noqa: N815

    def __init__(self, args: tuple[Plain, ...]) -> None:
        self.args = args
        self._hash = hash((type(self), args))
        self._free: frozenset[Plain] | None = None

    @property
    def free_symbols(self) -> frozenset[Plain]:
        """The symbols in it."""
        if self._free is None:
            self._free = frozenset().union(*(part.free_symbols for part in self.args))
        return self._free

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Plain) or type(self) is not type(other):
            return False
        return self._hash == other._hash and self.args == other.args

    def __add__(self, other: Plain | int) -> Plain:
        return total(self, plain(other))

    __radd__ = __add__

    def __mul__(self, other: Plain | int) -> Plain:
        return product(self, plain(other))

    __rmul__ = __mul__

    def __sub__(self, other: Plain | int) -> Plain:
        return total(self, -plain(other))

    def __rsub__(self, other: Plain | int) -> Plain:
        return total(plain(other), -self)

    def __neg__(self) -> Plain:
        return Mul((MINUS_ONE, self))

    def __pow__(self, exponent: Plain | int) -> Plain:
        return power(self, plain(exponent))

    def _beyond(self, other: object) -> NoReturn:
        raise BeyondPlainError(other)

    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __rpow__ = _beyond
    __lt__ = __le__ = __gt__ = __ge__ = _beyond

    def could_extract_minus_sign(self) -> bool:
        """Whether it begins with a minus."""
        return False

    def as_base_exp(self) -> tuple[Plain, Plain]:
        """Base and exponent; the exponent is 1 where it is no power."""
        return self, ONE

    def as_coeff_Mul(self) -> tuple[Plain, Plain]:  # noqa: N802
        """The number that stands first, and the rest."""
        return ONE, self

    def as_powers_dict(self) -> dict[Plain, Plain]:
        """The exponent of each factor."""
        base, exponent = self.as_base_exp()
        return {base: exponent}


class Whole(Plain):
    """A whole number, which is read as the quotient of ``p`` and ``q`` = 1."""

    __slots__ = ("p",)

    is_Number = is_Rational = is_Integer = True  # noqa: N815
    q = 1

    def __init__(self, value: int) -> None:
        super().__init__(())
        self.p = value
        self._hash = hash(value)

    __hash__ = Plain.__hash__

    def __eq__(self, other: object) -> bool:
        return self.p == (other.p if isinstance(other, Whole) else other)

    def __int__(self) -> int:
        return self.p

    def __neg__(self) -> Plain:
        return Whole(-self.p)

    @property
    def is_negative(self) -> bool:
        """Whether it is below 0."""
        return self.p < 0

    def could_extract_minus_sign(self) -> bool:
        """Whether it is below 0."""
        return self.p < 0

    def as_coeff_Mul(self) -> tuple[Plain, Plain]:  # noqa: N802
        """Itself, and nothing else."""
        return self, ONE


class Symbol(Plain):
    """A positive number with a name."""

    __slots__ = ("name",)

    is_Symbol = True  # noqa: N815

    def __init__(self, name: str) -> None:
        super().__init__(())
        self.name = name
        self._hash = hash(name)

    __hash__ = Plain.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Symbol) and self.name == other.name

    @property
    def free_symbols(self) -> frozenset[Plain]:
        """Itself."""
        return frozenset((self,))


class Power(Plain):
    """A base and an exponent."""

    __slots__ = ()

    is_Pow = True  # noqa: N815

    @property
    def exp(self) -> Plain:
        """The exponent."""
        return self.args[1]

    @property
    def base(self) -> Plain:
        """What is raised."""
        return self.args[0]

    def as_base_exp(self) -> tuple[Plain, Plain]:
        """Base and exponent."""
        return self.args[0], self.args[1]


class Mul(Plain):
    """Factors, a number before all others."""

    __slots__ = ()

    is_Mul = True  # noqa: N815

    def could_extract_minus_sign(self) -> bool:
        """Whether its number is below 0."""
        return self.args[0].could_extract_minus_sign() and self.args[0].is_Number

    def as_coeff_Mul(self) -> tuple[Plain, Plain]:  # noqa: N802
        """The number that stands first, and the rest."""
        if not self.args[0].is_Number:
            return ONE, self
        return self.args[0], _joined(Mul, self.args[1:], ONE)

    def as_powers_dict(self) -> dict[Plain, Plain]:
        """The exponent of each factor."""
        powers: dict[Plain, Plain] = {}
        for factor in self.args:
            base, exponent = factor.as_base_exp()
            powers[base] = exponent + powers[base] if base in powers else exponent
        return powers

    def __neg__(self) -> Plain:
        number, rest = self.as_coeff_Mul()
        number = -number
        factors = rest.args if rest.is_Mul else (rest,)
        return _joined(Mul, factors if number == 1 else (number, *factors), ONE)


class Add(Plain):
    """Terms, a number before all others."""

    __slots__ = ()

    is_Add = True  # noqa: N815

    def __neg__(self) -> Plain:
        return product(MINUS_ONE, self)


ZERO, ONE, MINUS_ONE = Whole(0), Whole(1), Whole(-1)


def plain(value: Plain | int) -> Plain:
    """The expression, or a whole number as one."""
    return Whole(value) if isinstance(value, int) else value


def _joined(kind: type[Plain], parts: Sequence[Plain], nothing: Plain) -> Plain:
    """The parts as they stand; one alone is itself."""
    if len(parts) > 1:
        return kind(tuple(parts))
    return parts[0] if parts else nothing


def total(*terms: Plain) -> Plain:
    """The sum, with like terms collected."""
    alone = 0
    collected: dict[Plain, int] = {}
    waiting = list(terms)
    for term in waiting:
        if term.is_Add:
            waiting.extend(term.args)
        elif isinstance(term, Whole):
            alone += term.p
        else:
            times, rest = term.as_coeff_Mul()
            collected[rest] = collected.get(rest, 0) + int(cast(Whole, times))
    added = [_times(term, number) for term, number in collected.items() if number]
    added.sort(key=_ORDER)
    return _joined(Add, [Whole(alone), *added] if alone else added, ZERO)


def _times(term: Plain, number: int) -> Plain:
    """A term without a number of its own, so many times."""
    if number == 1:
        return term
    if term.is_Mul or term.is_Add:
        return Mul((Whole(number), *(term.args if term.is_Mul else (term,))))
    return product(Whole(number), term)


def product(*factors: Plain) -> Plain:
    """The product, with like factors collected; a number times a sum alone is multiplied out."""
    waiting = [factor for factor in factors if factor != 1]
    if len(waiting) < 2:
        return waiting[0] if waiting else ONE
    if len(waiting) == 2:
        at_once = _number_times_sum(*waiting)
        if at_once is not None:
            return at_once
    number = 1
    powers: dict[Plain, dict[Plain, int]] = {}
    for factor in waiting:
        base, exponent = factor.as_base_exp()
        if factor.is_Mul:
            waiting.extend(factor.args)
        elif isinstance(factor, Whole):
            number *= factor.p
        elif isinstance(base, Whole):
            number *= base.p ** int(cast(Whole, exponent))
        else:
            times, letter = exponent.as_coeff_Mul()
            like = powers.setdefault(base, {})
            like[letter] = like.get(letter, 0) + int(cast(Whole, times))
    if not number:
        return ZERO
    found = [
        power(base, letter if times == 1 else Whole(times) if letter == 1 else _refused())
        for base, exponents in powers.items()
        for letter, times in exponents.items()
    ]
    found.sort(key=_ORDER)
    if number != 1 and len(found) == 1 and found[0].is_Add:
        return total(*(product(Whole(number), term) for term in found[0].args))
    return _joined(Mul, found if number == 1 else [Whole(number), *found], ONE)


def _refused() -> Plain:
    raise BeyondPlainError


def _number_times_sum(one: Plain, other: Plain) -> Plain | None:
    """A number multiplied into a sum; None where they are not that."""
    if isinstance(other, Whole):
        one, other = other, one
    if not isinstance(one, Whole) or one == 0:
        return None
    number, rest = other.as_coeff_Mul()
    if not rest.is_Add:
        return None
    if number == 1:
        return total(*(_kept(one, term) for term in rest.args))
    both = one.p * int(cast(Whole, number))
    return rest if both == 1 else Mul((Whole(both), rest))


def _kept(number: Whole, term: Plain) -> Plain:
    """A term of a sum, times a number."""
    if number == -1:
        return -term
    if not term.is_Mul:
        return product(number, term)
    own, rest = term.as_coeff_Mul()
    times = number.p * int(cast(Whole, own))
    factors = rest.args if rest.is_Mul else (rest,)
    return _joined(Mul, factors if times == 1 else (Whole(times), *factors), ONE)


def power(base: Plain, exponent: Plain) -> Plain:
    """The power, with whole exponents multiplied and put to each factor."""
    if exponent == 0:
        return ONE
    if exponent == 1 or base in (0, 1):
        return base
    if base.is_Number or exponent.could_extract_minus_sign():
        raise BeyondPlainError
    if not (exponent.is_Integer or exponent.is_Symbol):
        raise BeyondPlainError
    if isinstance(base, Power):
        if not (base.exp.is_Integer and exponent.is_Integer):
            raise BeyondPlainError
        return power(base.base, product(base.exp, exponent))
    if base.is_Mul and exponent.is_Integer:
        return product(*(Power((factor, exponent)) for factor in base.args))
    return Power((base, exponent))


_KINDS: tuple[type[Plain], ...] = (Symbol, Power, Mul, Add)


def _rank(expression: Plain) -> int:
    """The place of its kind in sympy's order: 0, 1, -1, other numbers, symbols, powers, ..."""
    if isinstance(expression, Whole):
        return {0: 0, 1: 1, -1: 2}.get(expression.p, 3)
    return 4 + _KINDS.index(type(expression))


def compared(one: Plain, other: Plain) -> int:
    """Below, at or above 0 as the one stands before the other in sympy's order."""
    if one is other:
        return 0
    if isinstance(one, Whole) and isinstance(other, Whole) and _rank(one) == _rank(other):
        return one.p - other.p
    if isinstance(one, Symbol) and isinstance(other, Symbol):
        return (one.name > other.name) - (one.name < other.name)
    apart = _rank(one) - _rank(other) or len(one.args) - len(other.args)
    pairs: Iterable[Any] = zip(one.args, other.args, strict=True) if not apart else ()
    for ours, theirs in pairs:
        apart = compared(ours, theirs)
        if apart:
            break
    return apart


_ORDER = cmp_to_key(compared)
