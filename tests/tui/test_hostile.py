"""Texts that try to act, on every screen: they are drawn as they are written, and do nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import hostile
from tests.tui.driving import Driver, drive
from vreltui.model import Probability
from vreltui.model.edits import set_value
from vreltui.storage.keep.locations import state_folder, state_subfolder
from vreltui.tui import gate
from vreltui.tui.panes import all_actions
from vreltui.tui.screens.design import DesignScreen
from vreltui.workbench import Change, configuration, open_design

NAME = "a\x1b]52;c;QUFBQQ==\x07\u202e\x9b31m[@click=app.exit]\udcff\n[b.toml"
LOOKS = ("detail", "formula", "plot", "plot_table", "compare", "help", "palette", "zoom")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / NAME


def look(driver: Driver) -> None:
    """Nothing on the screen acts, nothing is out of place, and the program goes on."""
    assert not driver.app._exit
    width = driver.app.size.width
    for strip in driver.app.screen._compositor.render_strips():
        assert strip.cell_length == width
        for segment in strip:
            assert not hostile.unsafe(segment.text)
            assert "\t" not in segment.text
            assert "\n" not in segment.text
            assert segment.style is None or segment.style.link is None
            assert segment.style is None or "@click" not in segment.style.meta


async def leave(driver: Driver) -> None:
    """Back to the design, with no question open."""
    for _ in range(5):
        if isinstance(driver.app.screen, DesignScreen) and not driver.screen.questions.open:
            return
        await driver.press("escape")
        look(driver)
    raise AssertionError(driver.text())


async def walk(driver: Driver, names: Iterator[str]) -> None:
    """Do one action after the other, and look each time."""
    look(driver)
    for name in names:
        driver.screen.run(driver.screen.keymap.actions[name])
        await driver.settle()
        look(driver)
        await driver.press("down")
        look(driver)
        await leave(driver)


KINDS = list(hostile.ALLOWED)


@pytest.mark.parametrize("kinds", [KINDS[n : n + 3] for n in range(0, len(KINDS), 3)])
def test_texts_are_drawn_and_do_nothing(kinds: list[str], path: Path) -> None:
    path.write_text(hostile.design(*(hostile.ALLOWED[kind] for kind in kinds)), encoding="utf-8")

    async def scene(driver: Driver) -> None:
        await walk(driver, iter(LOOKS))
        for width, height in ((60, 20), (200, 50), (20, 5)):
            await driver.pilot.resize_terminal(width, height)
            await driver.settle()
            look(driver)

    drive(scene, path)


def test_every_action_among_hostile_texts(path: Path) -> None:
    path.write_text(hostile.design(*hostile.ALLOWED.values()), encoding="utf-8")

    async def scene(driver: Driver) -> None:
        await walk(driver, iter(a.id for a in all_actions() if a.id not in ("quit", "new")))

    drive(scene, path)


def test_a_screen_without_the_last_gate_is_found(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        gate.ControlCharacters, "apply", lambda self, segments, background: segments
    )
    path.write_text(hostile.design("a"), encoding="utf-8")

    async def scene(driver: Driver) -> None:
        with pytest.raises(AssertionError):
            look(driver)

    drive(scene, path)


def test_a_click_anywhere_runs_nothing_of_a_text(path: Path) -> None:
    path.write_text(hostile.design(hostile.ALLOWED["action"]), encoding="utf-8")

    async def scene(driver: Driver) -> None:
        await driver.press("d")
        for y in range(0, 23, 2):
            for x in (2, 30, 60):
                await driver.pilot.click(offset=(x, y))
                await leave(driver)
        look(driver)

    drive(scene, path)


def test_lists_of_files_and_what_a_crash_left(path: Path, tmp_path: Path) -> None:
    """What lies in the state folder may have been written by anybody who can write there."""
    everything = "".join(hostile.REFUSED.values()) + "\n" + hostile.ALLOWED["action"]
    path.write_text(hostile.design(*hostile.ALLOWED.values()), encoding="utf-8")
    left = open_design(path)
    left.apply(Change(everything, set_value(left.design, "R_V", Probability.of("0.997"))))
    left.close(keep=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("# newer\n")
    entries = [
        {"path": str(path), "title": everything, "opened": 1.0},
        {"path": str(tmp_path), "title": everything, "opened": 1e300},
    ]
    (state_subfolder("") / "recent.json").write_text(json.dumps(entries))

    async def scene(driver: Driver) -> None:
        look(driver)
        assert "the file has changed since" in " ".join(driver.text().split())
        await driver.press("end")
        look(driver)
        await driver.press("t")
        look(driver)
        await walk(driver, iter(("undo", "redo", "recent", "save_as", "save")))
        driver.screen.say(everything, "error")
        look(driver)

    drive(scene, path)


def test_another_session_with_a_hostile_holder(path: Path) -> None:
    path.write_text(hostile.design(*hostile.ALLOWED.values()), encoding="utf-8")
    other = open_design(path)
    try:
        for lock in (state_folder() / "locks").iterdir():
            lock.write_text("1 \x1b]0;owned\x07\u202e 2026-01-01 \x9b2J\n", encoding="utf-8")

        async def scene(driver: Driver) -> None:
            look(driver)
            assert "read only" in driver.lines()[0]

        drive(scene, path)
    finally:
        other.close()


def test_a_hostile_configuration_is_told_without_harm(web: Path, tmp_path: Path) -> None:
    settings = tmp_path / NAME
    text = "\\u001b]52;c;QUFBQQ==\\u0007\\u202e[@click=app.exit]a[/]"
    settings.write_text(f'[keys]\nhelp = "{text}"\n"{text}" = "f2"\n["{text}"]\n')
    found = configuration(settings)
    assert found.faults
    assert not hostile.unsafe("\n".join(found.faults))

    async def scene(driver: Driver) -> None:
        look(driver)
        await walk(driver, iter(("help",)))

    drive(scene, web, settings=found)


def test_a_hostile_error_leaves_harmless_last_words(path: Path) -> None:
    """What ends the program is told, and logged, without what a terminal could obey."""
    from vreltui.tui.crash import last_words

    everything = "".join(hostile.REFUSED.values())
    try:
        raise RuntimeError(everything)
    except RuntimeError as error:
        words = last_words(error, path.name)
    assert not hostile.unsafe(words)
    (log,) = state_folder().rglob("crash.log")
    assert not hostile.unsafe(log.read_text(encoding="utf-8"))
    assert log.stat().st_mode & 0o077 == 0
