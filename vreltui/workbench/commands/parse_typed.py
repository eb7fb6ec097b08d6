"""What people type as a value, read exactly."""

from __future__ import annotations

import re

from vreltui.model import Needs, Problem, Value, shown
from vreltui.model.errors import DesignError
from vreltui.model.quantities import quantity_of


def read_value(text: str, like: Value) -> Value:
    """A value of the same sort as ``like``. Raises :class:`DesignError` when it is none."""
    value: Value = quantity_of(like).typed(text)
    return value


def read_range(text: str, like: Value) -> tuple[Value, Value] | None:
    """Two values with a space, "to" or ".." between them; None where nothing is typed.

    >>> from vreltui.model import Probability
    >>> low, high = read_range("0.9 to 0.999", Probability.of("0.95"))
    >>> str(low), str(high), read_range("1..16", 3), read_range(" ", 3)
    ('0.9', '0.999', (1, 16), None)
    """
    words = [word for word in re.split(r"\s+to\s+|\.\.|\s*[;\[\]]\s*|\s+", text.strip()) if word]
    if not words:
        return None
    if len(words) != 2:
        raise _refused(text, "type the lowest and the highest value, as 0.9 to 0.999")
    return read_value(words[0].rstrip(","), like), read_value(words[1], like)


def read_needs(text: str) -> Needs:
    """All, any, majority, or a number of parts, as typed."""
    words = text.strip().lower().split(" of ")[0].strip()
    if words in ("all", "any", "majority", "none"):
        return words  # type: ignore[return-value]
    if words.isascii() and words.isdigit() and len(words) < 6:
        return int(words)
    raise _refused(text, "type all, any, majority or a number")


def _refused(what: str, right: str = "") -> DesignError:
    said = f'"{shown(what.strip(), most=40)}" is no value here' if right else what
    return DesignError(Problem((), said, right))
