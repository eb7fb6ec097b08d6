"""Formulas of a fault tree, and how negation is pushed to where it vanishes.

``not`` of ``nand`` is ``and``, and ``not`` twice is nothing. What is left of negation after
:func:`pushed` is truly not coherent, and stands in front of as much as it can.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Formula:
    """A connective over others, a name, or a constant.

    ``word`` is "and", "or", "atleast", "not", "nand", "nor", "xor", "iff", "imply", "cardinality",
    "name" or "constant" (``low`` is 1 where it always happens). ``low`` and ``high`` are the
    numbers of "atleast" and "cardinality".
    """

    word: str
    arguments: tuple[Formula, ...] = ()
    name: str = ""
    low: int = 0
    high: int = 0
    line: int = 0


class Form(NamedTuple):
    """A formula in which no negation is left that could be pushed away, and whether any is left."""

    formula: Formula
    is_coherent: bool


class Forms(NamedTuple):
    """A formula as it is, and its negation."""

    plain: Form
    negated: Form


Dual = Callable[[str], str | None]
"""The name of the gate that is the negation of another; None where that is not coherent."""


def pushed(formula: Formula, dual: Dual) -> Forms:
    """A formula and its negation, of names, constants, and, or, atleast, xor, iff and not alone.

    >>> a, b = Formula("name", name="a"), Formula("name", name="b")
    >>> forms = pushed(Formula("nand", (a, Formula("not", (b,)))), lambda name: None)
    >>> forms.plain.formula.word, forms.negated.is_coherent
    ('not', False)
    >>> both = pushed(Formula("not", (Formula("nand", (a, b)),)), lambda name: None)
    >>> both.plain.formula.word, both.plain.is_coherent
    ('and', True)
    """
    word = formula.word
    if word == "constant":
        other = replace(formula, low=1 - formula.low)
        return Forms(Form(formula, True), Form(other, True))
    if word == "name":
        return _named(formula, dual)
    inner = []
    for argument in formula.arguments:
        inner.append(pushed(argument, dual))
    if word == "not":
        return Forms(inner[0].negated, inner[0].plain)
    if word in ("and", "or", "atleast"):
        return _counted(formula, inner)
    if word in ("nand", "nor"):
        other = replace(formula, word="and" if word == "nand" else "or")
        found = _counted(other, inner)
        return Forms(found.negated, found.plain)
    if word == "imply":
        turned = [Forms(inner[0].negated, inner[0].plain), inner[1]]
        return _counted(replace(formula, word="or"), turned)
    if word in ("xor", "iff"):
        return _parity(formula, inner)
    assert word == "cardinality"
    return _cardinality(formula, inner)


def _named(formula: Formula, dual: Dual) -> Forms:
    name = dual(formula.name)
    if name is None:
        return Forms(Form(formula, True), _not(formula))
    return Forms(Form(formula, True), Form(replace(formula, name=name), True))


def _not(formula: Formula) -> Form:
    return Form(Formula("not", (formula,), line=formula.line), False)


def _counted(formula: Formula, inner: list[Forms]) -> Forms:
    """At least so many of some; its negation is that at least others of their negations happen."""
    count = len(inner)
    least = {"or": 1, "and": count}.get(formula.word, formula.low)
    plain = _at_least(formula, least, [each.plain for each in inner])
    if all(each.negated.is_coherent for each in inner):
        return Forms(plain, _at_least(formula, count - least + 1, [each.negated for each in inner]))
    if plain.is_coherent or plain.formula.word != "not":
        return Forms(plain, _not(plain.formula))
    return Forms(plain, Form(plain.formula.arguments[0], True))


def _at_least(formula: Formula, least: int, forms: list[Form]) -> Form:
    arguments = tuple([form.formula for form in forms])
    coherent = all(form.is_coherent for form in forms)
    if least <= 0 or least > len(arguments):
        return Form(Formula("constant", low=int(least <= 0), line=formula.line), True)
    if len(arguments) == 1:
        return forms[0]
    word = "or" if least == 1 else "and" if least == len(arguments) else "atleast"
    return Form(Formula(word, arguments, low=least, line=formula.line), coherent)


def _parity(formula: Formula, inner: list[Forms]) -> Forms:
    found = inner[0].plain.formula
    for each in inner[1:]:
        found = Formula("xor", (found, each.plain.formula), line=formula.line)
    both = Form(found, False), Form(replace(found, word="iff"), False)
    return Forms(*both) if formula.word == "xor" else Forms(both[1], both[0])


def _cardinality(formula: Formula, inner: list[Forms]) -> Forms:
    """From ``low`` to ``high`` of some: at least the one, and not more than the other."""
    enough = _counted(replace(formula, word="atleast"), inner)
    more = _counted(replace(formula, word="atleast", low=formula.high + 1), inner)
    if more.plain.formula.word == "constant":
        return enough
    if enough.plain.formula.word == "constant":
        return Forms(more.negated, more.plain)
    return _counted(replace(formula, word="and"), [enough, Forms(more.negated, more.plain)])
