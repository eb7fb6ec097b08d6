"""Every way out of the application but its user's: the journal stays, and the end is told.

The user's way is :meth:`vreltui.tui.app.VreltuiApp.leave`. Whatever else ends the application (a
signal, an exception, an event loop that stops, a call of ``os._exit``) is no reason to forget an
edit, ends with a status that is not 0, and gives the terminal back.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from vreltui.tui.app import VreltuiApp

FAILED = 1
INTERRUPTED = 130

_exit_now = os._exit


def run_to_its_end(app: VreltuiApp, *, mouse: bool) -> int:
    """Run the application; the exit status, which is 0 only where the user left.

    Raises what opening the design raised, which is in ``app.failure`` then.
    """
    status = FAILED
    try:
        with _exits_guarded(app):
            app.run(mouse=mouse)
        status = app.status or app.return_code or FAILED
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BaseException as error:
        app.fault = app.fault or error
    if app.failure is not None:
        raise app.failure
    if app.left:
        return 0
    app.give_back()
    _say(app.last_words(status))
    return status


def end_at_once(app: VreltuiApp, code: int) -> NoReturn:
    """End the process now, from any thread, without waiting for the terminal."""
    app.give_back(app.last_words(code).replace("\n", "\r\n") + "\r\n")
    _exit_now(code)


def _say(words: str) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"{words}\n")
            sys.stderr.flush()


@contextlib.contextmanager
def _exits_guarded(app: VreltuiApp) -> Iterator[None]:
    """``os._exit`` and ``os.abort``, which ask nobody, give the terminal back meanwhile."""
    process, usual = os.getpid(), (os._exit, os.abort)

    def leave(status: int = FAILED) -> NoReturn:
        if os.getpid() == process:
            end_at_once(app, status or FAILED)
        _exit_now(status)  # a process that was forked off

    os._exit, os.abort = leave, leave
    try:
        yield
    finally:
        os._exit, os.abort = usual
