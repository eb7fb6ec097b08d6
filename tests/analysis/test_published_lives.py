"""Values that others published: of Storm's tests of fault trees, and of rejuvenation.

C. Hensel, S. Junges, J.-P. Katoen, T. Quatmann, M. Volk, "The probabilistic model checker Storm",
2022. Its rates are in no unit; here they are per hour.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest

from vreltui.analysis import examine
from vreltui.storage import parse
from vreltui.storage.keep.locations import shipped_designs
from vreltui.wording.as_json import as_json

HOUR = 3600


def said(text: str) -> dict[str, Any]:
    design = parse(text).design
    found: dict[str, Any] = as_json("design.toml", design, examine(design))["choices"]
    return found


def tree(mission: str, nodes: dict[str, str], needs: str) -> str:
    """A file with one choice, a group of components."""
    parts = "".join(f"[nodes.{name}]\n{keys}\n" for name, keys in nodes.items())
    names = ", ".join(f'"{name}"' for name in nodes)
    return (
        f"vreltui = 1\n[mission]\n{mission}\n{parts}"
        f'[nodes.top]\nparts = [{names}]\nneeds = {needs}\n[choices.c]\nroot = "top"\n'
    )


@pytest.mark.parametrize(
    ("rates", "works", "mean"),
    [
        (("0.3", "0.4", "1"), 2, Fraction(2685, 1547)),
        (("1", "1", "1"), 2, Fraction(5, 6)),
        (("0.5", "0.5"), 1, Fraction(3)),
    ],
)
def test_mean_lives_of_votes(rates: tuple[str, ...], works: int, mean: Fraction) -> None:
    nodes = {f"b{i}": f'rate = "{rate} /h"' for i, rate in enumerate(rates)}
    found = said(tree('measure = "mttf"', nodes, str(works)))["c"]
    assert found["mttf_s"] == float(mean * HOUR)


@pytest.mark.parametrize(
    ("time", "one", "other", "fails"),
    [
        ("0.8 h", 'rate = "0.5 /h"', 'rate = "0.5 /h"', 0.108688872),
        (
            "0.8 h",
            'mttf = "0.5 h"',
            'stages = ["0.25 h", "0.25 h", "0.25 h"]',
            0.4949009834,
        ),
        ("2 h", 'scale = "4 h"\nshape = 4', 'scale = "2 h"\nshape = 1', 0.0382982486),
        (
            "0.8 h",
            'median = "1.6487212707001282 h"\nsigma = 1',
            'median = "0.36787944117144233 h"\nsigma = 0.3',
            0.2336675428,
        ),
    ],
    ids=["exponential", "Erlang", "Weibull", "lognormal"],
)
def test_chances_of_lives(time: str, one: str, other: str, fails: float) -> None:
    found = said(tree(f'time = "{time}"', {"a": one, "b": other}, '"any"'))["c"]
    assert found["unreliability"] == pytest.approx(fails, abs=1e-10)


DESIGN = next(path for path in shipped_designs() if path.stem == "rejuvenation").read_text()
WITHOUT_GOAL = ('[goal]\ndowntime = "12 h/y"\n', '[mission]\nmeasure = "availability"\n')
WEEK, DAYS, REPAIR, DAY = 168.0, 72.0, 35 / 60, 24.0


def survival(hours: float) -> float:
    """Of two stages with rates u and v."""
    u, v = 1 / WEEK, 1 / DAYS
    return (v * math.exp(-u * hours) - u * math.exp(-v * hours)) / (v - u)


def lived(hours: float) -> float:
    u, v = 1 / WEEK, 1 / DAYS
    return (-v / u * math.expm1(-u * hours) + u / v * math.expm1(-v * hours)) / (v - u)


def unavailability(clock: float, takes: float) -> float:
    down = (1 - survival(clock)) * REPAIR + survival(clock) * takes
    return down / (lived(clock) + down)


def test_rejuvenation_has_the_closed_form() -> None:
    """U 2.4247e-3 as it is, 1.1822e-3 in place, 4.9818e-4 by a machine that takes over."""
    found = said(DESIGN)
    by_choice = {"as-it-is": 2.4247e-3, "in-place": 1.1822e-3, "reincarnated": 4.9818e-4}
    closed = {
        "as-it-is": REPAIR / (WEEK + DAYS + REPAIR),
        "in-place": unavailability(DAY, 1 / 60),
        "reincarnated": unavailability(DAY, 0),
    }
    for choice, published in by_choice.items():
        assert found[choice]["unavailability"] == pytest.approx(closed[choice], rel=1e-9)
        assert found[choice]["unavailability"] == pytest.approx(published, rel=5e-5)
    outages = [found[choice]["outages_per_year"] for choice in by_choice]
    assert outages == [pytest.approx(n, rel=5e-3) for n in (36.4, 367, 7.5)]
    means = [found[choice]["mttf_s"] / HOUR for choice in by_choice]
    longer = lived(DAY) / (1 - survival(DAY))
    assert means == [240.0, pytest.approx(longer), pytest.approx(1170.34, rel=1e-5)]


def test_the_clock_has_a_window_that_holds_when_typed_back() -> None:
    found = said(DESIGN)["in-place"]["thresholds"]["T_c"]
    (window,) = found["intervals"]
    goal = 12 / 8760
    for end, inwards in ((window["low"], 1), (window["high"], -1)):
        beside = end / HOUR
        assert unavailability(beside * (1 + 1e-6 * inwards), 1 / 60) < goal
        assert unavailability(beside * (1 - 1e-6 * inwards), 1 / 60) > goal
    assert found["sentence"] == "restart renewed every 16.27 h to 3.006 d"


def test_in_place_it_helps_from_seven_hours_on() -> None:
    """Against what is only repaired a clock wins however seldom it rings, by ever less."""
    found = said(DESIGN.replace(*WITHOUT_GOAL))
    (window,) = found["in-place"]["thresholds"]["T_c"]["intervals"]
    assert window["low"] / HOUR == pytest.approx(7.4, abs=0.05)
    assert window["high"] is None
    any_clock = found["reincarnated"]["thresholds"]["T_c"]["intervals"]
    assert any_clock == [{"low": 0.0, "high": None}]


def test_a_clock_without_outages_does_nothing_for_what_does_not_age() -> None:
    ageless = DESIGN.replace('stages = ["1 w", "3 d"]', 'mttf = "10 d"').replace('"r"', '"35 min"')
    found = said(ageless.replace(*WITHOUT_GOAL))
    assert found["reincarnated"]["against_baseline"] == "equal"
    assert found["reincarnated"]["thresholds"]["T_c"]["intervals"] == []
    assert found["in-place"]["thresholds"]["T_c"]["intervals"] == []


@pytest.mark.parametrize(
    ("life", "low", "high"),
    [
        ('scale = "10 d"\nshape = 2', True, False),
        ('scale = "10 d"\nshape = 0.5', False, False),
        ('median = "10 d"\nsigma = 0.5', True, True),
    ],
    ids=["ages", "gets better", "ages for a while"],
)
def test_clocks_of_other_lives(life: str, low: bool, high: bool) -> None:
    """A renewal of a minute pays where the life ages; of what gets better with age, never."""
    of = DESIGN.replace('stages = ["1 w", "3 d"]', life)
    found = said(of.replace(*WITHOUT_GOAL))["in-place"]["thresholds"]["T_c"]
    assert "undecided" not in found
    if not low:
        assert found["intervals"] == []
        return
    (window,) = found["intervals"]
    assert (window["low"] > 0, window["high"] is not None) == (low, high)
