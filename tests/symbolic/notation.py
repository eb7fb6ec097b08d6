"""Readers of the two notations that people read: the printed text, and LaTeX.

They know the usual precedence alone: powers first, from right to left, then products and fractions,
then sums. What they read is evaluated to sixty digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

import mpmath

Values = Mapping[str, Any]
"""The value of every name, as it is printed."""

Expression = Callable[[Values], Any]

DIGITS = 60

_OPERATORS = {
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
    "=": lambda one, other: one == other,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "log": mpmath.log,
    "sqrt": mpmath.sqrt,
    "sin": mpmath.sin,
    "asin": mpmath.asin,
    "floor": mpmath.floor,
    "C": mpmath.binomial,
}
_CLOSING = {"(": ")", "[": "]"}


class MisreadError(Exception):
    """The notation can't be read."""


class Statement:
    """An expression, or expressions with signs of comparison between them."""

    def __init__(self, sides: list[Expression], operators: list[str]) -> None:
        self.sides, self.operators = sides, operators

    def value(self, values: Values) -> Any:
        """What the one expression is."""
        assert not self.operators
        with mpmath.workdps(DIGITS):
            return self.sides[0](values)

    def holds(self, values: Values) -> bool | None:
        """Whether it holds; None where a side is no real number, or two are as good as equal."""
        with mpmath.workdps(DIGITS):
            try:
                sides = [mpmath.mpmathify(side(values)) for side in self.sides]
            except (ZeroDivisionError, ValueError):
                return None
            if any(mpmath.im(side) != 0 or not mpmath.isfinite(side) for side in sides):
                return None
            sides = [mpmath.re(side) for side in sides]
            pairs = list(zip(self.operators, sides, sides[1:], strict=False))
            if any(abs(one - other) < mpmath.mpf(10) ** -40 for _, one, other in pairs):
                return None
            return all(_OPERATORS[operator](one, other) for operator, one, other in pairs)


class _Reader:
    """What both notations share: sums of products of powers, over a list of tokens."""

    operators: ClassVar[Mapping[str, str]] = {}

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def statement(self) -> Statement:
        sides, operators = [self.sum()], []
        while self.peek() in self.operators:
            operators.append(self.operators[self.take()])
            sides.append(self.sum())
        if self.peek():
            raise MisreadError(f"{self.peek()!r} after the end, in {self.tokens}")
        return Statement(sides, operators)

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *expected: str) -> str:
        token = self.peek()
        if not token or (expected and token not in expected):
            raise MisreadError(f"{token!r} instead of {expected}, in {self.tokens}")
        self.at += 1
        return token

    def sum(self) -> Expression:
        sign = -1 if self.peek() == "-" and self.take() else 1
        terms = [(sign, self.product())]
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            terms.append((sign, self.product()))
        return lambda values: sum(sign * term(values) for sign, term in terms)

    def product(self) -> Expression:
        result = self.power()
        while True:
            if self.peek() == "/":
                self.take()
                result = _divided(result, self.power())
            elif self.peek() in ("*", r"\cdot"):
                self.take()
                result = _times(result, self.power())
            elif self.begins_factor():
                result = _times(result, self.power())
            else:
                return result

    def counted(self, low: Expression, high: Expression) -> Expression:
        """A sum over i, which reads on over the whole product that follows."""
        body = self.product()

        def value(values: Values) -> Any:
            first, last = int(low(values)), int(high(values))
            return sum(body({**values, "i": mpmath.mpf(i)}) for i in range(first, last + 1))

        return value

    def power(self) -> Expression:
        raise NotImplementedError

    def begins_factor(self) -> bool:
        raise NotImplementedError


def _times(one: Expression, other: Expression) -> Expression:
    return lambda values: one(values) * other(values)


def _divided(one: Expression, other: Expression) -> Expression:
    return lambda values: one(values) / other(values)


def _raised(base: Expression, exponent: Expression) -> Expression:
    return lambda values: mpmath.power(base(values), exponent(values))


def _called(function: Callable[..., Any], arguments: list[Expression]) -> Expression:
    return lambda values: function(*(argument(values) for argument in arguments))


def _number(text: str) -> Expression:
    return lambda values: mpmath.mpf(text)


def _named(name: str) -> Expression:
    return lambda values: values[name]


# Text

_TEXT = re.compile(
    r"""\s*(?:(?P<call>(?:log|sqrt|asin|sin|floor|sum|C)\()
    | (?P<name>R\([^)]*\) | "[^"]*" | [A-Za-z][A-Za-z0-9_]*)
    | (?P<number>\d+(?:\.\d+)?(?:e-?\d+)?)
    | (?P<sign>\.\. | >= | <= | [-+*/^=<>(),\[\]]))""",
    re.VERBOSE,
)


def read_text(text: str) -> Statement:
    """A printed expression or condition. Raises :class:`MisreadError`."""
    return _TextReader(list(_tokens(text))).statement()


def _tokens(text: str) -> Iterator[str]:
    at = 0
    text = text.rstrip()
    while at < len(text):
        found = _TEXT.match(text, at)
        if found is None:
            raise MisreadError(f"{text[at:]!r} can't be read")
        at = found.end()
        yield found[0].strip()


class _TextReader(_Reader):
    operators: ClassVar[Mapping[str, str]] = {operator: operator for operator in _OPERATORS}

    def begins_factor(self) -> bool:
        token = self.peek()
        return bool(token) and (token[0].isalnum() or token[0] in '"([')

    def power(self) -> Expression:
        base = self.atom()
        if self.peek() != "^":
            return base
        self.take()
        return _raised(base, self.power())

    def atom(self) -> Expression:
        token = self.take()
        if token in _CLOSING:
            inner = self.sum()
            self.take(_CLOSING[token])
            return inner
        if token == "sum(":
            self.take("i")
            self.take("=")
            low = self.sum()
            self.take("..")
            high = self.sum()
            self.take(")")
            return self.counted(low, high)
        if token.endswith("("):
            return self.call(_FUNCTIONS[token[:-1]])
        if token[0].isdigit():
            return _number(token)
        if token[0].isalpha() or token[0] == '"':
            return _named(token)
        raise MisreadError(f"{token!r} can't begin anything, in {self.tokens}")

    def call(self, function: Callable[..., Any]) -> Expression:
        arguments = [self.sum()]
        while self.take(",", ")") == ",":
            arguments.append(self.sum())
        return _called(function, arguments)


# LaTeX

_LATEX = re.compile(
    r"""\\left\\lfloor | \\right\\rfloor | \\left\( | \\right\) | \\[a-zA-Z]+
    | \d+(?:\.\d+)? | [-+^=<>{},_] | i""",
    re.VERBOSE,
)
_LATEX_FUNCTIONS = {r"\log": "log", r"\sin": "sin", r"\arcsin": "asin"}


def read_latex(latex: str, names: list[str]) -> Statement:
    """LaTeX in which ``names`` stand. Raises :class:`MisreadError`, as of a second superscript."""
    tokens: list[str] = []
    longest_first = sorted(names, key=len, reverse=True)
    at = 0
    while at < len(latex):
        name = next((name for name in longest_first if latex.startswith(name, at)), None)
        found = _LATEX.match(latex, at)
        if name is not None:
            tokens.append(name)
            at += len(name)
        elif latex[at].isspace():
            at += 1
        elif found is not None:
            tokens.append(found[0])
            at = found.end()
        else:
            raise MisreadError(f"{latex[at:]!r} can't be read")
    return _LatexReader(tokens, names).statement()


class _LatexReader(_Reader):
    operators: ClassVar[Mapping[str, str]] = {
        ">": ">",
        "<": "<",
        r"\ge": ">=",
        r"\le": "<=",
        "=": "=",
    }

    def __init__(self, tokens: list[str], names: list[str]) -> None:
        super().__init__(tokens)
        self.names = names

    def begins_factor(self) -> bool:
        token = self.peek()
        if token in self.names or token == "i" or token[:1].isdigit():
            return True
        opening = (r"\frac", r"\sqrt", r"\binom", r"\sum", r"\left(", r"\left\lfloor")
        return token in (*opening, *_LATEX_FUNCTIONS)

    def power(self) -> Expression:
        base = self.atom()
        if self.peek() == "^":
            self.take()
            base = _raised(base, self.braced())
            if self.peek() == "^":
                raise MisreadError(f"a second superscript, in {self.tokens}")
        return base

    def atom(self) -> Expression:
        token = self.take()
        if token in self.names or token == "i":
            return _named(token)
        if token[0].isdigit():
            return _number(token)
        if token in _LATEX_FUNCTIONS:
            self.take(r"\left(")
            return _called(_FUNCTIONS[_LATEX_FUNCTIONS[token]], [self.until(r"\right)")])
        match token:
            case r"\left(":
                return self.until(r"\right)")
            case r"\left\lfloor":
                return _called(mpmath.floor, [self.until(r"\right\rfloor")])
            case r"\frac":
                return _divided(self.braced(), self.braced())
            case r"\binom":
                return _called(mpmath.binomial, [self.braced(), self.braced()])
            case r"\sqrt":
                return _called(mpmath.sqrt, [self.braced()])
            case r"\sum":
                for expected in ("_", "{", "i", "="):
                    self.take(expected)
                low = self.until("}")
                self.take("^")
                return self.counted(low, self.braced())
            case _:
                raise MisreadError(f"{token!r} can't begin anything, in {self.tokens}")

    def braced(self) -> Expression:
        self.take("{")
        return self.until("}")

    def until(self, closing: str) -> Expression:
        inner = self.sum()
        self.take(closing)
        return inner
