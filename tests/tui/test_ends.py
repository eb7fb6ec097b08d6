"""Every way out but the user's keeps the edits, says so, and gives the terminal back."""

from __future__ import annotations

import re
import signal
import termios
from pathlib import Path

import pytest

from tests.tui.test_terminal import Terminal
from tests.tui.test_whole_session import start, steps
from vreltui.storage.keep import journal

BROKEN = """
import asyncio, ctypes, os, signal, sys, threading
from vreltui.tui.view_commands import ViewCommands
def raises():
    raise ZeroDivisionError("a fault")
def ends(self):
    app = self._screen.app
    loop = asyncio.get_running_loop()
    {fault}
ViewCommands.zoom = ends
from vreltui.__main__ import main
sys.exit(main())
"""

FAULTS = {
    "raised": ("raises()", 1),
    "raised in a callback": ("loop.call_soon(raises)", 1),
    "raised later": ("loop.call_later(0.05, raises)", 1),
    "raised in a thread": ("threading.Thread(target=raises).start()", 1),
    "raised in a task": ("app.call_later(raises)", 1),
    "raised in a timer": ("app.set_timer(0.05, raises)", 1),
    "panic": ("app.panic('a fault')", 1),
    "panic from a thread": (
        "threading.Thread(target=app.call_from_thread, args=(app.panic,)).start()", 1
    ),
    "exit": ("app.exit()", 1),
    "exit with 0": ("app.exit(return_code=0)", 1),
    "_exit": ("os._exit(0)", 1),
    "_exit in a thread": ("threading.Thread(target=os._exit, args=(0,)).start()", 1),
    "_exit with a status": ("os._exit(7)", 7),
    "abort": ("os.abort()", 1),
    "SystemExit": ("sys.exit(0)", 1),
    "SystemExit in a callback": ("loop.call_soon(sys.exit, 0)", 1),
    "KeyboardInterrupt": ("raise KeyboardInterrupt", 130),
    "loop stopped": ("loop.stop()", 1),
    "every task cancelled": ("[task.cancel() for task in asyncio.all_tasks()]", 1),
    "output that fails": ("app._driver._writer_thread.write(7)", 1),
    "input that fails": ("sys.modules['vreltui.tui.driver']._read = raises", 1),
}  # fmt: skip

ON = {"1049": "h", "2004": "h", "1000": "h", "1003": "h", "1006": "h", "1004": "h", "25": "l"}
"""Modes that the application sets, and how."""


class Broken(Terminal):
    """The program with a fault behind a key."""

    def __init__(self, web: Path, fault: str) -> None:
        self.program = ("-c", BROKEN.format(fault=fault))
        super().__init__(str(web))


def unrestored(output: str) -> list[str]:
    """The modes that are still as the application sets them."""
    last = dict(re.findall(r"\x1b\[\?(\d+)([hl])", output))
    return [mode for mode, on in ON.items() if last.get(mode) == on]


def edited(terminal: Terminal) -> None:
    terminal.expect("0.998868")
    terminal.send("-")
    terminal.expect("0.997868")


def check_end(terminal: Terminal, web: Path, modes: list[object], status: int) -> None:
    assert terminal.wait() == status, terminal.output[-2000:]
    words = terminal.output.rpartition("\x1b[?1049l")[2]
    assert "edits are kept" in words, terminal.output[-2000:]
    assert "Traceback" not in terminal.output
    assert unrestored(terminal.output) == []
    assert termios.tcgetattr(terminal.main) == modes
    found = journal.recover(web)
    assert found is not None
    assert "R_V = { value = 0.998," in found.text


@pytest.mark.parametrize("how", FAULTS)
def test_a_fault_keeps_the_edits(web: Path, how: str) -> None:
    fault, status = FAULTS[how]
    terminal = Broken(web, fault)
    modes = termios.tcgetattr(terminal.main)
    try:
        edited(terminal)
        assert unrestored(terminal.output) == list(ON)
        terminal.send("z")
        check_end(terminal, web, modes, status)
    finally:
        terminal.close()


@pytest.mark.parametrize(
    "number",
    [signal.SIGQUIT, signal.SIGABRT, signal.SIGINT, signal.SIGUSR1, signal.SIGTERM, signal.SIGHUP],
)
def test_a_signal_keeps_the_edits(web: Path, number: signal.Signals) -> None:
    terminal = Terminal(str(web))
    modes = termios.tcgetattr(terminal.main)
    try:
        edited(terminal)
        terminal.process.send_signal(number)
        check_end(terminal, web, modes, 128 + number)
        assert f"ended by {number.name}" in terminal.output
    finally:
        terminal.close()


def test_the_user_may_drop_the_edits(web: Path) -> None:
    terminal = Terminal(str(web))
    try:
        edited(terminal)
        terminal.send("q")
        terminal.expect("drop them")
        terminal.send("d")
        assert terminal.wait() == 0
        assert journal.recover(web) is None
        assert "kept" not in terminal.output.rpartition("\x1b[?1049l")[2]
    finally:
        terminal.close()


def test_a_design_without_a_file_is_told_how_it_comes_back() -> None:
    terminal = Terminal()
    try:
        start(terminal)
        steps(terminal, ("\x07", "Goal:"), ("0.998\r", "goal R > 0.998"))
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert "start vreltui again" in terminal.output
        assert len(journal.unsaved()) == 1
    finally:
        terminal.close()


@pytest.mark.parametrize("key", ["\x11", "\x1b[113;5u"])
def test_ctrl_q_asks_like_q(web: Path, key: str) -> None:
    terminal = Terminal(str(web))
    try:
        edited(terminal)
        terminal.send(key)
        terminal.expect("drop them")
        terminal.send("\x1b")
        terminal.send("q")
        terminal.send("d")
        assert terminal.wait() == 0
    finally:
        terminal.close()
