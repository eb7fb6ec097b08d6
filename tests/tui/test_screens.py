"""The screen as text: what is where, and how it reads. Pictures of it: ``test_snapshots.py``."""

from __future__ import annotations

from tests.tui.driving import Driver, drive
from vreltui.tui.widgets.keybar import KeyBar


def test_ascii_alone() -> None:
    async def scene(driver: Driver) -> None:
        assert driver.text().isascii()
        await driver.press("p")
        await driver.shows("goal 0.998")
        assert driver.text().isascii()
        await driver.press("f")
        await driver.shows("R(vms)")
        assert driver.text().isascii()

    drive(scene, ascii_only=True)


def test_help_is_made_from_the_bindings() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("question_mark")
        assert "what of this design stands" in driver.text()
        seen = set(driver.lines())
        for _ in range(12):
            await driver.press("pagedown")
            seen |= set(driver.lines())
        everything = "\n".join(seen)
        for action in driver.screen.keymap.actions.values():
            assert action.title in everything, action.id
        await driver.type("slo")
        assert "Set the goal" in driver.text()
        assert "Save as" not in driver.text()
        await driver.press("ctrl+u")
        await driver.type("^s")
        assert "^s          Save" in driver.text()
        assert "Virtualize" not in driver.text()
        await driver.type("zz")
        assert "no command of that name" in driver.text()
        await driver.press("escape")
        assert "virtualized" in driver.text()

    drive(scene)


def test_the_bottom_line_says_what_works_here_and_now() -> None:
    async def scene(driver: Driver) -> None:
        def hints(works: bool = True) -> set[str]:
            shown = driver.screen.query_one(KeyBar).hints
            return {f"{hint.key} {hint.word}" for hint in shown if hint.works is works}

        assert {"+/- nudge", "t to needed", "e edit"} <= hints()
        assert "u undo" in hints(works=False)
        await driver.press("minus")
        assert "u undo" in hints()
        await driver.press("home")
        assert {"+/- nudge", "t to needed", "x delete"} <= hints(works=False)
        assert "e edit" in hints()  # a group has something that it needs
        await driver.press("M")
        assert {"x other view", "; tree", "+/- nudge"} <= hints() | hints(works=False)
        assert "x delete" not in hints() | hints(works=False)  # the pane has that key
        await driver.press("semicolon", "slash")
        await driver.type("filt")
        await driver.press("enter")
        assert {"n/N next match", "esc end the search"} <= hints()
        await driver.press("escape")
        assert "n/N next match" not in hints()

    drive(scene)


def test_the_plot_the_formula_and_the_comparison() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("p")
        await driver.shows("R of vms against R_V")
        await driver.shows("goal 0.998")
        await driver.press("f")
        await driver.shows("R(vms) = R_H R_V [1 - (1 - R_O R_f)^n]")
        await driver.shows("must be above 0.9981")
        await driver.press("c", "enter")
        await driver.shows("nv fails 43.8 times as often")
        await driver.shows("R_O R_f / [1 - (1 - R_O")
        await driver.press("d")
        await driver.shows("Birnbaum importance")

    drive(scene, size=(120, 50))


def test_a_resize_at_any_moment() -> None:
    async def scene(driver: Driver) -> None:
        before = driver.lines()
        for width, height in ((30, 8), (200, 50), (60, 20), (10, 3), (80, 24)):
            await driver.pilot.resize_terminal(width, height)
            await driver.settle()
        await driver.press("p")
        for width, height in ((40, 12), (120, 36), (80, 24)):
            await driver.pilot.resize_terminal(width, height)
            await driver.settle()
        await driver.shows("goal 0.998")
        await driver.press("p")
        assert driver.lines()[:-2] == before[:-2]

    drive(scene)


def test_a_pane_that_waits_for_its_plot_when_the_design_is_left() -> None:
    """It asked for the size of a widget that was gone already."""

    async def scene(driver: Driver) -> None:
        await driver.press("p")
        old = driver.screen
        driver.app.show_design(driver.bench)
        for _ in range(20):
            old.panes.update()
            old.update()
            await driver.pilot.pause(0)
        await driver.press("p")
        await driver.shows("goal 0.998")

    drive(scene)
