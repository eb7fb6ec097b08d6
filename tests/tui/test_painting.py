"""What is sent for a change makes the terminal show what drawing everything would."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from benchmarks.terminal.design import write_design
from tests.tui.driving import WEB, Driver, drive
from vreltui.analysis import successive
from vreltui.tui.cells import changed_cells
from vreltui.tui.lines import Line, plain
from vreltui.tui.painting import CellsUpdate, _codes
from vreltui.workbench import open_design
from vreltui.workbench.open import in_process

_PIECE = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([\d;]*)m|([^\x1b])")
KEYS = [
    "j", "k", "+", "-", "tab", "space", "u", "U", "d", "z", "e", "escape", "pagedown", "home",
    "l", "h", "D", "enter", "ctrl+l", ".", "x", "f5", "n",
]  # fmt: skip


class Emulator:
    """As much of a terminal as the application needs: cells with a character and its codes."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.cells: dict[tuple[int, int], tuple[str, str]] = {}
        self.partial = 0

    def draw_all(self, strips: Any) -> None:
        self.cells = cells_of(strips, self.console)

    def feed(self, text: str) -> None:
        """Obey what was sent."""
        self.partial += 1
        x = y = 0
        codes = ""
        end = 0
        for match in _PIECE.finditer(text):
            assert match.start() == end, "nothing but moves, codes and text is sent"
            end = match.end()
            if match[1]:
                x, y = int(match[2]) - 1, int(match[1]) - 1
            elif match[3] is not None:
                codes = match[3].removeprefix("0;")
            else:
                self.cells[x, y] = (match[4], codes)
                x += 1
        assert end == len(text)
        assert not codes, "the terminal is left as it was"


def cells_of(strips: Any, console: Console) -> dict[tuple[int, int], tuple[str, str]]:
    """Every cell of a screen that is drawn as a whole."""
    system = console._color_system
    assert system is not None
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for y, strip in enumerate(strips):
        x = 0
        for text, style, _ in strip:
            for character in text:
                found[x, y] = (character, "" if style is None else _codes(style, system))
                x += 1
    return found


@pytest.mark.parametrize(("size", "seed"), [((80, 24), 1), ((60, 20), 2), ((120, 36), 3)])
def test_after_any_keys_the_terminal_shows_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], seed: int
) -> None:
    copy = tmp_path / "web.toml"
    copy.write_bytes(WEB.read_bytes())

    async def scene(driver: Driver) -> None:
        random = Random(seed)
        console = Console(color_system="truecolor", force_terminal=True, no_color=False)
        emulator = Emulator(console)

        def display(screen: Any, update: Any) -> None:
            if isinstance(update, CellsUpdate):
                emulator.feed(update.render_segments(console))
            elif update is not None:
                emulator.draw_all(screen._compositor.render_strips())

        emulator.draw_all(driver.screen._compositor.render_strips())
        monkeypatch.setattr(driver.app, "_display", display)
        for _ in range(60):
            key = random.choice(KEYS)
            await driver.press(key)
            if driver.app.screen is not driver.screen:
                await driver.press("escape")
            await driver.pilot.pause()
            wanted = cells_of(driver.screen._compositor.render_strips(), console)
            assert emulator.cells == wanted, key
        assert emulator.partial > 20

    drive(scene, open_design(copy), size)


pieces = st.tuples(st.text("ab 1.▾", max_size=6), st.sampled_from(["", "bold", "dim"]))
drawn = st.lists(pieces, max_size=6).map(tuple)


@given(drawn, drawn)
def test_every_cell_that_differs_is_drawn_again(old: Line, new: Line) -> None:
    width = 20
    stretches = changed_cells(old, new, width)
    assert all(0 <= left < right <= width for left, right in stretches)
    assert all(one[1] < other[0] for one, other in pairwise(stretches))
    inside = {x for left, right in stretches for x in range(left, right)}

    def cell(pieces: Line, x: int) -> tuple[str, str]:
        cells = [(character, name) for text, name in pieces for character in text]
        return cells[x] if x < len(cells) else (" ", "")

    assert all(cell(old, x) == cell(new, x) for x in range(width) if x not in inside)
    if old == new:
        assert not stretches


def test_a_line_with_wide_characters_is_drawn_as_a_whole() -> None:
    wide: Line = (("漢字", ""),)
    assert plain(wide) == "漢字"
    assert changed_cells(wide, (("漢a", ""),), 12) == [(0, 12)]


def test_an_edit_and_its_result_are_one_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A hundred components; whatever the machine does meanwhile, there is time enough.
    monkeypatch.setattr(in_process, "FRAME", 60.0)
    monkeypatch.setattr(in_process, "STEP", 60.0)
    monkeypatch.setattr(in_process, "MOST_SECONDS", 60.0)
    monkeypatch.setattr(successive, "_last", [])
    path = write_design(tmp_path, 110)

    async def scene(driver: Driver) -> None:
        await driver.until(lambda: driver.app.service._instant._begun)
        await driver.press("j", "j")
        frames: list[tuple[bool, str]] = []

        def display(screen: Any, update: Any) -> None:
            if update is not None:
                frames.append((driver.screen.session.stale, driver.text()))

        monkeypatch.setattr(driver.app, "_display", display)
        for key in ("-", "+", "x", "u", "w", "u", "o", "u", "s", "u"):
            frames.clear()
            before = driver.bench.version
            await driver.pilot.press(key)
            await driver.pilot.pause(0.05)
            assert driver.bench.version == before + 1, key
            assert not any(stale for stale, _ in frames), key
            assert len({without_aside(text) for _, text in frames}) == 1, key

    drive(scene, open_design(path))


def without_aside(text: str) -> tuple[tuple[str, ...], str]:
    """The tree, and the words beside it, without what may follow within a frame.

    That is the bars of what was not there before, and how far a choice rests on independence.
    """
    halves = [line.replace("█", " ").partition("│") for line in text.splitlines()]
    words = " ".join(" ".join(right for _, _, right in halves).split())
    words = re.sub(r"holds while .*? are common ?", "", words)
    return tuple(left for left, _, _ in halves), words.strip()
