"""Any sequence of commands, undone, gives every earlier text back, byte for byte."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbench.conftest import DESIGNS
from vreltui.model import VreltuiError
from vreltui.model.rules import problems
from vreltui.storage import parse
from vreltui.storage.journal import recover
from vreltui.workbench import ACTIONS, Action, Workbench, open_design
from vreltui.workbench.rows import tree_rows

EDITS = [action for action in ACTIONS if action.edits]
ANSWERS = [
    "", "x", "vm", "vm guest 0.9", "0.97", "1-1e-7", "3", "any", "majority", "R_V", "R_new = 0.5",
    "0.5 to 0.999", "1 to 9", "a title", "hypervisor", "n", "hardware",
]  # fmt: skip


def attempt(bench: Workbench, action: Action, answer: str) -> bool:
    """Whether a command could be done. What can't be done says why, and changes nothing."""
    text = bench.document.text
    try:
        if action.change is not None:
            change = action.change(bench)
        else:
            assert action.question is not None
            change = action.question.change(bench, answer)
        bench.apply(change)
    except VreltuiError:
        assert bench.document.text == text
        return False
    return True


@settings(max_examples=40)
@given(data=st.data())
def test_edits_undo_and_redo_byte_for_byte(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        name = data.draw(st.sampled_from(["web-node.toml", "function-in-hypervisor.toml"]))
        path = Path(shutil.copy(DESIGNS / name, folder))
        bench = open_design(path)
        texts = [bench.document.text]
        for _ in range(data.draw(st.integers(1, 12))):
            choice = data.draw(st.sampled_from(list(bench.design.choices)))
            rows = tree_rows(bench.design, None, choice)
            bench.select(data.draw(st.sampled_from(rows)).position)
            action = data.draw(st.sampled_from(EDITS))
            answer = data.draw(st.sampled_from(ANSWERS))
            if attempt(bench, action, answer) and bench.document.text != texts[-1]:
                texts.append(bench.document.text)
            assert not list(problems(bench.design))
            assert parse(bench.document.text).design == bench.design
        if len(texts) > 1:
            left = recover(path)
            assert left is not None
            assert left.text == texts[-1]
        seen = [bench.document.text]
        while bench.undo() is not None:
            seen.append(bench.document.text)
        assert seen == texts[::-1]
        again = [bench.document.text]
        while bench.redo() is not None:
            again.append(bench.document.text)
        assert again == texts
        bench.close()
