"""Spaces with lifetimes, repair, causes and spares against a list of every variant."""

from __future__ import annotations

import pytest

from tests.effort import LONG, cases
from tests.exploration.test_random import assert_answers
from tests.exploration.test_search import Searched, assert_counts
from tests.exploration.timed import listed
from tests.exploration.timed_spaces import TimedDraft
from vreltui.engine.limits import Limits
from vreltui.exploration.exploring import explore
from vreltui.exploration.question import question_of
from vreltui.storage import parse

_SLOW = (6, 7, 15)
"""Seeds whose lists take seconds; they are looked at with VRELTUI_LONG alone."""


@pytest.mark.parametrize("seed", [s for s in range(cases(16, 400)) if LONG or s not in _SLOW])
def test_a_space_with_times_is_answered_as_if_every_variant_were_listed(seed: int) -> None:
    design = parse(TimedDraft(seed).text()).design
    question = question_of(design)
    found = explore(question, Limits())
    assert not found.reason
    assert_answers(design, listed(design), found)
    search = Searched(question)
    assert tuple(search.top(10)) == found.top
    assert search.cheapest("euro") == found.cheapest["euro"]
    assert tuple(search.front(("euro",))) == found.fronts[("euro",)]
    assert search.eliminations(2) == found.eliminations
    assert_counts(search, found)
