"""What may last for ever, ranges that begin at nothing, and ties of very many decimals."""

from __future__ import annotations

import pytest

from vreltui.analysis import examine
from vreltui.storage import parse
from vreltui.wording.times import mean_life_words

STOPS_SAFELY = """vreltui = 1
goal = { mttf = "100 h" }
[nodes.process]
up = ["new", "safe"]
moves = [
  { from = "new", to = "safe", after = "50 h" },
  { from = "new", to = "down", after = "70 h" },
]
[nodes.vm]
mttf = "30 h"
[nodes.either]
parts = ["process", "vm"]
needs = "any"
[nodes.both]
parts = ["process", "vm"]
[choices.either]
root = "either"
[choices.both]
root = "both"
"""


def test_what_stands_beside_a_process_that_may_stop_safely_may_last_for_ever() -> None:
    design = parse(STOPS_SAFELY).design
    found = examine(design).choices
    assert found["either"].verdict == "meets"
    times = found["either"].times
    assert times is not None
    assert times["either"].mttf_s == "infinite"
    assert mean_life_words(design, found["either"]) == [
        "may never fail, so that no mean life is longer"
    ]
    # The machine ends both: 1 / (1/50 + 1/70 + 1/30) h, and while safe 30 h more.
    leaves = 1 / 50 + 1 / 70 + 1 / 30
    times = found["both"].times
    assert times is not None
    assert times["both"].mttf_s == pytest.approx(3600 * (1 + 30 / 50) / leaves)


FROM_NOTHING = """vreltui = 1
baseline = "b"
goal = { availability = 0.5 }
[parameters]
T = { time = "10 h", range = ["5 h", "20 h"] }
r = { time = "1 min", range = ["0 s", "25 min"] }
[nodes.one]
mttf = "T"
mttr = "r"
[nodes.two-of-three]
of = "one"
copies = 3
needs = 2
[nodes.fabric]
reliability = 0.93
[nodes.own]
parts = ["two-of-three", "fabric"]
[choices.b]
root = "one"
[choices.c]
root = "own"
"""


def test_a_range_that_begins_at_nothing_is_divided_to_its_end() -> None:
    assert examine(parse(FROM_NOTHING).design).choices["c"].verdict == "hopeless"


MANY_DIGITS = "0." + "9" * 78 + "123"
LIKE_TREES = f"""vreltui = 1
baseline = "x"
[nodes.one]
reliability = {MANY_DIGITS}
[nodes.other]
reliability = {MANY_DIGITS}
[nodes.a]
of = "one"
copies = 1000
needs = 500
[nodes.b]
of = "other"
copies = 1000
needs = 500
[choices.x]
root = "a"
[choices.y]
root = "b"
"""


def test_trees_alike_tie_whatever_the_number_of_their_decimals() -> None:
    report = examine(parse(LIKE_TREES).design).choices["y"]
    assert report.against_baseline == "equal"
    assert "against_baseline" not in report.open_questions
