"""What is kept from edit to edit changes no answer; and what would take too long is given up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.terminal.design import text_of
from tests.effort import cases
from tests.storage.edits import EDITS, edited
from tests.storage.samples import GOOD, SHIPPED
from tests.storage.test_renumber import another_number
from vreltui.analysis import examine, successive
from vreltui.analysis.results import Report
from vreltui.analysis.successive import answer, whole
from vreltui.engine import limits
from vreltui.engine.limits import OverdueError, within
from vreltui.model import Component, Design, Probability, edits
from vreltui.model.rules import problems
from vreltui.storage import parse
from vreltui.storage.plain import normal

# What is searched for in a process may end by time alone, and then differs from run to run.
ENDING = [text for path in SHIPPED if "moves = [" not in (text := path.read_text())]
TEXTS = [GOOD, text_of(25), *ENDING]
seeds = st.integers(0, 2**64).map(Random)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(successive, "_last", [])


def own_names(design: Design, choice: str) -> tuple[str, ...]:
    return tuple(
        name
        for name in design.below(design.choices[choice].root)
        if isinstance(node := design.nodes[name], Component)
        and isinstance(node.reliability, Probability)
    )


def of_the_measure(report: Report) -> Report:
    """Without the figures of time that are measured beside it, which follow later."""
    choices = {
        name: replace(choice, times=None, has_all_times=True)
        for name, choice in report.choices.items()
    }
    return replace(report, choices=choices)


@settings(max_examples=cases(8, 60))
@given(st.sampled_from(TEXTS), seeds, st.integers(1, 8))
def test_answers_after_edits_are_those_from_scratch(text: str, random: Random, count: int) -> None:
    design = parse(text).design
    for _ in range(count):
        choice = random.choice(list(design.choices))
        names = list(own_names(design, choice))
        random.shuffle(names)
        some = None if random.random() < 0.3 else tuple(names[: random.randint(0, 5)])
        report, own = answer((design, choice, some))
        assert of_the_measure(report) == of_the_measure(examine(design))
        kept = list(successive._last)
        successive._last.clear()
        fresh_report, fresh_own = answer((replace(design), choice, some))
        assert (report, own) == (fresh_report, fresh_own)
        successive._last[:] = kept
        other = (
            edited(design, random, random.choice(EDITS))
            if random.random() < 0.3
            else another_number(design, random)
        )
        if other is not None and not list(problems(replace(other))):
            design = normal(other)


def test_more_components_of_the_same_design_are_added_without_a_new_report() -> None:
    design = parse(text_of(25)).design
    report, own = answer((design, "all", ("part-0",)))
    again, more = answer((design, "all", ("part-0", "part-1")))
    assert again is report
    assert more["part-0"] is own["part-0"]
    assert set(more) == {"part-0", "part-1"}
    assert answer((design, "all", ("nobody", "all")))[1] == {}


def test_an_edit_leaves_the_figures_that_it_does_not_touch() -> None:
    design = parse(text_of(25)).design
    before, _ = answer((design, "all", ()))
    changed = edits.set_reliability(design, "part-0", Probability(Decimal("0.5")))
    after, _ = answer((changed, "all", ()))
    old, new = before.choices["all"].nodes, after.choices["all"].nodes
    assert {name for name in old if old[name] is not new[name]} == {"part-0", "group-0", "all"}


def test_what_is_overdue_is_no_answer_and_spoils_none(monkeypatch: pytest.MonkeyPatch) -> None:
    design = parse(text_of(25)).design
    report, _ = answer((design, "all", ()))
    changed = edits.set_reliability(design, "part-0", Probability(Decimal("0.5")))
    with pytest.raises(OverdueError), within(-1.0):
        answer((changed, "all", ()))
    assert answer((design, "all", ()))[0] is report
    assert answer((changed, "all", ()))[0] == examine(changed)
    with within(1000.0):
        monkeypatch.setattr(limits, "MOST_HURRIED", 1)
        successive._last.clear()
        with pytest.raises(OverdueError):
            answer((changed, "all", ()))
    limits.tick(1 << 40)


def test_shares_that_take_too_long_leave_the_figures_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    design = parse(text_of(25)).design
    monkeypatch.setattr(successive, "_PATIENCE", -1.0)
    report, _, beside = whole((design, "all", ()))
    assert report == examine(design)
    assert beside is not None
    assert beside.shares == {}


def test_figures_of_time_that_take_long_come_later() -> None:
    """The first answer has what is measured; all else is that of a report at length."""
    design = parse(
        next(p for p in SHIPPED if p.stem == "two-hosts-availability").read_text()
    ).design
    whole = examine(design).choices["two-hosts"]
    first = answer((design, "two-hosts", None))[0].choices["two-hosts"]
    assert not first.has_all_times
    assert whole.times is not None
    assert first.times is not None
    assert set(first.times) == set(whole.times)
    for name, figures in first.times.items():
        assert figures.availability == whole.times[name].availability
        assert figures.downtime_s_per_year == pytest.approx(whole.times[name].downtime_s_per_year)
        assert figures.mttf_s is None
    found = successive.completed(design, "two-hosts")
    assert found is not None
    assert found.choices["two-hosts"].times == whole.times
    assert successive.whole((design, "two-hosts", successive.EVERYTHING))[0] == found
    assert successive.completed(replace(design, title="another"), "two-hosts") is None
