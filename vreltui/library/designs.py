"""Designs: read from files and texts, with other values, and written again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from vreltui.model import Design as Model
from vreltui.model import DesignError, Problem
from vreltui.model.edits.nodes import set_number
from vreltui.model.edits.parameters import set_value
from vreltui.model.own_numbers import MAIN
from vreltui.model.quantities import PROBABILITY, quantity_of
from vreltui.model.rules import nearest
from vreltui.storage import Document, parse, read, rewrite

Number = Decimal | Fraction | int | str
"""A number that goes in: exact, so no float; a text as it is typed on the screen ("99.9%")."""


@dataclass(frozen=True, repr=False)
class Design:
    """A design as a value: nothing changes it, :meth:`with_values` gives another one.

    >>> design = loads('''
    ... vreltui = 1
    ... parameters.R_V = 0.99
    ... nodes.host.reliability = "R_V"
    ... choices.bare.root = "host"
    ... ''')
    >>> design
    Design('<string>', choices=['bare'])
    >>> design.values
    {'R_V': Decimal('0.99')}
    """

    document: Document

    @property
    def model(self) -> Model:
        """The design that the text states; private, whatever its name."""
        return self.document.design

    @property
    def file(self) -> str:
        """The file that it comes from, as it was named."""
        return self.document.file

    @property
    def title(self) -> str:
        """What it is called."""
        return self.model.title

    @property
    def choices(self) -> tuple[str, ...]:
        """The names of its choices, in the order of the file."""
        return tuple(self.model.choices)

    @property
    def plots(self) -> tuple[str, ...]:
        """The names of its plots."""
        return tuple(self.model.plots)

    @property
    def values(self) -> dict[str, Decimal | int | str]:
        """The values of parameters, exactly: reliabilities, counts; times and rates as texts."""
        return {name: exact(entry.value) for name, entry in self.model.parameters.items()}

    @property
    def notes(self) -> tuple[str, ...]:
        """What is allowed, but worth a second look."""
        return tuple(map(str, self.document.notes))

    def with_values(self, values: Mapping[str, Number]) -> Design:
        """The same design with other values of parameters, or of numbers at nodes (NODE.KEY).

        Comments and layout of its text stay. Raises :class:`~vreltui.VreltuiError` for a value that
        no file could say, :class:`TypeError` for a float, which is not exact.
        """
        changed = self.model
        for name, value in values.items():
            changed = _with_value(changed, name, _typed(value))
        return replace(self, document=rewrite(self.document, changed))

    def __repr__(self) -> str:
        return f"Design({self.file!r}, choices={list(self.choices)!r})"


def load(path: str | Path) -> Design:
    """The design in a file. Raises :class:`~vreltui.VreltuiError`, with file, line and name."""
    return Design(read(path))


def loads(text: str, file: str = "<string>") -> Design:
    """The design in a text; ``file`` names it in messages and answers."""
    return Design(parse(text, file))


def dumps(design: Design) -> str:
    """The text of a design, with the comments and the layout that it was read with."""
    return design.document.text


def exact(value: object) -> Decimal | int | str:
    """A value of the model as it goes out."""
    if isinstance(value, int):
        return value
    text: str = quantity_of(value).plain_text(value)  # type: ignore[arg-type]
    return Decimal(text) if quantity_of(value) is PROBABILITY else text  # type: ignore[arg-type]


def _typed(value: Number) -> str:
    if isinstance(value, bool | float):
        raise TypeError(f"{value!r} is not exact: give a Decimal, a Fraction, an int or a text")
    if isinstance(value, Fraction):
        return _decimal_text(value)
    return str(value)


def _decimal_text(value: Fraction) -> str:
    """A fraction as the decimal that it is. Raises :class:`ValueError` where it does not end."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
        if places > 320:
            raise ValueError(f"{value} does not end as a decimal, and a file has decimals")
    return f"{Decimal(int(value * 10**places)).scaleb(-places):f}"


def _with_value(design: Model, name: str, typed: str) -> Model:
    if name in design.parameters:
        like = quantity_of(design.parameters[name].value)
        return set_value(design, name, like.typed(typed))
    node, _, key = name.partition(".")
    if node not in design.nodes:
        what = f'there is no parameter and no node called "{name}"'
        raise DesignError(Problem((), what, nearest(name, [*design.parameters, *design.nodes])))
    key = key or MAIN
    found = next((each for each in design.nodes[node].numbers if each.key == key), None)
    if found is None:
        raise DesignError(Problem((), f"node {node} has no number called {key}"))
    return set_number(design, node, key, found.quantity.typed(typed))
