"""An expression as people lay it out: what stands in a fraction, which term comes first.

sympy's own printers order terms by rules of their own (-2 R^3 + 3 R^2); here terms of fewer factors
come first, then the order of the tree, and a sum begins with a positive term. Constants are put in
and worked out where that gives a short number.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from vreltui.symbolic.plain_expressions import Plain
from vreltui.symbolic.symbols import Expr, Meaning, Symbols

LONGEST_DECIMAL = 12
"""The most digits of a number that was worked out."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number: whole, a decimal, or a fraction."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """A symbol, by what it stands for."""

    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms with their signs."""

    terms: tuple[tuple[int, Layout], ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Factors, and the factors below the line."""

    factors: tuple[Layout, ...]
    below: tuple[Layout, ...] = ()


@dataclass(frozen=True, slots=True)
class Power:
    """A base and an exponent."""

    base: Layout
    exponent: Layout


@dataclass(frozen=True, slots=True)
class Call:
    """log, sqrt, sin, asin, floor or choose, of one or two arguments."""

    function: str
    arguments: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The sum over i from ``low`` to ``high``."""

    body: Layout
    low: Layout
    high: Layout


Layout = Number | Name | Sum | Product | Power | Call | Series

_INDEX = Meaning("index", "i")
_E = Meaning("index", "e")
ONE = Number(Fraction(1))


class Typesetter:
    """Lays out expressions over some symbols."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols

    def layout(self, expression: Expr) -> Layout:
        """The layout of an expression."""
        if expression.is_Rational:
            return Number(Fraction(int(expression.p), int(expression.q)))
        if expression.is_Symbol:
            return self._symbol(expression)
        if expression.is_Add:
            return self._sum(expression)
        if expression.is_Mul or (expression.is_Pow and _is_below(expression)):
            return self._product(expression)
        if expression.is_Pow:
            return self._power(expression)
        return self._function(expression)

    def _function(self, expression: Expr) -> Layout:
        import sympy

        if isinstance(expression, sympy.exp):
            sign, exponent = self._term(expression.args[0])
            return Power(Name(_E), exponent if sign > 0 else Sum(((-1, exponent),)))
        if isinstance(expression, sympy.Sum):
            (_, low, high) = expression.limits[0]
            return Series(self.layout(expression.function), self.layout(low), self.layout(high))
        name = {"binomial": "choose"}.get(expression.func.__name__, expression.func.__name__)
        return Call(name, tuple(self.layout(argument) for argument in expression.args))

    def _symbol(self, symbol: Expr) -> Layout:
        meaning = self.symbols.meanings.get(symbol, _INDEX)
        if meaning.kind == "constant":
            assert meaning.value is not None
            return Number(meaning.value)
        return Name(meaning)

    def _sum(self, expression: Expr) -> Layout:
        number = Fraction(0)
        terms: list[tuple[int, Layout]] = []
        for term in sorted(expression.args, key=self._order):
            sign, laid = self._term(term)
            if isinstance(laid, Number) and _is_short(number + sign * laid.value):
                number += sign * laid.value
            else:
                terms.append((sign, laid))
        if number or not terms:
            if not terms:
                return Number(number)
            terms.insert(0, (1 if number > 0 else -1, Number(abs(number))))
        first = next((term for term in terms if term[0] > 0), terms[0])
        terms.remove(first)
        terms.insert(0, first)
        return Sum(tuple(terms))

    def _term(self, term: Expr) -> tuple[int, Layout]:
        laid = self.layout(-term) if term.could_extract_minus_sign() else self.layout(term)
        sign = -1 if term.could_extract_minus_sign() else 1
        return sign, laid

    def _order(self, term: Expr) -> tuple[Any, ...]:
        """Numbers, then terms of fewer factors, then the order of the tree."""
        degree = sum(
            int(power) if power.is_Integer else 1
            for base, power in term.as_powers_dict().items()
            if not base.is_Number
        )
        ranks = sorted(self.symbols.rank(symbol) for symbol in self._own(term))
        return (_is_rooted(term), degree, ranks)

    def _own(self, term: Expr) -> list[Expr]:
        return [symbol for symbol in term.free_symbols if symbol in self.symbols.meanings]

    def _product(self, expression: Expr) -> Layout:
        above: list[Expr] = []
        below: list[Expr] = []
        number = Fraction(1)
        for factor in expression.args if expression.is_Mul else (expression,):
            if factor.is_Rational:
                number *= Fraction(int(factor.p), int(factor.q))
            elif factor.is_Pow and _is_below(factor):
                below.append(1 / factor)
            else:
                above.append(factor)
        numbers = [Number(Fraction(number.numerator))] if number.numerator != 1 else []
        under = [Number(Fraction(number.denominator))] if number.denominator != 1 else []
        top = self._folded(numbers, above)
        bottom = self._folded(under, below)
        if not bottom:
            return top[0] if len(top) == 1 else Product(tuple(top)) if top else ONE
        if len(top) == len(bottom) == 1:
            one, other = top[0], bottom[0]
            if isinstance(one, Number) and isinstance(other, Number):
                quotient = one.value / other.value
                if _is_short(quotient):
                    return Number(quotient)
        return Product(tuple(top) or (ONE,), tuple(bottom))

    def _folded(self, numbers: list[Number], factors: list[Expr]) -> list[Layout]:
        """The factors in order, with numbers multiplied where the result is short."""
        laid = [self.layout(factor) for factor in sorted(factors, key=self._factor_order)]
        value = Fraction(1)
        rest: list[Layout] = []
        for part in [*numbers, *laid]:
            if isinstance(part, Number) and _is_short(value * part.value):
                value *= part.value
            else:
                rest.append(part)
        return [Number(value), *rest] if value != 1 else rest

    def _factor_order(self, factor: Expr) -> tuple[Any, ...]:
        base = factor.base if factor.is_Pow else factor
        ranks = sorted(self.symbols.rank(symbol) for symbol in self._own(factor))
        return (not base.is_Symbol, ranks)

    def _power(self, expression: Expr) -> Layout:
        base, exponent = expression.as_base_exp()
        if exponent.is_Rational and (exponent.p, exponent.q) == (1, 2):
            return Call("sqrt", (self.layout(base),))
        laid = Power(self.layout(base), self.layout(exponent))
        match laid:
            case Power(Number(value), Number(times)) if times.denominator == 1 and times < 60:
                worked = value ** int(times)
                return Number(worked) if _is_short(worked) else laid
        return laid


def _is_below(power: Expr) -> bool:
    """Whether a power stands below the line: its exponent begins with a minus."""
    return bool(power.exp.as_coeff_Mul()[0].is_negative)


def _is_rooted(term: Expr) -> bool:
    """Whether it holds a power whose exponent may be broken; plain expressions know none."""
    if isinstance(term, Plain):
        return False
    import sympy

    return any(not power.exp.is_integer for power in term.atoms(sympy.Pow))


def _is_short(value: Fraction) -> bool:
    """Whether a number is a decimal of few digits."""
    scaled = abs(value) * 10**LONGEST_DECIMAL
    return scaled.denominator == 1 and len(str(scaled.numerator).rstrip("0")) <= LONGEST_DECIMAL
