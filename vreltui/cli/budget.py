"""The time that one call may take, shared among what it is asked; and what it does meanwhile."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from vreltui.cli.output import clean

if TYPE_CHECKING:
    from vreltui.workers.process import Worker

T = TypeVar("T")

MOMENT = 0.5
"""Seconds of processor time that are spent here before a process of its own is started."""

WRITING = 0.05
"""What part of the time is kept for writing the answer."""

ANSWERING = 0.8
"""What part of its time a process is told to take; past all of it, it is ended."""

GRACE = 0.5
"""Seconds past its time that a process is left, where others are still to be asked: another one
takes as long to start."""

SHOWN_AFTER = 1.0
"""Seconds after which a terminal is told what is being done."""

_STEP = 0.2


class Budget:
    """The seconds of one call, counted from when this is made."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.started = time.monotonic()
        self.end = self.started + seconds * (1 - WRITING)
        self.progress = Progress(self)

    def share(self, parts: int) -> float:
        """When the next of so many parts that are left has to end, on the monotonic clock."""
        now = time.monotonic()
        return now + max(0.0, self.end - now) / max(parts, 1)

    @property
    def over(self) -> str:
        """Why nothing more is answered; empty while there is time."""
        is_over = time.monotonic() >= self.end
        return f"the {self.seconds:g} s of the call were over" if is_over else ""


class Progress:
    """A line on a terminal's standard error about work of more than a moment; else nothing."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._shown = False
        self._is_terminal = (
            sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        )

    def show(self, doing: str) -> None:
        """Say what is being done, in place of what was said before."""
        passed = time.monotonic() - self._budget.started
        if not self._is_terminal or passed < SHOWN_AFTER:
            return
        text = f"vreltui: {clean(doing)}, {passed:.0f} s of at most {self._budget.seconds:g} s"
        self._put(f"\r\x1b[K{text[: _columns()]}")
        self._shown = True

    def clear(self) -> None:
        """Take the line away, before anything else is written."""
        if self._shown:
            self._put("\r\x1b[K")
            self._shown = False

    def _put(self, text: str) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(text)
            sys.stderr.flush()


def _columns() -> int:
    try:
        return max(20, os.get_terminal_size(sys.stderr.fileno()).columns - 1)
    except (OSError, ValueError):
        return 79


class Answers(Generic[T]):
    """Answers about one design, or about two that are compared, within a time, whatever they need.

    ``function``, named as "module:function", is asked with that subject, what it is about and how
    many seconds it may take. What a moment suffices for is answered in this process. The rest is
    left to a process that is ended when its time is over and held to its memory, so that nothing
    can keep the call from its end.
    """

    def __init__(self, function: str, subject: object, budget: Budget, end: float) -> None:
        self._where = function
        self._subject: object = subject
        self._whole = subject
        self._budget = budget
        self._end = end
        self._moment = MOMENT
        self._worker: Worker | None = None
        self._number = 0
        self._elsewhere = False

    def turn_to(self, subject: object) -> None:
        """What is asked from here on is about another design."""
        if subject is not self._whole:
            self._subject = self._whole = subject

    def ask(self, about: object, doing: str, left: int) -> T:
        """The answer about one of ``left`` things that are still to be asked, this one included.

        Raises :class:`vreltui.engine.limits.Undecided`, with the reason, where there is none.
        """
        from vreltui.engine.limits import OverdueError, Undecided, within

        if self.over:
            raise Undecided(self.over)
        if not self._elsewhere:
            since = time.thread_time()
            try:
                with within(self._moment):
                    return self._here(about, left)
            except (OverdueError, MemoryError, RecursionError):
                self._elsewhere = True
            finally:
                self._moment -= time.thread_time() - since
        return self._in_process(about, doing, left)

    @property
    def over(self) -> str:
        """Why nothing more is answered; empty while there is time."""
        if time.monotonic() < self._end:
            return ""
        return self._budget.over or "no time was left for it"

    def close(self) -> None:
        """End the process, if there is one."""
        self._budget.progress.clear()
        if self._worker is not None:
            self._worker.kill()
            self._worker = None

    def _here(self, about: object, left: int) -> T:
        module, _, name = self._where.partition(":")
        # "module:function", as the process beside is told it; a wrong name raises.
        function: Callable[[object], T] = getattr(import_module(module), name)
        return function((self._whole, about, ANSWERING * self._share(left)))

    def _share(self, left: int) -> float:
        return max(0.0, self._end - time.monotonic()) / max(left, 1)

    def _in_process(self, about: object, doing: str, left: int) -> T:
        from vreltui.engine.limits import Undecided
        from vreltui.workers.worker import DONE, READY

        if self._worker is None and not self._start():
            return self._here(about, left)
        message = self._receive(self._end, doing) if self._number == 0 else (READY, 0, None, 0.0)
        seconds = self._share(left)
        if message is not None:
            self._number += 1
            question = (self._number, (self._subject, about, ANSWERING * seconds))
            grace = min(GRACE, 0.1 * (self._end - time.monotonic())) if left > 1 else 0.0
            message = self._send(question, doing, seconds + grace)
        if message is None:
            raise Undecided(
                "the process that computed it ended; it may have needed too much memory"
            )
        word, _, result, _ = message
        if word != DONE:
            raise Undecided(str(result))
        self._subject = None  # the process knows it by now
        return cast("T", result)

    def _start(self) -> bool:
        from vreltui.workers.process import Worker

        try:
            self._worker = Worker(self._where)
        except OSError:  # there may be no more processes
            return False
        self._subject, self._number = self._whole, 0
        return True

    def _send(
        self, question: object, doing: str, seconds: float
    ) -> tuple[str, int, Any, float] | None:
        assert self._worker is not None
        try:
            self._worker.send(question)
        except OSError:
            self.close()
            return None
        return self._receive(time.monotonic() + seconds, doing)

    def _receive(self, end: float, doing: str) -> tuple[str, int, Any, float] | None:
        """The next message; None where the process is gone. Raises Undecided at the end."""
        from vreltui.engine.limits import Undecided

        assert self._worker is not None
        since = time.monotonic()
        while not self._worker.poll(max(0.0, min(_STEP, end - time.monotonic()))):
            self._budget.progress.show(doing)
            if time.monotonic() >= end:
                self.close()
                raise Undecided(f"it took more than {end - since:.2g} s")
        message = self._worker.receive()
        if message is None:
            self.close()
        return message
