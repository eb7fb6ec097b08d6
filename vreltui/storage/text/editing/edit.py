"""A text that says one thing, edited to say another: remove, change, add, put in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from vreltui.storage.fields import ALTERNATIVES, ENTRIES
from vreltui.storage.text.editing.additions import Additions, CannotEditError
from vreltui.storage.text.editing.blocks import Layout
from vreltui.storage.text.editing.inline import revalued, same
from vreltui.storage.text.scanner import Keys, Statement, scan
from vreltui.storage.text.toml_text import key_text, value_text

Splice = tuple[int, int, str]

_KEY_PART = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[A-Za-z0-9_-]+")


def edited(
    text: str,
    old: dict[str, Any],
    new: dict[str, Any],
    statements: list[Statement] | None = None,
    renames: Mapping[Keys, str] = {},
) -> str:
    """``text``, which says ``old``, edited so that it should say ``new``.

    ``statements`` are those of the text where they are known already. ``renames`` has other names
    of keys by their paths in the text; ``old`` says them under these. The caller has to read the
    result and compare. Raises :class:`CannotEditError` where the text is laid out in a way that
    this does not know.
    """
    if text.endswith("\n"):
        whole = text
        layout = Layout(text, scan(text) if statements is None else statements)
    else:
        whole = text + "\n"
        layout = Layout(whole, scan(whole))
    layout, splices = _with_names(layout, renames)
    edit = _Edit(layout, splices)
    edit.change((), old, new)
    result = edit.result()
    for path in _with_new_order(old, new):
        names = new
        for key in path:
            names = names[key]
        result = _in_order(result, path, list(names))
    return result if whole is text else result.removesuffix("\n").removesuffix("\r")


def _with_new_order(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Keys]:
    """The tables whose order is part of the design, where it may have become another."""
    pairs: list[tuple[Keys, object, object]] = [
        ((table,), old.get(table), new.get(table)) for table in ENTRIES
    ]
    for name, choice in new.get("choices", {}).items():
        before = old.get("choices", {}).get(name, {})
        pairs.append((("choices", name, "set"), before.get("set"), choice.get("set")))
    for path, before, after in pairs:
        if isinstance(before, dict) and isinstance(after, dict) and list(before) != list(after):
            remains = [key for key in before if key in after]
            if list(after) != remains:
                yield path


class _Edit:
    """The splices that turn one data into another; none overlaps another."""

    def __init__(self, layout: Layout, splices: list[Splice]) -> None:
        self.layout = layout
        self.splices = splices
        self.at: dict[Keys, Statement] = {}
        self.above: set[Keys] = set()
        for statement in layout.statements:
            if statement.value is not None:
                self.at[statement.path] = statement
            for length in range(1, len(statement.path) + (statement.value is None)):
                self.above.add(statement.path[:length])

    def change(self, path: Keys, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Turn the table at ``path``, made of statements, from ``old`` to ``new``."""
        additions = Additions(self.layout, path, new, [key for key in old if key in new])
        swapped = self._swap(path, old, new)
        for key in old:
            if key not in new and not (swapped and key in ALTERNATIVES):
                self._remove((*path, key))
        for key, value in new.items():
            if key == swapped:
                continue
            if key not in old:
                self.splices.append(additions.splice(key, value))
            elif not same(old[key], value):
                self._set((*path, key), old[key], value)

    def _swap(self, path: Keys, old: dict[str, Any], new: dict[str, Any]) -> str | None:
        """Write a number from its other side on the line where it stands; the new key, if so."""
        gone = [key for key in old if key in ALTERNATIVES and key not in new]
        fresh = [key for key in new if key in ALTERNATIVES and key not in old]
        if len(gone) != 1 or len(fresh) != 1:
            return None
        statement = self.at.get((*path, gone[0]))
        if statement is None or statement.value is None:
            return None
        value = statement.value
        key = self.layout.text[statement.key_start : statement.key_end]
        last = list(_KEY_PART.finditer(key))[-1]
        start, end = statement.key_start + last.start(), statement.key_start + last.end()
        self.splices.append((start, end, fresh[0]))
        self.splices.append((value.start, value.end, value_text(new[fresh[0]])))
        return fresh[0]

    def _set(self, path: Keys, old: object, new: object) -> None:
        statement = self.at.get(path)
        if statement is not None and statement.value is not None:
            value = statement.value
            text = revalued(self.layout.text, value, old, new)
            if isinstance(new, str) and "\n" in new:
                text = Additions.block_text(self.layout, new)
            self.splices.append((value.start, value.end, text))
        elif path in self.above and isinstance(old, dict) and isinstance(new, dict):
            self.change(path, old, new)
        else:
            raise CannotEditError(path)

    def _remove(self, path: Keys) -> None:
        layout = self.layout
        blocks = layout.blocks(path)
        if not blocks:
            raise CannotEditError(path)
        for block in blocks:
            first = layout.statements[block.first]
            if first.value is None:
                self.splices.append((layout.space_before(block.start), block.end, ""))
            else:
                alone = layout.is_alone(block.last)
                last = layout.statements[block.last]
                self.splices.append((block.start if alone else first.start, last.end, ""))

    def result(self) -> str:
        """The text with every splice made."""
        pieces: list[str] = []
        position = 0
        # An insertion goes before a removal that begins where it stands.
        for start, end, text in sorted(self.splices, key=lambda splice: splice[:2]):
            if start < position:
                raise CannotEditError(())
            pieces += [self.layout.text[position:start], text]
            position = end
        return "".join([*pieces, self.layout.text[position:]])


def has_name(statements: list[Statement], path: Keys) -> bool:
    """Whether the last key of ``path`` stands in a header or key, and not within a value."""
    return any(_place(statement, path) >= 0 for statement in statements)


def _place(statement: Statement, path: Keys) -> int:
    """Which of the keys that are written there is the last of ``path``; negative where none is."""
    depth = len(path)
    if statement.path[:depth] != path:
        return -1
    return depth - 1 - (len(statement.path) - statement.written)


def _with_names(layout: Layout, names: Mapping[Keys, str]) -> tuple[Layout, list[Splice]]:
    """The layout as if keys had other names, and the splices that give them these."""
    statements, splices = list(layout.statements), []
    for path, name in names.items():
        for index, statement in enumerate(layout.statements):
            if (place := _place(statement, path)) >= 0:
                key = layout.text[statement.key_start : statement.key_end]
                part = list(_KEY_PART.finditer(key))[place]
                start = statement.key_start
                splices.append((start + part.start(), start + part.end(), key_text(name)))
            if statement.path[: len(path)] == path:
                keys = statements[index].path
                changed = (*keys[: len(path) - 1], name, *keys[len(path) :])
                statements[index] = replace(statements[index], path=changed)
    return Layout(layout.text, statements), splices


def _in_order(text: str, path: Keys, names: list[str]) -> str:
    """``text`` with the entries at ``path`` in the order of ``names``: blocks change places."""
    layout = Layout(text, scan(text))
    depth = len(path)
    seen: dict[str, None] = {}
    for statement in layout.statements:
        if len(statement.path) > depth and statement.path[:depth] == path:
            seen[statement.path[depth]] = None
    if not seen or list(seen) == names:
        return text
    blocks = {}
    for name in seen:
        found = layout.blocks((*path, name))
        if len(found) != 1 or name not in names:
            raise CannotEditError((*path, name))
        blocks[name] = found[0]
    kinds = {layout.statements[block.first].value is None for block in blocks.values()}
    if len(kinds) != 1 or len(seen) != len(names):
        raise CannotEditError(path)
    pieces: list[str] = []
    position = 0
    for place, name in zip(blocks.values(), names, strict=True):
        block = blocks[name]
        pieces += [text[position : place.start], text[block.start : block.end]]
        position = place.end
    return "".join([*pieces, text[position:]])
