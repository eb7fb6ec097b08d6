"""A pane is complete with one file: a made-up one is found by all that know of panes."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from tests.tui.driving import WEB, Driver, drive
from vreltui.tui import panes
from vreltui.tui.keymap import Keymap
from vreltui.tui.panes import all_actions, pane_types
from vreltui.workbench import configuration
from vreltui.workbench.commands.actions import GLOBAL, PANE, SEARCH, TREE, clash

MADE_UP = '''
"""How many nodes there are."""

from vreltui.tui.lines import line
from vreltui.tui.panes.pane import Pane, PaneAction
from vreltui.workbench import LOOK, Action
from vreltui.workbench.commands.actions import GLOBAL


class CensusPane(Pane):
    """A number."""

    name = "census"
    place = 9
    opens = Action("census", "Census", ("at",), LOOK, "Counts", scope=GLOBAL)
    loud = False

    def drawing(self):
        words = f"{len(self.stage.session.design.nodes)} nodes"
        return lambda width, height: [line(words.upper() if self.loud else words)]

    def shout(self):
        self.loud = not self.loud
        self.show()

    actions = (
        PaneAction(Action("census_loud", "Shout", ("a",), "In the census", scope=name),
                   shout, "shout"),
    )
'''


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks and journals of a test are its own."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The file of a made-up pane, in the folder of panes for as long as the test takes."""
    (tmp_path / "census.py").write_text(MADE_UP)
    monkeypatch.setattr(panes, "__path__", [*panes.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    yield
    sys.modules.pop("vreltui.tui.panes.census", None)


@pytest.mark.usefixtures("made_up")
def test_a_made_up_pane_is_opened_and_its_keys_hold_while_it_has_the_focus() -> None:
    async def scene(driver: Driver) -> None:
        nodes = len(driver.bench.design.nodes)
        assert "census" not in driver.text()
        await driver.press("at")
        await driver.shows(f"{nodes} nodes")
        assert "census" in driver.text()
        assert driver.lines()[-1].startswith(" a shout")
        await driver.press("a")
        await driver.shows(f"{nodes} NODES")
        await driver.press("semicolon")
        assert "a add" in driver.lines()[-1]
        await driver.press("a")
        assert "Add" in driver.text()  # the tree's own meaning of the key
        await driver.press("escape", "at")
        assert not driver.screen.panes.shown

    drive(scene)


@pytest.mark.usefixtures("made_up")
def test_a_made_up_pane_is_in_the_palette_and_in_the_help() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("colon")
        await driver.type("shout")
        assert "Shout" in driver.text()
        await driver.press("enter")
        await driver.shows("NODES")
        await driver.press("question_mark", "end")
        assert "In the census" in driver.text()

    drive(scene)


@pytest.mark.usefixtures("made_up")
def test_keys_of_a_made_up_pane_are_configured(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\ncensus_loud = "e"\ncensus = "f10"\n')
    found = configuration(file, actions=all_actions())
    assert found.faults == ()
    keymap = Keymap(found.keys)
    assert keymap.action_of("e", "census") is keymap.actions["census_loud"]
    assert keymap.action_of("e") is keymap.actions["edit_value"]
    assert keymap.action_of("f10") is keymap.actions["census"]


def test_no_two_actions_share_a_key_where_both_hold() -> None:
    actions = all_actions()
    names = {pane.name for pane in pane_types()}
    assert {action.scope for action in actions} <= {GLOBAL, PANE, SEARCH, TREE, *names}
    for one, other in combinations(actions, 2):
        shared = {*one.keys} & {*other.keys}
        assert not shared or not clash(one.scope, other.scope), (one.id, other.id, shared)


def test_a_key_configured_for_a_pane_is_never_a_global_one(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\nplot_closer = "e"\nsave = "Y"\n')
    keys = configuration(file, actions=all_actions()).keys
    assert "e" in keys["edit_value"]  # the tree keeps it: the plot covers it while it is looked at
    assert keys["plot_what"] == ()  # what holds everywhere holds in the plot too


def test_the_keys_of_the_plot_hold_in_the_plot_alone() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("asterisk")
        assert "does nothing here" in driver.text()
        await driver.press("p")
        await driver.shows("goal 0.998")
        assert "closer" in driver.lines()[-1]
        before = driver.pane()
        await driver.press("asterisk")
        await driver.quiet()
        assert driver.pane() != before
        await driver.press("minus")  # a key of the tree that the plot has no use for
        assert driver.bench.dirty
        await driver.press("escape")
        assert driver.lines()[-1].startswith(" e edit")

    drive(scene)


def test_a_click_gives_the_focus_and_removes_nothing() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("p")
        await driver.pilot.click("#tree", offset=(5, 3))
        await driver.settle()
        assert driver.screen.panes.focused is None
        await driver.pilot.click("#pane", offset=(5, 3))
        await driver.settle()
        assert driver.screen.panes.focused == "plot"
        await driver.press("escape")
        last = driver.lines()[-1]
        nodes = driver.bench.design.nodes
        await driver.pilot.click("#keys", offset=(last.index("delete"), 0))
        await driver.settle()
        assert driver.bench.design.nodes == nodes
        assert "a click removes nothing" in driver.text()
        await driver.press("colon")
        await driver.type("delete")
        row = next(i for i, each in enumerate(driver.lines()) if "Delete " in each)
        await driver.pilot.click(offset=(8, row))
        await driver.settle()
        assert driver.bench.design.nodes == nodes
        assert "a click removes nothing" in driver.text()

    drive(scene, WEB)
