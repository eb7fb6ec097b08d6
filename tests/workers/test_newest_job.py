"""What is computed in other processes: the newest wins, what hangs is killed, nothing is left."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.slow import counted, limits, work
from vreltui.workers import Done, NewestJob, NoAnswer, answer_once
from vreltui.workers.worker import MOST_BYTES

ROOT = Path(__file__).resolve().parent.parent.parent
FOREVER = ("sleep", 1000.0)
LONG = 20.0  # seconds within which everything here ends, on any machine


@pytest.fixture
def task() -> Iterator[NewestJob[object, object]]:
    found = NewestJob(work, patience=0.05, grace=0.1)
    yield found
    found.close()


def gone(process: int) -> bool:
    """Whether a process ends; one that its parent has not buried yet counts as ended."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_an_answer_comes_at_once_or_by_waiting(task: NewestJob[object, object]) -> None:
    done = task.submit("one") or task.wait(LONG)
    assert done is not None
    assert (done.argument, done.result) == ("one", "one")
    assert task.state == "current"
    # The process is warm now: at least one of these is there within a moment.
    assert any(task.submit(i) is not None or task.wait(LONG) is None for i in range(50))


def test_parts_of_an_answer_come_as_soon_as_they_are_there() -> None:
    parts: list[object] = []

    async def ask() -> None:
        job: NewestJob[object, object] = NewestJob(
            counted, lambda done: parts.append((done.result, job.state)), patience=0.0
        )
        job.attach(asyncio.get_running_loop())
        job.submit(3)
        end = time.monotonic() + LONG
        while job.state == "computing" and time.monotonic() < end:
            await asyncio.sleep(0.01)
        job.close()

    asyncio.run(ask())
    assert parts[-1] == (2, "current")
    assert parts[:3] == [(0, "computing"), (1, "computing"), (2, "computing")]


def test_the_newest_wins_and_a_job_that_hangs_is_killed(task: NewestJob[object, object]) -> None:
    task.submit("warm")
    task.wait(LONG)
    first = task.process
    assert task.submit(FOREVER) is None
    assert task.state == "computing"
    assert task.submit("newer") is None
    assert task.submit("newest") is None
    done = task.wait(LONG)
    assert done is not None
    assert done.result == "newest"
    assert task.process != first
    assert first is not None
    assert gone(first)


def test_cancelling_gives_up_and_the_next_question_is_answered(
    task: NewestJob[object, object],
) -> None:
    task.submit("warm")
    task.wait(LONG)
    task.submit(FOREVER)
    task.cancel()
    assert (task.state, task.reason) == ("given up", "cancelled")
    assert task.wait(0.1) is None
    done = task.submit("next") or task.wait(LONG)
    assert done is not None
    assert done.result == "next"


def test_what_takes_too_long_is_given_up() -> None:
    impatient = NewestJob(work, most_seconds=0.2)
    impatient.submit(FOREVER)
    assert impatient.wait(LONG) is None
    assert (impatient.state, impatient.reason) == ("given up", "it took more than 0.2 s")
    impatient.close()


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        (("refuse", "too large"), "too large"),
        ("fault", "internal error: ZeroDivisionError: a fault"),
        ("hog", "it needs more memory than there is"),
        ("die", "the computing process ended; the design may need too much memory"),
    ],
)
def test_a_failure_is_a_reason_and_not_the_end(
    argument: object, reason: str, task: NewestJob[object, object]
) -> None:
    task.submit(argument)
    assert task.wait(LONG) is None
    assert (task.state, task.reason) == ("given up", reason)
    done = task.submit("next") or task.wait(LONG)
    assert done is not None
    assert done.result == "next"


def test_a_killed_process_is_replaced(task: NewestJob[object, object]) -> None:
    task.submit("warm")
    task.wait(LONG)
    assert task.process is not None
    os.kill(task.process, signal.SIGKILL)
    assert gone(task.process)
    done = task.submit("next") or task.wait(LONG)
    assert done is not None
    assert done.result == "next"


def test_a_process_killed_in_the_middle_is_asked_again_once(
    task: NewestJob[object, object],
) -> None:
    task.submit("warm")
    task.wait(LONG)
    task.submit(("sleep", 0.5))
    assert task.process is not None
    os.kill(task.process, signal.SIGKILL)
    done = task.wait(LONG)
    assert done is not None
    assert done.result == "slept"


def test_a_process_killed_again_is_a_reason_and_is_replaced(
    task: NewestJob[object, object],
) -> None:
    task.submit("warm")
    task.wait(LONG)
    task.submit(FOREVER)
    first = task.process
    assert first is not None
    os.kill(first, signal.SIGKILL)
    while task.process == first or task._running is None:
        assert task.wait(0.05) is None
    assert task.state == "computing"
    assert task.process is not None
    os.kill(task.process, signal.SIGKILL)
    assert task.wait(LONG) is None
    assert task.reason.startswith("the computing process ended")
    done = task.submit("next") or task.wait(LONG)
    assert done is not None
    assert done.result == "next"


def test_a_newer_question_survives_the_end_of_the_process(
    task: NewestJob[object, object],
) -> None:
    task.submit("warm")
    task.wait(LONG)
    task.submit(FOREVER)
    assert task.process is not None
    task.submit("newer")
    os.kill(task.process, signal.SIGKILL)
    done = task.wait(LONG)
    assert done is not None
    assert done.result == "newer"


def test_a_process_that_cannot_start_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    hopeless = NewestJob(work)
    hopeless.submit("one")
    assert hopeless.wait(LONG) is None
    assert hopeless.reason == "the computing process does not start"
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    hopeless.submit("two")
    assert hopeless.wait(LONG) is None
    assert hopeless.reason.startswith("no process can be started")
    hopeless.close()


def test_a_large_question_never_blocks_who_asks(task: NewestJob[object, object]) -> None:
    large = b"x" * 30_000_000
    for _ in range(3):
        task.submit(large)
        task.submit(FOREVER)
        done = task.submit(large) or task.wait(LONG)
        assert done is not None
        assert done.result == large


def test_closing_leaves_no_process(task: NewestJob[object, object]) -> None:
    task.submit("warm")
    task.wait(LONG)
    task.submit(FOREVER)
    process = task.process
    assert process is not None
    task.close()
    assert gone(process)


def test_a_process_ends_with_its_killed_parent() -> None:
    """Even in the middle of a computation that nobody can interrupt."""
    program = (
        "import sys, time\n"
        "from tests.workers.slow import work\n"
        "from vreltui.workers import NewestJob\n"
        "task = NewestJob(work)\n"
        "task.submit('warm'); task.wait(20)\n"
        "task.submit(('sleep', 1000.0))\n"
        "print(task.process, flush=True)\n"
        "time.sleep(1000)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment
    ) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
    assert gone(process)


def test_answers_arrive_through_an_event_loop() -> None:
    answers: list[Done[object, object]] = []
    states: list[str] = []

    async def run() -> None:
        arrived = asyncio.Event()

        def on_result(done: Done[object, object]) -> None:
            answers.append(done)
            arrived.set()

        asked = NewestJob(work, on_result, on_state=arrived.set, patience=0.0, grace=0.1)
        try:
            asked.attach(asyncio.get_running_loop())
            asked.submit(("sleep", 0.01))
            await asyncio.wait_for(arrived.wait(), LONG)
            arrived.clear()
            # Nothing else is asked meanwhile: the loop itself ends what was overtaken.
            asked.submit(FOREVER)
            await asyncio.sleep(0.05)
            asked.submit("newest")
            await asyncio.wait_for(arrived.wait(), LONG)
            arrived.clear()
            asked.submit("die")
            await asyncio.wait_for(arrived.wait(), LONG)
            states.append(asked.state)
        finally:
            asked.close()

    asyncio.run(run())
    assert [done.result for done in answers] == ["slept", "newest"]
    assert states == ["given up"]


def test_an_overtaken_answer_is_shown_while_the_newer_is_computed() -> None:
    seen: list[tuple[object, str]] = []

    async def run() -> None:
        arrived = asyncio.Event()

        def on_result(done: Done[object, object]) -> None:
            seen.append((done.result, asked.state))
            arrived.set()

        asked = NewestJob(work, on_result, patience=0.0, grace=LONG)
        try:
            asked.attach(asyncio.get_running_loop())
            asked.submit("warm")
            await asyncio.wait_for(arrived.wait(), LONG)
            asked.submit(("sleep", 0.2))
            asked.submit("newer")
            while len(seen) < 3:
                arrived.clear()
                await asyncio.wait_for(arrived.wait(), LONG)
        finally:
            asked.close()

    asyncio.run(run())
    assert seen == [("warm", "current"), ("slept", "computing"), ("newer", "current")]


def test_one_question_is_answered_or_refused() -> None:
    assert answer_once(work, "one", LONG) == "one"
    with pytest.raises(NoAnswer, match="a reason"):
        answer_once(work, ("refuse", "a reason"), LONG)
    with pytest.raises(NoAnswer, match=r"it took more than 0\.3 s"):
        answer_once(work, FOREVER, 0.3)
    with pytest.raises(NoAnswer, match="ended"):
        answer_once(work, "die", LONG)


def test_a_process_has_limits_and_writes_no_core() -> None:
    memory, core = answer_once(limits, None, LONG)
    assert 0 < memory <= MOST_BYTES
    assert core == 0
