"""How the questions about a choice share its time, held by a clock that each look moves on."""

from __future__ import annotations

import itertools

import pytest

from vreltui.analysis import examine_choice, report
from vreltui.analysis.questions.verdict import Standing
from vreltui.analysis.study import Study
from vreltui.engine import limits
from vreltui.engine.limits import Limits, Undecided
from vreltui.storage import parse

DESIGN = parse("""\
vreltui = 1
goal = { reliability = 0.99 }
[parameters]
a = 0.9
b = 0.9
c = 0.9
[nodes]
x.reliability = "a"
y.reliability = "b"
z.reliability = "c"
all.parts = ["x", "y", "z"]
[choices]
only.root = "all"
""").design


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock on which each look at it takes a second."""
    ticks = itertools.count()

    def now() -> tuple[float, float]:
        return (float(next(ticks)), 0.0)

    monkeypatch.setattr(limits, "_now", now)


def exhausted(budget: Limits) -> int:
    """How often time can be asked for until there is none left."""
    for looks in itertools.count():
        try:
            budget.check_time("asking")
        except Undecided:
            return looks
    raise AssertionError


@pytest.mark.usefixtures("clock")
def test_each_question_has_its_share_and_leaves_the_rest_to_the_others() -> None:
    budget = Limits(seconds=1000, started=limits._now())
    shares = []
    for left in (4, 3, 2, 1):
        budget.next_of(left)
        shares.append(exhausted(budget))
    assert max(shares) - min(shares) <= 4
    assert min(shares) > 200
    idle = Limits(seconds=1000, started=limits._now())
    for left in (4, 3, 2, 1):
        idle.next_of(left)
    assert exhausted(idle) > 900


def test_when_the_time_is_up_no_threshold_is_found_however_easy() -> None:
    """Thousands of easy ones take seconds, too; the verdict is there all the same."""
    found = examine_choice(Study(DESIGN), "only", Limits(seconds=1e-9))
    assert found.verdict is not None
    for threshold in found.thresholds.values():
        assert threshold.undecided.startswith("finding a threshold took more than")
    assert set(found.open_questions) == {"importance.a", "importance.b", "importance.c"}


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("question", ["threshold", "importance"])
def test_a_question_that_never_ends_leaves_time_for_the_next(
    monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    """Of three parameters each takes all that it is given, and all are given about as much."""
    looks: list[int] = []
    real = getattr(report, question)

    def endless(study: Study, *arguments: object) -> object:
        looks.append(exhausted(study.budget))
        study.start_budget(Limits(seconds=1e9, started=limits._now()))
        return real(study, *arguments)

    def counted(study: Study, *arguments: object) -> object:
        kept = study.budget
        try:
            return endless(study, *arguments)
        finally:
            study.start_budget(kept)

    monkeypatch.setattr(report, question, counted)
    budget = Limits(seconds=100_000, started=limits._now())
    found = examine_choice(Study(DESIGN), "only", budget)
    assert found.verdict == "hopeless"
    assert len(looks) == 3
    assert min(looks) > 10_000
    assert max(looks) < 2 * min(looks)


@pytest.mark.usefixtures("clock")
def test_where_no_time_is_left_an_importance_is_undecided_and_not_zero() -> None:
    found = examine_choice(Study(DESIGN), "only", Limits(seconds=-1, started=limits._now()))
    assert found.figure is not None
    assert found.importance == {}
    assert set(found.open_questions) == {"importance.a", "importance.b", "importance.c"}


@pytest.mark.usefixtures("clock")
def test_a_verdict_that_is_never_found_leaves_time_for_thresholds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def endless(study: Study, choice: str) -> Standing:
        return Standing("undecided", "below", None, undecided=f"{exhausted(study.budget)} looks")

    monkeypatch.setattr(report, "standing", endless)
    found = examine_choice(Study(DESIGN), "only", Limits(seconds=1000, started=limits._now()))
    assert all(not threshold.undecided for threshold in found.thresholds.values())
    assert set(found.importance) == {"a", "b", "c"}
