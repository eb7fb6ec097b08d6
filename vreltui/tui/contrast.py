"""How well one colour is read on another, and the palettes in which terminals show the sixteen."""

from __future__ import annotations

from dataclasses import dataclass

RGB = tuple[int, int, int]

LEGIBLE = 4.5
"""The least contrast of text (WCAG 2.1, success criterion 1.4.3)."""


def contrast(one: RGB, other: RGB) -> float:
    """The ratio of two colours' luminances as WCAG 2.1 defines it, from 1 to 21.

    >>> contrast((0, 0, 0), (255, 255, 255)), contrast((9, 9, 9), (9, 9, 9))
    (21.0, 1.0)
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: RGB) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


@dataclass(frozen=True, slots=True)
class Palette:
    """What a terminal shows: its background, its text, and the sixteen colours by their numbers."""

    background: RGB
    text: RGB
    colours: tuple[RGB, ...]

    @property
    def is_light(self) -> bool:
        """Whether dark text is read better on the background than light text."""
        return is_light(self.background)

    def faint(self, colour: RGB) -> RGB:
        """A colour as terminals draw what is dim: two thirds of it."""
        pairs = zip(colour, self.background, strict=True)
        red, green, blue = (round((2 * part + under) / 3) for part, under in pairs)
        return red, green, blue


def is_light(background: RGB) -> bool:
    """Whether black is read better on a background than white."""
    return contrast(background, (0, 0, 0)) > contrast(background, (255, 255, 255))


def _of(text: str) -> tuple[RGB, ...]:
    numbers = [int(each, 16) for each in text.split()]
    return tuple((each >> 16, each >> 8 & 255, each & 255) for each in numbers)


_XTERM = _of(
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
_TANGO = _of(
    "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf "
    "555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec"
)
_SOLARIZED = _of(
    "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 "
    "002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"
)

LIGHT = (
    Palette((255, 255, 255), (0, 0, 0), _XTERM),
    Palette((238, 238, 236), (46, 52, 54), _TANGO),
    Palette((253, 246, 227), (101, 123, 131), _SOLARIZED),
)
"""The palettes of xterm, Tango and Solarized on a light background."""

DARK = (
    Palette((0, 0, 0), (229, 229, 229), _XTERM),
    Palette((46, 52, 54), (211, 215, 207), _TANGO),
    Palette((0, 43, 54), (131, 148, 150), _SOLARIZED),
)
"""The same on a dark one."""
