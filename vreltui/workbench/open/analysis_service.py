"""The analysis in force: at once where that is quick, else beside the screen, the newest first."""

from __future__ import annotations

import contextlib
from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from vreltui.analysis.results import ProbabilityThreshold, Report
from vreltui.model import Design
from vreltui.workbench.open.analysis import Analysis
from vreltui.workbench.open.in_process import Instant
from vreltui.workers import Done, NewestJob, State

if TYPE_CHECKING:
    from vreltui.analysis.successive import Aside

_Question = tuple[Design, str | None, tuple[str, ...] | None]
_Answer = tuple[Report, Mapping[str, ProbabilityThreshold], "Aside | None"]

_ANSWER = "vreltui.analysis.successive:whole"
"""Named, not imported: the engine is loaded when there is something on the screen."""


_EVERYTHING: tuple[str, ...] = ()
"""In the place of names: all, also what takes long."""

IDLE = 0.05
"""Seconds after an answer, in which it is drawn, before more is computed here."""


class AnalysisService:
    """Reports on designs, without ever holding up the thread that asks.

    A process of its own starts with the service and ends with :meth:`close`. See
    :class:`vreltui.workers.NewestJob` for what happens to what is overtaken. After
    :meth:`hasten`, what takes no longer than a frame is found without that process.
    """

    def __init__(
        self,
        on_result: Callable[[Analysis], None] | None = None,
        *,
        on_state: Callable[[], None] | None = None,
    ) -> None:
        self._on_result = on_result
        self._task = NewestJob[_Question, _Answer](_ANSWER, self._deliver, on_state=on_state)
        self._instant = Instant()
        self._is_instant = False
        self._loop: AbstractEventLoop | None = None
        self._ready: Callable[[], None] = lambda: None
        self._last: Done[_Question, _Answer] | None = None

    def hasten(self, ready: Callable[[], None] = lambda: None) -> None:
        """Load the engine here too, for answers that are there at once. Needs an event loop.

        ``ready`` is called whenever it can answer here what it could not before.
        """
        self._ready = ready
        loop = self._loop
        assert loop is not None

        def loaded() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: it was the end
                loop.call_soon_threadsafe(self._begin)

        self._instant.prepare(loaded)

    def _begin(self) -> None:
        """Answer here what was answered last, so that an edit of it is quick."""
        if self._last is not None:
            self._instant.begin(self._last.argument, self._last.seconds)
            self._step()

    def _step(self) -> None:
        """A part of that; keys are served between the parts."""
        if not self._instant.step():
            self._ready()
        elif self._loop is not None:
            self._loop.call_later(IDLE, self._step)

    def submit(
        self, design: Design, choice: str | None = None, names: tuple[str, ...] | None = None
    ) -> Analysis | None:
        """Ask for the report on a design: at once when it is there within a moment, else later.

        ``choice`` is the one in hand, for which more is computed; ``names`` are the components of
        which the thresholds of own numbers are wanted first.
        """
        found = self.extend(design, choice, names)
        if found is None:
            return self._ask((design, choice, None))
        self._is_instant = True
        return found

    def extend(
        self, design: Design, choice: str | None, names: tuple[str, ...] | None
    ) -> Analysis | None:
        """The same report with thresholds of other components, where that is quick."""
        answer = self._instant.answer((design, choice, names))
        return None if answer is None else Analysis(design, answer[0], choice, answer[1])

    def aside(self, design: Design, choice: str) -> Aside | None:
        """What is said beside the figures, where that is quick; None where it is not."""
        return self._instant.aside(design, choice)

    def completed(self, design: Design, choice: str) -> Report | None:
        """The report with all figures of time of a choice, where that is quick."""
        return self._instant.completed(design, choice)

    def ask_again(self, design: Design, choice: str | None) -> Analysis | None:
        """Ask the process for all that does not come with the first answer about a design."""
        return self._ask((design, choice, _EVERYTHING))

    def _ask(self, question: _Question) -> Analysis | None:
        self._is_instant = False
        done = self._task.submit(question)
        return None if done is None else self._analysis(done)

    def wait(self, seconds: float) -> Analysis | None:
        """Wait for the report on the newest design, without an event loop."""
        done = self._task.wait(seconds)
        return None if done is None else self._analysis(done)

    def attach(self, loop: AbstractEventLoop) -> None:
        """Deliver later reports through an event loop."""
        self._loop = loop
        self._task.attach(loop)

    def cancel(self) -> None:
        """Give up what is being computed."""
        self._task.cancel()

    def close(self) -> None:
        """End the process."""
        self._task.close()

    @property
    def state(self) -> State:
        """Whether the newest design's report is there, being computed, or given up."""
        return "current" if self._is_instant else self._task.state

    @property
    def reason(self) -> str:
        """Why it was given up."""
        return self._task.reason

    @property
    def process(self) -> int | None:
        """The number of the process that computes."""
        return self._task.process

    def _deliver(self, done: Done[_Question, _Answer]) -> None:
        found = self._analysis(done)
        if self._on_result is not None:
            self._on_result(found)

    def _analysis(self, done: Done[_Question, _Answer]) -> Analysis:
        design, choice, _ = done.argument
        report, own, aside = done.result
        self._last = done
        if self._loop is not None and self._instant.wants:
            self._loop.call_later(IDLE, self._begin)
        return Analysis(design, report, choice, own, done.seconds, aside)
