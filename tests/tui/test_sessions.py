"""Two writers of one file, what a crash left, and folders that can't be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.tui.driving import Driver, drive
from vreltui.model import Probability
from vreltui.model.edits import set_value
from vreltui.storage.keep.locations import state_folder
from vreltui.tui.file_commands import expanded
from vreltui.tui.screens.design import DesignScreen
from vreltui.workbench import ACTIONS, Change, open_design


def changed_by_others(web: Path) -> str:
    theirs = web.read_text().replace("title", "# \u009b2J\u202e theirs\ntitle", 1)
    web.write_text(theirs)
    return theirs


def test_what_can_not_be_saved_says_first_what_to_do(web: Path) -> None:
    (web.parent / "another-name.toml").hardlink_to(web)

    async def scene(driver: Driver) -> None:
        await driver.press("minus", "ctrl+s")
        said = driver.lines()[22].strip()
        assert said.startswith("not saved: save it under another name; the file has 2 names")

    drive(scene, web)


def test_who_only_looks_at_what_was_left_is_asked_again(web: Path) -> None:
    bench = open_design(web)
    bench.apply(Change("nudge", set_value(bench.design, "R_V", Probability.of("0.997"))))
    bench.close(keep=True)

    async def scene(driver: Driver) -> None:
        assert "1 edit not saved" in driver.text()
        await driver.press("s")
        assert "+R_V" in driver.text()
        await driver.press("escape")
        assert "1 edit not saved" in driver.text()
        assert "take them" in driver.lines()[-1]
        await driver.press("escape")
        assert "take them" not in driver.lines()[-1]
        driver.screen.run(driver.screen.keymap.actions["declined"])
        await driver.settle()
        assert "take them" in driver.lines()[-1]
        await driver.press("t")
        assert driver.bench.design.value("R_V") == Probability.of("0.997")

    drive(scene, web)


def test_a_file_changed_by_somebody_else_is_shown_and_not_overwritten(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("minus")
        theirs = changed_by_others(web)
        await driver.press("ctrl+s")
        text = driver.text()
        assert "changed on the disk by somebody else" in text
        assert "-# \\x9b2J\\u202e theirs" in text
        assert "value = 0.998," in text
        assert "keep theirs" in driver.lines()[-1]
        await driver.press("escape")
        assert web.read_text() == theirs
        assert driver.bench.dirty

    drive(scene, web)


def test_mine_is_kept_when_asked_but_not_over_what_was_not_shown(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("minus")
        changed_by_others(web)
        await driver.press("ctrl+s")
        later = web.read_text() + "# and later\n"
        web.write_text(later)
        await driver.press("m")
        assert web.read_text() == later
        await driver.press("end")
        assert "-# and later" in driver.text()
        await driver.press("m")
        assert web.read_text() == driver.bench.document.text
        assert not driver.bench.dirty

    drive(scene, web)


def test_mine_goes_elsewhere_when_asked(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("minus")
        theirs = changed_by_others(web)
        await driver.press("ctrl+s", "s")
        driver.screen.prompt.text = ""
        driver.screen.prompt.paste(str(web.with_name("mine.toml")))
        await driver.press("enter")
        assert web.read_text() == theirs
        assert "value = 0.998," in web.with_name("mine.toml").read_text()

    drive(scene, web)


def test_the_name_of_the_file_itself_is_no_way_around_the_question(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("minus")
        theirs = changed_by_others(web)
        driver.screen.commands.files.save_as()
        await driver.press("enter")
        assert "keep theirs" in driver.lines()[-1]
        assert web.read_text() == theirs

    drive(scene, web)


def test_edits_of_a_crash_are_not_laid_over_a_newer_file_unseen(web: Path) -> None:
    left = open_design(web)
    left.apply(Change("edit", set_value(left.design, "R_V", Probability.of("0.997"))))
    left.close(keep=True)
    theirs = web.read_text() + "# newer\n"
    web.write_text(theirs)

    async def scene(driver: Driver) -> None:
        assert "the file has changed since" in " ".join(driver.text().split())
        assert "+R_V" in driver.text()
        await driver.press("end")
        assert "-# newer" in driver.text()
        assert driver.bench.document.text == theirs
        await driver.press("t")
        assert "0.997" in driver.bench.document.text
        await driver.press("u", "u")
        assert driver.bench.document.text == theirs

    drive(scene, web)
    assert web.read_text() == theirs


def test_the_second_session_is_told_who_and_may_take_a_copy(web: Path) -> None:
    other = open_design(web)
    try:

        async def scene(driver: Driver) -> None:
            assert "read only" in driver.lines()[0]
            assert "open in another vreltui, process " in driver.lines()[22]
            assert ", since 20" in driver.lines()[22]
            await driver.press("plus")
            assert not driver.bench.dirty
            await driver.press("c", "enter")
            assert driver.bench.path == web.with_name("web-node-copy.toml")
            await driver.press("plus")
            assert driver.bench.dirty
            assert not driver.bench.read_only

        drive(scene, web)
    finally:
        other.close()


def test_a_state_folder_that_fails_is_a_lasting_warning(
    web: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where the folder would be: it fails for every user, the superuser too."""
    (tmp_path / "in-the-way").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "in-the-way"))

    async def scene(driver: Driver) -> None:
        await driver.press("minus")
        await driver.shows("edits are not kept for a crash")
        await driver.press("minus", "minus", "down")
        assert "not crash-safe" in driver.lines()[0]
        await driver.press("ctrl+s")
        assert not driver.bench.dirty

    drive(scene, web)
    assert "value = 0.996," in web.read_text()


def test_a_folder_that_vanished_is_a_message_and_edits_are_kept(tmp_path: Path, web: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    path = folder / "web.toml"
    path.write_bytes(web.read_bytes())

    async def scene(driver: Driver) -> None:
        await driver.press("minus")
        path.unlink()
        folder.rmdir()
        await driver.press("ctrl+s")
        if "keep mine" in driver.lines()[-1]:
            assert "is gone from the disk" in driver.text()
            await driver.press("m")
        assert "not saved" in driver.lines()[22]
        assert driver.bench.dirty

    drive(scene, path)


def test_a_user_that_is_not_there_is_no_fault() -> None:
    assert expanded("~nobody-of-that-name/x").name == "x"


@pytest.mark.parametrize("name", ["help", "palette", "edit_note", "recent"])
def test_an_answer_that_is_given_twice_counts_once(name: str, web: Path) -> None:
    """On a slow machine a second key comes before the screen is gone; it closed the design too."""
    actions = {action.id: action for action in ACTIONS}

    async def scene(driver: Driver) -> None:
        driver.screen.run(actions[name])
        await driver.settle()
        top = driver.app.screen
        escape = events.Key("escape", None)
        for _ in range(3):
            top.post_message(escape)
        await driver.settle()
        assert isinstance(driver.app.screen, DesignScreen)
        await driver.press("minus")
        assert driver.bench.dirty

    drive(scene, web)


def test_the_warning_goes_when_edits_are_kept_again(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        in_the_way = state_folder() / "journals"
        in_the_way.write_text("")
        await driver.press("minus")
        await driver.shows("edits are not kept for a crash")
        assert "not crash-safe" in driver.lines()[0]
        in_the_way.unlink()
        await driver.press("minus")
        await driver.shows("edits are kept for a crash again")
        assert "not crash-safe" not in driver.lines()[0]

    drive(scene, web)
