"""Fault trees of other formats, opened like designs: what is asked, what is lost, where it goes."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.tui.driving import Driver, drive
from vreltui.cli.open import _Session
from vreltui.exchange.wishes import Wish, WishError, Wishes
from vreltui.storage import FileError, read
from vreltui.tui.open_commands import ASKED
from vreltui.tui.screens.difference import DifferenceScreen
from vreltui.workbench import designs_nearby, new_design, open_design

PLANT = """<opsa-mef>
<define-event-tree name="et"/>
<define-fault-tree name="ft"><define-gate name="top"><or>
<event name="a"/><and><event name="b"/><event name="b2"/></and></or></define-gate>
<define-basic-event name="a"><float value="1e-3"/></define-basic-event>
<define-basic-event name="b"><float value="0.01"/></define-basic-event>
<define-basic-event name="b2"><float value="0.01"/></define-basic-event>
</define-fault-tree></opsa-mef>
"""
PUMP = (
    'toplevel "top";\n"top" pand "a" "either";\n"either" or "b" "c";\n'
    '"a" lambda=0.001 dorm=1;\n"b" lambda=0.002;\n"c" lambda=0.003;\n'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plant.xml").write_text(PLANT)
    (tmp_path / "pump.dft").write_text(PUMP)
    (tmp_path / "page.xml").write_text("<html/>")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_fault_tree_opens_shows_its_losses_and_is_saved_as_a_design(folder: Path) -> None:
    async def scene(driver: Driver) -> None:
        await driver.until(lambda: isinstance(driver.app.screen, DifferenceScreen))
        assert "plant.xml:2: lost: et: define-event-tree" in driver.text()
        await driver.press("escape")
        assert "top-1" in driver.text()
        assert not driver.bench.dirty
        await driver.press("ctrl+s")
        assert "Save as: plant.toml" in driver.text()
        await driver.press("enter")
        assert not driver.bench.dirty

    drive(scene, Path("plant.xml"))
    text = (folder / "plant.toml").read_text()
    assert text.startswith("# ")
    assert "plant.xml:2: lost: et" in text.splitlines()[0]
    assert read(folder / "plant.toml").design.choices["top"].root == "top"
    assert (folder / "plant.xml").read_text() == PLANT


def test_what_a_file_leaves_open_is_asked_one_thing_after_the_other(folder: Path) -> None:
    async def scene(driver: Driver) -> None:
        driver.screen.run(driver.screen.keymap.actions["open"])
        await driver.until(lambda: driver.app.screen is not driver.screen)
        assert "pump.dft" in driver.text()
        assert "page.xml" not in driver.text()
        await driver.type("./pump.dft")
        await driver.press("enter")
        assert f"{ASKED['bounds']}:" in driver.text()
        assert "pump.dft:2: gate top is pand" in driver.text()
        await driver.type("no")
        await driver.press("enter")
        assert "'no' is not yes" in driver.text()
        await driver.press("backspace", "backspace")
        await driver.type("yes")
        await driver.press("enter")
        assert ASKED["time"] in driver.text()
        await driver.type("100")
        await driver.press("enter")
        await driver.until(lambda: driver.bench.name == "pump.dft, imported")
        await driver.until(lambda: isinstance(driver.app.screen, DifferenceScreen))
        assert "top: " in driver.text()
        assert "(bounded)" in driver.text()
        await driver.press("escape")

    drive(scene)


def test_the_command_line_asks_on_the_screen(folder: Path) -> None:
    session = _Session("pump.dft")
    try:
        bench, _, _ = session.open()
        start = session.start
        assert start is not None
        assert bench.path is None

        async def scene(driver: Driver) -> None:
            start(driver.screen)
            await driver.settle()
            assert ASKED["bounds"] in driver.text()
            await driver.press("escape")

        drive(scene, new_design())
    finally:
        session.close()


def test_standard_input_may_be_a_fault_tree(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, name in ((PLANT, "top"), (Path("plant.xml").read_text(), "top")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        bench = open_design("-")
        assert (bench.proposed, bench.path, *bench.design.choices) == (None, None, name)
        bench.close()


def test_wishes_are_asked_in_turn_and_each_has_a_question(folder: Path) -> None:
    unknown = PLANT.replace('<float value="1e-3"/>', "")
    (folder / "unknown.xml").write_text(unknown)
    answers: dict[str, dict[Wish, str]] = {
        "pump.dft": {"bounds": "yes", "time": "30 d"},
        "unknown.xml": {"component": "99.9%"},
    }
    for name, said in answers.items():
        wishes = Wishes()
        for wish, text in said.items():
            with pytest.raises(WishError) as caught:
                open_design(name, wishes)
            assert caught.value.wish == wish
            assert wish in ASKED
            wishes = wishes.said(wish, text)
        bench = open_design(name, wishes)
        assert bench.proposed == Path(name).with_suffix(".toml")
        bench.close()


def test_a_design_is_a_design_whatever_it_names(folder: Path) -> None:
    text = "vreltui = 1\n[nodes.toplevel]\nreliability = 0.9\n[choices.a]\nroot = 'toplevel'\n"
    (folder / "strange.toml").write_text(text)
    bench = open_design("strange.toml")
    assert bench.path == Path("strange.toml")
    bench.close()
    names = {path.name for path in designs_nearby(None)}
    assert names == {"plant.xml", "pump.dft", "strange.toml"}
    (folder / "bad.xml").write_text("<opsa-mef><define-fault-tree></opsa-mef>")
    with pytest.raises(FileError, match=r"bad\.xml:1"):
        open_design("bad.xml")
