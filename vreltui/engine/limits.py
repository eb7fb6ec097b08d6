"""How much work a question may cost, and the answer when it would cost more."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from vreltui.model import VreltuiError


class Undecided(VreltuiError):
    """A question was given up because of a bound; the text is the reason, for people."""


class OverdueError(Exception):
    """The answer would come later than :func:`within` allows; somebody else has to find it.

    No answer of any sort, so nothing in the engine or above takes it for one.
    """


MOST_HURRIED = 1 << 22
"""Bits times steps of the largest walk that is begun in a hurry."""


class _Hurry:
    due = math.inf


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Inside the block, work of more seconds ends with :class:`OverdueError`.

    For a process that has something else to do, such as drawing; one such block at a time. What
    counts is the time for which this thread computes: a busy machine makes no work longer.
    """
    _Hurry.due = time.thread_time() + seconds
    try:
        yield
    finally:
        _Hurry.due = math.inf


def tick(work: int = 0) -> None:
    """Called now and then, and before ``work`` bits times steps. Raises :class:`OverdueError`."""
    if _Hurry.due < math.inf and (work > MOST_HURRIED or time.thread_time() > _Hurry.due):
        raise OverdueError


PATIENCE = 3
"""How many times as long a question may take by the clock as by the processor.

An answer should not depend on what else the machine does, and yet not be waited for without end.
"""


def _now() -> tuple[float, float]:
    """The processor time of this process, and the time on the clock."""
    return time.process_time(), time.monotonic()


@dataclass(slots=True)
class Limits:
    """Bounds on the work of one question.

    ``diagram_nodes`` is the size to which one decision diagram may grow, ``seconds`` the processor
    time that one search may take, ``exact_places`` the decimal places to which a tie may be
    followed, and ``boxes`` the parts into which a proof may divide the ranges of open parameters.
    By the clock a search may take ``patience`` times as long: 1 where somebody waits for an answer
    within that time.
    """

    diagram_nodes: int = 1 << 20
    seconds: float = 10.0
    exact_places: int = 60_000
    boxes: int = 4_000
    patience: float = PATIENCE
    started: tuple[float, float] = field(default_factory=_now)
    _asked: tuple[float, float] | None = None
    _given: float = 0.0

    @property
    def walked_nodes(self) -> int:
        """The size to which a diagram may grow that is walked alone, in arrays."""
        return 3 * self.diagram_nodes

    def next_of(self, questions: int) -> None:
        """From here on the next of so many questions is asked.

        It may take its share of the time that is left, so that a question that is too hard leaves
        time for the others; what it does not need is theirs.
        """
        left = max(0.0, self.seconds - self._elapsed(self.started))
        self._asked = _now()
        self._given = left / max(questions, 1)

    def check_time(self, doing: str) -> None:
        """Raise :class:`Undecided` when the time is up."""
        tick()
        asked, given = self.started, self.seconds
        if self._asked is not None:
            asked, given = self._asked, self._given
        if self._elapsed(asked) > given:
            raise Undecided(f"{doing} took more than {given:.2g} s")

    def _elapsed(self, since: tuple[float, float]) -> float:
        """The seconds of work since then; a busy machine is waited for, up to ``patience``."""
        processor, clock = _now()
        return max(processor - since[0], (clock - since[1]) / self.patience)
