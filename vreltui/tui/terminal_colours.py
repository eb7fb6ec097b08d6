"""Which colours the terminal shows: asked of it, told by its surroundings, or configured.

A terminal that does not know the question says nothing, and nothing waits for its answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from textual.message import Message

from vreltui.tui.contrast import LIGHT, RGB, Palette, is_light

_STRING = re.compile(
    rb"\x1b\](?:4;(\d{1,3})|(1[01]));rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})"
)
_SIXTEEN = range(16)

QUESTION = (
    "".join(f"\x1b]4;{number};?\x1b\\" for number in _SIXTEEN) + "\x1b]10;?\x1b\\\x1b]11;?\x1b\\"
)
"""Asks for the sixteen colours, the text and the background; the last is answered last."""


class ColoursTold(Message):
    """The terminal has told its background, and perhaps all that it shows."""

    def __init__(self, background: RGB, palette: Palette | None) -> None:
        super().__init__()
        self.background = background
        self.palette = palette


class Answers:
    """What the terminal answers to :data:`QUESTION`, piece by piece."""

    def __init__(self) -> None:
        self._colours: dict[int, RGB] = {}
        self._text: RGB | None = None

    def take(self, data: bytes) -> ColoursTold | None:
        r"""Take a string that the terminal sent; what is known once the last one is there.

        >>> told = Answers().take(b"\x1b]11;rgb:ffff/ffff/dddd\x07")
        >>> told.background, told.palette
        ((255, 255, 221), None)
        """
        found = _STRING.match(data)
        if found is None:
            return None
        red, green, blue = (_part(each) for each in found.groups()[2:])
        colour = (red, green, blue)
        if found[1] is not None:
            if int(found[1]) in _SIXTEEN:
                self._colours[int(found[1])] = colour
            return None
        if found[2] == b"10":
            self._text = colour
            return None
        palette = None
        if self._text is not None and len(self._colours) == len(_SIXTEEN):
            colours = tuple(self._colours[number] for number in _SIXTEEN)
            palette = Palette(colour, self._text, colours)
        return ColoursTold(colour, palette)


def _part(digits: bytes) -> int:
    """One of red, green and blue, of as many digits as the terminal has."""
    most: int = 16 ** len(digits) - 1
    return round(int(digits, 16) * 255 / most)


def asks(environment: Mapping[str, str]) -> bool:
    """Whether the terminal may be asked: some draw what they do not know."""
    return environment.get("TERM", "") not in ("", "dumb", "linux") and (
        "NO_COLOR" not in environment
    )


def told_by(environment: Mapping[str, str]) -> str:
    """The background by COLORFGBG, "light" or "dark"; empty where that says nothing.

    >>> told_by({"COLORFGBG": "0;15"}), told_by({"COLORFGBG": "15;default;0"}), told_by({})
    ('light', 'dark', '')
    """
    last = environment.get("COLORFGBG", "").rpartition(";")[2]
    if not last.isdigit():
        return ""
    return "light" if int(last) in (7, 15) else "dark"


def palettes_of(told: ColoursTold | None, background: str) -> Sequence[Palette]:
    """The palettes in which styles have to be read; none where the usual ones will do.

    ``background`` is what is configured, or what the surroundings say; it goes before the answer
    of the terminal. A light one of which no more is known may be any of the usual ones.
    """
    if told is not None and background in ("", "light" if is_light(told.background) else "dark"):
        if told.palette is not None:
            return [told.palette]
        background = "light" if is_light(told.background) else "dark"
    return LIGHT if background == "light" else ()
