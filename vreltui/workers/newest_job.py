"""Slow questions asked again and again: the newest is answered, what it overtakes is dropped."""

from __future__ import annotations

import time
from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from vreltui.workers.process import Worker
from vreltui.workers.worker import DONE, PART, READY

A = TypeVar("A")
R = TypeVar("R")

State = Literal["current", "computing", "given up"]

PATIENCE = 0.03
"""Seconds that :meth:`NewestJob.submit` waits for an answer, so that it is in the same frame."""

GRACE = 0.3
"""Seconds that an overtaken job may still take before its process is killed."""


@dataclass(frozen=True)
class Done(Generic[A, R]):
    """An answer: to what, what, and in how many seconds it was computed."""

    argument: A
    result: R
    seconds: float


@dataclass
class _Job(Generic[A]):
    number: int
    argument: A
    started: float


class NewestJob(Generic[A, R]):
    """A function computed in a process of its own, one call at a time, the newest first.

    ``function`` stands at the top of a module, or is named as "module:function" to leave loading
    it to the process. Everything is called from one thread and no other
    is used. With :meth:`attach` later answers arrive through an event loop, by ``on_result``; an
    answer to a question that was overtaken meanwhile is given too. Where ``function`` gives an
    iterator, its parts arrive as answers while the state is still "computing". ``on_state`` is
    called when the state changes without an answer.
    """

    def __init__(
        self,
        function: Callable[[A], R] | str,
        on_result: Callable[[Done[A, R]], None] | None = None,
        *,
        on_state: Callable[[], None] | None = None,
        patience: float = PATIENCE,
        grace: float = GRACE,
        most_seconds: float = 120.0,
    ) -> None:
        self._function = function
        self._on_result = on_result
        self._on_state = on_state
        self._patience = patience
        self._grace = grace
        self._most_seconds = most_seconds
        self._worker: Worker | None = None
        self._ready = False
        self._last_seconds = 0.0
        self._number = 0
        self._running: _Job[A] | None = None
        self._waiting: tuple[A, float] | None = None
        self._loop: AbstractEventLoop | None = None
        self._timer: TimerHandle | None = None
        self._received: Done[A, R] | None = None
        self._again: A | None = None
        self.state: State = "current"
        self.reason = ""
        self._start()

    # Asking

    def submit(self, argument: A) -> Done[A, R] | None:
        """Ask. The answer, when it comes within a moment; else it comes later.

        There is no waiting while the process starts, nor when the last answer took longer.
        """
        self.state, self.reason = "computing", ""
        self._waiting = (argument, time.monotonic())
        self._again = None
        self._received = None
        end = time.monotonic() + self._patience
        self._pump(0.0)
        while self._answer_to(argument) is None and self._is_computing():
            left = end - time.monotonic()
            if not self._ready or left <= 0 or self._last_seconds > self._patience:
                break
            self._pump(left)
        self._set_timer()
        answer = self._answer_to(argument)
        if answer is None and self._received is not None and self._loop is not None:
            # An older answer came meanwhile: better on the screen than none while keys are held.
            self._loop.call_soon(self._deliver, self._received)
        return answer

    def _deliver(self, done: Done[A, R]) -> None:
        if self._on_result is not None:
            self._on_result(done)

    def _answer_to(self, argument: A) -> Done[A, R] | None:
        done = self._received
        return done if done is not None and done.argument is argument else None

    def _is_computing(self) -> bool:
        return self.state == "computing"

    def wait(self, seconds: float) -> Done[A, R] | None:
        """Wait for the answer to the newest question, without an event loop."""
        end = time.monotonic() + seconds
        while self.state == "computing" and (left := end - time.monotonic()) > 0:
            self._pump(min(left, 0.05))
        return self._received if self.state == "current" else None

    def cancel(self) -> None:
        """Give up what is being computed."""
        if self.state == "computing":
            self._give_up("cancelled")

    def close(self) -> None:
        """End the process."""
        self._stop()
        self._waiting = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def attach(self, loop: AbstractEventLoop) -> None:
        """Deliver later answers through an event loop."""
        self._loop = loop
        if self._worker is not None:
            loop.add_reader(self._worker.fileno(), self._on_readable)
        self._set_timer()

    @property
    def process(self) -> int | None:
        """The number of the process that computes; None when there is none."""
        return self._worker.process if self._worker is not None else None

    # The process

    def _start(self) -> None:
        try:
            self._worker = Worker(self._function)
        except OSError as error:
            self._worker = self._waiting = None
            self.state, self.reason = "given up", f"no process can be started: {error.strerror}"
            return
        self._ready = False
        if self._loop is not None:
            self._loop.add_reader(self._worker.fileno(), self._on_readable)

    def _stop(self) -> None:
        if self._worker is None:
            return
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._worker.fileno())
        self._worker.kill()
        self._worker = None
        self._running = None

    def _give_up(self, reason: str) -> None:
        self._waiting = None
        if self._running is not None:
            self._stop()
            self._start()
        self.state, self.reason = "given up", reason
        if self._on_state is not None:
            self._on_state()

    # Messages

    def _pump(self, seconds: float) -> None:
        """Send what waits, take what has come within so many seconds, and enforce the limits."""
        self._enforce()
        self._send()
        if self._worker is not None and self._worker.poll(seconds):
            self._take(self._worker.receive())
            self._send()

    def _send(self) -> None:
        """Send what waits, once the process reads: into one that starts, a design might not fit."""
        if self._waiting is None or self._running is not None:
            return
        if self._worker is None:
            self._start()
        if self._worker is None or not self._ready:
            return
        argument, _ = self._waiting
        self._number += 1
        try:
            self._worker.send((self._number, argument))
        except OSError:  # it was killed while it had nothing to do
            self._stop()
            self._start()
            return
        self._waiting = None
        self._running = _Job(self._number, argument, time.monotonic())

    def _take(self, message: tuple[str, int, Any, float] | None) -> None:
        if message is None:
            self._ended()
            return
        word, number, result, seconds = message
        if word == READY:
            self._ready = True
            return
        if self._running is None or number != self._running.number:
            return
        if word == PART:
            self._received = Done(self._running.argument, result, seconds)
            return
        job, self._running = self._running, None
        self._last_seconds = seconds
        if self._waiting is None:
            self.state, self.reason = ("current", "") if word == DONE else ("given up", str(result))
        if word == DONE:
            self._received = Done(job.argument, result, seconds)
        elif self._on_state is not None:
            self._on_state()

    def _ended(self) -> None:
        """The process is gone: killed for its memory, perhaps."""
        had_started, job, waiting = self._ready, self._running, self._waiting
        self._stop()
        # Whoever killed it may not have meant what it was asked: that is asked once more.
        lost = waiting[0] if waiting is not None else job.argument if job is not None else None
        if waiting is not None and had_started:
            self._start()
        elif lost is not None and lost is not self._again:
            self._again = lost
            self._waiting = (lost, time.monotonic())
            self._start()
        elif had_started and job is not None:
            self._give_up("the computing process ended; the design may need too much memory")
        elif not had_started:
            self._give_up("the computing process does not start")

    def _enforce(self) -> None:
        """Kill a job that was overtaken and does not end, or that takes too long altogether."""
        if self._running is None:
            return
        now = time.monotonic()
        if self._waiting is not None and now - self._waiting[1] > self._grace:
            self._stop()
            self._start()
        elif now - self._running.started > self._most_seconds:
            self._give_up(f"it took more than {self._most_seconds:g} s")

    # The event loop

    def _on_readable(self) -> None:
        self._received = None
        self._pump(0.0)
        self._set_timer()
        if self._received is not None:
            self._deliver(self._received)

    def _on_timer(self) -> None:
        self._timer = None
        self._enforce()
        self._send()
        self._set_timer()

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._loop is None or self._running is None:
            return
        now = time.monotonic()
        end = self._running.started + self._most_seconds
        if self._waiting is not None:
            end = min(end, self._waiting[1] + self._grace)
        self._timer = self._loop.call_later(max(end - now, 0.0) + 0.01, self._on_timer)
