"""What is said and kept when the program itself is at fault."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from vreltui.storage.locations import state_folder
from vreltui.tui.gate import cleaned

LOG = "crash.log"


def last_words(error: BaseException | None, design: str) -> str:
    """What to tell the user. The details, which no user can use, go into a private file."""
    kind = type(error).__name__
    lines = [
        f"vreltui: this is an error of the program ({kind}), not of yours.",
        f"Your edits are kept: open {cleaned(design)} again, and they are offered.",
    ]
    path = state_folder() / LOG
    try:
        _write(path, error)
    except OSError:
        return "\n".join(lines)
    return "\n".join([*lines, f"The details are in {cleaned(str(path))}."])


def _write(path: Path, error: BaseException | None) -> None:
    text = "".join(traceback.format_exception(error)) if error is not None else ""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write("\n".join(map(cleaned, text.split("\n"))))
