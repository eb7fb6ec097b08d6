"""Expressions of the Model Exchange Format."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from vreltui.exchange.expressions import Expression
from vreltui.exchange.markup import Element, refused
from vreltui.exchange.numbers import NumberError, read_number
from vreltui.exchange.open_psa_scopes import Scope
from vreltui.model import shown


def read_expression(element: Element, scope: Scope) -> Expression:
    """The expression of an element. Raises :class:`~vreltui.storage.FileError`."""
    tag, line, names = element.tag, element.line, scope.names
    if tag in ("float", "int", "bool"):
        value = _value(element, scope)
        written = Decimal(element.get("value") or "0") if tag == "float" else None
        return Expression(tag, value=value, line=line, place=names, written=written)
    if tag == "parameter":
        name = scope.name_of(element, path=True)
        return Expression(tag, name=name, line=line, place=names)
    if tag == "system-mission-time":
        return Expression(tag, line=line, place=names)
    arguments = []
    for child in element.children:
        if child.tag == "bin" and tag == "histogram":
            arguments += [read_expression(each, scope) for each in child.children]
        else:
            arguments.append(read_expression(child, scope))
    return Expression(tag, tuple(arguments), line=line, place=names)


def _value(element: Element, scope: Scope) -> Fraction:
    text = (element.get("value") or "").strip()
    if element.tag == "bool" and text in ("true", "false"):
        return Fraction(int(text == "true"))
    try:
        return read_number(text)
    except NumberError as error:
        raise refused(scope.file, element.line, shown(str(error), most=200)) from None
