"""Work that is stopped in order: after some seconds, by ctrl+c, or by SIGTERM."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class StoppedError(Exception):
    """Work was stopped; the text says by what."""


@contextmanager
def stoppable(seconds: float | None) -> Iterator[None]:
    """Inside the block, :class:`StoppedError` is raised where the work is to stop."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        if number == signal.SIGALRM:
            raise StoppedError(f"the {seconds:g} s of the call were over")
        raise StoppedError(f"stopped by {signal.Signals(number).name}")

    watched = [signal.SIGINT, signal.SIGTERM]
    if seconds is not None:
        watched.append(signal.SIGALRM)
    before = {number: signal.signal(number, stop) for number in watched}
    if seconds is not None:
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        if seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
