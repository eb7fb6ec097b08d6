"""Values and keys as TOML text."""

from __future__ import annotations

import re
from decimal import Decimal

WIDTH = 88
"""The width at which a list is broken into lines."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')


def key_text(name: str) -> str:
    """A key, quoted where TOML wants it.

    >>> key_text("R_V"), key_text("a b")
    ('R_V', '"a b"')
    """
    return name if _BARE.fullmatch(name) else string_text(name)


def string_text(text: str) -> str:
    r"""A text in quotes, on one line.

    >>> print(string_text('say "hi"'))
    "say \"hi\""
    """
    return f'"{_SPECIAL.sub(_escape, text)}"'


def block_text(text: str) -> str:
    r"""A text in quotes; one with line breaks over several lines, each a line of its own.

    >>> len(block_text("one\ntwo").splitlines())
    3
    """
    if "\n" not in text:
        return string_text(text)
    lines = [_SPECIAL.sub(_escape, line) for line in text.split("\n")]
    return '"""\n' + "\n".join(lines) + '"""'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def value_text(value: object, indent: int = 0) -> str:
    """A value of a file as TOML; a list that is too long from column ``indent`` is broken.

    >>> value_text({"count": 3, "range": [1, 16]})
    '{ count = 3, range = [1, 16] }'
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return str(value).replace("E", "e")
        case str():
            return string_text(value)
        case list():
            return _list_text([value_text(element) for element in value], indent)
        case dict():
            inner = ", ".join(f"{key_text(key)} = {value_text(v)}" for key, v in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case _:
            raise TypeError(f"no TOML for {type(value).__name__}")


def _list_text(elements: list[str], indent: int) -> str:
    joined = f"[{', '.join(elements)}]"
    if indent + len(joined) <= WIDTH:
        return joined
    lines = [""]
    for element in elements:
        if len(lines[-1]) + len(element) > WIDTH - 4:
            lines.append("")
        lines[-1] += f" {element}," if lines[-1] else f"    {element},"
    return "\n".join(["[", *lines, "]"])


def pair_text(key: str, value: object, width: int = 0) -> str:
    """A line, or lines, that give a key its value; the key is filled to ``width``.

    >>> pair_text("n", 3, width=3)
    'n   = 3'
    """
    left = f"{key_text(key):{width}} = " if width else f"{key_text(key)} = "
    if isinstance(value, str):
        return left + block_text(value)
    return left + value_text(value, len(left))
