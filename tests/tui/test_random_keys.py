"""Any keys in any order at any size: no traceback, no dead end, and the screen stays true.

``make campaign-edits`` walks much longer.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.edit_runs import Seeded
from tests.tui.driving import Driver, drive
from tests.tui.random_keys import SIZES, Cat

STEPS = 60


@pytest.mark.parametrize("seed", range(4))
def test_a_cat_on_the_keyboard(seed: int, web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(web.parent)
    chance = Seeded(seed)

    async def scene(driver: Driver) -> None:
        cat = Cat(driver, chance)
        try:
            for _ in range(3):
                await cat.walk(STEPS // 3)
                await cat.compare()
        except BaseException as error:
            error.add_note(" ".join(cat.log))
            raise

    drive(scene, web, chance.pick(SIZES[:5]))
