"""What is said and kept when the application ends otherwise than by its user."""

from __future__ import annotations

import contextlib
import os
import signal
import traceback

from vreltui.storage.keep.locations import state_folder, state_subfolder
from vreltui.storage.keep.private import own_open
from vreltui.tui.gate import cleaned
from vreltui.workbench import Workbench
from vreltui.workbench.open.files import NOT_KEPT

LOG, NOTES = "crash.log", "program.log"

KEPT = "Your edits are kept"


def last_words(error: BaseException, design: str, kept: str | None = None) -> str:
    """What to tell the user of an error of the program: ``kept`` says what became of the edits.

    The details, which no user can use, go into a private file.
    """
    kind = type(error).__name__
    lines = [
        f"vreltui: this is an error of the program ({kind}), not of yours.",
        f"{KEPT}: open {cleaned(design)} again, and they are offered." if kept is None else kept,
    ]
    with contextlib.suppress(OSError):
        path = state_folder() / LOG
        _write_text(LOG, "".join(traceback.format_exception(error)))
        lines.append(f"The details are in {cleaned(str(path))}.")
    return "\n".join(filter(None, lines))


def end_words(code: int, kept: str) -> str:
    """What to tell the user of an end with an exit code, which was not the user's wish."""
    number = code - 128
    known = {each.value: each.name for each in signal.Signals}
    how = f"by {known[number]}" if number in known else "without being asked to"
    return "\n".join(filter(None, [f"vreltui: ended {how}.", kept]))


def kept_words(bench: Workbench) -> str:
    """What became of edits that are not saved; empty where there are none."""
    if not bench.dirty and bench.recovered is None:
        return ""
    lost = [text for text in bench.warnings if text.startswith(NOT_KEPT)]
    if bench.dirty and lost:
        return f"Your edits may be lost: {cleaned(lost[-1])}."
    again = f"open {cleaned(bench.name)}" if bench.path is not None else "start vreltui"
    return f"{KEPT}: {again} again, and they are offered."


def note(text: str) -> None:
    """Keep a remark about the program itself in a private file, where there can be one."""
    with contextlib.suppress(OSError):
        _write_text(NOTES, f"{text}\n")


def _write_text(name: str, text: str) -> None:
    descriptor = own_open(state_subfolder("") / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write("\n".join(map(cleaned, text.split("\n"))))
