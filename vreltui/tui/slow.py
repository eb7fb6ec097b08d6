"""A slow question to a process of its own, which starts when something is asked first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from vreltui.workers import Done, NewestJob

A = TypeVar("A")
R = TypeVar("R")

PATIENCE = 0.25
"""Seconds for which an earlier answer stays without a word that another one is being computed."""

TICK = 1.0
"""Seconds after which the time gone is said, and again each time."""

MOST_SECONDS = 20.0
"""Seconds after which a question is given up."""


class Slow(Generic[A, R]):
    """The newest answer to the newest question, without ever waiting for it."""

    def __init__(
        self,
        function: str,
        arrived: Callable[[], None],
        most_seconds: float = MOST_SECONDS,
        *,
        way_out: str = "",
    ) -> None:
        """``way_out`` is what to say of how to give up, once it takes longer than a moment."""
        self._function = function
        self._way_out = way_out
        self._most_seconds = most_seconds
        self._arrived = arrived
        self._task: NewestJob[A, R] | None = None
        self._key: object = None
        self._closed = False
        self._asked_at = 0.0
        self._ticking: asyncio.TimerHandle | None = None
        self.answer: R | None = None

    def ask(self, key: object, request: A) -> None:
        """Ask, unless ``key`` says that this was asked last."""
        if key == self._key or self._closed:
            return
        self._key = key
        loop = asyncio.get_running_loop()
        self._asked_at = loop.time()
        done = self._started().submit(request)
        if done is not None:
            self.answer = done.result
            return
        if self.answer is not None:
            loop.call_later(PATIENCE, self._late)
        self._tick_later()

    def start(self) -> None:
        """Start the process before anything is asked."""
        if not self._closed:
            self._started()

    def _started(self) -> NewestJob[A, R]:
        if self._task is None:
            self._task = NewestJob(
                self._function,
                self._receive,
                on_state=self._arrived,
                patience=0.0,
                most_seconds=self._most_seconds,
            )
            self._task.attach(asyncio.get_running_loop())
        return self._task

    def _late(self) -> None:
        if self.state:
            self._arrived()

    def _tick_later(self) -> None:
        self._stop_ticking()
        self._ticking = asyncio.get_running_loop().call_later(TICK, self._tick)

    def _tick(self) -> None:
        self._ticking = None
        if self.under_way:
            self._arrived()
            self._tick_later()

    def _stop_ticking(self) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
            self._ticking = None

    def _receive(self, done: Done[A, R]) -> None:
        self.answer = done.result
        self._arrived()

    @property
    def state(self) -> str:
        """What to say about an answer that is not there; empty when it is."""
        if self._task is None or self._task.state == "current":
            return ""
        if self.given_up:
            return f"not computed: {self._task.reason}"
        waited = asyncio.get_running_loop().time() - self._asked_at
        if waited >= TICK:
            gone = f"being computed, {waited:.0f} s"
            return f"{gone}; {self._way_out}" if self._way_out else gone
        return "being computed" if self.answer is None or waited >= PATIENCE else ""

    @property
    def under_way(self) -> bool:
        """Whether an answer is still to come, also while nothing is said of it yet."""
        return self._task is not None and self._task.state == "computing"

    @property
    def given_up(self) -> bool:
        """Whether there will be no answer to what was asked last."""
        return self._task is not None and self._task.state == "given up"

    def forget(self) -> None:
        """Ask again when it is asked next, whatever was asked last."""
        self._key = None

    def cancel(self) -> bool:
        """Give up what is under way; whether there was something."""
        if self._task is None or not self.under_way:
            return False
        self._task.cancel()
        return True

    def close(self) -> None:
        """End the process, for good."""
        self._closed = True
        self._stop_ticking()
        if self._task is not None:
            self._task.close()
            self._task = None
