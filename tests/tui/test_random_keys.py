"""Any keys in any order at any size: no traceback, no dead end, and the screen stays true.

``make campaign NAME=keys`` walks much longer.
"""

from __future__ import annotations

import pytest

from tests.campaigns.key_runs import run
from tests.tui.driving import WEB, Driver, drive
from tests.tui.random_keys import ENDS, every_key
from vreltui.tui.screens.shown_tree import ShownTree

STEPS = 45


@pytest.mark.parametrize("seed", range(2))
def test_a_cat_on_the_keyboard(seed: int) -> None:
    assert run(STEPS, seed).faults == []


def test_a_key_that_ends_in_a_traceback_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object, _rows: int) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("vreltui.tui.commands.Commands.move", broken)
    (fault,) = run(STEPS, 0).faults
    assert "ZeroDivisionError" in fault


def test_a_screen_that_is_not_drawn_anew_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    make = ShownTree._make

    def before_edits(shown: ShownTree) -> None:
        if shown._session.bench.undo_label is None:
            make(shown)

    monkeypatch.setattr(ShownTree, "_make", before_edits)
    # Not every walk edits what is on the screen.
    (fault,) = next(found for seed in range(8) if (found := run(STEPS, seed).faults))
    # The screen differs from one that is drawn as a whole, or a pane looks for what is gone.
    assert "AssertionError" in fault or "KeyError" in fault


def test_every_key_is_pressed() -> None:
    async def scene(driver: Driver) -> None:
        known = every_key(driver.screen.keymap)
        for action in driver.screen.keymap.actions.values():
            assert set(action.keys) <= {*known, *ENDS}, action.id

    drive(scene, WEB)
