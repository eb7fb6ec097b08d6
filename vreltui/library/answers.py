"""What every answer of the library is: plain values, and the JSON of its command."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from vreltui.model import shown

SECONDS = 60.0
"""How long an answer may take, unless asked otherwise; what was not found by then is undecided."""

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|]")
"""What Markdown or HTML would read as its own."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer; ``data`` is the JSON that the command of the same name prints."""

    data: dict[str, Any] = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """What the command prints with ``--json``, as a dictionary of its own."""
        return copy.deepcopy(self.data)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""A table in Markdown, as notebooks show it.

    >>> print(table(["choice", "R"], [["a|b", 0.5]]))
    | choice | R |
    | --- | --- |
    | a\|b | 0.5 |
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return _SIGNS.sub(r"\\\g<0>", shown(str(value)))
