"""Points of plots: the paper's figures in closed form, and what lies around them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from tests.oracle.questions import exact
from vreltui.analysis.plot_curve import Curve
from vreltui.analysis.plot_grid import Grid, design_at
from vreltui.analysis.plots import PlotPoints, points, points_of_choices
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.walk import walk
from vreltui.model import Design, Plot, PlotAxis, PlotSeries, Probability
from vreltui.storage import parse, read
from vreltui.storage.keep.locations import shipped_designs

DESIGNS = {path.stem: path for path in shipped_designs()}


@cache
def design(name: str) -> Design:
    return read(DESIGNS[name]).design


def drawn(name: str, plot: str) -> dict[str, dict[Fraction, float | None]]:
    """The curves of a shipped plot by the exact x."""
    of = design(name)
    found = points(of, of.plots[plot])
    xs = [Fraction(exact(x)) for x in Grid(of.plots[plot].x)]
    return {each.label: dict(zip(xs, each.y, strict=True)) for each in found.series}


def assert_curve(
    said: dict[Fraction, float | None], expected: Callable[[Fraction], Fraction | None]
) -> None:
    for x, y in said.items():
        value = expected(x)
        if value is None:
            assert y is None, x
        else:
            assert y == pytest.approx(float(value), rel=1e-12, abs=0), x


# The paper's figures


def test_figure_3() -> None:
    curves = drawn("hypervisor-vs-bare", "fig3")
    assert list(curves) == [f"n={n}" for n in (2, 3, 4, 8, 16, 32)]
    for n, said in zip((2, 3, 4, 8, 16, 32), curves.values(), strict=True):
        assert len(said) == 91

        def bound(r: Fraction, n: int = n) -> Fraction | None:
            value = r / (1 - (1 - r) ** n)
            return value if value < 1 else None

        assert_curve(said, bound)


def test_figure_4() -> None:
    design_4 = design("replica-count")
    best = exact(design_4.value("R_H", "vms")) * exact(design_4.value("R_V", "vms"))
    for goal, said in drawn("replica-count", "fig4").items():

        def least(r: Fraction, goal: str = goal) -> Fraction:
            wanted = 1 - Fraction(goal.removeprefix("goal=")) / best
            return Fraction(next(n for n in range(1, 1000) if (1 - r) ** n < wanted))

        assert_curve(said, least)


def bound_3(r_f: Fraction, r_m: Fraction, n: int) -> Fraction:
    return (1 - (1 - r_f * r_m) ** n) / (1 - (1 - r_m) ** n)


def test_figures_6a_and_6b() -> None:
    def below_one(value: Fraction) -> Fraction | None:
        return value if value < 1 else None

    for label, said in drawn("function-in-hypervisor", "fig6a").items():
        r_m = Fraction(label.removeprefix("R_Mprime="))
        assert_curve(said, lambda r_f, r_m=r_m: below_one(bound_3(r_f, r_m, 3)))  # type: ignore[misc]
    r_m = Fraction("0.75")
    for label, said in drawn("function-in-hypervisor", "fig6b").items():
        n = int(label.removeprefix("n="))
        assert_curve(said, lambda r_f, n=n: below_one(bound_3(r_f, r_m, n)))  # type: ignore[misc]
    for label, said in drawn("function-in-hypervisor", "by-count").items():
        r_f = Fraction(label.removeprefix("R_f="))
        assert_curve(said, lambda n, r_f=r_f: bound_3(r_f, r_m, int(n)))  # type: ignore[misc]


def test_figure_7() -> None:
    (said,) = drawn("vote-2-of-3", "fig7").values()
    assert_curve(said, lambda r: 1 / (3 * r - 2 * r**2) if Fraction(1, 2) < r < 1 else None)


def test_the_gain_of_a_vote() -> None:
    of = design("vote-2-of-3")
    r_h = Fraction(exact(of.value("R_H", "vote")))
    for label, said in drawn("vote-2-of-3", "gain").items():
        r_v = Fraction(label.removeprefix("R_V="))
        assert_curve(said, lambda r, r_v=r_v: r_h * (r_v * (3 * r**2 - 2 * r**3) - r))  # type: ignore[misc]


# One walk a curve


def test_a_figure_costs_one_walk_of_each_tree_for_a_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    walks: list[int] = []

    def counted(*arguments: Any) -> Any:
        walks.append(1)
        return walk(*arguments)

    monkeypatch.setattr("vreltui.engine.points.walk", counted)
    exactly_asked: list[int] = []
    monkeypatch.setattr(Curve, "at", lambda _, index: exactly_asked.append(index))
    of = design("hypervisor-vs-bare")
    fig3 = of.plots["fig3"]
    fig3 = replace(fig3, x=replace(fig3.x, points=200, stop=Probability.of("0.99")))
    points(of, fig3)
    # Choice and baseline for each of six curves, and as often a count of roundings.
    assert len(walks) == 6 * 2 * 2
    assert exactly_asked == []


# Ends, gaps and ties


def test_one_machine_never_beats_the_bare_node_and_several_always_can() -> None:
    of = design("hypervisor-vs-bare")
    plot = replace(of.plots["fig3"], series=PlotSeries("n", (1, 2)))
    one, two = points(of, plot).series
    assert set(one.y) == {None}
    assert None not in two.y[:-1]
    assert two.y[-1] is None  # perfect machines need no second one


TWO_SIDED = """
vreltui = 1
baseline = "series"
[parameters]
R_A = 0.9
R_B = 0.5
[nodes.a]
reliability = "R_A"
[nodes.b]
reliability = "R_B"
[nodes.both]
parts = ["a", "b"]
[nodes.pair]
parts = ["a", "a2"]
needs = "any"
[nodes.a2]
reliability = 0.6
[choices.series]
root = "pair"
[choices.lone]
root = "b"
"""


def toml(text: str) -> Design:
    return parse(text).design


def test_where_a_value_must_stay_below_the_bound_is_its_upper_end() -> None:
    """A lone part beats a pair only while the pair's part is poor: R_A < 1 - (1 - R_B) / 0.4."""
    of = toml(TWO_SIDED)
    plot = Plot(
        "p", "lone", PlotAxis("R_B", Probability.of("0.5"), Probability.of("1"), 11),
        y="threshold", threshold="R_A",
    )  # fmt: skip
    (curve,) = points(of, plot).series
    for x, y in zip(Grid(plot.x), curve.y, strict=True):
        bound = 1 - (1 - exact(x)) / Fraction("0.4")
        if bound <= 0:
            assert y is None
        elif bound < 1:
            assert y == pytest.approx(float(bound), rel=1e-12)
        else:
            assert y == 0.0  # a perfect part beats every other


def test_a_tie_has_no_gain_at_all() -> None:
    of = design("function-in-hypervisor")
    tied = design_at(of, "c2", {"n": 1})
    x = PlotAxis("R_f", Probability.of("0.1"), Probability.of("0.9"), 9)
    for r_f in ("0.3", "0.7"):
        here = design_at(tied, "c2", {"R_F": Probability.of(r_f)})
        (curve,) = points(here, Plot("p", "c2", x, y="gain")).series
        at = [str(value) for value in Grid(x)].index(r_f)
        assert curve.y[at] == 0.0
        assert all(y != 0.0 for index, y in enumerate(curve.y) if index != at)


def test_both_ends_keep_their_digits() -> None:
    of = toml(
        """
        vreltui = 1
        [parameters]
        R = 0.9
        n = { count = 1 }
        [nodes.vm]
        reliability = "R"
        [nodes.pool]
        of = "vm"
        copies = "n"
        needs = "any"
        [choices.pool]
        root = "pool"
        """
    )
    (curve,) = points(of, Plot("p", "pool", PlotAxis("n", 1, 250, 250))).series
    for n, complement in enumerate(curve.complement, 1):
        assert complement == pytest.approx(0.1**n, rel=1e-12, abs=0)
    (curve,) = points(of, Plot("p", "pool", PlotAxis("n", 1, 250, 250), y="unreliability")).series
    assert curve.y[249] == pytest.approx(1e-250, rel=1e-12, abs=0)


# Around the points


def test_the_grid_is_of_exact_decimals() -> None:
    xs = Grid(PlotAxis("R", Probability.of("0.1"), Probability.of("1"), 91))
    assert [x.reliability for x in xs if isinstance(x, Probability)] == [
        Fraction(10 + i, 100) for i in range(91)
    ]
    ends = [Probability.from_unreliability(q) for q in ("4e-200", "1e-200")]
    near_one = Grid(PlotAxis("R", ends[0], ends[1], 4))
    assert [float(x.unreliability) for x in near_one if isinstance(x, Probability)] == [
        4e-200, 3e-200, 2e-200, 1e-200,
    ]  # fmt: skip


def test_the_goal_and_where_the_design_stands() -> None:
    of = design("web-node")
    found = points(of, of.plots["replicas"])
    assert found.goal == pytest.approx(0.002)
    assert found.now is not None
    assert found.now.x == 3
    assert found.x_quantity == "count"
    (_, curve, _) = found.series
    assert found.now.y == pytest.approx(curve.y[2])
    needed = points(of, of.plots["hypervisor"])
    assert needed.goal is None
    assert needed.now is not None
    assert needed.now.y == pytest.approx(float(exact(of.value("R_V", "vms"))))


def test_choices_side_by_side() -> None:
    of = design("web-node")
    plot = Plot("p", "vms", PlotAxis("R_V", Probability.of("0.9"), Probability.of("1"), 11))
    found: PlotPoints = points_of_choices(of, plot, ["vms", "voted"])
    assert [series.label for series in found.series] == ["vms", "voted"]
    for series in found.series:
        (alone,) = points(of, replace(plot, choice=series.label)).series
        assert series.y == alone.y


def test_a_study_keeps_its_figures_and_gives_the_same_points() -> None:
    of = design("two-hosts")
    study = Study(of)
    for plot in of.plots.values():
        assert points(study, plot) == points(of, plot)


BENT = """
vreltui = 1
baseline = "pair"
[parameters]
R_A = 0.9
R_B = 0.5
n = { count = 2 }
[nodes.a]
reliability = "R_A"
[nodes.b]
reliability = "R_B"
[nodes.copies]
of = "a"
copies = "n"
needs = "any"
[nodes.chain]
of = "b"
copies = "n"
[choices.pair]
root = "copies"
[choices.lone]
root = "b"
[choices.chain]
root = "chain"
"""


def test_a_bound_that_a_bent_baseline_sets_from_above() -> None:
    """One part beats a pair while 1 - (1 - R_A)**2 < R_B: R_A < 1 - sqrt(1 - R_B)."""
    plot = Plot(
        "p", "lone", PlotAxis("R_B", Probability.of("0.01"), Probability.of("0.99"), 99),
        y="threshold", threshold="R_A",
    )  # fmt: skip
    (curve,) = points(toml(BENT), plot).series
    for x, y, complement in zip(Grid(plot.x), curve.y, curve.complement, strict=True):
        root = math.sqrt(1 - float(exact(x)))
        assert y == pytest.approx(float(exact(x)) / (1 + root), rel=1e-12)
        assert complement == pytest.approx(root, rel=1e-12)


@pytest.mark.parametrize("goal", ["0.5", "1e-250", "0.999999999"])
def test_a_bound_of_a_value_that_is_used_many_times(goal: str) -> None:
    """A chain of n parts exceeds a goal g where R_B > g**(1/n), and the count bends it."""
    of = replace(toml(BENT), baseline=None, goal=Probability.of(goal))
    plot = Plot("p", "chain", PlotAxis("n", 1, 40, 40), y="threshold", threshold="R_B")
    (curve,) = points(of, plot).series
    for n, (y, complement) in enumerate(zip(curve.y, curve.complement, strict=True), 1):
        logarithm = math.log1p(-1e-9) if goal == "0.999999999" else math.log(float(goal))
        assert y == pytest.approx(math.exp(logarithm / n), rel=1e-12 * max(1, -logarithm))
        assert complement == pytest.approx(-math.expm1(logarithm / n), rel=1e-6)


def test_a_plot_that_takes_too_long_says_so() -> None:
    of = design("hypervisor-vs-bare")
    study = Study(of, limits=lambda: Limits(seconds=-1.0))
    with pytest.raises(Undecided, match="took more than"):
        points(study, of.plots["fig3"])
