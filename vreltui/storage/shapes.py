"""The vocabulary in which the keys of a design file are described.

A shape says what a value may look like and what the model makes of it. From one description come
the check of a file (:meth:`Shape.problems`), the JSON Schema (:meth:`Shape.schema`), the words of
the reference (:attr:`Shape.said`), the value of the model (:meth:`Shape.build`) and the way back to
the file (:meth:`Shape.plain`). Shapes of numbers are in :mod:`vreltui.storage.number_shapes`, those
of tables in :mod:`vreltui.storage.tables`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from vreltui.model import Path, Problem, shown, spoken
from vreltui.model.names import MOST_TEXT
from vreltui.model.rules import nearest

Schema = dict[str, Any]


class Given(NamedTuple):
    """What has to be known of the rest of a file to read a value: a bare 1 may be a count or not.

    ``counts`` holds the parameters that are counts, ``plain`` those that are plain numbers, such
    as shapes; ``name`` is what the value belongs to: the entry that it stands in, or the parameter
    whose value it is. ``mixes`` holds the nodes that take several items.
    """

    counts: frozenset[str] = frozenset()
    name: str = ""
    mixes: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()

    def of(self, name: str) -> Given:
        """The same for what belongs to ``name``."""
        return self._replace(name=name)


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
            right = self.hint(value) or f"{self.said} is right"
            yield Problem(path, f"{spoken(path)} is {described(value)}", right)

    def hint(self, value: object) -> str:
        """What to write instead of a value in another notation; empty where nothing is known."""
        del value
        return ""

    @abstractmethod
    def states(self, value: object) -> bool:
        """Whether a value of the model is written in this shape."""

    def build(self, raw: Any, given: Given) -> Any:
        """The value of the model that ``raw``, which has this shape, stands for."""
        del given
        return raw

    def plain(self, value: Any) -> Any:
        """The data that :meth:`build` makes ``value`` of; it has to be one that this states."""
        return value

    @property
    def bends(self) -> bool:
        """Whether some values need :meth:`normal` before they can be written."""
        return False

    def normal(self, value: Any) -> Any:
        """The same value in a form that can be written in this shape; nothing is rounded."""
        return value


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

    def states(self, value: object) -> bool:
        """Texts are written as they are."""
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
    pattern: str = "^[A-Za-z0-9_-]{1,64}$"

    @property
    def said(self) -> str:  # type: ignore[override]
        """What would be right, as words."""
        return f"the name of a {self.of}, in quotes,"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a text."""
        return isinstance(value, str)

    def states(self, value: object) -> bool:
        """Texts are written as they are."""
        return isinstance(value, str)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {"type": "string", "pattern": self.pattern}


NAME_PATTERN = Name.pattern


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

    def states(self, value: object) -> bool:
        """Its words are written as they are."""
        return self.fits(value)

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
class Flag(Shape):
    """True or false."""

    said: str = "true or false"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is true or false."""
        return isinstance(value, bool)

    def states(self, value: object) -> bool:
        """True and false are written as they are."""
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

    def states(self, value: object) -> bool:
        """Whether one of the shapes states it."""
        return any(shape.states(value) for shape in self.shapes)

    def build(self, raw: Any, given: Given) -> Any:
        """What the first shape makes of it that fits."""
        for shape in self.shapes:
            if shape.fits(raw):
                return shape.build(raw, given)
        raise TypeError(f"{self.said} is right, not {described(raw)}")

    def plain(self, value: Any) -> Any:
        """What the first shape writes that states it."""
        for shape in self.shapes:
            if shape.states(value):
                return shape.plain(value)
        raise TypeError(f"{self.said} can't state {value!r}")

    @property
    def bends(self) -> bool:
        """Whether one of its shapes does."""
        return any(shape.bends for shape in self.shapes)

    def normal(self, value: Any) -> Any:
        """As the first shape that states it has it; a value that none states stays."""
        found = next((shape for shape in self.shapes if shape.states(value)), None)
        return value if found is None else found.normal(value)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return any_of([shape.schema() for shape in self.shapes])

    def hint(self, value: object) -> str:
        """What the first of the shapes says that has something to say."""
        return next(filter(None, (shape.hint(value) for shape in self.shapes)), "")

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``: what the shape that fits on the outside finds inside."""
        if hint := self.hint(value):
            yield Problem(path, f"{spoken(path)} is {described(value)}", hint)
            return
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


def any_of(schemas: Sequence[Schema]) -> Schema:
    """The schema of what fits one of these.

    Where one alone is of tables, it judges tables by itself: what is wrong in one is then said of
    the key, and not that the table is no number either.
    """
    tables = [schema for schema in schemas if schema.get("type") == "object"]
    others = [schema for schema in schemas if schema.get("type") != "object"]
    if len(tables) != 1 or not others:
        return {"anyOf": list(schemas)}
    rest = others[0] if len(others) == 1 else {"anyOf": others}
    return {"if": {"type": "object"}, "then": tables[0], "else": rest}


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

    def states(self, value: object) -> bool:
        """Whether ``value`` holds what its elements can state."""
        return isinstance(value, tuple)

    def build(self, raw: Any, given: Given) -> Any:
        """A tuple of what the elements stand for."""
        return tuple([self.shape.build(element, given) for element in raw])

    def plain(self, value: Any) -> Any:
        """A list of the elements."""
        return [self.shape.plain(element) for element in value]

    @property
    def bends(self) -> bool:
        """Whether its elements do."""
        return self.shape.bends

    def normal(self, value: Any) -> Any:
        """The same with each element in a form that can be written."""
        elements = tuple([self.shape.normal(element) for element in value])
        return value if elements == value else elements

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
                right = self.shape.hint(element) or f"{self.said} is right"
                yield Problem((*path, index), what, right)
            else:
                yield from self.shape.problems((*path, index), element)
