"""The clipboard from inside tmux, which drops what a program sends unless it is told not to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

MOST_SECONDS = 2.0
"""Seconds after which tmux is taken not to answer."""


def inside() -> bool:
    """Whether the program runs in a pane of tmux."""
    return bool(os.environ.get("TMUX"))


def load_buffer(text: str) -> bool:
    """Put a text into tmux's newest buffer and the clipboard of its terminal; whether it did."""
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],  # noqa: S607 - the one that the user runs
            input=text.encode("utf-8", "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def copied(text: str, what: str, send: Callable[[str], None]) -> tuple[str, str]:
    """Copy a text, through tmux from inside it; what to say, and in which style.

    ``send`` gives a text to the terminal by OSC 52.
    """
    if not inside():
        send(text)
        return f"copied {what} to the clipboard of the terminal", ""
    if load_buffer(text):
        return f"copied {what} to the buffer of tmux, and through it to the clipboard", ""
    send(text)
    right = "tmux must have `set -g set-clipboard on`"
    return f"perhaps not in the clipboard, {right}: {what}", "warning"
