"""What a process is started with that the program can't work with: words, and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.test_terminal import Terminal

ROOT = Path(__file__).parents[2]
WEB = ROOT / "designs" / "web-node.toml"

NO_HOME = """
import os, pwd
os.environ.pop("HOME", None)
for name in [name for name in os.environ if name.startswith("XDG_")]:
    del os.environ[name]
def nobody(_):
    raise KeyError
pwd.getpwuid = nobody
"""
NO_THREAD = """
import threading
def none(self):
    raise RuntimeError("can't start new thread")
threading.Thread.start = none
"""
NO_PROCESS = """
import os, subprocess
def none(*given, **named):
    raise BlockingIOError(11, "Resource temporarily unavailable")
subprocess.Popen._execute_child = none
"""
MAIN = "import sys\nfrom vreltui.__main__ import main\nsys.exit(main())\n"


class Prepared(Terminal):
    """The program after something was done to its process."""

    def __init__(self, prelude: str, *arguments: str, **more: str) -> None:
        self.program = ("-c", prelude + MAIN)
        super().__init__(*arguments, **more)


def ended(terminal: Terminal) -> tuple[int, str]:
    try:
        status = terminal.wait()
        return status, terminal.output
    finally:
        terminal.close()


def command(prelude: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", prelude + MAIN, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
@pytest.mark.parametrize("name", ["check", "formula", "plot"])
def test_a_closed_stream_changes_no_answer(name: str, closed: str) -> None:
    line = f'"{sys.executable}" -m vreltui {name} "{WEB}"'
    runs = [
        subprocess.run(
            ["/bin/sh", "-c", f"{line} {how}"],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
        )
        for how in ("", closed)
    ]  # fmt: skip
    assert runs[0].stdout
    assert runs[1].stdout == runs[0].stdout
    assert runs[1].returncode == runs[0].returncode
    assert "Traceback" not in runs[1].stderr


@pytest.mark.parametrize("design", ["-", str(WEB)])
def test_the_application_and_a_pipe_say_that_standard_input_is_closed(design: str) -> None:
    name = "check" if design == "-" else ""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m vreltui {name} "{design}" <&-'],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert "input" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_user_without_a_home_edits_and_is_told_what_is_not_kept(web: Path) -> None:
    terminal = Prepared(NO_HOME, str(web))
    try:
        terminal.expect("0.998868")
        terminal.send("-")
        terminal.expect("0.997868")
        terminal.expect("there is no home folder")
        terminal.send("\x13")
        terminal.expect("saved")
        terminal.send("q")
        assert terminal.wait() == 0
    finally:
        terminal.close()
    assert "value = 0.998," in web.read_text()


@pytest.mark.parametrize("name", ["check", "formula", "plot", "new"])
def test_a_user_without_a_home_gets_answers(name: str) -> None:
    done = command(NO_HOME, name, "blank" if name == "new" else str(WEB))
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1) or "new" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("TEXTUAL_DRIVER", "no_such_module:Driver", "module:Class"),
        ("TEXTUAL_DRIVER", "", "module:Class"),
        ("TEXTUAL_DRIVER", "os:path", "no driver"),
        ("TEXTUAL_COLOR_SYSTEM", "nonsense", "truecolor"),
    ],
)
def test_a_variable_of_textual_that_makes_no_sense(
    web: Path, name: str, value: str, word: str
) -> None:
    status, output = ended(Terminal(str(web), **{name: value}))
    assert status == 2
    assert f"{name}={value}" in output
    assert word in output
    assert "Traceback" not in output
    assert "\x1b" not in output


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ({"LANG": "C.UTF-8"}, "─"),
        ({"LANG": "C", "LC_CTYPE": "de_DE.utf8"}, "─"),
        ({"LANG": "C"}, "-----"),
        ({}, "-----"),
        ({"LANG": "C.UTF-8", "LC_ALL": "C"}, "-----"),
        ({"LANG": "C.UTF-8", "LC_CTYPE": "de_DE"}, "-----"),
        ({"LANG": "C.UTF-8", "term": "linux"}, "-----"),
    ],
)
def test_the_locale_and_the_console_decide_what_is_drawn(
    web: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], drawn: str
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    terminal = Terminal(str(web), **given)
    try:
        terminal.expect("0.998868")
        assert drawn in terminal.output
        assert ("─" in terminal.output) == (drawn == "─")
    finally:
        terminal.close()
    environment = {**os.environ, "TERM": given.get("term", "xterm"), **given}
    plot = subprocess.run(
        [sys.executable, "-m", "vreltui", "plot", str(WEB), "--width", "60"],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert plot.stdout.isascii() == (drawn != "─")


def test_where_no_thread_may_be_started_the_application_says_so(web: Path) -> None:
    status, output = ended(Prepared(NO_THREAD, str(web)))
    assert status == 2
    assert "ulimit -u" in output
    assert "Traceback" not in output


def test_where_no_process_may_be_started_the_application_shows_why(web: Path) -> None:
    terminal = Prepared(NO_PROCESS, str(web))
    try:
        terminal.expect("no process can be started")
        terminal.send("q")
        assert terminal.wait() == 0
    finally:
        terminal.close()


def test_where_no_process_may_be_started_a_formula_says_so() -> None:
    done = command(NO_PROCESS, "formula", "--against", "nv", str(WEB))
    assert "Traceback" not in done.stderr
    assert "no process can be started" in done.stdout + done.stderr
    # What needs no simplification needs no process.
    plain = command(NO_PROCESS, "formula", "--choice", "vms", str(WEB))
    assert plain.stdout == "vms: R = R_H R_V [1 - (1 - R_O R_f)^n]\n"


@pytest.mark.parametrize("size", [("COLUMNS", "1000000000"), ("LINES", "99999")])
def test_a_size_that_no_terminal_has_is_bounded(web: Path, size: tuple[str, str]) -> None:
    terminal = Terminal(str(web), **dict([size]))
    try:
        terminal.expect("0.998868")
        status = Path(f"/proc/{terminal.process.pid}/status").read_text()
        kilobytes = int(status.split("VmHWM:")[1].split()[0])
        assert kilobytes < 400_000
        terminal.send("q")
        assert terminal.wait() == 0
    finally:
        terminal.close()
