"""Answers found in the process that draws, where they take no longer than a frame.

Sending a design to another process and an answer back costs more than finding the answer of an
edited number. What takes longer is left to :mod:`vreltui.workers`; nothing here waits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from types import ModuleType

    from vreltui.analysis.results import Report
    from vreltui.analysis.successive import Answer, Aside, Question
    from vreltui.model import Design

T = TypeVar("T")

FRAME = 0.03
"""Seconds that an answer may take."""

STEP = 0.25
"""Seconds that a step to the first report on a design may take here; later ones reuse it."""

MOST_SECONDS = 0.5
"""Seconds that the first report may have taken another process, for it to be begun here."""

SHARES = 0.06
"""Seconds that the shares of a choice may take, once its figures are drawn."""

PAUSE = 50
"""How many answers are left to the other process after one took too long here."""


class Instant:
    """The successive answers of the process that draws. Not ready until :meth:`prepare`."""

    def __init__(self) -> None:
        self._modules: list[ModuleType] = []
        self._begun = False
        self._left = 0
        self._steps: Iterator[None] | None = None

    def prepare(self, loaded: Callable[[], None]) -> None:
        """Load the engine, beside what else is to be done; ``loaded()`` in another thread then."""

        def load() -> None:
            names = (
                "vreltui.analysis.successive",
                "vreltui.engine.limits",
                "vreltui.analysis.questions.unreliability_shares",
            )
            self._modules = [import_module(name) for name in names]
            loaded()

        threading.Thread(target=load, name="engine", daemon=True).start()

    @property
    def wants(self) -> bool:
        """Whether :meth:`begin` would be of use."""
        ready = bool(self._modules) and self._steps is None
        return ready and not self._begun and self._left <= 0

    def begin(self, question: Question, seconds: float) -> None:
        """Set out to find, by :meth:`step`, an answer that took another process ``seconds``."""
        if self.wants and seconds < MOST_SECONDS:
            self._steps = self._modules[0].beginning(question)
        self._left -= 1

    def step(self) -> bool:
        """Do a part of what was begun; whether there is more of it."""
        if self._steps is None:
            return False
        steps = self._steps

        def more() -> bool:
            return next(steps, steps) is None

        going_on = self._within(STEP, more)
        if not going_on:
            self._steps = None
            self._begun = going_on is not None
        return bool(going_on)

    def answer(self, question: Question) -> Answer | None:
        """The answer; None where it would take longer than a frame."""
        if not self._begun:
            return None
        find: Callable[[Question], Answer] = self._modules[0].answer
        return self._within(FRAME, lambda: find(question))

    def aside(self, design: Design, choice: str) -> Aside | None:
        """What is said beside the figures of a choice; None where that would take too long."""
        if not self._begun:
            return None
        find: Callable[[Design, str], Aside] = self._modules[0].aside
        try:
            with self._modules[1].within(SHARES):
                return find(design, choice)
        except Exception:  # overdue: the figures themselves are there
            return None

    def completed(self, design: Design, choice: str) -> Report | None:
        """The report with all figures of time of a choice; None where that would take too long."""
        if not self._begun:
            return None
        find: Callable[[Design, str], Report | None] = self._modules[0].completed
        try:
            with self._modules[1].within(SHARES):
                return find(design, choice)
        except Exception:  # overdue: what is measured is there
            return None

    def _within(self, seconds: float, find: Callable[[], T]) -> T | None:
        try:
            with self._modules[1].within(seconds):
                return find()
        except Exception:
            # Overdue, or a fault that the other process will say; not tried again at every key.
            self._begun, self._left = False, PAUSE
            return None
