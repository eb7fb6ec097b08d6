"""Which texts a design may hold, how any text is shown without harm, and which name was meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

MOST_TEXT = 10_000
"""The most characters that one title, note, description or source may have."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BIDIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Unicode's Cc, Cs, Zl and Zp.
_CONTROL = "\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029"
_FAULT = re.compile(f"(?P<bidirectional>[{_BIDIRECTIONAL}])|[{_CONTROL}]")


def is_name(text: str) -> bool:
    """Whether ``text`` can name a node, parameter, choice or plot.

    >>> is_name("R_V"), is_name("a b"), is_name("")
    (True, False, False)
    """
    return _NAME.fullmatch(text) is not None


def text_fault(text: str, *, line_breaks: bool) -> str | None:
    """What is wrong with a free text, or None.

    Control characters could drive the reader's terminal, and bidirectional overrides show a text
    as other than it is.

    >>> text_fault("vendor sheet", line_breaks=False) is None
    True
    >>> text_fault("a" + chr(27) + "[2J", line_breaks=False)
    'contains the control character U+001B'
    """
    if len(text) > MOST_TEXT:
        return f"has {len(text)} characters, more than {MOST_TEXT}"
    if text.isprintable():
        return None
    for found in _FAULT.finditer(text):
        character = found[0]
        if character in "\n\t" and line_breaks:
            continue
        what = "bidirectional control" if found["bidirectional"] else "control character"
        return f"contains the {what} U+{ord(character):04X}"
    return None


def shown(text: str, most: int = 400) -> str:
    r"""``text`` on one line, safe to print: what a terminal could obey is written as an escape.

    Longer text than ``most`` characters is cut. Every message that quotes a file, or a file's
    name, passes here.

    >>> shown("a" + chr(27) + "[2J" + chr(0x202E) + "b")
    'a\\x1b[2J\\u202eb'
    """
    cut = text if len(text) <= most else text[: most - 3] + "..."
    if cut.isprintable():
        return cut
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in cut
    )


def nearest(name: str, names: Collection[str]) -> str:
    """A suggestion for a name that does not exist, as words to end a sentence with.

    >>> nearest("hypervisr", ["hardware", "hypervisor"])
    'did you mean "hypervisor"?'
    >>> nearest("x", ["hardware", "hypervisor"])
    'there is hardware, hypervisor'
    """
    # difflib is quadratic in the length and linear in the number of names.
    close = difflib.get_close_matches(name[:64], list(names)[:2000], n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    some = sorted(names)[:6]
    more = ", ..." if len(names) > len(some) else ""
    return f"there is {', '.join(some)}{more}" if some else "there is none yet"
