"""What people type as a value, read exactly."""

from __future__ import annotations

import decimal
import re
from decimal import Decimal

from vreltui.model import Needs, Probability, Problem, Value, shown
from vreltui.model.errors import DesignError
from vreltui.model.numbers import MOST_DIGITS

_NUMBER = re.compile(r"[0-9]*\.?[0-9]+(?:e[+-]?[0-9]{1,4})?|[0-9]+\.(?:e[+-]?[0-9]{1,4})?", re.I)


def read_probability(text: str) -> Probability:
    """A reliability as typed: a decimal, a percentage, or one minus an unreliability.

    Raises :class:`DesignError` when it is none.

    >>> str(read_probability("0.999")), str(read_probability("99.9%"))
    ('0.999', '0.999')
    >>> str(read_probability("1-1e-5")), str(read_probability("q 2e-3"))
    ('1 - 0.00001', '1 - 0.002')
    """
    words = text.strip().replace(",", ".").lower()
    complement = re.match(r"(?:1\s*-|q\s*=?)\s*(?=[0-9.])", words)
    if complement is not None:
        words = words[complement.end() :]
    number = _decimal(words.removesuffix("%").strip())
    if number is None:
        raise _refused(text, "type a reliability such as 0.999, 99.9% or 1-1e-5")
    if words.endswith("%"):
        number = number.scaleb(-2)
    value = Probability(number, complemented=complement is not None)
    fault = value.fault()
    if fault:
        raise _refused(f"a reliability {fault}")
    return value


def read_count(text: str) -> int:
    """A whole number of copies as typed. Raises :class:`DesignError` when it is none."""
    words = text.strip()
    if not words.isascii() or not words.isdigit() or len(words) > 9 or int(words) < 1:
        raise _refused(text, "type a whole number from 1")
    return int(words)


def read_value(text: str, like: Value) -> Value:
    """A value of the same sort as ``like``. Raises :class:`DesignError` when it is none."""
    return read_count(text) if isinstance(like, int) else read_probability(text)


def read_range(text: str, like: Value) -> tuple[Value, Value] | None:
    """Two values with a space, "to" or ".." between them; None where nothing is typed.

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
    if words in ("all", "any", "majority"):
        return words  # type: ignore[return-value]
    if words.isascii() and words.isdigit() and len(words) < 6:
        return int(words)
    raise _refused(text, "type all, any, majority or a number")


def _decimal(words: str) -> Decimal | None:
    if len(words) > MOST_DIGITS + 20 or _NUMBER.fullmatch(words) is None:
        return None
    try:
        return Decimal(words)
    except decimal.InvalidOperation:
        return None


def _refused(what: str, right: str = "") -> DesignError:
    said = f'"{shown(what.strip(), most=40)}" is no value here' if right else what
    return DesignError(Problem((), said, right))
