"""A hang-up or a termination ends the program in order, within a second."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vreltui.tui.app import VreltuiApp

GRACE = 0.8
"""Seconds after which the process ends even if the terminal does not take its last output."""


def end_on_signals(app: VreltuiApp) -> None:
    """From now on SIGHUP and SIGTERM end the application; the journal keeps every edit."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGHUP, signal.SIGTERM):
        loop.add_signal_handler(number, _end, app, number)


def _end(app: VreltuiApp, number: int) -> None:
    app.killed = True
    app.bench.close(keep=True)
    # The line may be dead, and writing to it stall: then nothing but this ends the process.
    timer = threading.Timer(GRACE, os._exit, (128 + number,))
    timer.daemon = True
    timer.start()
    app.exit(return_code=128 + number)
