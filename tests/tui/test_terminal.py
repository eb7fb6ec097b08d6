"""The program in a real terminal: a pty, its keys, its signals, its end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vreltui.storage.keep import journal

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 40.0
_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z\\-_])")


class Terminal:
    """A pty with the program in it."""

    program: tuple[str, ...] = ("-m", "vreltui")

    def __init__(self, *arguments: str, term: str = "xterm-256color", **more: str) -> None:
        self.main, side = pty.openpty()
        self.resize(80, 24)
        environment = {**os.environ, "TERM": term, "PYTHONPATH": str(ROOT), **more}
        for name in {"COLUMNS", "LINES", "NO_COLOR"} - set(more):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, *self.program, *arguments],
            stdin=side, stdout=side, stderr=side, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(side)
        self.output = ""

    def resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self.main, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def read(self, seconds: float = 0.05) -> bool:
        """Take what has come; whether more may come."""
        ready, _, _ = select.select([self.main], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.main, 65536)
        except OSError:
            return False
        self.output += data.decode("utf-8", "replace")
        return bool(data)

    def expect(self, text: str) -> str:
        """Wait until a text was drawn since the last :meth:`forget`."""
        self.until(lambda: text in _ESCAPES.sub("", self.output))
        return self.output

    def until(self, condition: Callable[[], bool]) -> None:
        """Read until something is so."""
        end = time.monotonic() + MOST_SECONDS
        while not condition():
            assert time.monotonic() < end, _ESCAPES.sub("", self.output)[-3000:]
            if not self.read():
                break
        assert condition(), _ESCAPES.sub("", self.output)[-3000:]

    def forget(self) -> None:
        self.output = ""

    def quiet(self) -> None:
        """Read until nothing comes for half a second."""
        end = time.monotonic() + MOST_SECONDS
        while select.select([self.main], [], [], 0.5)[0]:
            assert time.monotonic() < end, _ESCAPES.sub("", self.output)[-3000:]
            assert self.read(), "the program has ended"

    def send(self, keys: str) -> None:
        os.write(self.main, keys.encode())

    def wait(self) -> int:
        """Read until the program has ended; its status."""
        end = time.monotonic() + MOST_SECONDS
        while self.process.poll() is None:
            assert time.monotonic() < end
            self.read()
        while self.read(0.0) and select.select([self.main], [], [], 0)[0]:
            pass
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.main >= 0:
            os.close(self.main)
            self.main = -1


@pytest.fixture
def terminal(web: Path) -> Iterator[Terminal]:
    found = Terminal(str(web))
    found.expect("0.998868")
    yield found
    found.close()


def test_a_key_changes_the_verdict_and_little_is_sent(terminal: Terminal) -> None:
    terminal.expect("must exceed")
    terminal.quiet()
    terminal.forget()
    terminal.send("j")
    terminal.expect("replicas")
    assert len(terminal.output.encode()) < 1500
    terminal.send("k-")
    terminal.expect("0.997868")
    terminal.send("u")
    terminal.forget()
    terminal.send("q")
    assert terminal.wait() == 0
    assert "\x1b[?1049l" in terminal.output


def test_keys_typed_while_it_loads_are_not_lost(web: Path) -> None:
    terminal = Terminal(str(web))
    try:
        terminal.expect("opening")
        terminal.send("-")
        terminal.expect("set R_V to 0.998")
        terminal.send("uq")
        assert terminal.wait() == 0
    finally:
        terminal.close()


def test_a_design_that_cannot_be_used_is_told_after_the_screen_is_back(web: Path) -> None:
    web.write_text(web.read_text().replace("reliability = 0.998", "reliability = 2"))
    terminal = Terminal(str(web))
    try:
        assert terminal.wait() == 2
        assert "goal must be from 0 to 1" in terminal.output.rpartition("\x1b[?1049l")[2]
        assert "Traceback" not in terminal.output
    finally:
        terminal.close()


def test_ctrl_c_stops_keys_that_came_in_heaps(terminal: Terminal) -> None:
    keys = b"+-" * 50_000
    end = time.monotonic() + MOST_SECONDS
    while keys:
        assert time.monotonic() < end
        if select.select([], [terminal.main], [], 0.01)[1]:
            keys = keys[os.write(terminal.main, keys[:512]) :]
        while select.select([terminal.main], [], [], 0)[0]:
            assert terminal.read()
    terminal.forget()
    terminal.send("\x03")
    terminal.expect("copied hypervisor")
    terminal.forget()
    terminal.send("j")
    terminal.expect("replicas")


def test_a_paste_without_an_end_swallows_no_key(terminal: Terminal) -> None:
    terminal.send("e\x1b[200~0.997")
    terminal.expect("0.996868")
    terminal.send("\r")
    terminal.expect("set R_V to 0.997")
    terminal.send("u")
    terminal.expect("undone")


def test_a_size_that_no_terminal_reports_is_dropped(terminal: Terminal) -> None:
    terminal.send("\x1b[?2048;1$y\x1b[48;99999;99999;1;1t-")
    terminal.expect("0.997868")
    status = Path(f"/proc/{terminal.process.pid}/status").read_text()
    assert int(status.split("VmHWM:")[1].split()[0]) < 400_000


def test_a_resize_draws_for_the_new_size(terminal: Terminal) -> None:
    terminal.forget()
    terminal.resize(120, 36)
    os.kill(terminal.process.pid, signal.SIGWINCH)
    terminal.expect("1 - R must be")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order_and_loses_nothing(
    terminal: Terminal, web: Path, number: signal.Signals
) -> None:
    text = web.read_text()
    terminal.send("-")
    terminal.expect("0.997868")
    terminal.process.send_signal(number)
    assert terminal.wait() == 128 + number
    assert "\x1b[?1049l" in terminal.output
    assert web.read_text() == text
    recovered = journal.recover(web)
    assert recovered is not None
    assert "value = 0.998," in recovered.text


def test_a_closed_terminal_leaves_no_process_and_loses_nothing(
    terminal: Terminal, web: Path
) -> None:
    terminal.send("-")
    terminal.expect("0.997868")
    children = _children(terminal.process.pid)
    assert children
    os.close(terminal.main)
    terminal.main = -1
    # A pty that is nobody's controlling terminal sends no hang-up by itself.
    terminal.process.send_signal(signal.SIGHUP)
    terminal.process.wait(MOST_SECONDS)
    end = time.monotonic() + MOST_SECONDS
    while any(_alive(child) for child in children) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(_alive(child) for child in children)
    recovered = journal.recover(web)
    assert recovered is not None
    assert "value = 0.998," in recovered.text


def test_what_was_left_is_offered(terminal: Terminal, web: Path) -> None:
    terminal.send("-")
    terminal.expect("0.997868")
    terminal.process.kill()
    terminal.process.wait()
    again = Terminal(str(web))
    try:
        again.expect("1 edit not saved")
        again.send("t")
        again.expect("0.997868")
        again.send("u")
        again.send("q")
        assert again.wait() == 0
    finally:
        again.close()
    assert "value = 0.999," in web.read_text()


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_place_text_is_told_what_to_do(web: Path, term: str) -> None:
    terminal = Terminal(str(web), term=term)
    try:
        assert terminal.wait() == 2
        assert "vreltui check" in terminal.output
        assert "\x1b" not in terminal.output
    finally:
        terminal.close()


def test_no_terminal_at_all(web: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vreltui", str(web)],
        capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "vreltui check" in done.stderr
    assert done.stdout == ""


def test_without_colour_no_colour_is_sent(web: Path) -> None:
    terminal = Terminal(str(web), NO_COLOR="1")
    try:
        terminal.expect("must exceed")
        assert not re.search(r"\x1b\[[0-9;]*(3[0-7]|4[0-7]|38|48)[;m]", terminal.output)
    finally:
        terminal.close()


@pytest.mark.parametrize("how", ["--ascii", "LC_ALL=C"])
def test_ascii_where_it_is_wanted_or_needed(web: Path, how: str) -> None:
    plain = {
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
    }
    more = {} if how.startswith("--") else plain
    arguments = [how] if how.startswith("--") else []
    terminal = Terminal(*arguments, str(web), **more)
    try:
        terminal.expect("must exceed")
        assert terminal.output.isascii()
    finally:
        terminal.close()


def test_no_mouse(web: Path) -> None:
    terminal = Terminal("--no-mouse", str(web))
    try:
        terminal.expect("must exceed")
        assert "\x1b[?1000h" not in terminal.output
    finally:
        terminal.close()


def _children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def _alive(process: int) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
