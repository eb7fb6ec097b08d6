"""A TOML text, its data, and where in the text each piece of the data stands."""

from __future__ import annotations

import decimal
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from vreltui.model import Path, Problem, spoken
from vreltui.storage.errors import FileError
from vreltui.storage.text.names import renamed_keys, renaming
from vreltui.storage.text.places import Places, within
from vreltui.storage.text.scanner import Keys, ScanError, Statement, scan

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class _NotANumberError(ValueError):
    """A number that no decimal can hold."""


@dataclass(frozen=True)
class Source:
    """A text that is TOML within the limits. Made by :func:`understand`."""

    text: str
    places: Places
    data: dict[str, Any]

    @cached_property
    def statements(self) -> list[Statement]:
        """Every header and key of the text, in order."""
        return scan(self.text) if self.places.moved else self.places.statements

    @cached_property
    def first(self) -> dict[tuple[str, ...], Statement]:
        """For each path in the text, the first statement that makes it."""
        first: dict[tuple[str, ...], Statement] = {}
        for statement in self.statements:
            path = statement.path
            while path and path not in first:
                first[path] = statement
                path = path[:-1]
        return first

    def place(self, path: Path) -> tuple[int, int]:
        """The line and the column, from 1, where the text first makes what stands at ``path``."""
        statement = self.first.get(tuple(str(part) for part in path))
        if statement is None:
            return 1, 1
        return statement.line, statement.start - self.text.rfind("\n", 0, statement.start)

    def line(self, path: Path) -> int | None:
        """The line, from 1, of what stands at ``path``, or else of what holds it.

        None where the text has nothing of it.
        """
        keys = tuple(str(part) for part in path)
        known = len(keys)
        while known and keys[:known] not in self.first:
            known -= 1
        if not known:
            return None
        statement = self.first[keys[:known]]
        position = None
        if statement.value is not None:
            position = within(statement.value, path[len(statement.path) :])
        if position is None:
            return statement.line
        return statement.line + self.text.count("\n", statement.start, position)


def understand(text: str, file: str) -> Source:
    """The source of ``text``, or :class:`FileError` when it is no TOML or beyond the limits."""
    try:
        statements = scan(text)
    except ScanError as error:
        raise _unreadable(text, file, error) from None
    _refuse_repeats(statements, file)
    return Source(text, Places(statements), load(text, file))


def understand_again(text: str, before: Source, file: str) -> Source:
    """The source of ``text``, which differs little from ``before``.

    Where only values differ, or what keys are called, only those values are parsed: a statement
    means the same whatever the values of others, and a text with other names for its keys the same
    under these.
    """
    try:
        statements = scan(text)
    except ScanError as error:
        raise _unreadable(text, file, error) from None
    pairs = list(zip(before.statements, statements, strict=False))
    names = renaming(pairs) if len(before.statements) == len(statements) else None
    if names is None:
        _refuse_repeats(statements, file)
        return Source(text, Places(statements), load(text, file))
    data = renamed_keys(before.data, names)
    copied: dict[tuple[str, ...], dict[str, Any]] = {(): data}
    for old, new in pairs:
        if old.value is None or new.value is None:
            continue
        said = text[new.value.start : new.value.end]
        if said != before.text[old.value.start : old.value.end]:
            _copied(copied, new.path[:-1])[new.path[-1]] = load(f"value = {said}", file)["value"]
    return Source(text, Places(statements), data)


def changed_data(data: dict[str, Any], path: Keys, value: Any) -> dict[str, Any]:
    """The data with another value at ``path``; what it was made of stays as it is."""
    changed = dict(data)
    table = changed
    for key in path[:-1]:
        table[key] = table = dict(table[key])
    table[path[-1]] = value
    return changed


def _copied(copied: dict[tuple[str, ...], dict[str, Any]], path: tuple[str, ...]) -> dict[str, Any]:
    """The table at ``path`` of the new data, cut off from the old data that it came from."""
    if path not in copied:
        above = _copied(copied, path[:-1])
        copied[path] = above[path[-1]] = dict(above[path[-1]])
    return copied[path]


def load(text: str, file: str) -> dict[str, Any]:
    """The data of ``text``, which passed the scanner, or :class:`FileError`."""
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except _NotANumberError as error:
        raise FileError(file, None, Problem((), str(error), "write a plain decimal")) from None
    except (ValueError, RecursionError) as error:
        raise _from_parser(file, error) from None


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except decimal.InvalidOperation:
        raise _NotANumberError(f"{text[:40]} is not a number that can be kept") from None


def _from_parser(file: str, error: Exception) -> FileError:
    if not isinstance(error, tomllib.TOMLDecodeError):
        return FileError(file, None, Problem((), "the file can't be read as TOML"))
    message = str(error)
    at = _AT.search(message)
    line = int(at[1]) if at and at[1] else None
    what = message[: at.start()] if at else message
    return FileError(file, line, Problem((), f"not TOML: {what[:1].lower()}{what[1:]}"))


def _unreadable(text: str, file: str, error: ScanError) -> FileError:
    return FileError(
        file,
        text.count("\n", 0, error.position) + 1,
        Problem((), error.what, error.right),
    )


def _refuse_repeats(statements: list[Statement], file: str) -> None:
    found: list[tuple[int, Problem]] = []
    headers: dict[tuple[str, ...], int] = {}
    pairs: dict[tuple[str, ...], int] = {}
    for statement in statements:
        seen, other = (headers, pairs) if statement.value is None else (pairs, headers)
        before = seen.get(statement.path) or other.get(statement.path)
        if before is not None:
            problem = Problem(
                statement.path,
                f"{spoken(statement.path)} is written twice, first on line {before}",
                "keep one of them",
            )
            found.append((statement.line, problem))
        else:
            seen[statement.path] = statement.line
    if found:
        raise FileError(file, *found[0], tuple(found[1:]))
