"""The time for the questions about one choice, and how they share it."""

from __future__ import annotations

import time

import pytest

from vreltui.engine.limits import Limits, Undecided


class Clock:
    """Processor time and time of day, to be set by hand."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.processor = 5.0
        self.day = 100.0
        patch.setattr(time, "process_time", lambda: self.processor)
        patch.setattr(time, "monotonic", lambda: self.day)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time stands still."""
    return Clock(monkeypatch)


def test_a_question_that_is_too_hard_leaves_time_for_the_next(clock: Clock) -> None:
    limits = Limits(seconds=10)
    limits.next_of(2)
    clock.processor += 4.9
    limits.check_time("the first")
    clock.processor += 0.2
    with pytest.raises(Undecided, match="the first took more than 5 s"):
        limits.check_time("the first")
    limits.next_of(1)
    clock.processor += 4.8
    limits.check_time("the last")
    clock.processor += 0.2
    with pytest.raises(Undecided, match="the last took more than"):
        limits.check_time("the last")


def test_a_busy_machine_is_waited_for_but_not_without_end(clock: Clock) -> None:
    limits = Limits(seconds=10)
    clock.day += 29
    limits.check_time("everything")
    clock.day += 2
    with pytest.raises(Undecided, match="more than 10 s"):
        limits.check_time("everything")
