"""A screen's picture that looks the same in every viewer, as SVG and as PNG.

Textual exports a screen as SVG in a font that is fetched from the network, and leaves braille dots,
of which plots are made, and the blocks of bars to whatever font the viewer falls back on. Here the
font is named only, dots and blocks are drawn, and the PNG is made with a font that comes with a
library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from unittest.mock import patch

from rich.terminal_theme import TerminalTheme

from vreltui.tui.contrast import Palette

FONT = "Source Code Pro"
_FALLBACKS = f"{FONT}, Fira Code, DejaVu Sans Mono, monospace"
_DRAWN = re.compile("[\u2800-\u28ff\u2588-\u258f]")
_TEXT = re.compile(r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')
_FONT_FACE = re.compile(r"@font-face \{.*?\n    \}\n", re.DOTALL)

# Of the cell in which Textual draws a character, in units of the picture.
_CELL_WIDTH = 12.2
_CELL_HEIGHT = 24.4
_ASCENT = 18.5
_DOT_RADIUS = 1.5
# The column and row of the dot of each bit of a braille character (Unicode 15, section 21.1).
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))


@contextmanager
def drawn_in(palette: Palette | None) -> Iterator[None]:
    """Inside the block, screens are exported in a palette; None for the usual dark one."""
    if palette is None:
        yield
        return
    colours = [*palette.colours]
    theme = TerminalTheme(palette.background, palette.text, colours[:8], colours[8:])
    with patch("rich.console.SVG_EXPORT_THEME", theme):
        yield


def portable(svg: str) -> str:
    """The picture without anything that is fetched, and with dots drawn.

    Spaces become no-break spaces, which no viewer drops at the beginning of a text.
    """
    svg = _FONT_FACE.sub("", svg)
    svg = svg.replace("Fira Code, monospace", _FALLBACKS).replace("arial", _FALLBACKS)
    return _TEXT.sub(_text, svg)


def png(svg: str) -> bytes:
    """A portable picture as PNG, at one pixel for each unit.

    The library that draws and the one with the font are imported here: SVG is made without them.
    """
    import resvg_py

    folder = files("fontpkg_source_code_pro") / "files"
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            font_files=[str(folder / "SourceCodePro[wght].ttf")],
            skip_system_fonts=True,
            monospace_family=FONT,
        )
    )


def _text(found: re.Match[str]) -> str:
    style, left, base, text = found[1], float(found[2]), float(found[3]), found[4]
    seen = _DRAWN.sub("\u00a0", text).replace(" ", "\u00a0").replace("\u00a0", "&#160;")
    begin = found[0][: found.start(4) - found.start()]
    drawn = "".join(
        _drawn(style, left + at * _CELL_WIDTH, base, character)
        for at, character in enumerate(_characters(text))
        if _DRAWN.match(character)
    )
    return f"{begin}{seen}</text>{drawn}"


def _characters(text: str) -> list[str]:
    """A text's characters, each entity as one."""
    return re.findall(r"&[^;]*;|.", text)


def _drawn(style: str, left: float, base: float, character: str) -> str:
    if character >= "\u2800":
        return _dots(style, left, base, character)
    # From the full block to an eighth of it, each narrower by an eighth (Unicode 15, 22.7).
    width = _CELL_WIDTH * (0x2590 - ord(character)) / 8
    return (
        f'<rect class="{style}" x="{left:.1f}" y="{base - _ASCENT:.1f}" '
        f'width="{width:.1f}" height="{_CELL_HEIGHT}" shape-rendering="crispEdges"/>'
    )


def _dots(style: str, left: float, base: float, character: str) -> str:
    bits = ord(character) - 0x2800
    return "".join(
        f'<circle class="{style}" cx="{left + 3.05 + 6.1 * column:.1f}" '
        f'cy="{base - _ASCENT + 3.05 + 6.1 * row:.1f}" r="{_DOT_RADIUS}"/>'
        for bit, (column, row) in enumerate(_DOTS)
        if bits >> bit & 1
    )
