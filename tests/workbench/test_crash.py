"""A process killed in the middle of editing loses nothing that was on the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vreltui.workbench import open_design, recover_unsaved, unsaved_designs

ROOT = Path(__file__).resolve().parent.parent.parent
EDIT_FOR_EVER = """
import sys
from vreltui.model import Probability
from vreltui.model.edits import set_value
from vreltui.workbench import Change, new_design, open_design
bench = open_design(sys.argv[1]) if len(sys.argv) > 1 else new_design("web-node")
number = 0
while True:
    number += 1
    value = Probability.of(f"0.99{number:06}")
    bench.apply(Change("edit", set_value(bench.design, "R_V", value)))
    print(value, flush=True)
"""


def killed_after(edits: int, *arguments: str) -> str:
    """The last value that a process said it had set, before it was killed at some later point."""
    with subprocess.Popen(
        [sys.executable, "-c", EDIT_FOR_EVER, *arguments],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    ) as process:
        assert process.stdout is not None
        for _ in range(edits):
            process.stdout.readline()
        process.kill()
        rest = process.stdout.read().splitlines()
        process.wait()
    return rest[-1] if rest and len(rest[-1]) == len("0.99000001") else f"0.99{edits:06}"


@pytest.mark.parametrize("edits", [1, 7, 30])
def test_kill_9_in_the_middle_of_editing(edits: int, web: Path) -> None:
    original = web.read_text()
    said = killed_after(edits, str(web))
    assert web.read_text() == original
    bench = open_design(web)
    assert not bench.read_only
    assert bench.recovered is not None
    bench.accept_recovery()
    value = str(bench.design.value("R_V"))
    # The edit after the one last reported may be on the disk already.
    assert said <= value
    assert float(value) - float(said) < 1.5e-8
    undone = 0
    while bench.undo() is not None:
        undone += 1
    assert undone == int(value[4:])
    assert bench.document.text == original
    bench.close()


def test_kill_9_of_a_design_that_was_never_saved() -> None:
    said = killed_after(5)
    (left,) = unsaved_designs()
    bench = recover_unsaved(left)
    assert str(bench.design.value("R_V")) >= said
    assert bench.path is None
    bench.close()
    assert unsaved_designs() == []
