"""Answering again whenever a file changes, until somebody has seen enough."""

from __future__ import annotations

import select
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from vreltui.cli import output
from vreltui.cli.table import worst

STEP = 0.2
"""Seconds between two looks at the files."""

SETTLING = 0.05
"""Seconds in which a file that changed must not change again: whoever saves it may not be done."""

PATIENCE = 1.0
"""Seconds that a file may be away, as while an editor puts another in its place."""

Signature = tuple[int, int, int] | None
"""What tells two states of a file apart; None where there is none."""


def watch(files: Sequence[str], answer: Callable[[Sequence[str]], list[int]]) -> int:
    """Answer about all files, then about each that changes, until ctrl+c; the last status.

    ``answer`` gives the status of each file that it is asked about. It also ends where nobody reads
    the answers any more.
    """
    statuses: dict[str, int] = {}
    seen = {file: _signature(file) for file in files}
    with suppress(KeyboardInterrupt):
        statuses.update(zip(files, answer(files), strict=True))
        while not output.is_unread() and not _is_hung_up():
            time.sleep(STEP)
            changed = [file for file in files if _signature(file) != seen[file]]
            if changed:
                for file in changed:
                    seen[file] = _settled(file)
                statuses.update(zip(changed, answer(changed), strict=True))
    return worst(list(statuses.values()))


def _signature(file: str) -> Signature:
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _settled(file: str) -> Signature:
    """The signature of a file once it changes no more, and is there if it comes back at all."""
    end = time.monotonic() + PATIENCE
    while True:
        before = _signature(file)
        time.sleep(SETTLING)
        now = _signature(file)
        if (now == before and now is not None) or time.monotonic() > end:
            return now


def _is_hung_up() -> bool:
    """Whether whoever reads standard output has gone away."""
    poll = select.poll()
    with suppress(OSError, ValueError):
        poll.register(sys.stdout.fileno(), 0)
        return any(events & (select.POLLERR | select.POLLHUP) for _, events in poll.poll(0))
    return False
