"""Designs with time in `check`: figures, thresholds that hold on both sides, and refusals."""

from __future__ import annotations

import json
from fractions import Fraction
from math import gamma, prod
from pathlib import Path
from typing import Any

import pytest

from tests.oracle_time.agreement import agrees
from tests.oracle_time.questions import TimeOracle
from tests.oracle_time.writing import design
from vreltui.cli.main import run

SHIPPED = Path(__file__).parents[2] / "designs" / "two-hosts-availability.toml"

REPAIRED = """vreltui = 1
[goal]
downtime = "5 h/y"
[nodes.vmm]
mttf = "2654 h"
mttr = "100 min"
[choices.one]
root = "vmm"
"""


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """What `check --json` says of a text, and its status."""

    def ask(text: str, *options: str) -> tuple[int, Any, str]:
        path = tmp_path / "design.toml"
        path.write_text(text)
        status = run(["check", "--json", *options, str(path)])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    return ask


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 13, 14])
def test_figures_are_those_of_the_reference(check: Any, seed: int) -> None:
    text = design(seed)
    _, said, _ = check(text)
    agrees(TimeOracle(text), said)


def test_the_shipped_pair_of_hosts_has_the_closed_form(check: Any) -> None:
    status, said, _ = check(SHIPPED.read_text())
    assert status == 0
    choices = said["choices"]
    parts = {"H": (8760, 72), "V": (2654, 100 / 60), "M": (2893, 0.5)}
    host = 1.0
    for life, repair in parts.values():
        host *= life / (life + repair)
    storage = 8760 / (8760 + 72)
    expected = storage * (1 - (1 - host) ** 2)
    assert choices["two-hosts"]["availability"] == pytest.approx(expected, rel=1e-13)
    down = choices["two-hosts"]["downtime_s_per_year"]
    assert down == pytest.approx((1 - expected) * 8760 * 3600, rel=1e-9)
    assert said["measure"] == "availability"
    assert said["goal_text"] == "under 5 h down a year"


@pytest.mark.parametrize("name", ["r_S", "T_S"])
def test_an_end_typed_back_in_holds_on_its_side_alone(check: Any, name: str) -> None:
    text = SHIPPED.read_text().replace('range = ["1 h", "3 d"], ', "")
    _, said, _ = check(text)
    (interval,) = said["choices"]["two-hosts"]["thresholds"][name]["intervals"]
    below = name == "r_S"
    end = interval["high"] if below else interval["low"]
    for factor, meets in ((1 - 1e-9, below), (1 + 1e-9, not below)):
        _, moved, _ = check(text, "--set", f"{name}={end * factor:.12f} s")
        verdict = moved["choices"]["two-hosts"]["against_goal"]
        assert (verdict == "above") is meets, factor


def test_a_repair_that_just_meets_is_a_tie(check: Any) -> None:
    """With one part, U = 5/8760: a repair of 2654 * 5/8755 h ties exactly."""
    status, said, _ = check(REPAIRED.replace('"2654 h"', '"8755 h"').replace("100 min", "5 h"))
    assert status == 1
    assert said["choices"]["one"]["against_goal"] == "equal"


def test_numbers_at_a_node_are_named_by_their_keys(check: Any) -> None:
    _, said, _ = check(REPAIRED)
    node = said["choices"]["one"]["nodes"]["vmm"]
    assert set(node["thresholds"]) == {"mttf", "mttr"}
    assert node["thresholds"]["mttr"]["kind"] == "time"
    assert node["thresholds"]["mttr"]["value"] == 6000.0
    assert node["importance"]["mttf"]["per_log"] > 0 > node["importance"]["mttr"]["per_log"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"2654 h"', "2654", 'a time with its unit such as "2654 h" is right'),
        ('"2654 h"', '"5 minutes"', '"5 min" is right'),
        ('"2654 h"', '"5 m"', "min for minutes, mo for months"),
        ('mttf = "2654 h"', "shape = 2", "shape without mttf or scale"),
        ('mttf = "2654 h"', 'median = "1 y"', "median without sigma"),
        ('mttr = "100 min"', 'mttr = "100 min"\nplanned = "1 h"', "planned without every"),
        ('mttr = "100 min"', 'mttr = "100 min"\ntakes = "1 h"', "takes without rejuvenate"),
        ('mttr = "100 min"\n', "", "down for ever once it fails"),
        ('downtime = "5 h/y"', "reliability = 0.9", "says how long it must last"),
        ('downtime = "5 h/y"', 'downtime = "2 y/y"', "less than a whole period"),
        ('downtime = "5 h/y"', 'availability = 0.9\nmttf = "1 h"', "keep one of them"),
        ("[nodes.vmm]", '[mission]\nmeasure = "mttf"\n[nodes.vmm]', "leave measure out"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_line(
    check: Any, old: str, new: str, said: str
) -> None:
    assert old in REPAIRED
    status, answer, told = check(REPAIRED.replace(old, new))
    assert status == 2
    assert answer is None
    assert said in told
    assert "design.toml:" in told


def test_service_levels_in_minutes_a_month(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--json", str(SHIPPED.with_name("service-levels.toml"))]) == 0
    said = json.loads(capsys.readouterr().out)["choices"]["chain"]
    promised = {"balancer": 4.38, "machines": 4.38, "database": 21.9, "store": 43.8}
    for node, minutes in promised.items():
        down = said["nodes"][node]["downtime_s_per_year"] / 12 / 60
        assert down == pytest.approx(minutes, rel=1e-12)
    levels = [Fraction(each) for each in ("0.9999", "0.9999", "0.9995", "0.999")]
    assert said["availability"] == pytest.approx(float(prod(levels)), rel=1e-15)
    assert said["outages_per_year"] is None
    assert said["missing"]["outages_per_year"] == "A_L is a constant"


BOUGHT = """vreltui = 1
[goal]
downtime = "5 h/y"
[catalogues.servers.plain]
mttf = "1 y"
mttr = "3 d"
[catalogues.servers.better]
scale = "5 y"
shape = 1.5
mttr = "4 h"
[nodes.server]
from = "servers"
chosen = "plain"
[choices.one]
root = "server"
[choices.two]
root = "server"
set = { server = "better" }
"""


def test_items_of_a_catalogue_have_lifetimes(check: Any) -> None:
    _, said, _ = check(BOUGHT)
    plain, better = (said["choices"][name] for name in ("one", "two"))
    assert plain["unavailability"] == pytest.approx(72 / (8760 + 72), rel=1e-14)
    assert better["mttf_s"] == pytest.approx(5 * 8760 * 3600 * gamma(1 + 1 / 1.5), rel=1e-12)
    assert (plain["verdict"], better["verdict"]) == ("hopeless", "meets")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('mttr = "3 d"\n', "", "plain of catalogue servers of choice one is down for ever once"),
        ("shape = 1.5", "shape = 99", "shape in better of catalogue servers must be from 0.05 to"),
        ("shape = 1.5\n", "", "better of catalogue servers has scale without shape"),
    ],
)
def test_what_an_item_can_not_have_is_refused(check: Any, old: str, new: str, said: str) -> None:
    status, _, told = check(BOUGHT.replace(old, new))
    assert status == 2
    assert said in told


def test_the_safety_of_constants_needs_no_mission(check: Any) -> None:
    _, said, _ = check(
        "vreltui = 1\n[goal]\nsafety = 0.9\n[nodes.vm]\nreliability = 0.9\nfails_safe = 0.5\n"
        '[choices.one]\nroot = "vm"\n'
    )
    one = said["choices"]["one"]
    assert (one["safety"], one["unsafety"], one["reliability"]) == (0.95, 0.05, 0.9)
    assert not any(key.endswith("_undecided") for key in one)


def test_a_file_without_time_says_what_it_measures_and_no_more(check: Any) -> None:
    _, said, _ = check('vreltui = 1\n[nodes.vm]\nreliability = 0.9\n[choices.one]\nroot = "vm"\n')
    assert said["measure"] == "reliability"
    assert list(said["choices"]["one"])[:3] == ["title", "reliability", "unreliability"]


@pytest.mark.parametrize(
    ("needs", "measured", "is_said"),
    [
        ('"any"', "reliability", True),
        ("3", "reliability", False),
        ('"any"', "availability", False),
        ('"any"\nrepairers = 1', "reliability", False),
    ],
)
def test_a_reliability_says_where_repairs_would_have_helped(
    check: Any, needs: str, measured: str, is_said: bool
) -> None:
    _, said, _ = check(
        f'vreltui = 1\n[goal]\n{measured} = 0.5\n[mission]\ntime = "30 d"\n[nodes.vm]\n'
        f'mttf = "9 w"\nmttr = "1 h"\n[nodes.pool]\nof = "vm"\ncopies = 3\nneeds = {needs}\n'
        '[choices.one]\nroot = "pool"\n'
    )
    one = said["choices"]["one"]
    assert any("no repair is counted" in each for each in one["reasons"]) is is_said
    assert not any("no repair is counted" in each["sentence"] for each in one["claims"])
