"""Layouts as plain text, in the notation of the paper, and as LaTeX."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction

from vreltui.model import shown
from vreltui.symbolic.expression_layout import (
    Call,
    Layout,
    Name,
    Number,
    Power,
    Product,
    Series,
    Sum,
)
from vreltui.symbolic.symbols import Meaning

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_READ_OTHERWISE = frozenset(["log", "sqrt", "sin", "asin", "floor", "sum", "C", "i"])
"""Names of functions, and of what a sum counts: a parameter of that name stands in quotes."""

_GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
    ]
)


def number_text(value: Fraction) -> str:
    """A number as a decimal where it is one, else as a fraction.

    >>> number_text(Fraction(19, 20)), number_text(Fraction(2, 3))
    ('0.95', '2/3')
    """
    denominator = value.denominator
    while denominator % 10 == 0:
        denominator //= 10
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    with localcontext() as context:
        context.prec = 1000
        decimal = (Decimal(value.numerator) / Decimal(value.denominator)).normalize()
    small = decimal != 0 and decimal.adjusted() < -5
    return f"{decimal:e}".replace("e+", "e") if small else f"{decimal:f}"


def name_text(meaning: Meaning) -> str:
    """What a symbol stands for, in text; a name that could be misread stands in quotes.

    >>> name_text(Meaning("probability", "R_V")), name_text(Meaning("probability", "a-b"))
    ('R_V', '"a-b"')
    """
    if meaning.kind == "part":
        if meaning.name[:1] == "#":
            return f"P{meaning.name[1:]}"
        return f"{meaning.letter}({shown(meaning.name)})"
    if meaning.kind == "index" or (meaning.kind == "amount" and meaning.value is not None):
        return meaning.name
    if _PLAIN.fullmatch(meaning.name) and meaning.name not in _READ_OTHERWISE:
        return meaning.name
    return f'"{shown(meaning.name)}"'


_LATEX_FUNCTIONS = {
    "asin": r"\arcsin",
    "erfc": r"\operatorname{erfc}",
    "gamma": r"\Gamma",
    "lowergamma": r"\gamma",
}
"""What functions are called in LaTeX, where that is not their name."""


class Text:
    """Writes plain text. Brackets alternate: [1 - (1 - R_M)^n]."""

    def write(self, layout: Layout) -> str:
        """The layout as text."""
        return self._write(layout, nested=False)[0]

    def _write(self, layout: Layout, *, nested: bool) -> tuple[str, int]:
        """The text, and how many brackets stand within each other in it."""
        match layout:
            case Number(value):
                return number_text(value), 0
            case Name(meaning):
                return name_text(meaning), 0
            case Sum(terms):
                return self._sum(terms)
            case Product(factors, below):
                return self._product(factors, below, nested)
            case Power(base, exponent):
                text, depth = self._closed(base)
                if isinstance(base, Power):
                    text, depth = _bracketed(text, depth)
                raised, _ = self._closed(exponent)
                return f"{text}^{raised}", depth
            case Call(function, arguments):
                inner = [self._write(argument, nested=False) for argument in arguments]
                name = "C" if function == "choose" else function
                depth = max(depth for _, depth in inner) + 1
                return f"{name}({', '.join(text for text, _ in inner)})", depth
            case Series(body, low, high):
                loose = _is_loose(body)
                text, depth = self._closed(body) if loose else self._write(body, nested=True)
                ends = [self._write(end, nested=True)[0] for end in (low, high)]
                return f"sum(i = {ends[0]} .. {ends[1]}) {text}", max(depth, 1)

    def _sum(self, terms: tuple[tuple[int, Layout], ...]) -> tuple[str, int]:
        text, depth = "", 0
        for position, (sign, term) in enumerate(terms):
            written, own = self._closed(term) if _is_loose(term) else self._write(term, nested=True)
            depth = max(depth, own)
            if position:
                text += f" {'+' if sign > 0 else '-'} {written}"
            else:
                text += written if sign > 0 else f"-{written}"
        return text, depth

    def _product(
        self, factors: tuple[Layout, ...], below: tuple[Layout, ...], nested: bool
    ) -> tuple[str, int]:
        text, depth = self._row(factors)
        if not below:
            return text, depth
        under, own = self._row(below)
        if len(below) > 1:
            under, own = _bracketed(under, own)
        bar = "/" if nested else " / "
        return f"{text}{bar}{under}", max(depth, own)

    def _row(self, factors: tuple[Layout, ...]) -> tuple[str, int]:
        if len(factors) == 1 and isinstance(factors[0], Sum):
            return self._closed(factors[0])
        text, depth = "", 0
        for position, factor in enumerate(factors):
            written, own = self._closed(factor)
            # Two numbers side by side would read as one.
            joint = " * " if position and written[0].isdigit() else " " if position else ""
            text, depth = f"{text}{joint}{written}", max(depth, own)
        return text, depth

    def _closed(self, layout: Layout) -> tuple[str, int]:
        """In brackets, unless it holds together by itself."""
        text, depth = self._write(layout, nested=True)
        if isinstance(layout, Name | Call | Power):
            return text, depth
        if isinstance(layout, Number) and layout.value >= 0 and "/" not in text:
            return text, depth
        return _bracketed(text, depth)


def _is_loose(layout: Layout) -> bool:
    """Whether a term of a sum needs brackets; what is added up reads on to its end."""
    if isinstance(layout, Number):
        return layout.value < 0
    return isinstance(layout, Sum | Series)


def _bracketed(text: str, depth: int) -> tuple[str, int]:
    return (f"[{text}]" if depth % 2 else f"({text})"), depth + 1


class Latex:
    """Writes LaTeX for math mode."""

    def write(self, layout: Layout) -> str:
        """The layout as LaTeX."""
        match layout:
            case Number(value):
                return _latex_number(value)
            case Name(meaning):
                return name_latex(meaning)
            case Sum(terms):
                return self._sum(terms)
            case Product(factors, below):
                top = self._row(factors)
                return rf"\frac{{{top}}}{{{self._row(below)}}}" if below else top
            case Power(base, exponent):
                return f"{self._base(base)}^{{{self.write(exponent)}}}"
            case Call(function, arguments):
                return self._call(function, [self.write(argument) for argument in arguments])
            case Series(body, low, high):
                ends = f"_{{i={self.write(low)}}}^{{{self.write(high)}}}"
                loose = _is_loose(body)
                return rf"\sum{ends} {self._closed(body) if loose else self.write(body)}"

    def _sum(self, terms: tuple[tuple[int, Layout], ...]) -> str:
        text = ""
        for position, (sign, term) in enumerate(terms):
            written = self._closed(term) if _is_loose(term) else self.write(term)
            if position:
                text += f" {'+' if sign > 0 else '-'} {written}"
            else:
                text += written if sign > 0 else f"-{written}"
        return text

    def _row(self, factors: tuple[Layout, ...]) -> str:
        if len(factors) == 1:
            return self.write(factors[0])
        text = ""
        for position, factor in enumerate(factors):
            written = self._closed(factor)
            # A number after something reads as a factor, and not as a part of what stands before.
            joint = r" \cdot " if isinstance(factor, Number) else " "
            text += (joint if position else "") + written
        return text

    def _base(self, layout: Layout) -> str:
        """What is raised, in brackets unless it is a name, a whole or decimal number, or a root."""
        text = self.write(layout)
        match layout:
            case Name():
                return text
            case Number(value) if value >= 0 and text.replace(".", "").isdigit():
                return text
            case Call("sqrt" | "floor" | "choose"):
                return text
            case Number() | Sum() | Product() | Power() | Call() | Series():
                return rf"\left({text}\right)"

    def _closed(self, layout: Layout) -> str:
        text = self.write(layout)
        if isinstance(layout, Name | Call):
            return text
        if isinstance(layout, Power):
            return text
        if isinstance(layout, Number) and layout.value >= 0:
            return text
        return rf"\left({text}\right)"

    @staticmethod
    def _call(function: str, arguments: list[str]) -> str:
        if function == "sqrt":
            return rf"\sqrt{{{arguments[0]}}}"
        if function == "floor":
            return rf"\left\lfloor {arguments[0]} \right\rfloor"
        if function == "choose":
            return rf"\binom{{{arguments[0]}}}{{{arguments[1]}}}"
        name = _LATEX_FUNCTIONS.get(function, rf"\{function}")
        return rf"{name}\left({', '.join(arguments)}\right)"


def _latex_number(value: Fraction) -> str:
    text = number_text(value)
    if "/" in text:
        return rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
    mantissa, exponent, power = text.partition("e")
    return rf"{mantissa} \cdot 10^{{{power}}}" if exponent else text


def name_latex(meaning: Meaning) -> str:
    r"""What a symbol stands for, in LaTeX.

    >>> name_latex(Meaning("probability", "R_Mprime")), name_latex(Meaning("count", "lambda"))
    ('R_{\\mathrm{Mprime}}', '\\lambda')
    """
    if meaning.kind == "part":
        if meaning.name[:1] == "#":
            return f"P_{{{meaning.name[1:]}}}"
        return rf"{meaning.letter}_{{\text{{{_escaped(meaning.name)}}}}}"
    if meaning.kind == "index":
        return meaning.name
    if meaning.kind == "amount" and meaning.value is not None:
        return rf"\text{{{_escaped(meaning.name)}}}"
    if meaning.name == "i":
        return r"\mathrm{i}"
    head, underscore, index = meaning.name.partition("_")
    if not _PLAIN.fullmatch(meaning.name):
        return rf"\text{{{_escaped(meaning.name)}}}"
    if underscore and not index:
        return rf"\mathrm{{{_escaped(meaning.name)}}}"
    return _word(head) + (f"_{{{_word(index)}}}" if underscore else "")


def _word(word: str) -> str:
    if word in _GREEK:
        return rf"\{word}"
    return word if len(word) == 1 or word.isdigit() else rf"\mathrm{{{_escaped(word)}}}"


def _escaped(text: str) -> str:
    """Text in which nothing is a command of LaTeX."""
    return "".join(
        character
        if character.isalnum() or character in " -.,'"
        else f"\\{character}"
        if character in "_{}#$%&"
        else "?"
        for character in shown(text)
    )
