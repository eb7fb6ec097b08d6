"""An answer that takes a while: the earlier one stays, and says so once it is noticed."""

from __future__ import annotations

import asyncio
import re
import time

from vreltui.tui.slow import Slow

MOST_SECONDS = 30.0
WAITED = re.compile(r"being computed, (\d+) s; esc gives it up")


def test_an_earlier_answer_stays_and_then_says_that_it_is_earlier() -> None:
    async def scene() -> None:
        arrivals: list[tuple[str, object]] = []
        answers: list[object] = []
        slow = Slow[object, object](
            "tests.workers.slow:work",
            lambda: arrivals.append((slow.state, slow.answer)),
            way_out="esc gives it up",
        )
        try:
            slow.ask("first", "one")
            assert slow.state.startswith("being computed")
            await _until(lambda: slow.answer == "one")
            assert slow.state == ""
            slow.ask("second", ("sleep", 1.0))
            assert slow.state == ""
            answers.append(slow.answer)
            await _until(lambda: slow.answer == "slept")
            assert answers == ["one"]
            assert any(
                state.startswith("being computed") and answer == "one" for state, answer in arrivals
            )
            assert arrivals[-1] == ("", "slept")
            arrivals.clear()
            slow.ask("third", ("sleep", 2.5))
            await _until(lambda: bool(arrivals) and arrivals[-1][0] == "")
            said = [state for state, _ in arrivals]
            waited = [match[1] for each in said if (match := WAITED.fullmatch(each))]
            assert len(waited) == len(set(waited)) >= 1
        finally:
            slow.close()

    asyncio.run(scene())


async def _until(condition: object) -> None:
    assert callable(condition)
    end = time.monotonic() + MOST_SECONDS
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
