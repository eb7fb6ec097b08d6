"""How a mean life grows with each number, beside closed forms worked out here."""

from __future__ import annotations

import json
from math import gamma, log
from typing import Any

import pytest
from mpmath import digamma

from vreltui.analysis import examine
from vreltui.analysis.importance_report import examine_importance
from vreltui.analysis.study import Study
from vreltui.model import Design
from vreltui.model.own_numbers import with_named_numbers
from vreltui.storage import parse
from vreltui.wording.as_json import as_json
from vreltui.wording.importance import choice_json

HOUR = 3600

GOAL = 'vreltui = 1\n[goal]\nmttf = "1000 h"\n'


def said(text: str) -> tuple[Design, dict[str, Any]]:
    """The design and what `check --json` says of its choice c."""
    design = parse(GOAL + text).design
    report = examine(with_named_numbers(design))
    answer = json.loads(json.dumps(as_json("c.toml", design, report)))
    return design, answer["choices"]["c"]


PAIR = """\
[parameters]
T = { time = "1000 h" }
r = { time = "1 h" }
n = { count = 2 }
[nodes.vm]
LIFE
mttr = "r"
[nodes.host]
mttf = "4000 h"
[nodes.pool]
of = "vm"
copies = "n"
needs = "any"
[nodes.all]
parts = ["host", "pool"]
[choices.c]
root = "all"
"""


def test_exponential_lives_have_exact_shares() -> None:
    """The mean is 2/(v + w) - 1/(v + 2w), with v = 1/4000 and w = 1/1000 an hour."""
    design, found = said(PAIR.replace("LIFE", 'mttf = "T"'))
    v, w = 1 / 4000, 1 / 1000
    weights = found["importance"]
    by_w = 2 / (v + w) ** 2 - 2 / (v + 2 * w) ** 2
    by_v = 2 / (v + w) ** 2 - 1 / (v + 2 * w) ** 2
    third = 3 / (v + w) - 3 / (v + 2 * w) + 1 / (v + 3 * w)
    assert weights["T"]["per_log"] == pytest.approx(HOUR * by_w * w, rel=1e-14)
    assert weights["r"] == {"per_log": 0.0}
    assert weights["n"]["birnbaum"] == pytest.approx(
        HOUR * (third - 2 / (v + w) + 1 / (v + 2 * w)), rel=1e-14
    )
    host = found["nodes"]["host"]["importance"]["mttf"]
    assert host["per_log"] == pytest.approx(HOUR * by_v * v, rel=1e-14)
    report = examine_importance(Study(design), "c", pairs=True)
    assert report.parameters["T"].importance.figures == weights["T"]
    assert [report.parameters[name].instances for name in ("T", "n")] == [2, None]
    worst = report.nodes["host"].importance  # the mean life is 0 without it: worse by no number
    assert worst.figures["raw"] is None
    assert not worst.undecided
    written = choice_json(design, report)
    assert written["pairs"] is None
    assert "mean life" in written["pairs_undecided"]
    assert report.parameters["n"].importance.figures == weights["n"]


def test_lives_that_are_integrated_have_their_shares() -> None:
    """A pair of Weibull lives has the mean s Gamma(1 + 1/k) (2 - 2^(-1/k))."""
    text = PAIR.replace("LIFE", 'scale = "T"\nshape = "k"').replace('["host", "pool"]', '["pool"]')
    _, found = said(text.replace("r = {", "k = { number = 1.5 }\nr = {", 1))
    k = 1.5
    factor = 2 - 2 ** (-1 / k)
    mean = 1000 * HOUR * gamma(1 + 1 / k) * factor
    weights = found["importance"]
    assert weights["T"]["per_log"] == pytest.approx(mean, rel=1e-13)
    by_log = -float(digamma(1 + 1 / k)) / k - 2 ** (-1 / k) * log(2) / k / factor
    assert weights["k"]["per_log"] == pytest.approx(mean * by_log, rel=1e-12)


@pytest.mark.parametrize("beta", ["0", "0.2"])
def test_a_share_has_the_derivative_by_it(beta: str) -> None:
    """Of a pair that a cause strikes, also where beta is 0."""
    cause = f'[causes.bug]\nstrikes = ["vm"]\nbeta = "b"\n[parameters.b]\nvalue = {beta}\n'
    text = PAIR.replace("LIFE", 'mttf = "T"').replace('["host", "pool"]', '["pool"]')
    _, found = said(text + cause)
    b = float(beta)
    # e^(-b t/T) (2 e^(-(1-b) t/T) - e^(-2 (1-b) t/T)) has the integral T (2 - 1/(2 - b)).
    assert found["mttf_s"] == pytest.approx(1000 * HOUR * (2 - 1 / (2 - b)), rel=1e-13)
    slope = -1000 * HOUR / (2 - b) ** 2
    assert found["importance"]["b"]["birnbaum"] == pytest.approx(slope, rel=1e-12)


def test_what_never_fails_has_no_share() -> None:
    text = PAIR.replace("LIFE", 'mttf = "T"').replace('mttf = "4000 h"', "reliability = 1")
    text = text.replace('parts = ["host", "pool"]', 'parts = ["host", "pool"]\nneeds = "any"')
    _, found = said(text)
    assert found["mttf_s"] == "infinite"
    assert found["importance"]["T"]["per_log"] is None
    assert "infinite" in found["importance"]["T"]["per_log_undecided"]
