"""Every scene at four sizes, for dark and light terminals, in 16 colours, and in ASCII.

``pytest tests/tui/test_snapshots.py --update-snapshots`` writes the files anew; look at what
``git diff`` says then. Each file has one scene at all sizes as text, at 80x24 also the styles and
the ASCII form. Only the sixteen colours of the terminal's own theme are drawn, which a test of its
own holds: so the same picture stands for dark, light and 16 colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.tui.driving import Driver, drive
from tests.tui.scenes import SCENES, Scene
from tests.tui.snapshot import (
    FOLDER,
    OPTION,
    SIZES,
    STYLED,
    Taken,
    colours_of_a_theme_of_its_own,
    compare,
    in_ascii,
    section,
    styles,
    take,
)
from vreltui.tui.glyphs import ASCII
from vreltui.workbench import Position

DRAWN = (
    "plot", "plot-kept", "plot-nines", "compare", "compare-zoomed", "explore", "independence",
)  # fmt: skip
"""Scenes with curves, which ASCII draws with other means."""


@pytest.mark.parametrize("name", SCENES)
def test_scene(
    name: str, tmp_path: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "UTC")
    scene = SCENES[name]
    parts: list[str] = []

    async def play(driver: Driver) -> None:
        scene.before(tmp_path)
        start = driver.bench.position
        await scene.play(driver)
        unicode = await _at(driver, SIZES)
        await _again(driver, scene, start)
        # From the same size as before: columns don't become narrower under the eyes of who edits.
        ascii_only = await _at(driver, SIZES[: SIZES.index(STYLED) + 1])
        _check_ascii(name, unicode[STYLED], ascii_only[STYLED])
        for size in SIZES:
            _check(size, unicode[size])
            parts.append(section(_spoken(size), unicode[size].lines))
        parts.append(section(f"{_spoken(STYLED)}, styles", styles(unicode[STYLED])))
        if name in DRAWN:
            parts.append(section(f"{_spoken(STYLED)}, ASCII", ascii_only[STYLED].lines))

    with ExitStack() as stack:
        drive(play, scene.opening(tmp_path, stack), STYLED)
    compare(name, "".join(parts), pytestconfig)


async def _at(driver: Driver, sizes: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Taken]:
    found = {}
    for size in sizes:
        await driver.pilot.resize_terminal(*size)
        await driver.sized(*size)
        await driver.quiet()
        found[size] = take(driver)
    return found


async def _again(driver: Driver, scene: Scene, start: Position) -> None:
    """The same scene in the same application, drawn in ASCII."""
    while len(driver.app.screen_stack) > 2:
        driver.app.pop_screen()
    await driver.pilot.resize_terminal(*STYLED)
    bench = driver.bench
    while bench.undo() is not None:
        pass
    bench.mark(())
    bench.select(start)
    driver.app.glyphs = ASCII
    driver.app.show_design(bench)
    await driver.settle()
    await scene.play(driver)


def _check(size: tuple[int, int], taken: Taken) -> None:
    width, height = size
    assert len(taken.lines) == height
    assert all(len(line) <= width for line in taken.lines)
    assert not colours_of_a_theme_of_its_own(taken)


def _check_ascii(name: str, unicode: Taken, ascii_only: Taken) -> None:
    assert not [line for line in ascii_only.lines if not line.isascii()]
    if name not in DRAWN:
        assert ascii_only.lines == in_ascii(unicode.lines)
        assert styles(ascii_only) == styles(unicode)


def _spoken(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def test_no_snapshot_is_of_a_scene_that_is_gone(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption(OPTION):
        pytest.skip("they are being written")
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(SCENES)
