"""`make campaign NAME=keys`: random keys, texts and sizes in the running application.

Run as ``python -m tests.campaigns.key_runs [RUNS] [STEPS] [SEED]``; ``tests/tui/random_keys.py``
says what is pressed.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.campaigns.edit_runs import PARALLEL, Outcome, Seeded
from tests.tui.driving import Driver, drive
from tests.tui.random_keys import SIZES, Cat, Left
from tests.workbench import drawing

BETWEEN = 30
"""Steps between two comparisons with a fresh screen."""


def run(steps: int, seed: int) -> Outcome:
    """One application, so many steps."""
    chance, outcome = Seeded(seed), Outcome()
    log: list[str] = []

    async def scene(driver: Driver) -> None:
        cat = Cat(driver, chance, log)
        with contextlib.suppress(Left):
            for _ in range(max(1, steps // BETWEEN)):
                await cat.walk(min(steps, BETWEEN))
                await cat.compare()
                outcome.counts["comparisons"] += 1
            await cat.leave()

    with tempfile.TemporaryDirectory(prefix="vreltui-keys-") as folder:
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = f"{folder}/state"
        path = Path(folder) / "design.toml"
        path.write_text(drawing.text(chance), encoding="utf-8")
        with contextlib.chdir(folder):
            try:
                drive(scene, path, chance.pick(SIZES[:5]))
            except BaseException:
                where = traceback.format_exc(limit=-3)
                outcome.faults.append(f"seed {seed}:\n{where}{' '.join(log)}")
    outcome.counts["keys"] += len(log)
    outcome.counts["runs"] += 1
    return outcome


def main(arguments: list[str]) -> int:
    """Run the campaign; 1 when the application ended or showed something else."""
    given = (*arguments, *("100", "300", "1")[len(arguments) :])
    runs, steps, seed = (int(word) for word in given)
    start, total = time.monotonic(), Outcome()
    with ProcessPoolExecutor(PARALLEL, mp_context=get_context("fork")) as pool:
        for outcome in pool.map(run, [steps] * runs, range(seed, seed + runs)):
            total.counts.update(outcome.counts)
            total.faults += outcome.faults
            sys.stdout.writelines(f"{fault}\n" for fault in outcome.faults)
            sys.stdout.flush()
    words = ", ".join(f"{name} {count}" for name, count in total.counts.items())
    seconds = time.monotonic() - start
    sys.stdout.write(f"{words}; {seconds:.0f} s; faults: {len(total.faults)}\n")
    return 1 if total.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
