"""Formulas of the Model Exchange Format."""

from __future__ import annotations

from vreltui.exchange.formulas import Formula
from vreltui.exchange.markup import Element, refused
from vreltui.exchange.open_psa_scopes import Scope
from vreltui.model import shown

_NAMES = ("gate", "basic-event", "house-event", "event")

_FEWEST = {"not": (1, 1), "xor": (2, 1000), "iff": (2, 2), "imply": (2, 2)}
_CONNECTIVES = (
    "and", "or", "atleast", "not", "nand", "nor", "xor", "iff", "imply", "cardinality",
)  # fmt: skip


def read_formula(element: Element, scope: Scope) -> Formula:
    """The formula of an element. Raises :class:`~vreltui.storage.FileError`."""
    tag, line = element.tag, element.line
    if tag in _NAMES:
        return Formula("name", name=scope.name_of(element, path=True), line=line)
    if tag == "constant":
        value = element.get("value")
        if value not in ("true", "false", "1", "0"):
            what = f'the constant is "{shown(value or "", most=40)}"'
            raise refused(scope.file, line, what, "true or false is right")
        return Formula("constant", low=int(value in ("true", "1")), line=line)
    if tag not in _CONNECTIVES:
        what = f"{shown(tag, most=60)} is no connective that is understood here"
        raise refused(scope.file, line, what)
    arguments = []
    for child in element.children:
        arguments.append(read_formula(child, scope))
    least, most = _FEWEST.get(tag, (1, 10**6))
    if not least <= len(arguments) <= most:
        what = f"{tag} has {len(arguments)} arguments"
        right = f"{least} {'is' if least == 1 else 'are'} right"
        raise refused(scope.file, line, what, right)
    low = high = 0
    if tag == "atleast":
        low = _number(element, "min", "k", scope)
        if not 1 <= low <= len(arguments):
            what = f"atleast wants {low} of {len(arguments)}"
            raise refused(scope.file, line, what, f"1 to {len(arguments)} is right")
    if tag == "cardinality":
        low, high = _number(element, "min", "", scope), _number(element, "max", "", scope)
        if not 0 <= low <= high <= len(arguments):
            what = f"cardinality wants {low} to {high} of {len(arguments)}"
            raise refused(scope.file, line, what, f"0 to {len(arguments)} is right")
    return Formula(tag, tuple(arguments), low=low, high=high, line=line)


def _number(element: Element, name: str, other: str, scope: Scope) -> int:
    text = element.get(name) or (element.get(other) if other else None) or ""
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        what = f'{element.tag} has {name} = "{shown(text, most=40)}"'
        raise refused(scope.file, element.line, what, "a whole number is right")
    return int(text)
