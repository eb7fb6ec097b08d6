"""The Explore pane: filled in another process, moved about in, tried, taken, stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import WEB, Driver, drive

HOSTS = WEB.with_name("hosts-and-hypervisors.toml")
ZONES = WEB.with_name("three-zones.toml")


def test_the_pane_says_what_is_out_and_makes_a_choice_of_a_variant() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("O", "z")
        await driver.shows("720 variants")
        await driver.shows("proven")
        await driver.shows("every variant with hypervisor plain is out")
        pane = driver.pane()
        assert "meets" in pane
        assert "62" in pane  # those that meet, as explore says

        # Lift a proof: the goal, then the item's number; enter makes it so.
        await driver.press("t")
        await driver.shows("tried: set the goal to 0.9699")
        assert driver.screen.session.trying
        await driver.press("t")
        await driver.shows("hypervisors.plain")
        await driver.press("enter")
        assert driver.bench.undo_label is not None
        assert "hypervisors.plain" in driver.bench.undo_label
        await driver.shows("proven")
        await driver.quiet()
        assert "every variant with hypervisor plain is out" not in driver.pane()
        await driver.press("u")
        await driver.quiet()
        await driver.shows("every variant with hypervisor plain is out")

        # The table: filtered, sorted, one of it tried in the tree, and made a choice.
        await driver.press("slash", "n", "less_than_sign", "equals_sign", "4", "enter")
        await driver.shows("filter n<=4")
        await driver.press("s", "s")
        await driver.shows("sorted by euro")
        await driver.quiet()
        shown = driver.screen.session
        assert shown.trying
        assert shown.design.choices["any"].set["n"] <= 4  # type: ignore[operator]
        await driver.press("enter")
        assert "any-2" in driver.bench.design.choices
        await driver.quiet()
        await driver.press("u", "v", "x", "escape", "escape")
        assert not driver.screen.session.trying

    drive(scene, HOSTS, (120, 36))


def test_a_long_search_is_stopped_at_once_and_nothing_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def scene(driver: Driver) -> None:
        await driver.pilot.press("O")
        await driver.shows("3.8e12 variants")
        await driver.pilot.press("space")
        await driver.shows("stopped at")
        assert not is_searching(driver)
        await driver.press("e", "enter")
        await driver.until(lambda: Path("three-zones.explore").exists())
        await driver.pilot.press("space")
        await driver.press("semicolon", *["j"] * 6, "minus")  # an edit asks again
        await driver.until(lambda: is_searching(driver))
        await driver.press("escape")
        assert not is_searching(driver)

    drive(scene, ZONES, (120, 36))


def test_where_nothing_is_searched_it_says_what_would_be_and_how_much() -> None:
    async def scene(driver: Driver) -> None:
        await driver.pilot.press("O")
        await driver.shows("proven, ")
        await driver.pilot.press("space")
        await driver.shows("nothing is being searched; an edit searches 720 variants again")

    drive(scene, HOSTS, (120, 36))


def is_searching(driver: Driver) -> bool:
    """Whether the process of the Explore pane has something to do."""
    return driver.screen.panes.slow("vreltui.workbench.view.space_search:explore_space").under_way
