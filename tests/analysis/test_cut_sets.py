"""Minimal sets against enumeration of all states, and against published counts."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.test_importance import both, is_near, of, unit
from tests.oracle import Oracle, as_toml, designs
from tests.oracle.fault_trees import design_of
from tests.oracle.insight import Insight
from vreltui.analysis.cut_results import CutQuestion, CutReport
from vreltui.analysis.importance_report import examine_importance
from vreltui.analysis.questions.cut_sets import cut_sets
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits
from vreltui.model import Component, Design, Group, Pool, Probability
from vreltui.storage import parse

EXAMPLES = int(os.environ.get("VRELTUI_CUT_SETS_EXAMPLES", "40"))

FOLDER = os.environ.get("VRELTUI_ARALIA", "")
"""Where the Aralia fault trees are."""

FEW = 10
"""Few enough instances to try every set of them."""

PUBLISHED = {
    "baobab1": 46188,
    "baobab2": 4805,
    "baobab3": 24386,
    "chinese": 392,
    "das9201": 14217,
    "das9202": 27778,
    "das9203": 16200,
    "das9204": 16704,
    "das9205": 17280,
    "das9206": 19518,
    "das9207": 25988,
    "das9208": 8060,
    "das9209": 82_000_000_000,
    "edf9201": 579720,
    "edf9202": 130112,
    "edf9203": 20807446,
    "edf9205": 21308,
    "edfpa14p": 415500,
    "edfpa14r": 380412,
    "edfpa15b": 2910473,
    "edfpa15o": 2906753,
    "edfpa15p": 27870,
    "edfpa15q": 2908223,
    "edfpa15r": 26549,
    "elf9601": 151348,
    "ftr10": 305,
    "isp9601": 276785,
    "isp9602": 5197647,
    "isp9603": 3434,
    "isp9604": 746574,
    "isp9605": 5630,
    "isp9606": 1776,
    "isp9607": 150436,
    "jbd9601": 14007,
}
"""Minimal cut sets of the Aralia fault trees (Y. Dutuit and A. Rauzy, and others after them)."""


def expected(insight: Insight, *, paths: bool) -> list[tuple[frozenset[int], Fraction]]:
    """Every minimal set, with its probability."""
    found = []
    for places in insight.minimal_sets(paths=paths):
        chance = Fraction(1)
        for place in places:
            down, up = insight.chances[place]
            chance *= Fraction(up if paths else down, down + up)
        found.append((places, chance))
    return found


def look(insight: Insight, places: frozenset[int]) -> tuple[tuple[str, int], ...]:
    nodes = Counter(insight.table.components[place][0] for place in places)
    return tuple(sorted(nodes.items()))


def covered(insight: Insight, sets: list[frozenset[int]], *, paths: bool) -> Fraction:
    """The chance that at least one of some sets has happened."""
    happened = 0
    for places in sets:
        states = insight.full
        for place in places:
            up = insight.table._works(place)
            states &= up if paths else insight.full & ~up
        happened |= states
    return insight.chance(happened)


@settings(max_examples=EXAMPLES)
@given(designs(), st.booleans(), st.data())
def test_minimal_sets_are_those_of_enumeration(
    design: Design, paths: bool, data: st.DataObject
) -> None:
    choice = list(design.choices)[-1]
    oracle = Oracle(design)
    if oracle.instances(choice) > FEW:
        return
    insight = Insight(oracle, choice)
    sets = expected(insight, paths=paths)
    question = CutQuestion(choice, paths=paths)
    report = cut_sets(Study(design), question)
    check_whole(insight, report, sets, paths, as_toml(design))
    asked = replace(
        question,
        order=data.draw(st.none() | st.integers(1, 3)),
        above=data.draw(st.none() | st.sampled_from([Decimal("0.01"), Decimal("1e-6")])),
        rows=data.draw(st.none() | st.integers(1, 4)),
        instances=data.draw(st.booleans()),
    )
    check_cut_off(insight, design, asked, sets)


@settings(max_examples=EXAMPLES)
@given(designs(inverting=True), st.booleans())
def test_what_is_not_coherent_has_the_sets_of_its_hull(design: Design, paths: bool) -> None:
    choice = list(design.choices)[-1]
    oracle = Oracle(design)
    if oracle.instances(choice) > FEW:
        return
    insight = Insight(oracle, choice)
    sets = expected(insight, paths=paths)
    report = cut_sets(Study(design), CutQuestion(choice, paths=paths))
    assert not report.undecided
    assert report.total == len(sets), as_toml(design)
    looks = Counter(look(insight, places) for places, _ in sets)
    assert {tuple(sorted(row.events.items())): row.count for row in report.sets or ()} == looks
    happened = covered(insight, [places for places, _ in sets], paths=paths)
    assert is_near(report.covered, happened), as_toml(design)


def check_whole(
    insight: Insight,
    report: CutReport,
    sets: list[tuple[frozenset[int], Fraction]],
    paths: bool,
    said: str,
) -> None:
    assert not report.undecided, said
    assert report.total == len(sets), said
    assert report.orders == Counter(len(places) for places, _ in sets), said
    looks = Counter(look(insight, places) for places, _ in sets)
    assert {tuple(sorted(row.events.items())): row.count for row in report.sets or ()} == looks
    assert set(report.single_points) == {
        insight.table.components[next(iter(places))][0] for places, _ in sets if len(places) == 1
    }, said
    whole = insight.chance(insight.root) if paths else insight.unreliability
    assert is_near(report.covered, whole)
    assert report.remainder == 0
    chances = [(places, chance) for places, chance in sets]
    assert is_near(report.rare_event, sum((chance for _, chance in chances), Fraction(0)))
    rest = Fraction(1)
    for _, chance in chances:
        rest *= 1 - chance
    assert is_near(report.mcub, 1 - rest), said
    rows = report.sets or ()
    keys = [(-(row.probability or 0), row.order) for row in rows]
    assert keys == sorted(keys), said


def check_cut_off(
    insight: Insight,
    design: Design,
    question: CutQuestion,
    sets: list[tuple[frozenset[int], Fraction]],
) -> None:
    report = cut_sets(Study(design), question)
    assert not report.undecided, as_toml(design)
    assert report.total == len(sets)
    allowed = [
        (places, chance)
        for places, chance in sets
        if (question.order is None or len(places) <= question.order)
        and (question.above is None or chance > Fraction(question.above))
    ]
    chance_of = {look(insight, places): chance for places, chance in allowed}
    rows = sorted(
        chance_of, key=lambda each: (-chance_of[each], sum(n for _, n in each), names(each))
    )
    found = report.sets or ()
    if question.instances:
        assert len(found) == min(len(allowed), question.rows or len(allowed))
        assert all(set(row.events.values()) <= {1} for row in found)
        listed = [places_of(insight, tuple(row.events)) for row in found]
        assert set(listed) <= {places for places, _ in allowed}
    else:
        rows = rows[: question.rows]
        assert [tuple(sorted(row.events.items())) for row in found] == rows, as_toml(design)
        listed = [places for places, _ in allowed if look(insight, places) in rows]
    assert report.listed == len(listed)
    happened = covered(insight, listed, paths=question.paths)
    whole = insight.chance(insight.root) if question.paths else insight.unreliability
    assert is_near(report.covered, happened), as_toml(design)
    assert is_near(report.remainder, whole - happened), as_toml(design)


def names(each: tuple[tuple[str, int], ...]) -> list[str]:
    return [name for name, times in each for _ in range(times)]


def places_of(insight: Insight, instances: tuple[str, ...]) -> frozenset[int]:
    """The places of components by names such as "pool[2]/vm"."""
    called = {
        "".join(f"{pool}[{copy + 1}]/" for pool, copy in context) + name: place
        for place, (name, context) in enumerate(insight.table.components)
    }
    return frozenset(called[name] for name in instances)


# Copies


def test_copies_are_counted_and_never_enumerated() -> None:
    pool = Pool(name="pool", of="vm", copies=30, needs=16)
    report = cut_sets(Study(of(unit("vm", "0.9"), pool)), CutQuestion("c"))
    assert report.total == comb(30, 15)
    (row,) = report.sets or ()
    assert (dict(row.events), row.count) == ({"vm": 15}, comb(30, 15))


def test_pools_of_a_thousand_answer() -> None:
    nodes = (
        unit("vm", "0.99"),
        unit("os", "0.999"),
        unit("host", "0.9999", shared=True),
        both("vm", "os"),
        Pool(name="pool", of="both", copies=1000, needs="majority"),
        Group(name="top", parts=("pool", "host")),
    )
    report = cut_sets(Study(of(*nodes)), CutQuestion("c"))
    assert report.total == comb(1000, 500) * 2**500 + 1
    assert len(report.sets or ()) == 502
    assert report.single_points == ("host",)
    assert report.remainder == 0


def test_copies_that_share_are_counted_too() -> None:
    """A guest fails with its machine or with the host that all share."""
    nodes = (
        unit("vm", "0.99"),
        unit("host", "0.9999", shared=True),
        both("vm", "host"),
        Pool(name="top", of="both", copies=100, needs="any"),
    )
    report = cut_sets(Study(of(*nodes)), CutQuestion("c"))
    assert [dict(row.events) for row in report.sets or ()] == [{"host": 1}, {"vm": 100}]
    listed = cut_sets(Study(of(*nodes)), CutQuestion("c", order=3))
    assert listed.remainder is not None
    assert is_near(listed.covered, Fraction(1, 10_000))
    assert is_near(listed.remainder, Fraction(9999, 10_000) / Fraction(100) ** 100)


def test_where_a_mean_life_is_measured_sets_have_no_probability() -> None:
    text = (
        "vreltui = 1\ngoal = { mttf = '10000 h' }\n[nodes]\na = { mttf = '20000 h' }\n"
        "b = { mttf = '30000 h' }\npool = { of = 'a', copies = 2, needs = 'any' }\n"
        "top = { parts = ['pool', 'b'] }\n[choices.c]\nroot = 'top'\n"
    )
    report = cut_sets(Study(parse(text).design), CutQuestion("c"))
    assert (report.total, report.orders, report.single_points) == (2, {1: 1, 2: 1}, ("b",))
    assert [(dict(row.events), row.probability) for row in report.sets or ()] == [
        ({"b": 1}, None),
        ({"a": 2}, None),
    ]
    assert report.covered is None
    nodes = examine_importance(Study(parse(text).design), "c").nodes
    figures = nodes["b"].importance.figures
    assert figures["criticality"] == pytest.approx(0.45)  # 16500 h of 30000 h with b perfect
    assert figures["rrw"] == pytest.approx(30000 / 16500)
    assert figures["birnbaum"] is None
    assert figures["structural"] == 0.75


def test_nothing_is_listed_of_what_never_fails() -> None:
    report = cut_sets(Study(of(unit("a", "1"), Group(name="top", parts=("a",)))), CutQuestion("c"))
    assert (report.total, report.orders, report.sets, report.covered) == (0, {}, (), 0)


def test_what_has_failed_already_is_the_empty_set() -> None:
    report = cut_sets(Study(of(unit("a", "0"), Group(name="top", parts=("a",)))), CutQuestion("c"))
    assert (report.total, report.orders, report.covered) == (1, {0: 1}, 1)


# Published


@pytest.mark.skipif(not FOLDER, reason="VRELTUI_ARALIA names no folder of fault trees")
def test_the_fault_trees_of_aralia_have_as_many_as_published() -> None:
    found = {
        name: cut_sets(
            Study(design_of(Path(FOLDER) / f"{name}.xml")),
            CutQuestion("top", order=1),
            Limits(seconds=600),
        ).total
        for name in PUBLISHED
    }
    assert found == PUBLISHED


def test_a_fault_tree_is_read_as_a_design(tmp_path: Path) -> None:
    """2 of 3 fail, or a fourth: three cuts of two and one of one."""
    events = "".join(
        f'<define-basic-event name="{e}"><float value="0.1"/></define-basic-event>' for e in "abcd"
    )
    parts = "".join(f'<basic-event name="{e}"/>' for e in "abc")
    path = tmp_path / "small.xml"
    path.write_text(
        '<opsa-mef><define-fault-tree name="t"><define-gate name="top"><or><gate name="vote"/>'
        '<basic-event name="d"/></or></define-gate><define-gate name="vote">'
        f'<atleast min="2">{parts}</atleast></define-gate></define-fault-tree>'
        f"<model-data>{events}</model-data></opsa-mef>"
    )
    report = cut_sets(Study(design_of(path)), CutQuestion("top"))
    assert report.orders == {1: 1, 2: 3}
    assert isinstance(design_of(path).nodes["a"], Component)
    assert Probability.from_unreliability("0.1") == design_of(path).nodes["a"].numbers[0].given
