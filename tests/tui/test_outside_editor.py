"""ctrl+e gives the terminal to $EDITOR at the line of the node, and takes what that wrote."""

from __future__ import annotations

from pathlib import Path

from tests.tui.driving import Driver, drive
from tests.tui.test_whole_session import session, steps

EDITOR = """#!/bin/sh
# Shows how it was called, waits for a line, and does to the file what that line says.
printf 'CALLED %s OF %s\\n' "$1" "$2"
read -r what
case "$what" in
    better) sed -i 's/value = 0.999, range/value = 0.9985, range/' "$2" ;;
    worse) sed -i '/^.nodes.hypervisor/s/nodes/nods/' "$2" ;;
    right) sed -i 's/nods/nodes/' "$2"; exit 3 ;;
esac
"""


def test_the_file_is_edited_at_the_line_of_the_node_and_read_again(
    web: Path, tmp_path: Path
) -> None:
    text = web.read_text()
    line = text[: text.index("[nodes.hypervisor]")].count("\n") + 1
    (tmp_path / "vi").write_text(EDITOR)
    (tmp_path / "vi").chmod(0o700)
    with session(str(web), VISUAL="", EDITOR=str(tmp_path / "vi")) as terminal:
        terminal.expect("must exceed")
        # What is unsaved is saved first, or nothing is done.
        steps(terminal, ("-", "set R_V to 0.998"), ("\x05", "the editor opens the file"))
        steps(terminal, ("s", f"CALLED +{line} OF {web}"))
        assert "value = 0.998, range" in web.read_text()
        assert "\x1b[?1049l" in terminal.output  # the screen is the editor's
        web.write_text(text)
        steps(terminal, ("better\n", "this is how the editor left it"), ("j", "replicas"))
        steps(terminal, ("k", "R_V"), ("u", "undone"), ("U", "done again"))
        # Its mistake is said, and is where the editor begins next; here nothing has changed.
        steps(terminal, ("\x05", "CALLED +"), ("\x03", ""), ("worse\n", "^e goes there"))
        steps(terminal, ("u", "undone"), ("U", "done again"))
        steps(terminal, ("\x05", f"CALLED +{line} OF"), ("right\n", "vi ended with status 3"))
        terminal.send("q")
        assert terminal.wait() == 0
    assert "value = 0.9985, range" in web.read_text()


def test_without_a_terminal_to_give_away_nothing_happens(web: Path) -> None:
    async def scene(driver: Driver) -> None:
        await driver.press("ctrl+e")
        assert "can't be given to an editor" in driver.text()
        await driver.press("minus", "ctrl+e", "escape")
        assert driver.bench.dirty

    drive(scene, web)
