"""The panes for importance and minimal sets: their rows, their keys, and what they mark."""

from __future__ import annotations

import pytest

from tests.tui.driving import WEB, Driver, drive
from vreltui.tui.session import Session
from vreltui.tui.widgets.divider import Rule
from vreltui.tui.widgets.tree import TreeView
from vreltui.workers import NewestJob


def marked(driver: Driver) -> set[str]:
    """The names in the rows of the tree that carry a mark."""
    tree = driver.screen.query_one("#tree", TreeView)
    shown = ["".join(text for text, _ in each) for each in tree.lines]
    return {text[1:].split()[1] for text in shown if text.startswith("▌")}


def test_importances_are_listed_and_lead_to_the_tree() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("b")
        await driver.shows("nodes by criticality")
        assert marked(driver) == {"virtualized"}
        await driver.press("j")
        assert marked(driver) == {"hypervisor"}
        await driver.press("enter")
        assert driver.bench.node == "hypervisor"
        await driver.press("s")
        await driver.shows("nodes by Birnbaum")
        await driver.press("x")
        await driver.shows("parameters by criticality")
        await driver.press("x")
        await driver.shows("pairs by what both gain together")
        assert "R_V and n" in driver.text()
        await driver.press("b")
        assert not marked(driver)

    drive(scene, size=(120, 36))


def test_a_row_of_sets_marks_its_nodes_and_steps_through_them() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("M")
        await driver.shows("minimal cut sets")
        assert marked(driver) == {"hypervisor"}
        await driver.press("j", "j")
        assert marked(driver) == {"system", "filter"}
        await driver.press("enter")
        first = driver.bench.node
        await driver.press("enter")
        assert {first, driver.bench.node} == {"system", "filter"}
        await driver.press("x")
        await driver.shows("minimal path sets")

    drive(scene, size=(120, 36))


def test_a_pane_that_was_left_before_its_answer_came_asks_again() -> None:
    async def scene(driver: Driver) -> None:
        given_up: list[bool] = []
        with pytest.MonkeyPatch.context() as patch:
            # Not that answers are left unread: a loop that is told of them again and again
            # never has nothing to do.
            patch.setattr(NewestJob, "_send", lambda _: None)
            # While figures of the design are still to come, leaving a pane does not end them.
            patch.setattr(Session, "state", "computing")
            patch.setattr(Session, "cancel", lambda _: given_up.append(True))
            await driver.press("b")
            await driver.shows("being computed")
            await driver.press("escape")
            assert not driver.screen.panes.shown
            assert not given_up
            await driver.press("escape")
            assert given_up == [True]
        await driver.press("b")
        await driver.shows("nodes by criticality")

    drive(scene, size=(120, 36))


def test_a_change_is_tried_and_then_made_a_choice() -> None:
    async def scene(driver: Driver) -> None:
        bench = driver.bench
        await driver.press("tab")
        assert bench.choice == "both-zones"
        await driver.shows("would make it meet: ! tries 1 R_L above 0.99990438, now 0.9998")
        await driver.press("exclamation_mark")
        await driver.shows("one of these would make both-zones meet")
        assert marked(driver) == {"balancer"}
        before = bench.design
        await driver.press("j", "enter")
        assert "trying" in driver.lines()[0]
        assert "meets    both-zones-doubled" in driver.text()
        assert bench.design is before
        await driver.press("k")  # another row: what was tried is gone
        assert "trying" not in driver.lines()[0]
        await driver.press("j", "enter", "enter")
        assert "trying" not in driver.lines()[0]
        assert bench.choice == "both-zones-doubled"
        assert bench.design.choices[bench.choice].title == "balancer x 2, any"
        await driver.shows("both-zones-doubled meets as it is")
        await driver.press("escape", "u")
        assert bench.design == before

    drive(scene, WEB.parent / "three-tier.toml", size=(120, 36))


def test_the_name_of_a_pane_answers_a_click() -> None:
    async def scene(driver: Driver) -> None:
        rule = driver.screen.query_one("#pane-rule", Rule)
        for name in ("importance", "detail", "detail"):
            x = "".join(text for text, _ in rule.lines[0]).index(name)
            await driver.pilot.click(rule, offset=(x, 0))
            await driver.quiet()
            assert driver.screen.panes.focused == name
        x = "".join(text for text, _ in rule.lines[0]).rindex("─")
        await driver.pilot.click(rule, offset=(x, 0))
        assert driver.screen.panes.current == "detail"

    drive(scene, size=(200, 50))


def test_figures_follow_an_edit() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("b", "semicolon")
        await driver.shows("nodes by criticality")
        before = driver.text()
        await driver.press("minus")
        await driver.quiet()
        assert driver.text() != before

    drive(scene, size=(120, 36))


def test_single_points_are_named_in_the_tree() -> None:
    async def scene(driver: Driver) -> None:
        rows = {row.node: row.single for row in driver.screen.shown_tree.rows}
        assert rows["hypervisor"]
        assert not rows["system"]
        assert "! hypervisor single" in driver.text()

    drive(scene, size=(120, 36))
