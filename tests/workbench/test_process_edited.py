"""A node with moves as the detail pane shows it, and what is typed to change it."""

from __future__ import annotations

import pytest

from tests.storage.test_processes_refused import text_of
from vreltui.analysis import examine
from vreltui.model import VreltuiError
from vreltui.model.edits import Position
from vreltui.storage import parse
from vreltui.workbench import details
from vreltui.workbench.commands import typed_moves, values
from vreltui.workbench.open.files import File
from vreltui.workbench.open.open_design import Workbench


def bench() -> Workbench:
    return Workbench(parse(text_of('up = ["on"]', "safe = []")), File(None, None))


def typed(on: Workbench, text: str) -> None:
    on.apply(values.edit_value(on, text))


def test_states_and_moves_are_shown() -> None:
    design = parse(text_of('up = ["on"]', "safe = []")).design
    shown = dict(details(design, examine(design), Position("one", ())))
    assert shown["state on"].startswith("up, it begins here, 0.99")
    assert shown["state off"].startswith("unsafe, 0.00")
    assert shown["move 1"] == "on -> off  after T = 100 h"
    assert shown["move 2"] == "off -> on  after 1 h"


def test_moves_are_changed_added_and_deleted_by_what_is_typed() -> None:
    on = bench()
    assert values.value_initial(on) == "1 after T"
    typed(on, "2 after 30 min with c")
    assert '{ from = "off", to = "on", after = "30 min", with = "c" },' in on.document.text
    typed(on, "+ off -> spare rate 2 /d times 3")
    assert '{ from = "off", to = "spare", rate = "2 /d", times = 3 }' in on.document.text
    typed(on, "up on spare")
    typed(on, "- 3")
    assert "spare" not in on.document.text
    typed(on, "safe off")
    assert 'safe = ["off"]' in on.document.text
    for _ in range(5):
        on.undo()
    assert on.document.text == text_of('up = ["on"]', "safe = []")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "is no change of a move; type 2 after 50 min"),
        ("7 after 1 h", "node vm has no move 7; there are 2"),
        ("1 after 5", "5"),
        ("1 with c", "neither after nor rate"),
        ("1 slowly after 1 h", '"slowly" is no part of a move'),
        ("up of", "names of, which no move does"),
    ],
)
def test_what_makes_no_sense_is_said(text: str, said: str) -> None:
    with pytest.raises(VreltuiError) as refused:
        typed_moves.changed(bench(), text)
    assert said in str(refused.value)
