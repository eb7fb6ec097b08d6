"""Crossings of curves, beside what domain.md's table and the formulas of the paper say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import sqrt

import pytest

from vreltui.analysis.plots import points, points_of_choices
from vreltui.model import Design, Plot, Probability
from vreltui.model.design import PlotAxis
from vreltui.model.times import Duration
from vreltui.storage import read
from vreltui.storage.keep.locations import shipped_designs
from vreltui.wording.plots import of_choices

DESIGNS = {path.stem: path for path in shipped_designs()}


def design(name: str) -> Design:
    return read(DESIGNS[name]).design


def along(choice: str, name: str, low: str, high: str, **more: object) -> Plot:
    axis = PlotAxis(name, Probability.of(low), Probability.of(high), 11)
    return replace(Plot("p", choice, axis), **more)  # type: ignore[arg-type]


def test_a_curve_crosses_the_goal_where_its_threshold_is() -> None:
    found = points(design("web-node"), along("vms", "R_V", "0.99", "0.9999"))
    (crossing,) = found.crossings
    rest = 0.99999 * (1 - (1 - 0.96 * 0.99) ** 3)
    assert crossing.x == pytest.approx(0.998 / rest, rel=1e-12)
    assert str(crossing.at) == "0.998132"
    assert crossing.y == 0.998


def test_unreliability_crosses_at_the_same_place() -> None:
    plot = along("vms", "R_V", "0.99", "0.9999", y="unreliability")
    (crossing,) = points(design("web-node"), plot).crossings
    assert str(crossing.at) == "0.998132"
    assert crossing.y == pytest.approx(0.002, rel=1e-12)


def test_two_choices_cross_at_both_ends_of_an_interval() -> None:
    of = design("vote-2-of-3")
    of = replace(of, parameters={
        **of.parameters, "R_V": replace(of.parameters["R_V"], value=Probability.of("0.98"))
    })  # fmt: skip
    plot = along("vote", "R_M", "0.5", "1")
    found = points_of_choices(of, plot, ("vote", "nv"))
    root = sqrt(9 / 4 - 2 / 0.98)
    assert [each.x for each in found.crossings] == pytest.approx(
        [(1.5 - root) / 2, (1.5 + root) / 2], rel=1e-9
    )
    assert of_choices(of, plot, found).y_label == "reliability"


def test_mean_lives_cross_where_the_one_begins_to_be_longer() -> None:
    of = design("shared-spare")
    axis = PlotAxis("T", Duration(Decimal(1000), "h"), Duration(Decimal(3000), "h"), 11)
    found = points_of_choices(of, Plot("p", "cold", axis), ("cold", "hot"))
    assert found.crossings == ()  # (1 + c) / 2 > 5 / 6 for every T, and no reliability is read


def test_the_range_is_made_wide_enough_to_show_a_crossing() -> None:
    of = design("web-node")
    found = points_of_choices(of, along("vms", "R_V", "0.99", "0.9999"), ("vms", "nv"))
    (crossing,) = found.crossings
    # Without copies: R_V (1 - (1 - R_O R_f)**3) = R_O R_f.
    guest = 0.96 * 0.99
    assert crossing.x == pytest.approx(guest / (1 - (1 - guest) ** 3), rel=1e-12)
    assert min(found.x) < crossing.x < max(found.x)
    assert max(found.x) == pytest.approx(0.9999)


def test_nothing_crosses_without_a_goal_along_a_count_or_in_a_family() -> None:
    of = design("web-node")
    assert points(replace(of, goal=None), along("vms", "R_V", "0.9", "1")).crossings == ()
    assert points(of, of.plots["replicas"]).crossings == ()
    assert points(of, of.plots["hypervisor"]).crossings == ()
    same = points_of_choices(of, along("vms", "R_V", "0.9", "1"), ("vms", "vms"))
    assert same.crossings == ()
