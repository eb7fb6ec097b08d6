"""Where everything in a TOML text stands: each header, key and value with its place.

The scanner checks shape and limits, in time linear in the text, and leaves the meaning of values to
:mod:`tomllib`. It knows no recursion deeper than :data:`~vreltui.storage.limits.MOST_NESTING`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Literal

from vreltui.model import spoken
from vreltui.storage.limits import (
    MOST_EXPONENT_DIGITS,
    MOST_ITEMS,
    MOST_KEY_LENGTH,
    MOST_KEY_PARTS,
    MOST_LINE,
    MOST_NESTING,
    MOST_NUMBER_LENGTH,
)

Keys = tuple[str, ...]

_BASIC = r'"(?!"")[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"'
_LITERAL = r"'(?!'')[^'\r\n]*'"
# A date may have a space before its time.
_BARE = r"(?:\d{4}-\d\d-\d\d[ ]\d[0-9:.+Z-]*|[^\s#,\[\]{}\"'=]+)"
_KEY_PART = rf"(?:[A-Za-z0-9_-]+|{_BASIC}|{_LITERAL})"
_KEY = rf"{_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART})*"
_END = r"[ \t]*(?:\#[^\r\n]*)?(?:\r?\n|\Z)"

_STATEMENT = re.compile(
    rf"""
    (?P<blank>[ \t]*(?:\#[^\r\n]*)?(?:\r?\n|\Z))
    | [ \t]*(?:
        (?P<header>\[(?!\[)[ \t]*(?P<table>{_KEY})[ \t]*\]){_END}
      | (?P<key>{_KEY})[ \t]*=[ \t]*(?:(?P<simple>{_BASIC}|{_LITERAL}|{_BARE}){_END})?
    )""",
    re.VERBOSE,
)
_SCALAR = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    rf"|{_BASIC}|{_LITERAL}|{_BARE}"
)
_PART = re.compile(_KEY_PART)
_INLINE_KEY = re.compile(rf"[ \t]*(?P<key>{_KEY})[ \t]*=[ \t]*")
_SPACE = re.compile(r"[ \t]*")
_VOID = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*")
_REST = re.compile(_END)
_EXPONENT = re.compile(rf"[eE][+-]?0*[1-9][0-9_]{{{MOST_EXPONENT_DIGITS},}}$")


class ScanError(ValueError):
    """The text is not TOML, or beyond a limit: ``what`` at ``position``; ``right`` would be."""

    def __init__(self, position: int, what: str, right: str = "", *, limit: bool = False) -> None:
        super().__init__(what)
        self.position = position
        self.what = what
        self.right = right
        self.limit = limit


@dataclass(slots=True)
class Value:
    """A value from ``start`` to ``end``; arrays and inline tables have items."""

    start: int
    end: int
    kind: Literal["scalar", "array", "table"] = "scalar"
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """An element of an array (no keys), or an entry of an inline table."""

    keys: Keys
    start: int
    value: Value


@dataclass(slots=True)
class Statement:
    """A header, or a key with its value, on lines of its own from ``start`` to ``end``.

    ``path`` is the whole path, the header's included; the last ``written`` keys of it stand at
    ``key_start`` to ``key_end``. A header has no value.
    """

    path: Keys
    written: int
    line: int
    start: int
    end: int
    key_start: int
    key_end: int
    value: Value | None


def split_key(text: str, position: int) -> Keys:
    """The parts of a dotted key that stands at ``position``."""
    if len(text) > MOST_KEY_LENGTH:
        raise ScanError(position, "a key is too long", "use short names", limit=True)
    if '"' in text or "'" in text or " " in text or "\t" in text:
        parts = tuple(_plain_key(part, position) for part in _PART.findall(text))
    else:
        parts = tuple(text.split("."))
    if len(parts) > MOST_KEY_PARTS:
        raise ScanError(
            position,
            f"a key has {len(parts)} parts",
            f"at most {MOST_KEY_PARTS} parts with dots between are allowed",
            limit=True,
        )
    return parts


def _plain_key(part: str, position: int) -> str:
    if part[0] not in "\"'":
        return part
    try:
        (name,) = tomllib.loads(f"{part} = 0")
    except tomllib.TOMLDecodeError:
        raise ScanError(position, "a quoted key can't be read", "use a plain name") from None
    return name


class Scanner:
    """One pass over one text. Use :func:`scan`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items = 0

    def statements(self) -> list[Statement]:
        """Every header and key of the text, in order."""
        text, size = self.text, len(self.text)
        found: list[Statement] = []
        table: Keys = ()
        position, line = 0, 1
        while position < size:
            match = _STATEMENT.match(text, position)
            if match is None:
                raise self._misread(position)
            if match["blank"] is None:
                statement = self._statement(match, table, line)
                found.append(statement)
                if statement.value is None:
                    table = statement.path
                end = statement.end
            else:
                end = match.end()
            lines = text.count("\n", position, end)
            if end - position > MOST_LINE:
                self._measure(position, end)
            line += lines
            position = end
        return found

    def _statement(self, match: re.Match[str], table: Keys, line: int) -> Statement:
        self._count(match.start())
        if match["header"] is not None:
            start = match.start("table")
            path = split_key(match["table"], start)
            return Statement(
                path, len(path), line, match.start(), match.end(), start, match.end("table"), None
            )
        start = match.start("key")
        keys = split_key(match["key"], start)
        path = (*table, *keys)
        try:
            value, end = self._whole_value(match)
        except ScanError as error:
            error.what = f"{spoken(path)}: {error.what}"
            raise
        return Statement(path, len(keys), line, match.start(), end, start, match.end("key"), value)

    def _whole_value(self, match: re.Match[str]) -> tuple[Value, int]:
        """The value of a key, and where its line ends."""
        if match["simple"] is not None:
            value = Value(*match.span("simple"))
            self._check_bare(value.start, value.end)
            return value, match.end()
        value = self._value(match.end(), 0)
        rest = _REST.match(self.text, value.end)
        if rest is None:
            raise ScanError(value.end, "there is something after the value", "end the line there")
        return value, rest.end()

    def _value(self, start: int, depth: int) -> Value:
        opening = self.text[start : start + 1]
        if opening not in ("[", "{"):
            match = _SCALAR.match(self.text, start)
            if match is None:
                if opening and opening in "\"'":
                    raise ScanError(start, "a text is not closed", "end it with a quote")
                raise ScanError(start, "the value is missing", _VALUES)
            self._check_bare(start, match.end())
            return Value(start, match.end())
        if depth >= MOST_NESTING:
            raise ScanError(
                start,
                "brackets are nested too deeply",
                f"at most {MOST_NESTING} levels are allowed",
                limit=True,
            )
        return self._array(start, depth) if opening == "[" else self._table(start, depth)

    def _array(self, start: int, depth: int) -> Value:
        items: list[Item] = []
        position = self._skip(_VOID, start + 1)
        while self.text[position : position + 1] != "]":
            self._count(position)
            value = self._value(position, depth + 1)
            items.append(Item((), value.start, value))
            position = self._skip(_VOID, value.end)
            if self.text[position : position + 1] == ",":
                position = self._skip(_VOID, position + 1)
            elif self.text[position : position + 1] != "]":
                raise ScanError(value.end, "a list is not closed", 'go on with "," or end with "]"')
        return Value(start, position + 1, "array", items)

    def _table(self, start: int, depth: int) -> Value:
        items: list[Item] = []
        position = self._skip(_SPACE, start + 1)
        while items or self.text[position : position + 1] != "}":
            match = _INLINE_KEY.match(self.text, position)
            if match is None:
                raise ScanError(position, "an inline table can't be read", _INLINE)
            self._count(position)
            keys = split_key(match["key"], match.start("key"))
            value = self._value(match.end(), depth + 1)
            items.append(Item(keys, match.start("key"), value))
            position = self._skip(_SPACE, value.end)
            if self.text[position : position + 1] == "}":
                break
            if self.text[position : position + 1] != ",":
                raise ScanError(position, "an inline table can't be read", _INLINE)
            position += 1
        return Value(start, position + 1, "table", items)

    def _skip(self, pattern: re.Pattern[str], position: int) -> int:
        match = pattern.match(self.text, position)
        return match.end() if match else position

    def _count(self, position: int) -> None:
        self.items += 1
        if self.items > MOST_ITEMS:
            raise ScanError(
                position,
                f"there are more than {MOST_ITEMS} keys and elements",
                "split the design",
                limit=True,
            )

    def _check_bare(self, start: int, end: int) -> None:
        """A value without quotes is a number, a date, true or false; and within the limits."""
        first = self.text[start]
        if first in "\"'":
            return
        if first not in "+-0123456789":
            word = self.text[start:end]
            if word not in ("true", "false", "inf", "nan"):
                right = f'write a text in quotes, as "{word[:40]}"'
                raise ScanError(start, f"{word[:40]} is no value", right)
            return
        if end - start > MOST_NUMBER_LENGTH:
            raise ScanError(
                start,
                f"a number has more than {MOST_NUMBER_LENGTH} characters",
                "write fewer digits",
                limit=True,
            )
        if _EXPONENT.search(self.text, start, end):
            raise ScanError(
                start,
                f"{self.text[start:end][:40]} has an exponent beyond reason",
                "write a number from 0 to 1",
                limit=True,
            )

    def _measure(self, start: int, end: int) -> None:
        for line in self.text[start:end].split("\n"):
            if len(line) > MOST_LINE:
                raise ScanError(
                    start,
                    f"a line has more than {MOST_LINE} characters",
                    "break it into several",
                    limit=True,
                )

    def _misread(self, position: int) -> ScanError:
        end = self.text.find("\n", position)
        line = self.text[position : end if end >= 0 else len(self.text)].strip()
        if len(line) > MOST_LINE:
            return ScanError(position, "a line is too long", "break it into several", limit=True)
        if line.startswith("[["):
            table = _LIST_OF_TABLES.match(line)
            return ScanError(
                position,
                "a list of tables [[...]] has no meaning here",
                f"use [{table[1] if table else 'nodes'}.name]",
            )
        return ScanError(position, f"can't read the line {line[:60]!a}", _LINES)


_VALUES = 'a text in quotes, a number, true, false, [a list] or { a = "table" } would be right'
_INLINE = "write { key = value, key = value } on one line"
_LIST_OF_TABLES = re.compile(r"\[\[\s*(parameters|nodes|choices|plots)\b")
_LINES = "write key = value, [table] or # a comment"


def scan(text: str) -> list[Statement]:
    """Every header and key of ``text``, in order, or :class:`ScanError`."""
    return Scanner(text).statements()
