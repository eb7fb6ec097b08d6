"""An error of the program itself: it says so in plain words, and loses no edit."""

from __future__ import annotations

from pathlib import Path

from tests.tui.test_terminal import Terminal
from vreltui.storage.keep import journal
from vreltui.storage.keep.locations import state_folder

BROKEN = """
import sys
from vreltui.tui.view_commands import ViewCommands
def zoom(self):
    raise ZeroDivisionError("not \\x1b[31m the user's fault")
ViewCommands.zoom = zoom
from vreltui.__main__ import main
sys.exit(main())
"""


class Broken(Terminal):
    """The program with a fault behind a key."""

    program = ("-c", BROKEN)


def test_a_fault_of_the_program_keeps_the_edits_and_prints_no_traceback(web: Path) -> None:
    terminal = Broken(str(web))
    try:
        terminal.expect("0.998868")
        terminal.send("-")
        terminal.expect("0.997868")
        terminal.forget()
        terminal.send("z")
        assert terminal.wait() == 1
        assert "\x1b[?1049l" in terminal.output
        words = terminal.output.rpartition("\x1b[?1049l")[2]
        assert "error of the program (ZeroDivisionError)" in words
        assert "edits are kept" in words
        assert "Traceback" not in words
        log = state_folder() / "crash.log"
        assert "ZeroDivisionError" in log.read_text()
        assert "\x1b" not in log.read_text()
        assert log.stat().st_mode & 0o777 == 0o600
        found = journal.recover(web)
        assert found is not None
        assert "R_V = { value = 0.998," in found.text
    finally:
        terminal.close()
