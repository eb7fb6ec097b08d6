"""The last gate before the terminal: no control character leaves in the text of a line."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, C1 among them, and what changes the direction of writing."""


def cleaned(text: str) -> str:
    r"""``text`` with every unsafe character as one replacement of the same width.

    >>> cleaned("a\x1b]52;c;x\x07b")
    'a?]52;c;x?b'
    """
    return _UNSAFE.sub("?", text)


class ControlCharacters(LineFilter):
    """Replaces control characters in every segment of every widget."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, without what a terminal could obey."""
        return [
            Segment(cleaned(text), style, control)
            if control is None and _UNSAFE.search(text)
            else Segment(text, style, control)
            for text, style, control in segments
        ]
