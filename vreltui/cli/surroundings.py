"""What a process is started with that the program can't work with, in words and not a traceback."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import os
import sys
import threading
from pathlib import Path


def one_thread_of_algebra() -> None:
    """Keep numpy's linear algebra, of which nothing is used, from starting a thread for each core.

    Where no thread may be started, it would write so over the answer.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def fill_closed_streams() -> None:
    """Put the null device in place of each standard stream that was closed.

    Else the next file that is opened would take its number, and be read or written as if it were
    the stream. What Python knows of them stays: a closed stream is None.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)


def ascii_alone() -> bool:
    """Whether drawings are to be of ASCII: by the user's locale, or on the console of Linux.

    Python's own idea of the encoding won't do: in the locale C it takes UTF-8, whatever the
    terminal shows.
    """
    # The console's fonts of 256 or 512 characters have neither braille nor triangles.
    if os.environ.get("TERM") == "linux":
        return True
    given = [os.environ.get("LC_ALL"), _ctype(), os.environ.get("LANG")]
    name = next(filter(None, given), "C")
    return "utf8" not in name.lower().replace("-", "")


def _ctype() -> str | None:
    """LC_CTYPE as the user has it: Python sets another one where the locale is C (PEP 538)."""
    try:
        first = Path("/proc/self/environ").read_bytes().split(b"\0")
    except OSError:
        return os.environ.get("LC_CTYPE")
    given = (entry.partition(b"=") for entry in first)
    return next((os.fsdecode(value) for name, _, value in given if name == b"LC_CTYPE"), None)


def no_terminal() -> str:
    """Why no application can be shown here; empty when one can."""
    # Textual draws on standard error. A stream that was closed is None.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not all(stream is not None and stream.isatty() for stream in streams):
        return "the application needs a terminal for its input and output"
    if os.environ.get("TERM", "") in ("", "dumb"):
        return f"the terminal can't place text (TERM={os.environ.get('TERM', '')})"
    return _no_driver() or _no_colours() or _no_threads()


def _no_driver() -> str:
    """Why the driver that the environment names for Textual is none."""
    name = os.environ.get("TEXTUAL_DRIVER")
    if name is None:
        return ""
    from textual.driver import Driver

    module, _, symbol = name.partition(":")
    try:
        driver = vars(importlib.import_module(module))[symbol]
    except Exception:
        return f"TEXTUAL_DRIVER={name} names no driver, which is written module:Class"
    if inspect.isclass(driver) and issubclass(driver, Driver):
        return ""
    return f"TEXTUAL_DRIVER={name} is no driver of Textual"


def _no_colours() -> str:
    """Why the colours that the environment names for Textual are none."""
    name = os.environ.get("TEXTUAL_COLOR_SYSTEM", "auto")
    if name == "auto":
        return ""
    from rich.console import COLOR_SYSTEMS

    known = ("auto", *COLOR_SYSTEMS)
    if name in known:
        return ""
    return f"TEXTUAL_COLOR_SYSTEM={name} is none of {', '.join(known)}"


def _no_threads() -> str:
    """Why nothing can run beside the screen."""
    try:
        beside = threading.Thread(target=int)
        beside.start()
    except RuntimeError:
        return "no thread can be started beside the screen (ulimit -u says how many may be)"
    beside.join()
    return ""
