"""What the architect does with keys, and what the screen says then."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.tui.driving import WEB, Driver, drive
from vreltui.storage import read
from vreltui.tui.panes import all_actions
from vreltui.tui.screens.design import DesignScreen
from vreltui.workbench import ACTIONS, configuration, new_design


def line_of(driver: Driver, word: str) -> str:
    return next(line for line in driver.lines() if f" {word} " in line)


def test_a_nudge_changes_the_verdict_before_the_eye() -> None:
    async def scene(driver: Driver) -> None:
        assert "meets" in line_of(driver, "vms")
        assert driver.bench.node == "hypervisor"
        await driver.press("minus")
        assert "short" in line_of(driver, "vms")
        assert "0.998 > 0.998132" in line_of(driver, "hypervisor")
        await driver.press("plus")
        assert "meets" in line_of(driver, "vms")
        await driver.press("u", "u")
        assert driver.bench.document.text == WEB.read_text()

    drive(scene)


def test_a_value_is_evaluated_while_it_is_typed() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("e")
        await driver.type("0.99")
        assert "short" in line_of(driver, "vms")
        assert "trying" in driver.lines()[0]
        await driver.type("99")
        assert "meets" in line_of(driver, "vms")
        assert not driver.bench.dirty
        await driver.press("escape")
        assert "0.998868" in line_of(driver, "vms")
        assert "trying" not in driver.lines()[0]
        assert driver.bench.undo_label is None

    drive(scene)


def test_a_wrong_value_is_named_and_can_be_corrected() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("e")
        await driver.type("0.5")
        assert "outside its range" in driver.text()
        await driver.press("enter")
        assert driver.screen.questions.open
        assert not driver.bench.dirty
        await driver.press("ctrl+u")
        await driver.type("0.995")
        await driver.press("enter")
        assert "0.995 > 0.998132" in line_of(driver, "hypervisor")

    drive(scene)


def test_set_to_what_is_needed_holds() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("minus", "t")
        assert "meets" in line_of(driver, "vms")
        assert driver.bench.design.value("R_V") != driver.bench.design.value("R_H")

    drive(scene)


def test_from_nothing_to_the_bound_of_the_hypervisor() -> None:
    """The walk of the user guide."""

    async def scene(driver: Driver) -> None:
        assert "nothing to measure it against" in driver.text()
        await driver.press("ctrl+g")
        await driver.type("0.998")
        await driver.press("enter")
        assert "goal R > 0.998" in driver.lines()[0]
        await driver.press("a")
        await driver.type("vm guest 0.95")
        await driver.press("enter")
        assert "fails" in line_of(driver, "first")
        await driver.press("f6")
        await driver.press("f5")
        assert driver.bench.choice == "first-virtualized"
        await driver.press("plus")
        assert "[+] meets" in driver.text()
        assert "R_V (Hypervisor) must exceed 0.99" in driver.pane()
        bound = next(
            row.threshold for row in driver.screen.shown_tree.rows if row.parameter == "R_V"
        )
        assert bound.startswith("> 0.998")

    drive(scene, None, size=(120, 36))


def test_the_moves_of_the_paper_make_choices_beside_the_old_one() -> None:
    async def scene(driver: Driver) -> None:
        before = list(driver.bench.design.choices)
        await driver.press("m")
        assert "Virtualize" in driver.text()
        assert "Patch on a copy" in driver.text()
        await driver.press("1")  # there is a reason why not, and the list stays
        assert list(driver.bench.design.choices) == before
        assert "Virtualize" in driver.text()
        await driver.press("down", "down", "enter")
        after = list(driver.bench.design.choices)
        assert len(after) == len(before) + 1
        assert driver.bench.choice in set(after) - set(before)
        for key in "mv":  # faster than the list comes up
            driver.screen.post_message(events.Key(key, key))
        await driver.press("home")
        assert len(driver.bench.design.choices) == len(after) + 1
        await driver.press("m", "slash")
        await driver.type("into")
        assert "Move into the hypervisor" in driver.text()
        assert "Patch on a copy" not in driver.text()
        await driver.press("escape")

    drive(scene)


def test_building_and_taking_it_all_back() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("a")
        await driver.type("storage disk 0.9999")
        await driver.press("enter")
        assert driver.bench.node == "disk"
        await driver.press("w", "o", "s", "y", "x")
        assert "disk" not in driver.bench.design.nodes
        await driver.press("P")
        assert driver.bench.dirty
        while driver.bench.undo_label:
            await driver.press("u")
        assert driver.bench.document.text == WEB.read_text()
        while driver.bench.redo_label:
            await driver.press("U")
        assert driver.bench.dirty

    drive(scene)


def test_what_cannot_be_done_says_why() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("home", "plus")
        assert "group virtualized has no number" in driver.lines()[22]
        await driver.press("P")
        assert "nothing was copied" in driver.lines()[22]
        await driver.press("ctrl+p")
        await driver.type("paste")
        assert "nothing was copied" in driver.text()
        await driver.press("escape")

    drive(scene)


def test_the_palette_runs_a_command() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("ctrl+p")
        await driver.type("set the goal")
        await driver.press("enter")
        assert driver.screen.questions.open
        await driver.type("0.99")
        await driver.press("enter")
        assert "goal R > 0.99 " in driver.lines()[0]

    drive(scene)


def test_saving_asks_for_a_name_once(tmp_path: Path) -> None:
    target = tmp_path / "mine.toml"

    async def scene(driver: Driver) -> None:
        await driver.press("plus", "ctrl+s", "ctrl+u")
        driver.screen.prompt.text = ""
        driver.screen.prompt.paste(str(target))
        await driver.press("enter")
        assert read(target).design == driver.bench.design
        assert not driver.bench.dirty
        assert driver.bench.name == "mine.toml"

    drive(scene, new_design("web-node"))


@pytest.mark.parametrize(
    ("typed", "written"),
    [("node", "node.toml"), ("node-1.2", "node-1.2.toml"), ("node.txt", "node.txt")],
)
def test_a_name_typed_over_the_offered_one_keeps_its_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, written: str
) -> None:
    monkeypatch.chdir(tmp_path)

    async def scene(driver: Driver) -> None:
        await driver.press("f12")
        assert driver.screen.prompt.text == "design.toml"
        driver.screen.prompt.text = ""
        driver.screen.prompt.paste(typed)
        await driver.press("enter")
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [written]
        assert driver.bench.name == written

    drive(scene, new_design())


def test_a_blank_design_begins_at_its_one_number_and_leaves_no_parameter() -> None:
    async def scene(driver: Driver) -> None:
        assert driver.bench.node == "hardware"
        await driver.press("minus")
        assert "set hardware to" in driver.text()
        await driver.press("a")
        await driver.type("host machine")
        await driver.press("enter", "up", "x")
        assert not {*driver.bench.design.parameters}
        assert "hardware" not in driver.bench.design.nodes

    drive(scene, new_design())


def test_quitting_with_changes_asks(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("minus", "q")
        assert "not saved" in driver.lines()[22]
        await driver.press("escape")
        assert not driver.app._exit
        await driver.pilot.press("q", "s")
        await driver.until(lambda: driver.app._exit)

    drive(scene, web)
    assert "value = 0.998," in web.read_text()


def test_keys_can_be_given_to_other_actions(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nnudge_down = ["z"]\nhelp = "f3"\n')

    async def scene(driver: Driver) -> None:
        await driver.press("z")
        assert "short" in line_of(driver, "vms")
        assert "F3 help" in driver.lines()[-1]

    drive(scene, settings=configuration(path))


def test_every_action_of_the_registry_does_something() -> None:
    async def scene(driver: Driver) -> None:
        of_panes = {action.id for action in all_actions()} - {action.id for action in ACTIONS}
        for action in ACTIONS:
            if action.change is None and action.question is None:
                assert callable(driver.screen.commands.method(action.id)), action.id
        for name in of_panes:
            assert driver.screen.panes.run(driver.screen.keymap.actions[name]), name
            await driver.settle()
            while not isinstance(driver.app.screen, DesignScreen):
                await driver.press("escape")

    drive(scene)


def test_a_hostile_title_reaches_no_terminal(tmp_path: Path) -> None:
    """Markup is text; control characters are refused by the reader and stopped by the last gate."""
    from rich.segment import Segment
    from textual.color import Color

    from vreltui.tui.gate import ControlCharacters

    path = tmp_path / "hostile.toml"
    text = WEB.read_text().replace("n virtual machines, one suffices", "[@click=app.exit]a[/] [/b]")
    path.write_text(text)

    async def scene(driver: Driver) -> None:
        assert "[@click=app.exit]a[/] [/b]" in driver.text()

    drive(scene, path, size=(120, 36))
    cleaned = ControlCharacters().apply([Segment("a\x1b]52;c;eA==\x07\u202e")], Color(0, 0, 0))
    assert cleaned[0].text == "a?]52;c;eA==??"


def test_an_error_that_does_not_fit_behind_the_text_takes_the_place_of_the_hints() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("r")
        await driver.type("x")
        assert driver.lines()[-1] == (
            ' "x" is no value here; type the lowest and the highest value, as 0.9 to 0.999'
        )
        await driver.press("backspace")
        assert "esc leave it as it was" in driver.lines()[-1]
        await driver.press("escape")
        assert driver.lines()[-1].startswith(" e edit")

    drive(scene)


def test_a_list_covers_the_whole_width() -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("m")
        rows = [row for row in driver.lines() if "Vote 2 of 3" in row]
        assert rows
        assert not any("│" in row for row in rows)
        assert "esc leave" in driver.text()

    drive(scene, size=(160, 40))
