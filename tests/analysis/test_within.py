"""What `check` says of choices with decisions: each taken as it stands, rules and limits held."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vreltui.analysis.questions.within import _keeping_at, _with_count, keeping
from vreltui.analysis.report import examine
from vreltui.analysis.results import CountThreshold
from vreltui.storage import parse
from vreltui.wording.as_json import as_json

TEXT = """\
vreltui = 1
baseline = "old"
goal = { reliability = 0.99 }
[resources]
euro = { unit = "EUR", limit = 10000 }
slot = { unit = "VMs" }
[catalogues.hosts]
A = { reliability = 0.995, uses = { euro = 4000 }, provides = { slot = 2 }, tags = { of = "x" } }
B = { reliability = 0.999, uses = { euro = 9000.5 }, provides = { slot = 8 }, tags = { of = "y" } }
[parameters]
n = { count = 2, range = [1, 9] }
[nodes.one]
from = "hosts"
[nodes.vm]
reliability = 0.95
uses = { slot = 1, euro = 100 }
[nodes.pool]
of = "vm"
copies = "n"
needs = "any"
[nodes.served]
parts = ["one", "pool"]
fits = ["slot"]
[nodes.disk]
from = "hosts"
copies = 3
mix = true
needs = 2
chosen = { A = 1, B = 2 }
[nodes.either]
one_of = ["served", "disk", "plain"]
[nodes.plain]
reliability = 0.9
[rules.few]
never = { one = "B", n = { to = 1 } }
[choices.old]
root = "plain"
[choices.a]
root = "either"
[choices.b]
root = "either"
set = { one = "B" }
[choices.full]
root = "either"
set = { n = 3 }
[choices.ruled]
root = "either"
set = { one = "B", n = 1 }
[choices.mixed]
root = "either"
set = { either = "disk" }
"""


def answer(text: str = TEXT) -> dict[str, Any]:
    design = parse(text).design
    found: dict[str, Any] = json.loads(json.dumps(as_json("f", design, examine(design))))
    return found["choices"]  # type: ignore[no-any-return]


def test_each_choice_has_its_uses_and_its_class() -> None:
    found = answer()
    assert {name: choice["class"] for name, choice in found.items()} == {
        "old": "hopeless",
        "a": "meets",
        "b": "meets",
        "full": "fits",
        "ruled": "rules",
        "mixed": "limits",
    }
    assert found["a"]["uses"] == {"euro": 4200, "slot": 2}
    assert found["mixed"]["uses"] == {"euro": 22001, "slot": 0}
    assert found["b"]["uses"] == {"euro": 9200.5, "slot": 2}


def test_the_figures_are_those_of_what_is_taken() -> None:
    found = answer()
    assert found["a"]["reliability"] == pytest.approx(0.995 * (1 - 0.05**2), rel=1e-15)
    q, p = 0.005, 0.001
    two_fail = q * (2 * p * (1 - p)) + (1 - q) * p * p
    assert found["mixed"]["unreliability"] == pytest.approx(two_fail + q * p * p, rel=1e-13)
    assert list(found["a"]["nodes"]) == ["either", "served", "one", "pool", "vm"]


def test_a_choice_that_breaks_something_is_hopeless_unless_open_counts_mend_it() -> None:
    found = answer()
    assert found["full"]["verdict"] == "hopeless"
    assert "slot" in found["full"]["reasons"][0] or "VMs" in found["full"]["reasons"][0]
    wide = answer(TEXT.replace("count = 2, range", "count = 5, range"))
    assert (wide["a"]["class"], wide["a"]["verdict"]) == ("fits", "short")
    assert wide["a"]["witness"] == {"n": "2"}
    assert wide["a"]["thresholds"]["n"]["ranges"] == [[2, 2]]


def test_where_nothing_is_asked_what_is_within_meets_and_the_verdict_stays_open() -> None:
    text = TEXT.replace("goal = { reliability = 0.99 }\n", "").replace('baseline = "old"\n', "")
    found = answer(text)
    assert (found["a"]["class"], found["a"]["verdict"]) == ("meets", None)
    assert found["mixed"]["class"] == "limits"


def test_files_without_any_of_it_say_nothing_of_it() -> None:
    found = answer('vreltui = 1\n[nodes.a]\nreliability = 0.9\n[choices.c]\nroot = "a"\n')
    assert not {"uses", "class"} & set(found["c"])


def test_counts_that_a_rule_excludes_are_in_no_threshold_and_no_witness() -> None:
    ruled = TEXT.replace(
        'never = { one = "B", n = { to = 1 } }', 'never = { one = "A", n = { from = 2, to = 4 } }'
    ).replace("slot = 2 }", "slot = 7 }")
    a = answer(ruled)["a"]
    assert (a["class"], a["verdict"], a["witness"]) == ("rules", "short", {"n": "5"})
    assert a["thresholds"]["n"]["ranges"] == [[5, 7]]
    nothing = answer(ruled.replace("from = 2, to = 4", "from = 2"))["a"]
    assert (nothing["verdict"], nothing["thresholds"]["n"]["ranges"]) == ("hopeless", [])


RULES = """
[rules.some]
never = { one = "A", n = { from = 2, to = 3 } }
[rules.many]
when = { n = { from = 7 } }
then = { one = "B" }
"""


@pytest.mark.parametrize("rules", ["", RULES])
@pytest.mark.parametrize("limit", ["10000", "100000"])
def test_counts_are_kept_as_each_is_by_itself(rules: str, limit: str) -> None:
    design = parse(TEXT.replace("limit = 10000", f"limit = {limit}") + rules).design
    for choice in design.choices:
        threshold = CountThreshold("n", 2, True, ((1, 9), (12, 20)), 1000)
        keeps = _keeping_at(design, choice, threshold)
        for count in range(1, 21):
            alone = keeping(_with_count(design, choice, "n", count), choice)
            assert keeps(count) == (not alone.broken)
