"""A signal, a hang-up or a fault ends the program within a second, whatever the terminal does.

The journal has every edit already, so that an end without ceremony loses nothing either.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Protocol

GRACE = 0.6
"""Seconds after which the process ends even if the terminal does not take its last output."""

_WRITER = "textual-output"
"""The thread in which Textual writes to the terminal."""

ENDING = (
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGABRT,
    signal.SIGTERM,
    signal.SIGUSR1,
    signal.SIGUSR2,
    signal.SIGXCPU,
)
"""Signals that would end a process with its screen as it is, and let it end in order."""


class Endable(Protocol):
    """What has to be known of an application to end it."""

    killed: bool

    @property
    def is_headless(self) -> bool:
        """Whether there is no terminal."""

    def end_in_order(self, code: int) -> None:
        """End with an exit code; the journal of the design stays."""

    def end_at_once(self, code: int) -> None:
        """End the process without waiting for anything."""

    def fail(self, error: BaseException) -> None:
        """End because of an error of the program; the journal of the design stays."""


def end_on_signals(app: Endable) -> None:
    """From now on :data:`ENDING` and a terminal that is gone end the application.

    This also holds where SIGHUP was ignored before, as below ``nohup``.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()

    def end(number: int, _frame: FrameType | None = None) -> None:
        end_later(app, 128 + number)
        with contextlib.suppress(RuntimeError):  # the loop is closed: it ends already
            loop.call_soon_threadsafe(_end, app, number)

    # Not by the event loop: it does not turn while the terminal takes nothing, and a handler of
    # Python's own also runs in a thread that waits.
    for number in ENDING:
        signal.signal(number, end)
    if not app.is_headless:
        threading.Thread(target=_watch, args=(end,), name="hang-up", daemon=True).start()


def end_later(app: Endable, code: int) -> None:
    """End the process after a while: the line may be dead, and writing to it stall."""
    timer = threading.Timer(GRACE, app.end_at_once, (code,))
    timer.daemon = True
    with contextlib.suppress(RuntimeError):  # no thread can be started
        timer.start()


def fail_on_faults(app: Endable) -> None:
    """From now on an exception that nobody catches ends the application, and says so.

    In a callback of the event loop, and in a thread, Python would only tell of it where nobody
    can read it; the screen might stand still from then on.
    """
    loop = asyncio.get_running_loop()

    def fail(error: BaseException) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: it ends already
            loop.call_soon_threadsafe(app.fail, error)

    def in_callback(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            fail(error)

    loop.set_exception_handler(in_callback)
    if app.is_headless:
        return  # the threads are those of a test

    def in_thread(given: threading.ExceptHookArgs) -> None:
        error = given.exc_value
        writes = given.thread is not None and given.thread.name == _WRITER
        if writes and isinstance(error, OSError):
            os.kill(os.getpid(), signal.SIGHUP)  # the terminal is gone
        elif error is not None and not isinstance(error, SystemExit):
            end_later(app, 1)
            fail(error)

    threading.excepthook = in_thread


def _watch(end: Callable[[int], None]) -> None:
    """Wait until the terminal is gone; no signal tells that outside of its own session."""
    try:
        poll = select.poll()
        poll.register(sys.__stdin__.fileno(), 0)  # type: ignore[union-attr]
        poll.poll()
    except (OSError, ValueError, AttributeError):
        return
    end(signal.SIGHUP)


def _end(app: Endable, number: int) -> None:
    if app.killed:
        return
    app.end_in_order(128 + number)
