"""What leaves by the command line: no text of a file, of a name or of the surroundings acts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import hostile
from vreltui.cli.commands import formula
from vreltui.cli.main import run
from vreltui.symbolic.answering import answer

ROOT = Path(__file__).parents[2]
COMMANDS = {
    "check": ["check", "FILE"],
    "check a choice": ["check", "--choice", "vms", "FILE"],
    "json": ["check", "--json", "FILE"],
    "formula": ["formula", "FILE"],
    "condition": ["formula", "FILE", "--against", "nv"],
    "solution": ["formula", "FILE", "--solve", "R_V"],
    "latex": ["formula", "FILE", "--solve", "R_V", "--format", "latex"],
    "sympy": ["formula", "FILE", "--format", "sympy"],
    "plot": ["plot", "FILE"],
    "ascii plot": ["plot", "FILE", "--ascii"],
    "csv": ["plot", "FILE", "--csv"],
}
WRONG = {
    "choice": ["check", "FILE", "--choice", "TEXT"],
    "plot": ["plot", "FILE", "TEXT"],
    "parameter": ["formula", "FILE", "--solve", "TEXT"],
    "rival": ["formula", "FILE", "--against", "TEXT"],
    "template": ["new", "TEXT"],
    "target": ["new", "web-node", "-o", "/nowhere/TEXT"],
    "option": ["check", "FILE", "--TEXT"],
    "width": ["plot", "FILE", "--width", "TEXT"],
    "missing file": ["check", "/nowhere/TEXT"],
    "application": ["TEXT"],
}


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


def told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        status = run(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


NAME = "a\x1b]52;c;QUFBQQ==\x07\u202e\x9b31m[@click=app.exit]\n\udcff.toml"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_on_every_text_that_may_be_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if name != "formula":  # one command that starts a process for its symbols shows what that does
        monkeypatch.setattr(formula, "derive", lambda request, seconds: answer(request))
    path = tmp_path / NAME
    path.write_text(hostile.design(*hostile.ALLOWED.values()), encoding="utf-8")
    arguments = [str(path) if word == "FILE" else word for word in COMMANDS[name]]
    status, out, err = told(arguments, capsys)
    assert status in (0, 1), err
    assert not hostile.unsafe(out + err)
    if name == "json":
        assert out.isascii()
        assert json.loads(out)["file"] == str(path)
    if name in ("latex", "sympy", "csv"):
        # What other programs read has names and numbers alone, never a text that they could run.
        assert not [kind for kind, text in hostile.ALLOWED.items() if text[:12] in out]


@pytest.mark.parametrize("kind", hostile.ALLOWED)
def test_each_text_that_may_be_written_does_nothing(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / NAME
    path.write_text(hostile.design(hostile.ALLOWED[kind]), encoding="utf-8")
    for command in (["check", str(path)], ["plot", str(path), "replicas", "--width", "60"]):
        status, out, err = told(command, capsys)
        assert status == 0, err
        assert not hostile.unsafe(out + err)


@pytest.mark.parametrize("kind", hostile.REFUSED)
def test_what_may_not_be_written_is_refused_in_harmless_words(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = hostile.REFUSED[kind]
    escaped = "".join(c if c.isascii() and c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    for number, written in enumerate((text, escaped)):
        path = tmp_path / f"{number}.toml"
        content = hostile.design("NAME").replace("NAME", written)
        path.write_bytes(content.encode("utf-8"))
        for command in (["check", str(path)], ["formula", str(path)], ["plot", str(path), "--csv"]):
            status, out, err = told(command, capsys)
            assert status == 2
            assert out == ""
            assert 1 <= len(err.splitlines()) <= 21  # every place, and how many more
            assert not hostile.unsafe(err)


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_argument_is_quoted_without_harm(
    what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "".join(hostile.REFUSED.values()) + "\n\udcff[@click=app.exit]"
    words = {"FILE": str(hostile.WEB), "--TEXT": f"--{text}", "/nowhere/TEXT": f"/nowhere/{text}"}
    arguments = [words.get(word, text if word == "TEXT" else word) for word in WRONG[what]]
    status, out, err = told(arguments, capsys)
    assert status == 2
    assert out == ""
    assert not hostile.unsafe(err)
    assert len(err.splitlines()) == 1


def test_the_surroundings_are_quoted_without_harm(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Tty:
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "")
    monkeypatch.setattr(sys, "stdin", Tty())
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    status, out, err = told(["\x1b[2J"], capsys)
    assert (status, out) == (2, "")
    assert not hostile.unsafe(err)
    assert "can't place text" in err


def program(arguments: str, **more: str) -> tuple[int, str, str]:
    """Run in a shell, which can close and redirect what Python can't be given."""
    done = subprocess.run(
        ["sh", "-c", f'"$PYTHON" -m vreltui {arguments}'],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHON": sys.executable, "FILE": str(hostile.WEB), **more},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", ["check $FILE", "check --json $FILE", "schema", "new web-node"])
def test_an_answer_that_cannot_be_written_is_one_line(command: str) -> None:
    status, _, err = program(f"{command} > /dev/full")
    assert (status, err) == (2, "vreltui: the answer can't be written: No space left on device\n")
    status, _, err = program(f"{command} >&-")
    assert status == 2
    assert err == "vreltui: standard output is closed: there is nowhere to answer to\n"


def test_a_message_that_cannot_be_written_stays_out_of_the_answer() -> None:
    assert program("check /nowhere 2>&-") == (2, "", "")
    assert program("check /nowhere 2> /dev/full") == (2, "", "")
    status, out, err = program("check - <&-")
    assert (status, out) == (2, "")
    assert err == "vreltui: <stdin>: standard input can't be read\n"


def test_what_the_encoding_lacks_is_an_escape(tmp_path: Path) -> None:
    path = tmp_path / "design.toml"
    path.write_text(hostile.design("é 結"), encoding="utf-8")
    status, out, err = program("check $FILE", FILE=str(path), PYTHONIOENCODING="ascii")
    assert (status, err) == (0, "")
    assert out.startswith(r"\xe9 \u7d50")
    assert program("plot $FILE", FILE=str(path), PYTHONIOENCODING="ascii")[0] == 0


def test_a_new_design_is_written_whole_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for target in (tmp_path / "pipe", tmp_path, Path("/proc/design.toml"), Path("/dev/full")):
        status, _, err = told(["new", "web-node", "-o", str(target)], capsys)
        assert status == 2
        assert "Traceback" not in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pipe"]
