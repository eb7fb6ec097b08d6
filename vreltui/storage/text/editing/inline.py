"""Editing within a value: a list keeps its lines and comments, an inline table its order."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from vreltui.storage.text.scanner import Value
from vreltui.storage.text.toml_text import key_text, value_text

_VOID = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*")
_LINE_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=\r?\n)")
_LAST_BREAK = re.compile(r"(\r?\n)([ \t]*)$")
_MOST_COMPARED = 400


def same(one: object, other: object) -> bool:
    """Whether two pieces of data are the same; true is not 1, but 1 and 1.0 are one number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return one == other


def revalued(text: str, value: Value, old: object, new: object) -> str:
    """The text of ``value``, which says ``old`` within ``text``, changed to say ``new``."""
    if same(old, new):
        return text[value.start : value.end]
    if value.kind == "array" and isinstance(old, list) and isinstance(new, list) and old:
        return _List(text, value).edited_list(old, new)
    plain = all(len(item.keys) == 1 for item in value.items)
    if plain and value.kind == "table" and isinstance(old, dict) and isinstance(new, dict) and old:
        return _List(text, value).edited_table(old, new)
    return value_text(new)


@dataclass(frozen=True)
class _Piece:
    """An element with what stands around it: ``lead core trail , after``.

    ``origin`` is its place in the list as it was, None for a fresh one.
    """

    lead: str
    core: str
    origin: int | None = None
    trail: str = ""
    after: str = ""
    comma: bool = False


class _List:
    """The pieces of a list or of an inline table."""

    def __init__(self, text: str, value: Value) -> None:
        self.text = text
        self.value = value
        self.opening = text[value.start]
        self.closing = text[value.end - 1]
        self.pieces: list[_Piece] = []
        position = value.start + 1
        for item in value.items:
            lead = text[position : item.start]
            core = text[item.start : item.value.end]
            bare = _Piece(lead, core, len(self.pieces))
            piece, position = self._complete(bare, item.value.end)
            self.pieces.append(piece)
        self.tail = text[position : value.end - 1]
        self.ends_with_comma = bool(self.pieces) and self.pieces[-1].comma
        self.commas_lead = self._commas_lead()
        if self.commas_lead:
            self.pieces = self._with_leading_commas()

    def _commas_lead(self) -> bool:
        """Whether each comma begins the line of the element that follows it."""
        if len(self.pieces) < 2 or self.ends_with_comma:
            return False
        return all(
            "\n" in before.trail and "#" not in before.after + behind.lead
            for before, behind in pairwise(self.pieces)
        )

    def _with_leading_commas(self) -> list[_Piece]:
        """The pieces, each comma with its line break in the lead of the element behind it."""
        found: list[_Piece] = []
        before = ""
        for piece in self.pieces:
            at = _LAST_BREAK.search(piece.trail)
            trail = piece.trail[: at.start()] if at else piece.trail
            lead = before + piece.lead
            found.append(replace(piece, lead=lead, trail=trail, after="", comma=False))
            before = (at[0] if at else "") + "," + piece.after
        return found

    def _complete(self, piece: _Piece, end: int) -> tuple[_Piece, int]:
        """The piece that ends at ``end`` with comma and comment, and where the next one begins."""
        match = _VOID.match(self.text, end)
        comma = match.end() if match else end
        if self.text[comma] == ",":
            rest = _LINE_REST.match(self.text, comma + 1)
            after = rest[0] if rest else ""
            whole = replace(piece, trail=self.text[end:comma], after=after, comma=True)
            return whole, comma + 1 + len(after)
        rest = _LINE_REST.match(self.text, end)
        trail = rest[0] if rest else ""
        return replace(piece, trail=trail), end + len(trail)

    def edited_list(self, old: list[Any], new: list[Any]) -> str:
        """The list with the elements ``new`` where it had ``old``."""
        pieces: list[_Piece] = []
        for start, stop, new_start, new_stop in _differences(old, new):
            ours, theirs = self.pieces[start:stop], new[new_start:new_stop]
            if same(old[start:stop], theirs):
                pieces.extend(ours)
                continue
            for index, element in enumerate(theirs):
                if index < len(ours):
                    value = self.value.items[start + index].value
                    core = revalued(self.text, value, old[start + index], element)
                    pieces.append(replace(ours[index], core=core))
                else:
                    pieces.append(_Piece("", value_text(element)))
        return self._joined(pieces)

    def edited_table(self, old: dict[str, Any], new: dict[str, Any]) -> str:
        """The inline table with the entries ``new`` where it had ``old``."""
        index = {item.keys[0]: number for number, item in enumerate(self.value.items)}
        cores: dict[str, str] = {}
        for key, inner in new.items():
            if key not in index:
                cores[key] = f"{key_text(key)} = {value_text(inner)}"
                continue
            item = self.value.items[index[key]]
            left = self.text[item.start : item.value.start]
            cores[key] = left + revalued(self.text, item.value, old[key], inner)
        # Kept entries take the places of kept entries, in the order of the new table.
        places = iter([self.pieces[number] for key, number in index.items() if key in new])
        pieces = [
            replace(next(places), core=core) if key in index else _Piece("", core)
            for key, core in cores.items()
        ]
        return self._joined(pieces)

    def _joined(self, pieces: Sequence[_Piece]) -> str:
        """The text of the pieces, each with what stood around it; fresh ones like their fellows."""
        out = [self.opening]
        for index, piece in enumerate(pieces):
            comma = "," if index < len(pieces) - 1 or self.ends_with_comma else ""
            if self.commas_lead:
                comma = ""
            around = (piece.trail, comma, piece.after) if piece.comma else (comma, piece.trail)
            out += [self._lead(index, piece), piece.core, *around]
        if self.commas_lead and "#" in pieces[-1].trail and "\n" not in self.tail:
            out.append(self.between.rpartition(",")[0])
        return "".join([*out, self.tail, self.closing])

    def _lead(self, index: int, piece: _Piece) -> str:
        """What stands before a piece that is now at ``index``."""
        first = self.pieces[0].lead
        if index == 0 and self.commas_lead:
            return first
        if index == 0:
            stays = "\n" in piece.lead and "#" not in first
            return piece.lead if stays else first
        return piece.lead if piece.origin else self.between

    @cached_property
    def between(self) -> str:
        """What stands between two elements: a line break with the indent in use, or a space."""
        if self.commas_lead:
            return self.pieces[-1].lead
        for piece in reversed(self.pieces):
            if found := _LAST_BREAK.search(piece.lead):
                return found[0]
        return " "


def _differences(old: list[Any], new: list[Any]) -> list[tuple[int, int, int, int]]:
    """Stretches of ``old`` and ``new`` that answer each other, in order."""
    head = 0
    while head < min(len(old), len(new)) and same(old[head], new[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    ours, theirs = old[head : len(old) - tail], new[head : len(new) - tail]
    stretches = [(0, head, 0, head)]
    if len(ours) * len(theirs) > _MOST_COMPARED**2:
        stretches.append((head, head + len(ours), head, head + len(theirs)))
    else:
        matcher = difflib.SequenceMatcher(
            None, [value_text(e) for e in ours], [value_text(e) for e in theirs], autojunk=False
        )
        stretches += [
            (head + a, head + b, head + c, head + d) for _, a, b, c, d in matcher.get_opcodes()
        ]
    stretches.append((len(old) - tail, len(old), len(new) - tail, len(new)))
    return stretches
