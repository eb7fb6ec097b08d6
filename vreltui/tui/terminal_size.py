"""How large a terminal can be. What claims to be larger is none, and drawing it takes gigabytes."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

from textual.geometry import Size

MOST_COLUMNS, MOST_LINES = 1000, 500
"""More cells than eight of today's screens show in a font that can be read."""

_VARIABLES = {"COLUMNS": MOST_COLUMNS, "LINES": MOST_LINES}


def is_sensible(width: int, height: int) -> bool:
    """Whether a terminal can have so many columns and lines."""
    return 1 <= width <= MOST_COLUMNS and 1 <= height <= MOST_LINES


def bounded(width: int, height: int) -> Size:
    """The nearest size that a terminal can have; nothing in one direction stays nothing."""
    return Size(max(0, min(width, MOST_COLUMNS)), max(0, min(height, MOST_LINES)))


def bound_environment(environment: MutableMapping[str, str] = os.environ) -> None:
    """Bound the size that the environment names, before anything reads it."""
    for name, most in _VARIABLES.items():
        value = environment.get(name, "")
        if value.isdecimal() and value.isascii() and (len(value) > 9 or int(value) > most):
            environment[name] = str(most)
