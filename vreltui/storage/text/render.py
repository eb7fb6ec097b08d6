"""A design as a fresh file, in the style of the examples."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from vreltui.model import Design
from vreltui.storage.fields import ENTRIES, ON_LINES, TABLES
from vreltui.storage.plain import normal, plain
from vreltui.storage.text.toml_text import key_text, pair_text


def render(design: Design) -> str:
    """The text of a file that states ``design``."""
    data = plain(normal(design))
    top = {key: value for key, value in data.items() if not isinstance(value, dict)}
    blocks = [pairs(top)]
    for name in TABLES:
        values = data.get(name, {})
        if name in ON_LINES:
            values = {key: shortest(entry) for key, entry in values.items()}
        if name in ENTRIES and name not in ON_LINES:
            for key, entry in values.items():
                blocks.append(f"[{name}.{key_text(key)}]\n{pairs(entry, align=False)}")
        elif values:
            blocks.append(f"[{name}]\n{pairs(values)}")
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
