"""Any sequence of edits, undos, saves, crashes and openings leaves what a simple reference says.

``make campaign NAME=edits`` does the same thousands of steps long; VRELTUI_LONG tries more here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.campaigns.edit_runs import run
from tests.effort import cases
from tests.workbench import drawing, happenings
from tests.workbench.reference.edits import ASKED, AT_ONCE
from tests.workbench.world import World
from vreltui.model import edits
from vreltui.storage.text.render import render
from vreltui.workbench import ACTIONS

T = TypeVar("T")


class Drawn:
    """Chance that hypothesis can make smaller when something fails."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def pick(self, sequence: Sequence[T]) -> T:
        return self._data.draw(st.sampled_from(sequence))

    def number(self, low: int, high: int) -> int:
        return self._data.draw(st.integers(low, high))


class RandomEdits(RuleBasedStateMachine):
    """A design under the commands that the keys do, and the reference beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.world: World | None = None

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.world = World(Path(self._folder.name), drawing.text(Drawn(data)))

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        for _ in range(data.draw(st.integers(1, 4))):
            self._do(happenings.edit, data)
            self.as_the_reference_says()

    @rule(data=st.data())
    def copy(self, data: st.DataObject) -> None:
        self._do(happenings.copy, data)

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        self._do(happenings.undo, data)

    @rule(data=st.data())
    def redo(self, data: st.DataObject) -> None:
        self._do(happenings.redo, data)

    @rule(data=st.data())
    def save(self, data: st.DataObject) -> None:
        self._do(happenings.save, data)

    @rule(data=st.data())
    def save_as(self, data: st.DataObject) -> None:
        self._do(happenings.save_as, data)

    @rule(data=st.data())
    def others_save(self, data: st.DataObject) -> None:
        self._do(happenings.others, data)

    @rule(data=st.data())
    def reload_or_reopen(self, data: st.DataObject) -> None:
        each = (happenings.reload, happenings.reopen, happenings.begin_new)
        self._do(data.draw(st.sampled_from(each)), data)

    @rule(data=st.data())
    def crash(self, data: st.DataObject) -> None:
        self._do(happenings.crash, data)

    @rule(data=st.data())
    def hold(self, data: st.DataObject) -> None:
        self._do(happenings.hold, data)

    def _do(self, happening: happenings.Happening, data: st.DataObject) -> None:
        assert self.world is not None
        happening(Drawn(data), self.world)

    @invariant()
    def as_the_reference_says(self) -> None:
        if self.world is not None:
            self.world.check()

    def teardown(self) -> None:
        if self.world is not None:
            self.world.close()
        self._folder.cleanup()


TestRandomEdits = RandomEdits.TestCase
TestRandomEdits.settings = settings(
    max_examples=cases(25, 200),
    stateful_step_count=25,
    derandomize=True,
    report_multiple_bugs=False,
)


ELSEWHERE = {
    "add_rule", "delete_rule", "edit_limits", "edit_provides", "edit_uses", "repair", "strike",
    "delete_cause", "back_up", "migrate_under_load", "watch_from_outside", "watch_and_replay",
    "share_the_load", "share_a_spare", "patch_on_a_copy", "rejuvenate", "diversify",
    "contain_in_processes", "contain_in_machines", "contain_in_hosts",
}  # fmt: skip
"""Edits of what the drawn designs hold nothing of: times, causes, resources and processes; other
tests hold them."""


def test_the_reference_knows_every_edit() -> None:
    edits = {action.id for action in ACTIONS if action.edits}
    assert edits - ELSEWHERE == {*AT_ONCE, *ASKED, "paste", "hold_threshold"}
    assert edits > ELSEWHERE


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        ("vreltui.storage.keep.journal.Journal.record", lambda *_: None),
        ("vreltui.workbench.commands.tree.edits.move_up", edits.move_down),
        ("vreltui.storage.text.rewrite._fine", lambda _, design: render(design)),
        ("vreltui.storage.keep.journal.set_aside", lambda _: None),
    ],
)
def test_a_planted_fault_is_found(name: str, planted: object) -> None:
    with patch(name, planted):
        assert any(run(200, seed).faults for seed in range(6))
