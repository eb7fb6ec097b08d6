"""A hang-up or a termination ends the program in order, within a second.

The journal has every edit already, so that an end without ceremony loses nothing either.
"""

from __future__ import annotations

import asyncio
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


class Endable(Protocol):
    """What has to be known of an application to end it."""

    killed: bool

    @property
    def is_headless(self) -> bool:
        """Whether there is no terminal."""

    def end_in_order(self, code: int) -> None:
        """End with an exit code; the journal of the design stays."""


def end_on_signals(app: Endable) -> None:
    """From now on SIGHUP, SIGTERM and a terminal that is gone end the application.

    This also holds where SIGHUP was ignored before, as below ``nohup``.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()

    def end(number: int, _frame: FrameType | None = None) -> None:
        _exit_later(number)
        loop.call_soon_threadsafe(_end, app, number)

    # Not by the event loop: it does not turn while the terminal takes nothing, and a handler of
    # Python's own also runs in a thread that waits.
    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, end)
    if not app.is_headless:
        threading.Thread(target=_watch, args=(end,), name="hang-up", daemon=True).start()


def _watch(end: Callable[[int], None]) -> None:
    """Wait until the terminal is gone; no signal tells that outside of its own session."""
    try:
        poll = select.poll()
        poll.register(sys.__stdin__.fileno(), 0)  # type: ignore[union-attr]
        poll.poll()
    except (OSError, ValueError, AttributeError):
        return
    end(signal.SIGHUP)


def _exit_later(number: int) -> None:
    # The line may be dead, and writing to it stall: then nothing but this ends the process.
    timer = threading.Timer(GRACE, os._exit, (128 + number,))
    timer.daemon = True
    timer.start()


def _end(app: Endable, number: int) -> None:
    if app.killed:
        return
    app.end_in_order(128 + number)
