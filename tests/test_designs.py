"""What the shipped designs of the paper must show: every number of it, derived anew."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import prod

import pytest

from tests.shipped import (
    R_M_GRID,
    choices,
    curves,
    design,
    intervals,
    least,
    with_values,
)

# Nodes that are not virtualized, and n virtual machines on one hypervisor


def test_a_node_that_is_not_virtualized_is_hardware_and_machine() -> None:
    nv = choices(design("single-node"))["nv"]
    assert nv["reliability"] == pytest.approx(0.999 * 0.9, rel=1e-15)


@pytest.mark.parametrize("n", [1, 2, 3, 10])
def test_identical_machines(n: int) -> None:
    vms = choices(with_values("single-node", n=n))["vms"]
    expected = Fraction("0.999") * Fraction("0.99") * (1 - Fraction("0.1") ** n)
    assert vms["reliability"] == pytest.approx(float(expected), rel=1e-15)
    assert vms["unreliability"] == pytest.approx(float(1 - expected), rel=1e-15)


def test_machines_with_a_reliability_each() -> None:
    diverse = choices(design("single-node"))["diverse"]
    fails = prod(1 - Fraction(r) for r in ("0.9", "0.8", "0.7"))
    expected = Fraction("0.999") * Fraction("0.99") * (1 - fails)
    assert diverse["reliability"] == pytest.approx(float(expected), rel=1e-15)


# (1), Fig. 3: n machines against the bare node


def bound_1(r_m: Fraction, n: int) -> Fraction:
    return r_m / (1 - (1 - r_m) ** n)


@pytest.mark.parametrize("r_m", R_M_GRID)
@pytest.mark.parametrize("n", [2, 3, 4, 8, 16, 32])
def test_the_hypervisor_must_exceed_equation_1(r_m: str, n: int) -> None:
    vms = choices(with_values("hypervisor-vs-bare", R_M=r_m, n=n))["vms"]
    ((low, high),) = intervals(vms, "R_V")
    assert low == pytest.approx(float(bound_1(Fraction(r_m), n)), rel=1e-14)
    assert high == 1


@pytest.mark.parametrize("r_m", R_M_GRID)
def test_one_machine_never_beats_the_bare_node(r_m: str) -> None:
    vms = choices(with_values("hypervisor-vs-bare", R_M=r_m, n=1))["vms"]
    assert intervals(vms, "R_V") == []
    assert vms["verdict"] == "hopeless"


@pytest.mark.parametrize("r_m", R_M_GRID)
def test_a_hypervisor_no_better_than_a_machine_never_helps(r_m: str) -> None:
    vms = choices(with_values("hypervisor-vs-bare", R_M=r_m, R_V=r_m))["vms"]
    assert least(vms, "n") is None
    assert vms["against_baseline"] == "worse"


def test_the_papers_example_needs_four_machines() -> None:
    said = choices(design("hypervisor-vs-bare"))
    assert least(said["vms"], "n") == 4
    assert {name: said[name]["verdict"] for name in ("vms", "three", "one", "equal")} == {
        "vms": "meets",
        "three": "short",
        "one": "hopeless",
        "equal": "hopeless",
    }


def test_no_number_of_machines_makes_up_for_a_hypervisor_no_better_than_one() -> None:
    equal = choices(design("hypervisor-vs-bare"))["equal"]
    assert "R_V" not in equal["thresholds"]
    assert least(equal, "n") is None
    assert intervals(equal, "R_M") == []


@pytest.mark.parametrize(
    ("r_m", "expected"),
    [
        ("0.1", (0.5263, 0.3690, 0.2908, 0.1756, 0.1227, 0.1036)),
        ("0.5", (0.6667, 0.5714, 0.5333, 0.5020, 0.5000, 0.5000)),
    ],
)
def test_figure_3_as_it_is_printed(r_m: str, expected: tuple[float, ...]) -> None:
    found = curves("hypervisor-vs-bare", "fig3").values()
    at = [nearest(points, float(r_m)) for points in found]
    assert at == pytest.approx(expected, abs=5e-5)


def test_the_least_number_of_machines_by_their_quality() -> None:
    (points,) = curves("hypervisor-vs-bare", "least-n").values()
    assert nearest(points, 0.1) == 4
    assert nearest(points, 0.29) is not None
    assert all(nearest(points, round(x / 100, 2)) is None for x in range(30, 36))


def test_figure_3() -> None:
    found = curves("hypervisor-vs-bare", "fig3")
    assert list(found) == [f"n={n}" for n in (2, 3, 4, 8, 16, 32)]
    for series, points in found.items():
        assert len(points) == 91
        for x, y in points.items():
            bound = bound_1(Fraction(round(x * 100), 100), int(series.removeprefix("n=")))
            if bound < 1:
                assert y == pytest.approx(float(bound), rel=1e-9), (series, x)
            else:
                assert y is None, (series, x)


# (2), Fig. 4: how many machines a goal needs


@pytest.mark.parametrize(("goal", "needed"), [("0.98", (38, 12, 6, 2)), ("0.998", (66, 20, 10, 3))])
def test_how_many_machines_a_goal_needs(goal: str, needed: tuple[int, ...]) -> None:
    said = choices(with_values("replica-count", goal=goal))
    assert tuple(least(said[name], "n") for name in ("m01", "m03", "m05", "m09")) == needed


def test_a_host_may_hold_too_few() -> None:
    for holds, needed in ((37, None), (38, 38)):
        wanted = with_values("replica-count", n=8)
        m01 = choices(replace(wanted, copies_limit=holds))["m01"]
        assert least(m01, "n") == needed


def test_the_host_rules_out_what_it_can_not_hold_and_no_range_does() -> None:
    shipped = design("replica-count")
    assert shipped.parameters["n"].range == (1, shipped.copies_limit)
    m003 = choices(shipped)["m003"]
    assert m003["verdict"] == "hopeless"
    assert least(m003, "n") is None
    roomy = replace(with_values("replica-count", n=8), copies_limit=131)
    assert least(choices(roomy)["m003"], "n") == 131


def test_the_hardware_counts() -> None:
    said = choices(with_values("replica-count", goal="0.998"))
    assert (least(said["hardware"], "n"), least(said["m01"], "n")) == (73, 66)


@pytest.mark.parametrize("goal", ["0.999", "0.9995"])
def test_no_number_suffices_for_a_goal_at_or_above_the_hypervisor(goal: str) -> None:
    for name, choice in choices(with_values("replica-count", goal=goal)).items():
        assert least(choice, "n") is None, name
        assert choice["verdict"] == "hopeless", name


def test_figure_4() -> None:
    found = curves("replica-count", "fig4")
    for x, low, high in ((0.1, 38, 66), (0.3, 12, 20), (0.5, 6, 10), (0.9, 2, 3)):
        assert (nearest(found["goal=0.98"], x), nearest(found["goal=0.998"], x)) == (low, high)


def nearest(points: dict[float, float | None], x: float) -> float | None:
    at = min(points, key=lambda point: abs(point - x))
    assert at == pytest.approx(x, rel=1e-9)
    return points[at]


# (3), Fig. 6: a function in every machine, or once in the hypervisor


def bound_3(r_f: Fraction, r_m: Fraction, n: int) -> Fraction:
    return (1 - (1 - r_f * r_m) ** n) / (1 - (1 - r_m) ** n)


@pytest.mark.parametrize(("n", "printed"), [(6, "0.9932"), (9, "0.9994")])
def test_the_moved_function_must_exceed_equation_3(n: int, printed: str) -> None:
    c2 = choices(with_values("function-in-hypervisor", n=n))["c2"]
    ((low, high),) = intervals(c2, "R_F")
    exact = bound_3(Fraction("0.75"), Fraction("0.75"), n)
    assert low == pytest.approx(float(exact), rel=1e-14)
    assert f"{low:.4f}" == printed
    assert high == 1


@pytest.mark.parametrize("r_f", ["0.5", "0.75", "0.99"])
def test_with_one_machine_an_equal_function_ties(r_f: str) -> None:
    c2 = choices(with_values("function-in-hypervisor", n=1, R_f=r_f, R_F=r_f))["c2"]
    assert c2["against_baseline"] == "equal"
    assert c2["verdict"] == "hopeless"
    ((low, _),) = intervals(c2, "R_F")
    assert low == float(r_f)


@pytest.mark.parametrize(("n", "typed"), [(6, "0.9932"), (9, "0.9994")])
def test_the_papers_rounded_figures_still_lose(n: int, typed: str) -> None:
    c2 = choices(with_values("function-in-hypervisor", n=n, R_F=typed))["c2"]
    assert c2["against_baseline"] == "worse"


def test_a_bound_that_is_met_exactly_is_a_tie() -> None:
    values = {"R_Mprime": "0.8", "R_f": "0.25", "R_F": "0.375"}
    c2 = choices(with_values("function-in-hypervisor", n=2, **values))["c2"]
    assert c2["against_baseline"] == "equal"


def check_curve(points: dict[float, float | None], r_m: str, n: int) -> None:
    for x, y in points.items():
        expected = bound_3(Fraction(round(x * 100), 100), Fraction(r_m), n)
        if expected < 1:
            assert y == pytest.approx(float(expected), rel=1e-9), (r_m, n, x)
        else:
            assert y is None, (r_m, n, x)


def test_figures_6a_and_6b_have_the_papers_axes_and_curves() -> None:
    inside = curves("function-in-hypervisor", "fig6a")
    assert list(inside) == [f"R_Mprime={r_m}" for r_m in ("0.75", "0.9", "0.95", "0.99")]
    for series, points in inside.items():
        check_curve(points, series.removeprefix("R_Mprime="), 3)
    at = [[nearest(points, x) for points in inside.values()] for x in (0.1, 0.5, 0.9)]
    assert at[0] == pytest.approx((0.2119, 0.2467, 0.2588, 0.2686), abs=5e-5)
    assert at[1] == pytest.approx((0.7679, 0.8345, 0.8554, 0.8712), abs=5e-5)
    assert at[2] == pytest.approx((0.9810, 0.9941, 0.9971, 0.9987), abs=5e-5)
    by_number = curves("function-in-hypervisor", "fig6b")
    assert list(by_number) == ["n=3", "n=6", "n=9"]
    for series, points in by_number.items():
        check_curve(points, "0.75", int(series.removeprefix("n=")))


def test_what_the_function_must_exceed_by_the_number_of_machines() -> None:
    by_count = curves("function-in-hypervisor", "by-count")["R_f=0.75"]
    for n in range(1, 17):
        expected = bound_3(Fraction("0.75"), Fraction("0.75"), n)
        assert by_count[n] == pytest.approx(float(expected), rel=1e-9)


# (4), Fig. 7: a vote of two in three against the bare node


def bound_4(r_m: Fraction) -> Fraction:
    return 1 / (3 * r_m - 2 * r_m**2)


@pytest.mark.parametrize("r_m", ["0.51", "0.6", "0.75", "0.99"])
def test_the_hypervisor_under_a_vote_must_exceed_equation_4(r_m: str) -> None:
    ((low, high),) = intervals(choices(with_values("vote-2-of-3", R_M=r_m))["vote"], "R_V")
    assert low == pytest.approx(float(bound_4(Fraction(r_m))), rel=1e-14)
    assert high == 1


@pytest.mark.parametrize("r_m", ["0.5", "0.4", "0.1"])
def test_no_hypervisor_saves_a_vote_of_poor_machines(r_m: str) -> None:
    assert intervals(choices(with_values("vote-2-of-3", R_M=r_m))["vote"], "R_V") == []


@pytest.mark.parametrize(
    ("choice", "low", "high"), [("v98", 0.5213170, 0.9786830), ("v90", 2 / 3, 5 / 6)]
)
def test_a_vote_wants_machines_neither_poor_nor_good(choice: str, low: float, high: float) -> None:
    ((said_low, said_high),) = intervals(choices(design("vote-2-of-3"))[choice], "R_M")
    assert said_low == pytest.approx(low, abs=5e-8)
    assert said_high == pytest.approx(high, abs=5e-8)


def test_figure_7() -> None:
    (points,) = curves("vote-2-of-3", "fig7").values()
    assert min(points) == 0.1
    for x, y in points.items():
        r_m = Fraction(round(x * 1000), 1000)
        if Fraction(1, 2) < r_m < 1:
            assert y == pytest.approx(float(bound_4(r_m)), rel=1e-9), x
        else:
            assert y is None, x


def test_no_machine_suits_a_hypervisor_below_eight_ninths() -> None:
    assert intervals(choices(design("vote-2-of-3"))["v88"], "R_M") == []


def test_very_good_machines_lose_by_voting() -> None:
    vote = choices(with_values("vote-2-of-3", R_M="0.99", R_V="0.98"))["vote"]
    assert vote["against_baseline"] == "worse"


# Section 3: diversity and containment from plain trees

SECTION_3 = {
    "alike": 0.97520,
    "two-hypervisors": 0.97919,
    "two-systems": 0.98318,
    "nothing-shared": 0.98713,
    "beside-bare": 0.98763,
    "both-bare": 0.98812,
    "processes": 0.972,
    "machines": 0.9882,
    "hosts": 0.989982,
    "three-processes": 0.96957,
    "three-machines": 0.996033,
    "four-machines": 0.995910,
}


def test_what_replicas_share_and_what_a_failure_takes_along() -> None:
    said = choices(design("diversity"))
    found = {name: said[name]["reliability"] for name in SECTION_3}
    assert found == pytest.approx(SECTION_3, abs=5e-6)


def test_a_server_carved_in_two_pays_with_a_good_hypervisor() -> None:
    shipped = replace(design("diversity"), baseline="processes", goal=None)
    ((low, _),) = intervals(choices(shipped)["carved"], "R_VMM")
    assert low == pytest.approx(0.972 / 0.9882, rel=1e-12)
