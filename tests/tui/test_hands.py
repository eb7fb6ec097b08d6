"""What hands that know vim expect: a search, numbers before keys, keys of two, ctrl+z."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.tui.driving import WEB, Driver, drive
from tests.tui.test_whole_session import session, steps

STOPPED = os.WSTOPPED | os.WNOWAIT | os.WNOHANG

THREE_TIER = WEB.parent / "three-tier.toml"


def test_a_search_moves_as_it_is_typed_and_goes_on() -> None:
    async def scene(driver: Driver) -> None:
        bench = driver.bench
        await driver.press("g", "4", "home")
        start = bench.position
        await driver.press("slash")
        await driver.type("web")
        assert bench.node == "web-a"
        await driver.press("escape")
        assert bench.position == start
        await driver.press("slash")
        await driver.type("WEB")
        await driver.press("enter")
        assert "WEB: 1 of" in driver.text()
        assert "n and N go on" in driver.text()
        before = bench.design
        seen = [bench.node]
        for _ in range(4):
            await driver.press("n")
            seen.append(bench.node)
        assert seen == ["web-a", "web", "web-b", "web", "web-a"]  # round, also titles alike
        await driver.press("N")
        assert bench.node == "web"
        # What is folded is unfolded where a match lies in it.
        await driver.press("h", "Z", "N", "N")
        await driver.press("n")
        assert bench.node == "web"
        await driver.press("escape", "n")  # the tree's own meaning again
        assert "a component stands alone" in driver.text() or "parts" in driver.lines()[-2]
        await driver.press("escape")
        assert bench.design is before
        await driver.press("slash")
        await driver.type("nobody")
        await driver.press("enter")
        assert "nothing here is called nobody" in driver.text()

    drive(scene, THREE_TIER, size=(120, 36))


def test_numbers_repeat_and_g_leads_to_choices() -> None:
    async def scene(driver: Driver) -> None:
        bench = driver.bench
        names = list(bench.design.choices)
        await driver.press("g", "3")
        assert bench.choice == names[2]
        await driver.press("g", "9")
        assert "there is no choice 9" in driver.text()
        await driver.press("g", "2", "g", "g")
        assert bench.position.is_root
        await driver.press("2", "j")
        assert bench.node == "hypervisor"
        assert not driver.lines()[-2].strip()  # what was typed towards it is gone
        await driver.press("1", "2", "escape", "k")  # a number that was dropped
        assert bench.node == "hardware"
        await driver.press("j", "3", "minus")
        assert str(bench.design.parameters["R_V"].value) == "0.996"
        await driver.press("3", "u")
        assert bench.undo_label is None
        await driver.press("y", "3", "P")
        pasted = [name for name in bench.design.nodes if name.startswith("hypervisor-")]
        assert len(pasted) == 4  # and the one that was there

    drive(scene)


def test_space_marks_and_an_edit_is_of_all_that_is_marked() -> None:
    async def scene(driver: Driver) -> None:
        bench = driver.bench
        await driver.press("home", "down", "space", "space")
        assert bench.marked == {"hardware", "hypervisor"}
        assert bench.node == "replicas"
        assert "2 marked: an edit is of all of them, esc unmarks" in driver.text()
        rows = [line for line in driver.lines() if line.startswith("✓")]
        assert ["hardware" in rows[0], "hypervisor" in rows[1], len(rows)] == [True, True, 2]
        await driver.press("e")
        assert "Value (2 marked): 0.99999" in driver.text()
        await driver.type("0.9995")
        assert "trying" in driver.lines()[0]
        await driver.press("enter")
        values = [str(bench.design.parameters[name].value) for name in ("R_H", "R_V")]
        assert values == ["0.9995", "0.9995"]
        await driver.press("u", "escape")
        assert not bench.marked
        assert "✓" not in driver.text()
        await driver.press("plus")  # the selected pool alone
        assert [bench.design.value(name) for name in ("n",)] == [4]

    drive(scene)


def test_a_file_that_another_program_writes_is_followed(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        bench = driver.bench
        web.write_text(web.read_text().replace("value = 0.999, range", "value = 0.9985, range"))
        await driver.shows("the file was changed")
        assert str(bench.design.parameters["R_V"].value) == "0.9985"
        assert not bench.dirty
        assert bench.node == "hypervisor"
        web.write_text("vreltui = 1\nnodes = 3\n")  # in the middle of something
        await driver.shows(f"not followed: {web.name}: ")  # and not its folder, which is longer
        assert str(bench.design.parameters["R_V"].value) == "0.9985"
        web.write_text(bench.document.text)
        await driver.shows("the file is again as it was read")
        await driver.press("u")
        assert str(bench.design.parameters["R_V"].value) == "0.999"
        assert bench.dirty
        web.write_text(web.read_text() + "\n")  # now it is this side that has something unsaved
        await driver.shows("another program changed the file: ^s compares, ^r takes it")
        assert str(bench.design.parameters["R_V"].value) == "0.999"
        await driver.press("U")
        await driver.shows("the file was changed")  # once nothing is

    drive(scene, web)


def test_the_palette_takes_other_words_and_letters_in_order() -> None:
    async def scene(driver: Driver) -> None:
        for typed, title in (("export", "Copy the table"), ("svas", "Save as"), ("slo", "Set the")):
            await driver.press("ctrl+p")
            await driver.type(typed)
            assert title in driver.text(), typed
            await driver.press("escape")

    drive(scene)


def test_ctrl_z_suspends_and_all_is_as_it_was(web: Path) -> None:
    with session(str(web)) as terminal:
        terminal.expect("must exceed")
        steps(terminal, ("-", "set R_V to 0.998"))
        terminal.forget()
        terminal.send("\x1a")
        process = terminal.process.pid
        terminal.until(lambda: os.waitid(os.P_PID, process, STOPPED) is not None)
        terminal.until(lambda: "\x1b[?1049l" in terminal.output)  # the shell has its screen
        terminal.forget()
        terminal.process.send_signal(signal.SIGCONT)
        terminal.expect("hypervisor")
        steps(terminal, ("u", "undone: set R_V to 0.998"))
        terminal.send("q")
        assert terminal.wait() == 0
