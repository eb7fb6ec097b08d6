"""When an application under test has done what it was asked: its event loop has nothing to do.

Textual takes a process that uses no processor for 20 ms to be done. On a busy machine that is one
which waits for its turn, and on an idle one most of a test's time goes by in such waits.
"""

from __future__ import annotations

import asyncio
from typing import Any

SOON = 0.02
"""Seconds within which a timer that is due is waited for: a frame is drawn by one."""
MOST_LAPS = 50
"""Timers in turn that are waited for: one that goes on for ever is no reason to wait."""
MOST_SECONDS = 30.0
"""What never has nothing to do is left to the test, which has a limit of its own."""


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Return once nothing is left to be done, now or soon; takes the place of Textual's own."""
    del min_sleep, max_sleep
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + MOST_SECONDS
    for _ in range(MOST_LAPS):
        await asyncio.sleep(0)
        while loop._ready and loop.time() < end:
            await asyncio.sleep(0)
        now = loop.time()
        due = [timer.when() for timer in loop._scheduled if not timer.cancelled()]
        if min(due, default=now + 1) > now + SOON:
            return
        await asyncio.sleep(max(0.0, min(due) - now))
