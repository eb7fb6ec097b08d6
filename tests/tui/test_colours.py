"""What is drawn can be read, in light and dark terminals, as far as these say what they show."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style

from tests.tui.driving import Driver, drive
from tests.tui.test_whole_session import session
from vreltui.tui.contrast import DARK, LEGIBLE, LIGHT, RGB, Palette, contrast
from vreltui.tui.terminal_colours import (
    QUESTION,
    Answers,
    ColoursTold,
    asks,
    palettes_of,
    told_by,
)
from vreltui.tui.theme import WISHES, fitted, in_force, use
from vreltui.workbench import configuration
from vreltui.workbench.commands.configuration import MEANINGS

PALETTES = (*LIGHT, *DARK)


@pytest.fixture(autouse=True)
def own_styles() -> Callable[[], None]:
    use()
    return use


def drawn(style: Style, palette: Palette, *, bright: bool) -> RGB:
    """The colour of text; ``bright`` says that bold makes the first eight the last eight."""
    number = None if style.color is None else style.color.number
    if number is None:
        colour = palette.text
    else:
        lifted = bright and style.bold and number < 8
        colour = palette.colours[number + 8 * bool(lifted)]
    return palette.faint(colour) if style.dim else colour


def unreadable(segments: list[Segment], palette: Palette) -> set[str]:
    return {
        f"{segment.text!r} {segment.style}"
        for segment in segments
        for bright in (False, True)
        if segment.text.strip()
        and contrast(drawn(segment.style or Style(), palette, bright=bright), palette.background)
        < LEGIBLE
    }


def test_all_cells_that_are_sent_can_be_read_in_every_palette() -> None:
    async def scene(driver: Driver) -> None:
        for keys in (("d",), ("p",), ("b",), ("ctrl+p",)):
            await driver.press(*keys)
            await driver.quiet()
            for palette in PALETTES:
                driver.app.post_message(ColoursTold(palette.background, palette))
                await driver.pilot.pause()
                await driver.pilot.pause()
                strips = driver.app.screen._compositor.render_strips()
                segments = [segment for strip in strips for segment in strip]
                assert unreadable(segments, palette) == set()

    drive(scene, size=(120, 40))


def test_colours_stay_where_they_can_be_read() -> None:
    light, dark = fitted([LIGHT[0]]), fitted([DARK[0]])
    assert dark["short"] == WISHES["short"]
    assert dark["key"] == WISHES["key"]
    assert light["short"].color is None
    assert light["short"].bold
    assert str(light["bad"]) == "red"
    for meaning in ("key", "open", "given"):  # the accent is one
        colour = light[meaning].color
        assert colour is not None
        assert colour.number == 4
    assert (
        not fitted([LIGHT[0]])["hopeless"].bold
        or contrast(LIGHT[0].colours[9], LIGHT[0].background) >= LEGIBLE
    )  # bold would be a brighter red


def test_what_surroundings_and_answers_say() -> None:
    assert palettes_of(None, told_by({"COLORFGBG": "0;default;15"})) == LIGHT
    assert palettes_of(None, told_by({"COLORFGBG": "15;0"})) == ()
    assert palettes_of(ColoursTold((255, 255, 255), None), "") == LIGHT
    assert palettes_of(ColoursTold((0, 0, 0), None), "") == ()
    assert palettes_of(ColoursTold((0, 0, 0), DARK[0]), "dark") == [DARK[0]]
    assert (
        palettes_of(ColoursTold((0, 0, 0), DARK[0]), "light") == LIGHT
    )  # configured, and so it is
    assert not asks({"TERM": "linux"})
    assert not asks({"TERM": "xterm", "NO_COLOR": ""})
    assert asks({"TERM": "xterm-256color"})


def answered(palette: Palette, ending: str = "\x1b\\") -> list[str]:
    def told(colour: RGB) -> str:
        return "rgb:" + "/".join(f"{part:02x}{part:02x}" for part in colour)

    colours = [f"\x1b]4;{n};{told(each)}{ending}" for n, each in enumerate(palette.colours)]
    return [*colours, f"\x1b]10;{told(palette.text)}{ending}",
            f"\x1b]11;{told(palette.background)}{ending}"]  # fmt: skip


@pytest.mark.parametrize("palette", PALETTES)
def test_an_answer_is_understood(palette: Palette) -> None:
    answers = Answers()
    found = [answers.take(each.encode()) for each in answered(palette)]
    assert not any(found[:-1])
    assert found[-1] is not None
    assert found[-1].palette == palette
    assert Answers().take(b"\x1b]11;rgb:zz/00/00\x07") is None
    assert Answers().take(b"\x1b]4;99;rgb:00/00/00\x07") is None


def is_bold(colour: int, output: str) -> bool:
    """Whether something was drawn bold in a colour, whatever was in force before it."""
    return re.search(rf"\x1b\[(0;)?1;{colour}m", output) is not None


def test_a_terminal_that_answers_is_believed(web: Path) -> None:
    with session(str(web)) as terminal:
        terminal.expect("must exceed")
        terminal.expect("short")
        assert QUESTION in terminal.output
        assert is_bold(33, terminal.output)
        terminal.forget()
        terminal.send("".join(answered(LIGHT[0], "\x07")))
        terminal.expect("filter-below")  # all is drawn again, and nothing taken for keys
        terminal.expect("short")
        assert not is_bold(33, terminal.output)
        assert is_bold(34, terminal.output)
        terminal.send("q")
        assert terminal.wait() == 0


def test_colours_are_configured(tmp_path: Path, web: Path) -> None:
    assert set(MEANINGS) == set(WISHES) - {""}
    file = tmp_path / "config.toml"
    file.write_text(
        'background = "light"\n[colours]\nkey = "bold magenta"\nshort = "pink"\nkeys = "red"\n'
    )
    found = configuration(file)
    assert found.colours == {"key": "bold magenta"}
    assert any("colours.short: pink is no colour" in fault for fault in found.faults)
    assert any("colours.keys is nothing coloured" in fault for fault in found.faults)
    assert len(found.faults) == 2

    async def scene(driver: Driver) -> None:
        assert str(in_force()["key"]) == "bold magenta"
        assert in_force()["short"].color is None

    drive(scene, web, settings=found)
