"""The last gate on the way out: text from files made harmless, and colour where it is wanted."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
from typing import TextIO


def clean(text: str) -> str:
    """``text`` with what a terminal could obey written as escapes."""
    from vreltui.model.names import shown

    return shown(text, most=len(text) + 1)


def write(text: str) -> None:
    """Write a part of the answer to standard output, at once.

    A reader that went away, as ``head`` does, ends nothing: the answer goes on to nowhere, so that
    the exit status is what it would have been. Raises :class:`OSError` where the answer can't be
    written for another reason, as on a full disk.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        write_no_more()
    except OSError as error:
        if error.errno != errno.EIO or not _is_terminal(sys.stdout.fileno()):
            raise
        write_no_more()  # a terminal that was closed is a reader that went away


def _is_terminal(descriptor: int) -> bool:
    """Whether a descriptor is, or was until it was hung up, a terminal."""
    return stat.S_ISCHR(os.fstat(descriptor).st_mode)


class _Reader:
    gone = False


def is_unread() -> bool:
    """Whether what is written to standard output goes nowhere, since nobody reads it."""
    return _Reader.gone


def write_no_more() -> None:
    """What is written to standard output goes nowhere from now on, and so does what is held."""
    _Reader.gone = True
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, sys.stdout.fileno())
        finally:
            os.close(nowhere)


def message(text: str) -> None:
    """One line for people, on standard error; where that can't be written to, nowhere."""
    raw_message(f"vreltui: {text}")


def raw_message(text: str) -> None:
    """As :func:`message`, without the name of the program: lines that begin with a place."""
    # A stream that is None would be standard output to print().
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(clean(text), file=sys.stderr, flush=True)


def say_what_the_encoding_lacks() -> None:
    """Characters that standard output has no bytes for are written as escapes from now on."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def colours(stream: TextIO) -> bool:
    """Whether ``stream`` is a terminal that is to be coloured."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Style:
    """Words in colour, or plain: colour never carries a meaning alone."""

    _CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}  # noqa: RUF012

    def __init__(self, *, coloured: bool) -> None:
        self.coloured = coloured

    def __call__(self, text: str, *names: str) -> str:
        """``text`` in the styles named."""
        if not self.coloured or not names or not text:
            return text
        codes = ";".join(self._CODES[name] for name in names)
        return f"\x1b[{codes}m{text}\x1b[0m"
