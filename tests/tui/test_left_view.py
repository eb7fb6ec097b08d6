"""A design comes back as it was left: choice, places, folds, pane and its plot; never an edit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.driving import Driver, drive
from vreltui.model.edits import Position
from vreltui.storage.keep.locations import state_file
from vreltui.workbench import open_design
from vreltui.workbench.open.left_view import AS_IT_FITS, LeftView, left_view


def test_what_was_seen_is_seen_again(web: Path) -> None:
    before: list[Position] = []

    async def leave(driver: Driver) -> None:
        await driver.press("g", "3", "down", "g", "2", "home", "down", "down", "down", "Z")
        await driver.press("p", "asterisk", "asterisk", "number_sign", "z")
        before.extend(driver.bench.places)
        assert driver.screen.shown_tree.toggled

    async def come_back(driver: Driver) -> None:
        screen = driver.screen
        assert driver.bench.places == tuple(before)
        assert screen.shown_tree.toggled == {before[-1]}
        assert (screen.panes.current, screen.panes.zoomed) == ("plot", True)
        assert screen.panes.focused is None
        settings = screen.panes.panes["plot"].settings()
        assert (settings["zoom"], settings["nines"]) == (2, True)
        assert not driver.bench.dirty
        assert driver.bench.undo_label is None
        await driver.press("escape", "escape")  # the pane is closed, and so it stays

    async def without_a_pane(driver: Driver) -> None:
        assert driver.screen.panes.current is None
        assert driver.bench.places == tuple(before)

    drive(leave, web)
    drive(come_back, web, size=(120, 36))
    drive(without_a_pane, web, size=(120, 36))


def test_another_design_behind_the_name_is_looked_at_as_far_as_it_goes(web: Path) -> None:
    bench = open_design(web)
    gone, deep = Position("gone", (1,)), Position("vms", (7, 7, 7))
    bench.keep_view(LeftView((deep, gone), frozenset({gone}), "no pane", True))
    bench.close()
    again = open_design(web)
    assert again.left is not None
    again.go_back(again.left.places)
    assert again.choice == "vms"
    assert again.position != deep
    again.close()

    async def scene(driver: Driver) -> None:
        assert driver.screen.panes.current is None
        assert driver.bench.choice == "vms"

    drive(scene, web)


@pytest.mark.parametrize(
    "found",
    [None, [], {}, {"places": [["vms", -1]]}, {"places": [["vms", "x"]], "toggled": []},
     {"places": [], "toggled": [], "pane": 3, "zoomed": 0, "settings": []}],
)  # fmt: skip
def test_what_can_not_be_read_is_nothing(found: object, web: Path) -> None:
    open_design(web).close()  # which makes the folder
    assert left_view(found) is None
    path = state_file("", "looked-at.json")
    for text in (json.dumps([[str(web), found]]), json.dumps(found), "{"):
        path.write_text(text)
        path.chmod(0o600)
        bench = open_design(web)
        assert bench.left is None
        bench.close()


def test_plain_values_and_back() -> None:
    view = LeftView((Position("a", (0, 2)), Position("b")), frozenset({Position("a")}), None, True,
                    {"plot": {"y": "gain", "zoom": -1, "family": None}})  # fmt: skip
    assert left_view(json.loads(json.dumps(view.plain()))) == view
    assert LeftView().pane == AS_IT_FITS
