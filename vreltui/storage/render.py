"""A design as a fresh file, in the style of the examples."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from vreltui.model import Design
from vreltui.storage.plain import normal, plain
from vreltui.storage.toml_text import key_text, pair_text

_ENTRY_TABLES = ("nodes", "choices", "plots")


def render(design: Design) -> str:
    """The text of a file that states ``design``."""
    data = plain(normal(design))
    top = {key: value for key, value in data.items() if not isinstance(value, dict)}
    blocks = [pairs(top)]
    for name in ("goal", "limits", "parameters"):
        if name in data:
            values = data[name]
            if name == "parameters":
                values = {key: shortest(entry) for key, entry in values.items()}
            blocks.append(f"[{name}]\n{pairs(values)}")
    for table in _ENTRY_TABLES:
        for key, entry in data.get(table, {}).items():
            blocks.append(f"[{table}.{key_text(key)}]\n{pairs(entry, align=False)}")
    return "\n".join(blocks)


def shortest(entry: dict[str, Any]) -> dict[str, Any] | Decimal:
    """A parameter's data, as a bare number where it is nothing but a reliability."""
    if list(entry) == ["value"]:
        number = entry["value"]
        assert isinstance(number, Decimal)
        return number
    return entry


def pairs(values: dict[str, Any], *, align: bool = True) -> str:
    """Lines of keys and values, the equals signs below each other when ``align`` is asked for."""
    width = max((len(key_text(key)) for key in values), default=0) if align else 0
    return "".join(pair_text(key, value, min(width, 24)) + "\n" for key, value in values.items())
