"""`make campaign NAME=edits`: edits, files and crashes by chance, hundreds of long runs.

Run as ``python -m tests.campaigns.edit_runs [RUNS] [STEPS] [SEED]``. Each run is a design and its
file beside the reference of ``tests/workbench/reference``; see ``tests/workbench/happenings.py``.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from tests.workbench import drawing
from tests.workbench.happenings import HAPPENINGS
from tests.workbench.world import World

T = TypeVar("T")

PARALLEL = os.cpu_count() or 1


@dataclass
class Outcome:
    """What runs came to."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Seeded:
    """Chance from one number."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def pick(self, sequence: Sequence[T]) -> T:
        return self._random.choice(sequence)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def weighted(self, weights: dict[T, int]) -> T:
        """One of some, each as often as its weight says."""
        return self._random.choices(list(weights), list(weights.values()))[0]


def run(steps: int, seed: int) -> Outcome:
    """One design, so many steps."""
    chance, outcome = Seeded(seed), Outcome()
    name = "the beginning"
    with tempfile.TemporaryDirectory(prefix="vreltui-edits-") as folder:
        world = World(Path(folder), drawing.text(chance))
        for step in range(steps):
            happening = chance.weighted(HAPPENINGS)
            name = happening.__name__
            try:
                happening(chance, world)
                world.check()
            except Exception:
                where = traceback.format_exc(limit=-3)
                outcome.faults.append(f"seed {seed}, step {step}, {name}:\n{where}")
                break
            outcome.counts["steps"] += 1
            outcome.counts[name] += 1
        outcome.counts.update(world.counts)
        outcome.counts["runs"] += 1
        world.close()
    return outcome


def campaign(runs: int, steps: int, seed: int) -> Outcome:
    """So many runs in parallel; what they came to together."""
    total = Outcome()
    with ProcessPoolExecutor(PARALLEL, mp_context=get_context("fork")) as pool:
        for outcome in pool.map(run, [steps] * runs, range(seed, seed + runs)):
            total.counts.update(outcome.counts)
            total.faults += outcome.faults
            sys.stdout.writelines(f"{fault}\n" for fault in outcome.faults)
            if total.counts["runs"] % 20 == 0:
                sys.stdout.write(f"{total.counts['runs']} runs, {total.counts['steps']} steps\n")
            sys.stdout.flush()
    return total


def main(arguments: list[str]) -> int:
    """Run the campaign; 1 when something was not as the reference has it."""
    runs, steps, seed = (
        int(word) for word in (*arguments, *("200", "2000", "1")[len(arguments) :])
    )
    start = time.monotonic()
    outcome = campaign(runs, steps, seed)
    seconds = time.monotonic() - start
    words = ", ".join(f"{name} {count}" for name, count in outcome.counts.items())
    sys.stdout.write(f"{words}; {seconds:.0f} s; faults: {len(outcome.faults)}\n")
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
