"""Without a private part of Textual that painting stands on, Textual's own compositor draws."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual._compositor import Compositor

from tests.tui.driving import Driver, drive
from vreltui.storage.keep.locations import state_folder
from vreltui.tui import painting


@pytest.fixture(autouse=True)
def _asked_afresh() -> Iterator[None]:
    painting.missing.cache_clear()
    yield
    painting.missing.cache_clear()


async def story(driver: Driver) -> None:
    """A nudge, an undo, a pane: all of it comes to the screen."""
    await driver.press("minus")
    await driver.settle()
    assert "0.997868" in driver.text()
    await driver.press("u", "j", "p")
    await driver.shows("0.998868")
    await driver.press("question_mark")
    assert "esc closes" in driver.text()
    await driver.press("escape")


def test_no_part_is_missing_in_this_version(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        assert isinstance(driver.screen._compositor, painting.CellCompositor)

    assert painting.missing() == ()
    drive(scene, web)
    assert not (state_folder() / "program.log").exists()


def gone() -> bool:
    raise AttributeError


def otherwise() -> bool:
    return False


WAYS = [(part, gone) for part in painting.PARTS] + [(next(iter(painting.PARTS)), otherwise)]


@pytest.mark.parametrize(("part", "how"), WAYS)
def test_the_stock_compositor_takes_over(
    web: Path, monkeypatch: pytest.MonkeyPatch, part: str, how: object
) -> None:
    monkeypatch.setattr(painting, "PARTS", {**painting.PARTS, part: how})

    async def scene(driver: Driver) -> None:
        assert type(driver.screen._compositor) is Compositor
        await story(driver)

    drive(scene, web)
    log = state_folder() / "program.log"
    assert part in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("textual._compositor:Compositor", "_regions_to_spans"),
        ("textual._compositor:Compositor", "visible_widgets"),
        ("textual._compositor:Compositor", "render_partial_update"),
        ("textual.strip:Strip", "render_ansi"),
        ("textual.widget:Widget", "_set_dirty"),
    ],
)
def test_a_part_that_is_taken_away_is_noticed(
    monkeypatch: pytest.MonkeyPatch, owner: str, name: str
) -> None:
    from importlib import import_module

    module, _, symbol = owner.partition(":")
    monkeypatch.delattr(getattr(import_module(module), symbol), name)
    assert any(name in part or symbol == part for part in painting.missing())
