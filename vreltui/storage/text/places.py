"""Where everything of a text stands, also after single values of it were replaced."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from vreltui.model import Path
from vreltui.storage.text.scanner import Item, Keys, Statement, Value

MOST_MOVED = 64
"""How many values are replaced before the whole text is scanned again."""


@dataclass(frozen=True)
class Spot:
    """A value from ``start`` to ``end``, in the statement from ``first`` to ``last``.

    ``scanned`` is where it began when the text was scanned.
    """

    statement: Statement
    scanned: int
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True)
class Places:
    """The statements of a text as it was scanned, and the values replaced in it since.

    ``moved`` holds, by where a value began when the text was scanned, how much longer it is now.
    Finding a value thus takes the same time in a long text as in a short one.
    """

    statements: list[Statement]
    moved: dict[int, int] = field(default_factory=dict)
    _known: dict[Keys, Statement] = field(default_factory=dict, repr=False)

    @cached_property
    def _by_path(self) -> dict[Keys, Statement]:
        if not self._known:
            self._known.update(
                (statement.path, statement)
                for statement in self.statements
                if statement.value is not None
            )
        return self._known

    def spot(self, path: Keys) -> Spot | None:
        """Where the value at ``path`` stands now; None where it has no place of its own."""
        for length in range(len(path), 0, -1):
            statement = self._by_path.get(path[:length])
            if statement is None or statement.value is None:
                continue
            value = value_within(statement.value, path[length:])
            if value is None:
                return None
            return Spot(
                statement,
                value.start,
                value.start + self._shift(value.start),
                value.end + self._shift(value.end),
                statement.start + self._shift(statement.start),
                statement.end + self._shift(statement.end),
            )
        return None

    def _shift(self, position: int) -> int:
        """How far what stood at ``position`` has moved."""
        return sum(longer for start, longer in self.moved.items() if start < position)

    def replaced(self, spot: Spot, longer: int) -> Places:
        """The places after the value at a spot became ``longer``, or shorter when negative."""
        moved = {**self.moved, spot.scanned: self.moved.get(spot.scanned, 0) + longer}
        return Places(self.statements, moved, self._by_path)


def within(value: Value, path: Path) -> int | None:
    """Where ``path`` leads within ``value``, as far as it does."""
    position = None
    rest = path
    while rest:
        item, taken = _item(value, rest)
        if item is None:
            break
        position, value, rest = item.start, item.value, rest[taken:]
    return position


def value_within(value: Value, path: Path) -> Value | None:
    """The value to which the whole of ``path`` leads within ``value``."""
    rest = path
    while rest:
        item, taken = _item(value, rest)
        if item is None or taken < len(item.keys):
            return None
        value, rest = item.value, rest[taken:]
    return value


def _item(value: Value, path: Path) -> tuple[Item | None, int]:
    if isinstance(path[0], int):
        if value.kind == "array" and path[0] < len(value.items):
            return value.items[path[0]], 1
        return None, 0
    best: tuple[Item | None, int] = (None, 0)
    for item in value.items:
        length = 0
        while length < min(len(item.keys), len(path)) and item.keys[length] == path[length]:
            length += 1
        if length > best[1]:
            best = (item, length)
    return best
