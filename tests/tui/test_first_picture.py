"""Where there is room a plot is there before anybody asks for it, and it stays what it is."""

from __future__ import annotations

from pathlib import Path

from tests.tui.driving import WEB, Driver, drive


def test_a_plot_of_what_matters_most_is_there_and_is_no_stop_for_keys(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        screen = driver.screen
        await driver.shows("R of vms against R_V")
        await driver.shows("crosses the goal at 0.998132")
        assert "◆ now" in driver.text()
        assert screen.panes.focused is None
        await driver.press("down", "down")  # the picture is not one of what is selected
        await driver.quiet()
        assert "R of vms against R_V" in driver.pane()
        await driver.press("up", "up", "minus")
        await driver.shows("R_V (Hypervisor) must exceed")
        await driver.press("semicolon", "asterisk")  # taken, it is still the same one, closer
        await driver.quiet()
        assert "R of vms against R_V" in driver.pane()
        await driver.press("escape")
        assert not screen.panes.shown
        await driver.press("down", "p")
        await driver.shows("R of vms against n")

    drive(scene, web, size=(120, 36))


def test_of_a_baseline_its_curve_is_drawn_and_where_they_cross() -> None:
    async def scene(driver: Driver) -> None:
        await driver.shows("R of vms and nv against")
        await driver.shows("crosses")
        await driver.press("p")  # asked for: what is selected
        await driver.shows("R of vms against")
        await driver.press("p")
        assert not driver.screen.panes.shown

    drive(scene, WEB.parent / "hypervisor-vs-bare.toml", size=(120, 36))


def test_where_no_value_would_do_the_detail_is_there_instead() -> None:
    async def scene(driver: Driver) -> None:
        assert driver.screen.panes.current == "detail"
        await driver.press("g", "3")  # another choice can be saved
        await driver.shows("R of active-standby against R_")
        await driver.press("g", "2")
        assert driver.screen.panes.current == "detail"

    drive(scene, WEB.parent / "control-plane.toml", size=(120, 36))
