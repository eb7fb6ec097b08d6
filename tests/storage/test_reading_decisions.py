"""Decisions of reading and writing files, each in the smallest case that shows it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from vreltui.model import Probability
from vreltui.storage import FileError, parse, rewrite, schema
from vreltui.storage.keep import journal
from vreltui.storage.keep.journal import Journal, recover
from vreltui.storage.keep.lock import key_of

CATALOGUE = """\
vreltui = 1
goal = { reliability = 0.9 }
[catalogues.hosts]
A = { reliability = 0.99 }
[nodes.one]
from = "hosts"
[choices.c]
root = "one"
set = { one = "A" }
"""


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("{ reliability = 2 }", "reliability in A of catalogue hosts must be from 0 to 1"),
        ("{ relability = 0.9 }", 'A of catalogue hosts has the unknown key "relability"'),
        ("{ reliability = 0.9, tags = 3 }", "tags in A of catalogue hosts is the number 3"),
        ("3", "A of catalogue hosts is the number 3; a table such as { reliability = 0.99 }"),
    ],
)
def test_what_is_wrong_in_an_item_is_said_of_its_key(item: str, said: str) -> None:
    with pytest.raises(FileError, match=re.escape(said)):
        parse(CATALOGUE.replace("{ reliability = 0.99 }", item))


PLOT = """\
vreltui = 1
goal = { reliability = 0.9 }
mission = { time = "1 d" }
[parameters]
goal = { number = 2 }
p = 0.95
[nodes.one]
mttf = "300 d"
shape = "goal"
[nodes.two]
reliability = "p"
[nodes.all]
parts = ["one", "two"]
[choices.c]
root = "all"
[plots.x]
choice = "c"
x = { parameter = "p", from = 0.9, to = 0.99 }
series = { goal = [0.98] }
"""


def test_goals_of_a_series_are_probabilities_whatever_a_parameter_is_called() -> None:
    series = parse(PLOT).design.plots["x"].series
    assert series is not None
    assert series.parameter is None
    assert series.values == (Probability.of("0.98"),)


def test_a_plot_says_of_which_choice_it_is() -> None:
    with pytest.raises(FileError, match="plot x has no choice; add choice = "):
        parse(PLOT.replace('choice = "c"\n', ""))
    plots = schema()["properties"]["plots"]
    assert plots["additionalProperties"]["required"] == ["choice", "x"]


COUNT = """\
vreltui = 1
goal = { reliability = 0.9 }
[parameters]
n = 1  # so far
[nodes.one]
reliability = 0.9
[nodes.two]
of = "one"
copies = "n"
[choices.c]
root = "two"
"""


def test_a_bare_count_that_gets_a_title_is_still_a_count() -> None:
    first = parse(COUNT)
    for value in (1, 3):
        changed = replace(first.design.parameters["n"], value=value, title="N")
        design = replace(first.design, parameters={"n": changed})
        found = rewrite(first, design)
        assert found.text == COUNT.replace("n = 1 ", f'n = {{ count = {value}, title = "N" }} ')
        assert found.design == design


def test_a_journal_that_is_begun_anew_keeps_no_more_than_the_newer_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(journal, "_COMPACT_AT", 4000)
    path = tmp_path / "d.toml"
    entry = Journal(key_of(path), path)
    begun = []
    for number in range(120):
        entry.record(f"value = {number}\n", f"value = {number + 1}\n", "edit")
        (file,) = (tmp_path / "state").glob("vreltui/journals/*.journal")
        begun.append(file.stat().st_size)
    entry.close()
    found = recover(path)
    assert found is not None
    assert found.text == "value = 120\n"
    shrunk = [after for before, after in pairwise(begun) if after < before]
    assert shrunk
    assert max(shrunk) < 3000
