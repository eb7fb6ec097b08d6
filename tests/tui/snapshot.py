"""Screens as text to compare with a file, and what may differ between looks and sizes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style

from tests.tui.driving import Driver
from vreltui.tui.glyphs import ASCII, UNICODE

FOLDER = Path(__file__).parent / "snapshots"
OPTION = "--update-snapshots"

SIZES = ((60, 20), (80, 24), (120, 36), (200, 50))
STYLED = (80, 24)
"""The size at which styles and ASCII are written down too; at the others they are only checked."""


@dataclass(frozen=True)
class Taken:
    """One screen: its lines, and the pieces with their styles."""

    lines: list[str]
    strips: list[list[Segment]]


def take(driver: Driver) -> Taken:
    """The screen as it is."""
    strips = [list(strip) for strip in driver.app.screen._compositor.render_strips()]
    lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return Taken(lines, strips)


def styles(taken: Taken) -> list[str]:
    """For each line that has styles, which stand where: ``3: bold 2-12, green 14-20``."""
    found = []
    for number, strip in enumerate(taken.strips, 1):
        runs: list[tuple[str, int, int]] = []
        at = 0
        for segment in strip:
            name, end = _name(segment.style), at + segment.cell_length
            if runs and runs[-1][0] == name and runs[-1][2] == at:
                runs[-1] = (name, runs[-1][1], end)
            elif name and segment.text.strip():
                runs.append((name, at, end))
            at = end
        if runs:
            words = ", ".join(f"{name} {start}-{end}" for name, start, end in runs)
            found.append(f"{number}: {words}")
    return found


def _name(style: Style | None) -> str:
    if style is None:
        return ""
    words = [word for word in ("bold", "dim", "reverse", "underline") if getattr(style, word)]
    for color, before in ((style.color, ""), (style.bgcolor, "on ")):
        if color is not None and color.type is not ColorType.DEFAULT:
            words.append(before + color.name)
    return " ".join(words)


def colours_of_a_theme_of_its_own(taken: Taken) -> list[str]:
    """What is drawn in other colours than the sixteen that every terminal has in its own theme.

    As long as there is none, one picture stands for dark and light terminals and for 16 colours.
    """
    own = (ColorType.DEFAULT, ColorType.STANDARD)
    return [
        f"{segment.text!r} in {color}"
        for strip in taken.strips
        for segment in strip
        if segment.style is not None
        for color in (segment.style.color, segment.style.bgcolor)
        if color is not None and color.type not in own
    ]


_TO_ASCII = str.maketrans(
    {
        getattr(UNICODE, each.name): getattr(ASCII, each.name)
        for each in fields(UNICODE)
        if each.name != "ascii"
    }
)


def in_ascii(lines: Iterable[str]) -> list[str]:
    """Lines as the ASCII set of drawing characters has them."""
    return [line.translate(_TO_ASCII) for line in lines]


def section(name: str, lines: Sequence[str]) -> str:
    """A part of a snapshot."""
    return "\n".join([f"== {name} ==", *lines, ""])


def compare(name: str, text: str, config: pytest.Config) -> None:
    """Compare with the file of that name; with the option, write it anew."""
    path = FOLDER / f"{name}.txt"
    if config.getoption(OPTION):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if text != before:
        lines = difflib.unified_diff(
            before.split("\n"), text.split("\n"), f"{name}.txt", "the screen now", lineterm="", n=2
        )
        advice = f"pytest tests/tui/test_snapshots.py {OPTION} takes the screens as they are"
        pytest.fail("\n".join([*lines, advice]), pytrace=False)
