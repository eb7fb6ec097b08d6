"""Common causes where the number of members is edited."""

from __future__ import annotations

import pytest

from tests.analysis.test_causes import choice_of
from vreltui.analysis.digits import figure
from vreltui.analysis.results import CountThreshold
from vreltui.analysis.study import Study
from vreltui.model import edits
from vreltui.storage import parse

COUNTED = """
vreltui = 1
[goal]
reliability = 0.9
[parameters]
n = {{ count = {n} }}
[nodes.vm]
reliability = 0.74
[nodes.pool]
of = "vm"
copies = "n"
needs = "any"
[choices.c]
root = "pool"
[causes.x]
strikes = ["vm"]
{letters}
"""

EDITED = {
    "split": ('beta = 0.4\nsplit = "open-psa"', 1, 2),
    "beta": ("beta = 0.4", 1, 3),
    "mgl": ("mgl = [0.4]", 1, 2),
    "alpha": ("alpha = [0.9, 0.1]", 2, 1),
    "phi": ("phi = [0.9, 0.1]", 2, 1),
}


@pytest.mark.parametrize("kind", EDITED)
def test_a_figure_after_an_edit_of_a_count_is_that_of_the_file(kind: str) -> None:
    letters, before, after = EDITED[kind]
    first = parse(COUNTED.format(n=before, letters=letters)).design
    study = Study(first)
    study.evaluation("c")
    edited = Study(edits.set_value(first, "n", after), before=study)
    fresh = Study(parse(COUNTED.format(n=after, letters=letters)).design)
    assert figure(edited.evaluation("c").figures()) == figure(fresh.evaluation("c").figures())


def test_a_single_member_is_as_it_is_written_whatever_the_letters() -> None:
    for letters, n, _ in EDITED.values():
        said = choice_of(COUNTED.format(n=1, letters=letters).replace("vreltui = 1\n", ""))
        assert said.figure is not None
        assert said.figure.reliability == 0.74, (letters, n)


def test_a_count_that_leaves_one_member_alone_is_undecided_where_shares_are_independent() -> None:
    found = choice_of(COUNTED.format(n=2, letters=EDITED["split"][0]).replace("vreltui = 1\n", ""))
    threshold = found.thresholds["n"]
    assert isinstance(threshold, CountThreshold)
    assert "does nothing to a single member" in threshold.undecided
