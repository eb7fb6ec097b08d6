"""Answers found in the process that draws, where they take no longer than a frame.

Sending a design to another process and an answer back costs more than finding the answer of an
edited number. What takes longer is left to :mod:`vreltui.workbench.latest`; nothing here waits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from vreltui.analysis.successive import Answer, Question

FRAME = 0.03
"""Seconds that an answer may take."""

BEGINNING = 0.2
"""Seconds that the first report on a design may take here, once; later ones reuse it."""

PAUSE = 50
"""How many answers are left to the other process after one took too long here."""


class Instant:
    """The successive answers of the process that draws. Not ready until :meth:`prepare`."""

    def __init__(self) -> None:
        self._modules: list[ModuleType] = []
        self._begun = False
        self._left = 0

    def prepare(self, loaded: Callable[[], None]) -> None:
        """Load the engine, beside what else is to be done; ``loaded()`` in another thread then."""

        def load() -> None:
            names = ("vreltui.analysis.successive", "vreltui.engine.limits")
            self._modules = [import_module(name) for name in names]
            loaded()

        threading.Thread(target=load, name="engine", daemon=True).start()

    @property
    def wants(self) -> bool:
        """Whether :meth:`begin` would be of use."""
        return bool(self._modules) and not self._begun and self._left <= 0

    def begin(self, question: Question, seconds: float) -> None:
        """Find an answer that took another process so many seconds, so that the next is quick."""
        if self.wants and seconds < BEGINNING / 2:
            self._begun = self._within(BEGINNING, question) is not None
        self._left -= 1

    def answer(self, question: Question) -> Answer | None:
        """The answer; None where it would take longer than a frame."""
        return self._within(FRAME, question) if self._begun else None

    def _within(self, seconds: float, question: Question) -> Answer | None:
        if not self._modules:
            return None
        successive, limits = self._modules
        find: Callable[[Question], Answer] = successive.answer
        try:
            with limits.within(seconds):
                return find(question)
        except Exception:
            # Overdue, or a fault that the other process will say; not tried again at every key.
            self._begun, self._left = False, PAUSE
            return None
