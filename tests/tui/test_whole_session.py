"""One story in a real terminal: built from nothing, saved, killed, recovered, hung up.

``make campaign NAME=kills`` and ``make campaign NAME=hangups`` do the ends hundreds of times.
"""

from __future__ import annotations

import os
import signal
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.tui.test_terminal import MOST_SECONDS, Terminal
from vreltui.storage import read
from vreltui.storage.keep import journal

ESCAPE = "\x1b"
CONTROL_S, CONTROL_C = "\x13", "\x03"


@contextmanager
def session(*arguments: str, **more: str) -> Iterator[Terminal]:
    terminal = Terminal(*arguments, **more)
    try:
        yield terminal
    finally:
        terminal.close()


def steps(terminal: Terminal, *pairs: tuple[str, str]) -> None:
    """Send keys, and wait each time for what they bring to the screen."""
    for keys, expected in pairs:
        terminal.forget()
        terminal.send(keys)
        terminal.expect(expected)


def start(terminal: Terminal) -> None:
    """Without a design the program begins with a list; leave it for the blank one."""
    terminal.expect("Open a design")
    terminal.quiet()
    steps(terminal, (ESCAPE, "given by"))


def hang_up(terminal: Terminal) -> None:
    os.close(terminal.main)
    terminal.main = -1
    terminal.process.wait(MOST_SECONDS)


def test_from_nothing_to_a_design_that_outlives_everything(tmp_path: Path) -> None:
    path = tmp_path / "built.toml"
    _build(path)
    built = path.read_bytes()
    design = tomllib.loads(built.decode())
    assert design["goal"] == {"reliability": 0.998}
    assert design["nodes"]["guest"] == {"kind": "vm", "reliability": 0.95}
    assert list(design["choices"]) == ["first", "first-replicated", "first-virtualized"]

    _edit_and_kill(path)
    assert path.read_bytes() == built
    _recover_and_save(path)
    saved = path.read_bytes()
    assert b"reliability = 0.96" in saved

    _edit_and_hang_up(path)
    assert path.read_bytes() == saved
    left = journal.recover(path)
    assert left is not None
    assert "reliability = 0.9999\n" in left.text
    _decline(path)
    assert path.read_bytes() == saved
    assert read(path).design.goal is not None


def _build(path: Path) -> None:
    """The paper's node of n virtual machines, from the blank template to the file."""
    with session() as terminal:
        start(terminal)
        steps(
            terminal,
            ("\x07", "Goal:"),
            ("0.998\r", "goal R > 0.998"),
            ("a", "Add"),
            ("vm guest 0.95\r", "add guest"),
            ("\x1b[17~", "replicate guest"),
            ("\x1b[15~", "virtualize guest"),
            ("+", "0.998775"),
            ("-", "0.996403"),
            (CONTROL_S, "Save as:"),
            (f"{path}\r", "saved "),
        )
        terminal.send("q")
        assert terminal.wait() == 0
        assert "\x1b[?1049l" in terminal.output


def _edit_and_kill(path: Path) -> None:
    with session(str(path)) as terminal:
        terminal.expect("goal R > 0.998")
        steps(terminal, ("jj", "guest"), ("+", "set guest to 0.96"))
        terminal.process.send_signal(signal.SIGKILL)
        assert terminal.wait() == -signal.SIGKILL


def _recover_and_save(path: Path) -> None:
    with session(str(path)) as terminal:
        terminal.expect("1 edit not saved")
        steps(
            terminal,
            ("t", "0.96"),
            ("u", "undone: set guest to 0.96"),
            ("U", "done again:"),
            (CONTROL_S, "saved "),
        )
        terminal.send("q")
        assert terminal.wait() == 0


def _edit_and_hang_up(path: Path) -> None:
    with session(str(path)) as terminal:
        terminal.expect("goal R > 0.998")
        steps(terminal, ("\x07", "Goal:"), ("0.9999\r", "goal R > 0.9999"))
        hang_up(terminal)
        assert terminal.process.returncode == 128 + signal.SIGHUP


def _decline(path: Path) -> None:
    with session(str(path)) as terminal:
        terminal.expect("1 edit not saved")
        terminal.forget()
        terminal.send("d")
        terminal.expect("nudge")
        terminal.send("q")
        assert terminal.wait() == 0
    assert journal.recover(path) is None


def test_quitting_with_changes_asks_and_saves_on_request(web: Path) -> None:
    with session(str(web)) as terminal:
        terminal.expect("must exceed")
        steps(
            terminal,
            ("-", "set R_V to 0.998"),
            ("q", "has changes that are not saved"),
            (ESCAPE, "nudge"),
            ("q", "has changes that are not saved"),
        )
        terminal.send("s")
        assert terminal.wait() == 0
    assert "value = 0.998," in web.read_text()


def test_interrupting_is_no_end(web: Path) -> None:
    """ctrl+c copies, as everywhere in a terminal application of this kind, and never ends it."""
    with session(str(web)) as terminal:
        terminal.expect("must exceed")
        steps(terminal, (CONTROL_C, "copied hypervisor"), ("-", "0.997868"))
        assert terminal.process.poll() is None


def test_a_design_that_was_never_saved_is_offered_after_a_kill() -> None:
    with session() as terminal:
        start(terminal)
        steps(
            terminal,
            ("\x07", "Goal:"),
            ("0.99\r", "goal R > 0.99"),
        )
        terminal.process.send_signal(signal.SIGKILL)
        terminal.wait()
    with session() as terminal:
        terminal.expect("never saved")
        steps(terminal, ("never\r", "goal R > 0.99"))
