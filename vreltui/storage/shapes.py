"""The vocabulary in which the keys of a design file are described.

A shape says what a value may look like. From one description come the check of a file
(:meth:`Shape.problems`), the JSON Schema (:meth:`Shape.schema`) and the words of the reference
(:attr:`Shape.said`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vreltui.model import Path, Problem, shown, spoken
from vreltui.model.names import MOST_TEXT
from vreltui.model.rules import nearest

Schema = dict[str, Any]


class Shape(ABC):
    """What a value may look like. Only the shape: whether names exist is for the model's rules."""

    said: str
    """What would be right, as words: "a whole number"."""

    @abstractmethod
    def fits(self, value: object) -> bool:
        """Whether ``value`` has this shape, on the outside."""

    @abstractmethod
    def schema(self) -> Schema:
        """This shape as JSON Schema."""

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``, which stands at ``path``."""
        if not self.fits(value):
            yield Problem(path, f"{spoken(path)} is {described(value)}", f"{self.said} is right")


def described(value: object) -> str:
    """A value from a file in a few words.

    >>> described("pool"), described(True), described([1])
    ('the text "pool"', 'true', 'a list')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'the text "{shown(value, most=60)}"'
        case int() | Decimal():
            return f"the number {shown(written(value), most=60)}"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or time"


def written(number: int | Decimal) -> str:
    """A number as text; a whole number too long to be meant is not spelled out."""
    if isinstance(number, int) and number.bit_length() > 200:
        return "with too many digits"
    return str(number)


@dataclass(frozen=True)
class Text(Shape):
    """A free text, of one line or of many."""

    lines: bool = False

    @property
    def said(self) -> str:  # type: ignore[override]
        """What would be right, as words."""
        return (
            "a text in quotes, which may have several lines" if self.lines else "a text in quotes"
        )

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a text."""
        return isinstance(value, str)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        controls = r"\u0000-\u0008\u000b-\u001f" if self.lines else r"\u0000-\u001f"
        # What the model refuses in texts: controls, line separators, bidirectional overrides.
        refused = controls + r"\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
        return {"type": "string", "maxLength": MOST_TEXT, "pattern": f"^[^{refused}]*$"}


@dataclass(frozen=True)
class Name(Shape):
    """The name of something in the design."""

    of: str

    @property
    def said(self) -> str:  # type: ignore[override]
        """What would be right, as words."""
        return f"the name of a {self.of}, in quotes,"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a text."""
        return isinstance(value, str)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"type": "string", "pattern": NAME_PATTERN}


NAME_PATTERN = "^[A-Za-z0-9_-]{1,64}$"


@dataclass(frozen=True)
class Word(Shape):
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def said(self) -> str:  # type: ignore[override]
        """What would be right, as words."""
        return "one of " + ", ".join(f'"{word}"' for word in self.words)

    def fits(self, value: object) -> bool:
        """Whether ``value`` is one of the words."""
        return isinstance(value, str) and value in self.words

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"enum": list(self.words)}

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``: a text that is no such word gets the nearest ones."""
        if isinstance(value, str) and value not in self.words:
            yield Problem(path, f"{spoken(path)} is {described(value)}", nearest(value, self.words))
        else:
            yield from super().problems(path, value)


@dataclass(frozen=True)
class Number(Shape):
    """A probability: any number from 0 to 1."""

    said: str = "a number from 0 to 1"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a number; true and false are none."""
        return isinstance(value, int | Decimal) and not isinstance(value, bool)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"type": "number", "minimum": 0, "maximum": 1}


@dataclass(frozen=True)
class Whole(Shape):
    """A whole number, within limits that the model's rules hold."""

    least: int = 1
    most: int | None = None
    said: str = "a whole number"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a whole number; true and false are none."""
        return isinstance(value, int) and not isinstance(value, bool)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        limits = {"minimum": self.least} | ({} if self.most is None else {"maximum": self.most})
        return {"type": "integer"} | limits


@dataclass(frozen=True)
class Flag(Shape):
    """True or false."""

    said: str = "true or false"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is true or false."""
        return isinstance(value, bool)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Either(Shape):
    """A value of one shape or another; a text is taken as meant for the first that takes texts."""

    shapes: tuple[Shape, ...]
    said: str

    def fits(self, value: object) -> bool:
        """Whether ``value`` has one of the shapes, on the outside."""
        return any(shape.fits(value) for shape in self.shapes)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"anyOf": [shape.schema() for shape in self.shapes]}

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``: what the shape that fits on the outside finds inside."""
        for shape in self.shapes:
            if shape.fits(value):
                yield from shape.problems(path, value)
                return
        words = [w for shape in self.shapes if isinstance(shape, Word) for w in shape.words]
        if isinstance(value, str) and words:
            guess = nearest(value, words)
            right = guess if guess.startswith("did") else f"{self.said} is right"
            yield Problem(path, f"{spoken(path)} is {described(value)}", right)
        else:
            yield from super().problems(path, value)


@dataclass(frozen=True)
class ListOf(Shape):
    """A list of values of one shape."""

    shape: Shape
    said: str
    least: int = 1
    most: int | None = None

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a list."""
        return isinstance(value, list)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        limits = {"minItems": self.least} | ({} if self.most is None else {"maxItems": self.most})
        return {"type": "array", "items": self.shape.schema()} | limits

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value`` or its elements."""
        if not isinstance(value, list):
            yield from super().problems(path, value)
            return
        if len(value) < self.least or (self.most is not None and len(value) > self.most):
            what = f"{spoken(path)} has {len(value)} element{'' if len(value) == 1 else 's'}"
            yield Problem(path, what, f"{self.said} is right")
        for index, element in enumerate(value):
            if not self.shape.fits(element):
                what = f"{spoken(path)} holds {described(element)}"
                yield Problem((*path, index), what, f"{self.said} is right")
