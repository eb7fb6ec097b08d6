"""The open design against its file, and against a revision that git keeps."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tui.driving import Driver, drive
from vreltui.storage import FileError
from vreltui.tui.screens.difference import DifferenceScreen
from vreltui.workbench.open.revisions import at_revision
from vreltui.workbench.view.versions import Versions, compared

with_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def in_git(folder: Path, *words: str) -> None:
    name = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", "-C", str(folder), *name, *words], check=True, capture_output=True)


@pytest.fixture
def kept(web: Path) -> Path:
    """The design, committed."""
    in_git(web.parent, "init", "-q")
    in_git(web.parent, "add", web.name)
    in_git(web.parent, "commit", "-qm", "one")
    return web


def run(driver: Driver, name: str) -> None:
    driver.screen.run(driver.screen.keymap.actions[name])


async def answered(driver: Driver) -> str:
    await driver.until(lambda: isinstance(driver.app.screen, DifferenceScreen))
    return driver.text()


def test_what_is_not_saved_is_told_by_its_meaning(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("minus")
        run(driver, "compare_saved")
        text = await answered(driver)
        assert "what changed from web-node.toml on the disk to what is on this screen" in text
        assert "parameter R_V" in text
        assert "esc back" in driver.lines()[-1]
        await driver.press("escape")
        assert driver.bench.dirty
        await driver.press("u")
        run(driver, "compare_saved")
        assert "same meaning" in await answered(driver)

    drive(scene, web)


def test_a_file_that_is_gone_or_no_design_is_told(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        web.write_text("vreltui = 1\nnodes = 3\n")
        run(driver, "compare_saved")
        assert "web-node.toml on the disk:2" in await answered(driver)
        await driver.press("escape")
        web.unlink()
        run(driver, "compare_saved")
        await driver.settle()
        assert "web-node.toml is not to be had on the disk" in driver.text()

    drive(scene, web)


@with_git
def test_a_revision_is_asked_for(kept: Path) -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("minus", "ctrl+s")
        run(driver, "compare_revision")
        await driver.settle()
        assert "HEAD" in driver.text()
        await driver.press("enter")
        text = await answered(driver)
        assert "web-node.toml at HEAD" in text
        assert "parameter R_V" in text
        await driver.press("escape")
        run(driver, "compare_revision")
        await driver.settle()
        driver.screen.prompt.text = ""
        await driver.type("nowhere")
        await driver.press("enter")
        await driver.shows("nowhere")

    drive(scene, kept)


@with_git
def test_git_is_given_nothing_but_a_revision(kept: Path) -> None:
    assert at_revision(kept, "HEAD ").encode() == kept.read_bytes()
    for name in ("", "--output=/tmp/x", "HEAD:x", "a\nb", "no such", "HEAD~1"):
        with pytest.raises(FileError):
            at_revision(kept, name)
    with pytest.raises(FileError):
        at_revision(kept.with_name("other.toml"), "HEAD")


@with_git
def test_what_a_repository_configures_is_not_run(kept: Path) -> None:
    (kept.parent / ".gitattributes").write_text("*.toml diff=x filter=x\n")
    for key in ("diff.x.textconv", "filter.x.smudge", "core.pager", "core.fsmonitor"):
        in_git(kept.parent, "config", key, f"touch {kept.parent / 'ran'}; cat")
    at_revision(kept, "HEAD")
    assert not (kept.parent / "ran").exists()


def test_no_repository_and_no_git_are_told(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileError):
        at_revision(web, "HEAD")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileError, match="git is not installed"):
        at_revision(web, "HEAD")


def test_a_text_that_is_no_design_is_a_line() -> None:
    said = compared(Versions("nonsense", "old", "vreltui = 1", "new", 1.0))
    assert said[0].startswith("old:1")
