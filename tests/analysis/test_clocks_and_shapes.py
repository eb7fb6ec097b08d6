"""Thresholds of shapes, stages and clocks of what is renewed: both sides of each end hold."""

from __future__ import annotations

from fractions import Fraction
from math import gamma

import pytest

from vreltui.analysis import examine
from vreltui.analysis.results import AmountThreshold
from vreltui.model import Design
from vreltui.model.edits.parameters import set_value
from vreltui.model.unit_like import like
from vreltui.storage import parse

ONE = """\
vreltui = 1
{asked}
[parameters]
T = {{ time = "1000 h" }}
k = {{ number = 1.5 }}
j = {{ time = "7 d" }}
[nodes.x]
{life}
[nodes.y]
stages = ["20 d", "10 d"]
mttr = "1 h"
[choices.plain]
root = "y"
[choices.c]
root = "x"
"""

RENEWED = '\nmttr = "1 h"\nrejuvenate = "j"\ntakes = "{takes}"'


def threshold(text: str, name: str) -> tuple[Design, AmountThreshold]:
    design = parse(text).design
    found = examine(design, ["c"]).choices["c"].thresholds[name]
    assert isinstance(found, AmountThreshold)
    assert not found.undecided
    return design, found


def ends_hold(design: Design, found: AmountThreshold) -> int:
    """Look at both sides of each end; how many intervals there are."""
    for interval in found.intervals:
        for end, inwards in ((interval.low, 1), (interval.high, -1)):
            for side in (1, -1) if end is not None else ():
                assert end is not None
                moved = Fraction(end.figure) * (1 + Fraction(side * inwards, 10**9))
                other = set_value(design, found.parameter, like(found.value, moved))
                assert (examine(other, ["c"]).choices["c"].verdict == "meets") is (side > 0)
    return len(found.intervals)


WEIBULL = 'mttf = "T"\nshape = "k"'
STAGES = 'stages = ["T", "10 d"]'
LOGNORMAL = 'median = "T"\nsigma = "k"'


@pytest.mark.parametrize(
    ("asked", "life", "takes", "name", "intervals"),
    [
        ("[goal]\navailability = 0.999", WEIBULL, "2 min", "k", 1),
        ("[goal]\navailability = 0.9988", LOGNORMAL, "2 min", "k", 1),
        ("[goal]\navailability = 0.981", STAGES, "3 h", "T", 1),
        ("[goal]\nreliability = 0.9\n[mission]\ntime = '20 d'", WEIBULL, "0 s", "k", 1),
        ("[goal]\nreliability = 0.9\n[mission]\ntime = '20 d'", STAGES, "0 s", "j", 1),
        ("[goal]\nmttf = '2000 h'", STAGES, "0 s", "j", 1),
        ("[goal]\nmttf = '4000 h'", WEIBULL, "0 s", "j", 1),
    ],
)
def test_beside_a_clock(asked: str, life: str, takes: str, name: str, intervals: int) -> None:
    text = ONE.format(asked=asked, life=life + RENEWED.replace("{takes}", takes))
    assert ends_hold(*threshold(text, name)) == intervals


def test_a_mean_life_falls_and_rises_with_the_shape() -> None:
    """s Gamma(1 + 1/k) has its least value, 0.8856 s, at 2.166."""
    text = ONE.format(asked="[goal]\nmttf = '900 h'", life='scale = "T"\nshape = "k"')
    design, found = threshold(text, "k")
    assert ends_hold(design, found) == 2
    high, low = found.intervals[0].high, found.intervals[1].low
    assert high is not None
    assert low is not None
    assert gamma(1 + 1 / high.figure) == pytest.approx(0.9, rel=1e-12)
    assert gamma(1 + 1 / low.figure) == pytest.approx(0.9, rel=1e-12)
    assert high.figure < 2.166 < low.figure


@pytest.mark.parametrize(("shape", "interval"), [("2", (0, 20)), ("0.5", None)])
def test_renewing_what_ages_helps_until_the_mission_is_over(
    shape: str, interval: tuple[int, int] | None
) -> None:
    """From there on there is nothing to renew: a tie, not a win. It harms what grows better."""
    asked = 'baseline = "plain"\n[mission]\ntime = "20 d"'
    text = ONE.format(asked=asked, life=f'scale = "40 d"\nshape = {shape}' + RENEWED)
    text = text.replace('stages = ["20 d", "10 d"]', f'scale = "40 d"\nshape = {shape}')
    _, found = threshold(text.replace("{takes}", "0 s"), "j")
    seconds = [(each.low, each.high and each.high.figure) for each in found.intervals]
    assert seconds == ([] if interval is None else [(None, 20 * 86400.0)])
