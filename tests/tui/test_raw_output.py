"""The bytes that a terminal gets, of a session among hostile texts and names."""

from __future__ import annotations

import base64
import re
import time
from pathlib import Path

import pytest

from tests import hostile
from tests.tui.test_terminal import Terminal

NAME = "a\x1b]52;c;QUFBQQ==\x07\u202e\x9b31m\x1b]0;owned\x07.toml"
# Colours, places, erasing and modes, the shape of the pointer, what is asked, the clipboard.
_KNOWN = re.compile(
    r"\x1b\[[0-9;]*[HJKmABCDtn]|\x1b\[[?<>=][0-9;$]*[a-zA-Z]|\x1b\[\?\d+\$p|\x1b[=>78]"
    r"|\x1b\]22;[a-z-]+\x07"
    r"|\x1b\](?:4;\d+|1[01]);\?\x1b\\"
    r"|\x1b\]52;c;(?P<clip>[A-Za-z0-9+/=]*)\x07"
)
KEYS = ("d", "f", "\x1b", "p", "V", "\x1b", "c", "\r", "z", "z", "\x1b", "?", "\x1b", ":", "\x1b",
        "T", "\x1b", "N", "\x1b", "S", "\x1b", "\x1bOS", "m", "\x1b", "-", "u", "\x1b[20~", "\x1b",
        "\x1b[24~")  # fmt: skip


def clips(output: str) -> list[str]:
    """What was sent to the clipboard; everything else that acts has to be of the program."""
    found = [match["clip"] for match in _KNOWN.finditer(output) if match["clip"] is not None]
    assert not hostile.unsafe(_KNOWN.sub("", output).replace("\r", ""))
    return [base64.b64decode(clip).decode() for clip in found]


def press(terminal: Terminal, key: str) -> None:
    terminal.send(key)
    end = time.monotonic() + 0.25
    while time.monotonic() < end:
        terminal.read(0.05)


def until(terminal: Terminal, said: str, keys: tuple[str, ...]) -> None:
    """Press keys until something is said; a slow machine may take one for part of another."""
    for _ in range(20):
        if said in terminal.output:
            return
        for key in ("\x1b", *keys):
            press(terminal, key)
    raise AssertionError(terminal.output[-2000:])


@pytest.mark.parametrize("arguments", [(), ("--ascii", "--no-mouse")])
def test_nothing_of_a_file_or_its_name_reaches_the_terminal_as_a_command(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / NAME
    path.write_text(hostile.design(*hostile.ALLOWED.values()), encoding="utf-8")
    terminal = Terminal(*arguments, str(path))
    try:
        terminal.expect("0.998868")
        for key in KEYS:
            press(terminal, key)
        until(terminal, "copied", ("E", "\r"))
        until(terminal, "saved", ("\x13",))
        terminal.send("q")
        assert terminal.wait() == 0
    finally:
        terminal.close()
    copied = clips(terminal.output)
    assert copied
    assert not hostile.unsafe("".join(copied))
    for bad in ("\x1b]8", "\x1b]0", "\x1b]2;", "]52;c;QUFBQQ==\x07", "\u202e"):
        assert bad not in terminal.output
    assert path.read_text(encoding="utf-8") == hostile.design(*hostile.ALLOWED.values())


def test_output_that_acts_is_found() -> None:
    assert clips("\x1b[1;31ma\x1b[0m\x1b]52;c;YQ==\x07") == ["a"]
    for text in hostile.REFUSED.values():
        if text != hostile.REFUSED["return"] and text != hostile.REFUSED["clear"]:
            with pytest.raises(AssertionError):
                clips(text.replace("52;c;", "52;p;"))
