"""The pictures in screenshots/ show the present program; ``make screenshots`` takes them anew."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from screenshots.drawing import portable
from screenshots.scenes import SCENES

FOLDER = Path(__file__).parents[2] / "screenshots"
COMPARED = ("first", "nudged", "typing", "help", "ascii", "narrow", "build-3-guest")


def words(svg: str) -> list[str]:
    """The texts of a picture, without the colours and the places that a library chooses."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("name", COMPARED)
def test_a_picture_shows_the_present_program(name: str) -> None:
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert words(asyncio.run(SCENES[name].picture())) == words(kept), "make screenshots"


def test_every_scene_has_its_picture_and_every_picture_a_scene() -> None:
    for kind in ("svg", "png"):
        assert {path.stem for path in FOLDER.glob(f"*.{kind}")} == set(SCENES)


def test_braille_is_drawn_as_dots_and_nothing_is_fetched() -> None:
    svg = (
        "<style>@font-face {\n        src: url(x);\n    }\n</style>"
        '<text class="r1" x="0" y="20" clip-path="url(#line)">a &#x27;\u2811b</text>'
    )
    found = portable(svg)
    assert "url(x)" not in found
    assert ">a&#160;&#x27;&#160;b</text>" in found
    # Dots 1 and 5 of the fourth cell: its upper left, and the second of its right column.
    assert re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', found) == [("39.6", "4.5"), ("45.7", "10.6")]
