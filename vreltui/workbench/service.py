"""The analysis in force: computed beside the screen, the newest design first."""

from __future__ import annotations

from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping

from vreltui.analysis.results import ProbabilityThreshold, Report
from vreltui.model import Design
from vreltui.workbench.analysis import Analysis
from vreltui.workbench.latest import Done, LatestTask, State

_Question = tuple[Design, str | None]
_Answer = tuple[Report, Mapping[str, ProbabilityThreshold]]

_ANSWER = "vreltui.analysis.successive:answer"
"""Named, not imported: the engine is loaded by the process that uses it."""


class AnalysisService:
    """Reports on designs, without ever holding up the thread that asks.

    A process of its own starts with the service and ends with :meth:`close`. See
    :class:`vreltui.workbench.latest.LatestTask` for what happens to what is overtaken.
    """

    def __init__(
        self,
        on_result: Callable[[Analysis], None] | None = None,
        *,
        on_state: Callable[[], None] | None = None,
    ) -> None:
        self._on_result = on_result
        self._task = LatestTask[_Question, _Answer](_ANSWER, self._deliver, on_state=on_state)

    def submit(self, design: Design, choice: str | None = None) -> Analysis | None:
        """Ask for the report on a design: at once when it is there within a moment, else later.

        ``choice`` is the one in hand, for which more is computed.
        """
        done = self._task.submit((design, choice))
        return None if done is None else _analysis(done)

    def wait(self, seconds: float) -> Analysis | None:
        """Wait for the report on the newest design, without an event loop."""
        done = self._task.wait(seconds)
        return None if done is None else _analysis(done)

    def attach(self, loop: AbstractEventLoop) -> None:
        """Deliver later reports through an event loop."""
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
        return self._task.state

    @property
    def reason(self) -> str:
        """Why it was given up."""
        return self._task.reason

    @property
    def process(self) -> int | None:
        """The number of the process that computes."""
        return self._task.process

    def _deliver(self, done: Done[_Question, _Answer]) -> None:
        if self._on_result is not None:
            self._on_result(_analysis(done))


def _analysis(done: Done[_Question, _Answer]) -> Analysis:
    design, choice = done.argument
    report, own = done.result
    return Analysis(design, report, choice, own, done.seconds)
