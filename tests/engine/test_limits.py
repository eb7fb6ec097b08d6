"""The time for the questions about one choice, and how they share it."""

from __future__ import annotations

import time

import pytest

from vreltui.engine.limits import Limits, Undecided


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of day, to be set by hand."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_a_question_that_is_too_hard_leaves_time_for_the_next(clock: list[float]) -> None:
    limits = Limits(seconds=10, started=clock[0])
    limits.next_of(2)
    clock[0] = 104.9
    limits.check_time("the first")
    clock[0] = 105.1
    with pytest.raises(Undecided, match="the first took more than 5 s"):
        limits.check_time("the first")
    limits.next_of(1)
    clock[0] = 109.9
    limits.check_time("the last")
    clock[0] = 110.1
    with pytest.raises(Undecided, match="the last took more than"):
        limits.check_time("the last")


def test_all_of_the_time_is_there_before_questions_are_counted(clock: list[float]) -> None:
    limits = Limits(seconds=10, started=clock[0])
    clock[0] = 109.9
    limits.check_time("everything")
    clock[0] = 110.1
    with pytest.raises(Undecided, match="more than 10 s"):
        limits.check_time("everything")
