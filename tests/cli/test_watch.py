"""`check --watch`: answers again when a file changes, and ends as the last answer says."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from vreltui.cli import watching
from vreltui.cli.main import run

ROOT = Path(__file__).parents[2]

DESIGN = """\
vreltui = 1
goal = {{ reliability = 0.9 }}
[nodes]
rack = {{ reliability = {reliability} }}
[choices.c]
root = "rack"
"""

LONG = 60.0


def written(path: Path, reliability: str) -> None:
    """Save as an editor does: another file in the place of the first."""
    other = path.with_suffix(".new")
    other.write_text(DESIGN.format(reliability=reliability))
    other.replace(path)


@contextmanager
def watched(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "vreltui", "check", "--watch", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        # A shell starts what it leaves in the background without ctrl+c.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line_of(process: subprocess.Popen[str]) -> Any:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], LONG)
    assert ready
    return json.loads(process.stdout.readline())


def test_each_change_is_answered_and_the_last_answer_is_the_status(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    written(path, "0.95")
    with watched("--json", str(path)) as process:
        assert line_of(process)["choices"]["c"]["verdict"] == "meets"
        written(path, "0.85")
        assert line_of(process)["choices"]["c"]["verdict"] == "hopeless"
        path.write_text("nonsense")
        assert line_of(process)["choices"] is None
        written(path, "0.8")
        assert line_of(process)["choices"]["c"]["reliability"] == 0.8
        time.sleep(0.5)  # until it only looks at the file
        process.send_signal(signal.SIGINT)
        assert process.wait(LONG) == 1


def test_a_reader_that_goes_away_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    written(path, "0.95")
    with watched("--json", str(path)) as process:
        line_of(process)
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(LONG) == 0
        process.stdout = None


def test_only_what_changed_is_answered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    for path in (one, other):
        path.write_text("1")
    asked: list[list[str]] = []

    def answer(files: Any) -> list[int]:
        asked.append([Path(file).name for file in files])
        if len(asked) == 1:
            other.write_text("22")
            return [0, 1]
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", lambda _: None)
    assert watching.watch([str(one), str(other)], answer) == 1
    assert asked == [["one.toml", "other.toml"], ["other.toml"]]


@pytest.mark.parametrize("arguments", [["-"], ["x.toml", "--format", "sarif"]])
def test_what_can_not_be_watched_is_refused(arguments: list[str], capsys: Any) -> None:
    assert run(["check", "--watch", *arguments]) == 2
    assert "can't be watched" in capsys.readouterr().err
