"""Where a new key or entry goes, and in which style: that of its neighbours."""

from __future__ import annotations

from typing import Any

from vreltui.storage.fields import ENTRIES, ON_LINES, TABLES
from vreltui.storage.text.editing.blocks import Layout
from vreltui.storage.text.render import pairs, shortest
from vreltui.storage.text.scanner import Keys, Statement
from vreltui.storage.text.toml_text import block_text, key_text, pair_text, value_text


class CannotEditError(Exception):
    """The text is laid out in a way that the editor does not know; ``path`` says where."""


class Additions:
    """New keys of the table at ``path``, which is to be ``new`` and has the keys ``kept``."""

    def __init__(self, layout: Layout, path: Keys, new: dict[str, Any], kept: list[str]) -> None:
        self.layout = layout
        self.path = path
        self.order = list(new)
        self.kept = kept

    def splice(self, key: str, value: Any) -> tuple[int, int, str]:
        """The insertion that gives the table ``key``."""
        if not self.path and isinstance(value, dict):
            position, text = self._new_table(key, value)
        elif len(self.path) == 1 and self.path[0] in ENTRIES:
            position, text = self._new_entry(key, value)
        else:
            position, text = self._new_key(key, value)
        text = text.replace("\r\n", "\n").replace("\n", self.layout.line_break)
        return position, position, text

    @staticmethod
    def block_text(layout: Layout, text: str) -> str:
        """A text of several lines, with the line breaks of the file."""
        return block_text(text).replace("\n", layout.line_break)

    def _before(self, key: str) -> str | None:
        """The kept key after which ``key`` goes."""
        found = None
        for other in self.order:
            if other == key:
                break
            if other in self.kept:
                found = other
        return found

    def _new_table(self, table: str, value: dict[str, Any]) -> tuple[int, str]:
        """A table that the file does not have yet: before the first that comes later."""
        if table in ENTRIES and table not in ON_LINES:
            sections = [_section((table, name), entry) for name, entry in value.items()]
        elif table in ON_LINES:
            sections = [_section((table,), {k: _short(v) for k, v in value.items()}, align=True)]
        else:
            sections = [_section((table,), value)]
        later = TABLES[TABLES.index(table) + 1 :]
        for index, statement in enumerate(self.layout.statements):
            if statement.value is None and statement.path[0] in later:
                start = self.layout.start_with_comment(index)
                return self.layout.space_before(start), "".join(sections)
        return len(self.layout.text), "".join(sections)

    def _new_entry(self, name: str, entry: Any) -> tuple[int, str]:
        """An entry among others, written as the one before it is, or else the one after."""
        layout, (table,) = self.layout, self.path
        before = self._before(name)
        if before is not None:
            block = layout.blocks((table, before))[-1]
            model, position = layout.statements[block.first], block.end
            if model.value is None:
                return position, _section((table, name), _long(entry))
            position = layout.statements[block.last].end
            return position, self._pair(name, entry, model)
        for index, statement in enumerate(layout.statements):
            if statement.path[0] == table and len(statement.path) > 1:
                position = layout.start_with_comment(index)
                if statement.value is None:
                    return layout.space_before(position), _section((table, name), _long(entry))
                return position, self._pair(name, entry, statement)
        for statement in layout.statements:
            if statement.path == self.path and statement.value is None:
                return statement.end, pair_text(key_text(name), _short(entry)) + "\n"
        raise CannotEditError(self.path)

    def _new_key(self, key: str, value: Any) -> tuple[int, str]:
        """A key of an entry, or of the design, among the others of its table."""
        layout, depth = self.layout, len(self.path)
        inside = [
            index
            for index, statement in enumerate(layout.statements)
            if statement.value is not None
            and len(statement.path) > depth
            and statement.path[:depth] == self.path
            and len(statement.path) - statement.written <= depth
        ]
        before = self._before(key)
        earlier = [i for i in inside if layout.statements[i].path[depth] == before]
        if earlier:
            model = layout.statements[earlier[-1]]
            return model.end, self._pair(key, value, model)
        for statement in layout.statements:
            if statement.path == self.path and statement.value is None:
                like = layout.statements[inside[0]] if inside else None
                return statement.end, self._pair(key, value, like)
        if inside:
            model = layout.statements[inside[0]]
            return model.start, self._pair(key, value, model)
        raise CannotEditError(self.path)

    def _pair(self, key: str, value: Any, model: Statement | None) -> str:
        """A line for ``key`` that looks like the line ``model``."""
        if model is None or model.value is None:
            return pair_text(key, value) + "\n"
        text = self.layout.text
        indent = text[model.start : model.key_start]
        under = len(model.path) - model.written
        keys = ".".join(key_text(part) for part in (*self.path, key)[under:])
        left, _, right = text[model.key_end : model.value.start].partition("=")
        if left:
            width = model.key_end - model.key_start + len(left)
            keys = f"{keys:{width - 1}} " if len(left) > 1 else f"{keys} "
        shown = block_text(value) if isinstance(value, str) else value_text(value, len(keys) + 4)
        return f"{indent}{keys}={right}{shown}\n"


def _section(path: Keys, values: dict[str, Any], *, align: bool = False) -> str:
    """A new table under a header of its own, after a blank line."""
    header = ".".join(map(key_text, path))
    return f"\n[{header}]\n{pairs(values, align=align)}"


def _short(entry: Any) -> Any:
    return shortest(entry) if isinstance(entry, dict) else entry


def _long(entry: Any) -> dict[str, Any]:
    """A parameter's data for a table of its own, where a bare number has no place."""
    if isinstance(entry, dict):
        return entry
    return {"count" if isinstance(entry, int) else "value": entry}
