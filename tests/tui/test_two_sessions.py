"""A session that was read-only because of another, on the screen; and what else is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.tui.driving import WEB, Driver, drive
from tests.workbench.test_open_design import set_hypervisor
from vreltui.storage.keep.locations import state_subfolder
from vreltui.tui.screens import design as design_screen
from vreltui.workbench import Workbench, open_design


@pytest.fixture
def web(tmp_path: Path) -> Path:
    return Path(shutil.copy(WEB, tmp_path / "web.toml"))


@pytest.fixture
def first(web: Path) -> Workbench:
    """The session that has the file."""
    return open_design(web)


def test_it_may_edit_by_itself_once_the_other_is_gone(web: Path, first: Workbench) -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("r")
        assert "read only" in driver.lines()[0]
        set_hypervisor(first, "0.991")
        first.save()
        first.close()
        await driver.shows("the other vreltui is gone: this can be edited now")
        assert "read only" not in driver.lines()[0]
        assert driver.bench.document.text == web.read_text()
        await driver.press("minus")
        assert driver.bench.dirty

    drive(scene, web)


def test_the_first_edit_is_done_at_once(
    web: Path, first: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(design_screen, "_LOOK_AGAIN", 1e6)

    async def scene(driver: Driver) -> None:
        await driver.press("r", "minus")
        assert not driver.bench.dirty
        first.close()
        await driver.press("minus")
        assert driver.bench.dirty
        assert not driver.bench.read_only

    drive(scene, web)


def test_what_the_other_left_is_offered_before_anything_else(
    web: Path, first: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(design_screen, "_LOOK_AGAIN", 1e6)

    async def scene(driver: Driver) -> None:
        await driver.press("r")
        set_hypervisor(first, "0.991")
        first.close(keep=True)
        await driver.press("minus")
        assert "1 edit not saved" in driver.text()
        await driver.press("t")
        assert driver.bench.document.text == first.document.text

    drive(scene, web)


def test_edits_that_were_not_wanted_can_be_had_back(web: Path, first: Workbench) -> None:
    set_hypervisor(first, "0.991")
    first.close(keep=True)

    async def scene(driver: Driver) -> None:
        await driver.press("d")
        assert not driver.bench.dirty
        await driver.press("colon")
        await driver.type("set aside")
        await driver.press("enter")
        assert "+" in driver.text()
        assert "0.991" in driver.text()
        await driver.press("t")
        assert driver.bench.document.text == first.document.text
        await driver.press("u")
        assert not driver.bench.dirty

    drive(scene, web)


def test_what_is_not_ours_is_named_at_the_beginning(web: Path) -> None:
    (state_subfolder("journals") / "other.journal").symlink_to("nowhere")

    async def scene(driver: Driver) -> None:
        assert "a symbolic link, and left alone: " in driver.text()

    drive(scene, web)
