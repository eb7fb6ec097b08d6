"""The styles by meaning. They use the terminal's own sixteen colours, so they fit its theme.

A colour never carries a meaning alone: a mark or a word stands beside it. Where the terminal says
how it shows colours, those that could not be read on its background give way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.color import Color
from rich.style import Style

from vreltui.tui.contrast import LEGIBLE, RGB, Palette, contrast

WISHES: dict[str, Style] = {
    "": Style.null(),
    "dim": Style(dim=True),
    "bold": Style(bold=True),
    "title": Style(bold=True),
    "meets": Style(color="green", bold=True),
    "short": Style(color="yellow", bold=True),
    "hopeless": Style(color="red", bold=True),
    "undecided": Style(color="magenta", bold=True),
    "good": Style(color="green"),
    "bad": Style(color="red"),
    "open": Style(color="cyan", bold=True),
    "given": Style(color="cyan"),
    "key": Style(color="cyan", bold=True),
    "warning": Style(color="yellow"),
    "error": Style(color="red", bold=True),
    "typed": Style(bold=True),
    "curve0": Style(color="cyan"),
    "curve1": Style(color="yellow"),
    "curve2": Style(color="green"),
    "curve3": Style(color="magenta"),
    "curve4": Style(color="red"),
    "curve5": Style(color="blue"),
    "cursor": Style(reverse=True),
    "focus": Style(bold=True, reverse=True),
}
"""A style for each meaning that a piece of a line can have, where all colours can be read."""

_BRIGHT = 8
"""The number from which on colours are bright, and what bold adds in many a terminal."""

_INSTEAD = {6: (6, 4)}
"""Colours in the order in which they are tried: the accent is blue where cyan is too light."""

_TEXT = (0, 15, 7, 8, 10, 12, 14)
"""Colours for text where the terminal's own can't be read well, the first that can be."""

_in_force: dict[str, Style] = dict(WISHES)


def style(name: str) -> Style:
    """The style of a meaning; several are joined by spaces."""
    found = _in_force.get(name)
    if found is None:
        found = _in_force[name] = Style.combine([_in_force[part] for part in name.split()])
    return found


def in_force() -> dict[str, Style]:
    """The styles of the meanings as they are now."""
    return {name: _in_force[name] for name in WISHES}


def use(palettes: Sequence[Palette] = (), own: Mapping[str, str] | None = None) -> None:
    """Take styles that can be read in each of some palettes; ``own`` are those of a person.

    Without a palette they are as they are wished.
    """
    _in_force.clear()
    _in_force.update(fitted(palettes) if palettes else WISHES)
    for name, words in (own or {}).items():
        _in_force[name] = Style.parse(words)


def fitted(palettes: Sequence[Palette]) -> dict[str, Style]:
    """For each meaning, and those that are joined, a style that can be read in each palette.

    >>> from vreltui.tui.contrast import LIGHT
    >>> fitted(LIGHT)["short"].color is None  # yellow on white
    True
    """
    text = _text(palettes)
    found = {name: _fitted(wish, text, palettes) for name, wish in WISHES.items()}
    found["warning bold"] = _fitted(WISHES["warning"] + Style(bold=True), text, palettes)
    return found


def _fitted(wish: Style, text: Style, palettes: Sequence[Palette]) -> Style:
    """The style nearest to a wish: without bold, in another colour, or in that of text."""
    if wish.dim:
        faint = all(
            contrast(each.faint(_shown(text, each)), each.background) >= LEGIBLE
            for each in palettes
        )
        return text + Style(dim=True) if faint else text
    bold = bool(wish.bold)
    number = None if wish.color is None else wish.color.number
    for tried in () if number is None else _INSTEAD.get(number, (number,)):
        bright = _is_legible(tried + _BRIGHT, palettes)
        if _is_legible(tried, palettes):  # of which bold may make the bright one
            keeps = tried == number and (bright or not bold)
            return wish if keeps else _coloured(tried, wish, bold=bold and bright)
        if bright:
            return _coloured(tried + _BRIGHT, wish, bold=bold)
    own = None if text.color is None else text.color.number
    brightens = own is not None and own < _BRIGHT and not _is_legible(own + _BRIGHT, palettes)
    return text + Style(bold=bold and not brightens, reverse=wish.reverse)


def _coloured(number: int, wish: Style, *, bold: bool) -> Style:
    return Style(color=Color.from_ansi(number), bold=bold or None, reverse=wish.reverse)


def _text(palettes: Sequence[Palette]) -> Style:
    """The terminal's own text where that can be read, else a colour that can.

    Where the terminal has not said what it shows, its own text is what a person has chosen.
    """
    if len(palettes) > 1 or contrast(palettes[0].text, palettes[0].background) >= LEGIBLE:
        return Style.null()
    legible = (number for number in _TEXT if _is_legible(number, palettes))
    number = next(legible, None)
    return Style.null() if number is None else Style(color=Color.from_ansi(number))


def _is_legible(number: int, palettes: Sequence[Palette]) -> bool:
    return all(contrast(each.colours[number], each.background) >= LEGIBLE for each in palettes)


def _shown(wanted: Style, palette: Palette) -> RGB:
    """The colour in which a style is drawn."""
    number = None if wanted.color is None else wanted.color.number
    return palette.text if number is None else palette.colours[number]
