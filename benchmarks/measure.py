"""Times of several programs, taken in turns so that a busy machine troubles all of them alike.

What is taken is processor time, of this process and of those that it started and saw end: what
other programs take meanwhile is not counted. On an idle machine it is the time on the clock.
"""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Task:
    """What is timed, and what has to be done before each time without being timed."""

    run: Callable[[], object]
    before: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Timing:
    """The seconds of one program, one number for each round it took part in."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median, in seconds."""
        return median(self.seconds)


def ratio(ours: Timing, theirs: Timing) -> float:
    """The median over the rounds of ours / theirs; below 1, ours is faster.

    Rounds are compared with themselves, since the machine's speed drifts.

    >>> ratio(Timing((1.0, 9.0, 2.0)), Timing((2.0, 2.0, 4.0)))
    0.5
    """
    return median(a / b for a, b in zip(ours.seconds, theirs.seconds, strict=False))


def in_turns(tasks: Mapping[str, Task], budget: float, most: int = 40) -> dict[str, Timing]:
    """Run the tasks A B C A B C ... until ``budget`` seconds are spent; at least three rounds.

    A task that alone spends the budget in its first round is timed once.
    """
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    once: set[str] = set()
    started = time.perf_counter()
    for turn in range(most):
        for name, task in tasks.items():
            if name in once:
                continue
            task.before()
            taken = _timed(task.run)
            seconds[name].append(taken)
            if taken > budget:
                once.add(name)
        gc.collect()
        if turn >= 2 and time.perf_counter() - started > budget:
            break
    return {name: Timing(tuple(values)) for name, values in seconds.items()}


def _timed(run: Callable[[], object]) -> float:
    # What already lives is set aside, or the objects of one program would be the other's cost.
    gc.freeze()
    start = _processor_time()
    run()
    taken = _processor_time() - start
    gc.unfreeze()
    return taken


def _processor_time() -> float:
    """The seconds that processors have worked for this process and for its ended children."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
