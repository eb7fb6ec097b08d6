"""The rules on a design that was built, not read: each refuses what breaks it, and says where."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from vreltui.model import (
    Choice,
    Component,
    Design,
    DesignError,
    Group,
    Parameter,
    Path,
    Plot,
    PlotAxis,
    PlotSeries,
    Pool,
    Probability,
)
from vreltui.model.limits import MOST_CHOICES, MOST_DEPTH, MOST_NODES
from vreltui.model.rules import check, nearest, number, problems, value_fault

HALF = Probability.of("0.5")


def design(**changes: Any) -> Design:
    nodes: dict[str, Any] = {
        "host": Component(name="host", reliability="R"),
        "vms": Pool(name="vms", of="host", copies="n", needs=2),
        "all": Group(name="all", parts=("host", "vms")),
    }
    good = Design(
        parameters={"R": Parameter("R", HALF), "n": Parameter("n", 3, (2, 8))},
        nodes=nodes,
        choices={"one": Choice("one", "host"), "many": Choice("many", "all", {"n": 4})},
    )
    return replace(good, **changes)


def with_nodes(*nodes: Any) -> Design:
    return design(nodes={**design().nodes, **{node.name: node for node in nodes}})


def with_plot(**changes: Any) -> Design:
    plot = replace(Plot("p", "many", PlotAxis("R", Probability.of("0.1"), HALF, 5)), **changes)
    return design(plots={"p": plot}, goal=HALF)


def first(of: Design) -> tuple[Path, str]:
    with pytest.raises(DesignError) as caught:
        check(of)
    assert caught.value.problem == next(iter(problems(of)))
    return caught.value.problem.path, str(caught.value)


def test_a_good_design_has_no_problem() -> None:
    assert list(problems(design())) == []
    assert list(problems(with_plot())) == []


BROKEN: dict[str, tuple[Design, Path, str]] = {
    "an entry under another name": (
        design(choices={"one": Choice("two", "host")}),
        ("choices", "one"),
        "calls itself two",
    ),
    "a needs that is no word": (
        with_nodes(Group(name="all", parts=("host",), needs="most")),  # type: ignore[arg-type]
        ("nodes", "all", "needs"),
        '"majority"',
    ),
    "a part that is not there": (
        with_nodes(Group(name="all", parts=("host", "hots"))),
        ("nodes", "all", "parts", 1),
        'did you mean "host"?',
    ),
    "a group of nothing": (
        with_nodes(Group(name="all", parts=())),
        ("nodes", "all", "parts"),
        "at least one",
    ),
    "a cycle": (
        with_nodes(Group(name="all", parts=("vms", "x")), Pool(name="x", of="all", copies=2)),
        ("nodes", "x", "of"),
        "all -> x -> all",
    ),
    "more needed than the choice has": (
        design(
            choices={"one": Choice("one", "vms"), "few": Choice("few", "vms", {"n": 1})},
            parameters={"R": Parameter("R", HALF), "n": Parameter("n", 3)},
        ),
        ("choices", "few", "set", "n"),
        "2 of 1 copies in choice few",
    ),
    "more needed than given": (
        design(
            parameters={"R": Parameter("R", HALF), "n": Parameter("n", 1)},
            choices={"one": Choice("one", "vms")},
        ),
        ("nodes", "vms", "needs"),
        "2 of 1 copies",
    ),
    "a baseline that is not there": (design(baseline="none"), ("baseline",), "not a choice"),
    "no nodes": (Design(), ("nodes",), "at least one"),
    "a goal that is not finite": (
        design(goal=Probability.of("NaN")),
        ("goal", "reliability"),
        "finite",
    ),
    "a count of no copies": (
        design(parameters={"R": Parameter("R", HALF), "n": Parameter("n", 0)}),
        ("parameters", "n"),
        "1 to 1000",
    ),
    "a range upside down": (
        design(parameters={"R": Parameter("R", HALF, (HALF, Probability.of("0.4")))}),
        ("parameters", "R", "range"),
        "lower end first",
    ),
    "a title of two lines": (design(title="a\nb"), ("title",), "U+000A"),
    "a note with a return": (design(note="a\rb"), ("note",), "U+000D"),
    "too many nodes": (
        design(
            nodes={
                f"x{i}": Component(name=f"x{i}", reliability=HALF) for i in range(MOST_NODES + 1)
            }
        ),
        ("nodes",),
        "at most 150000",
    ),
    "a plot of the parameter called goal": (
        replace(
            with_plot(series=PlotSeries("goal", (HALF,))),
            parameters={**design().parameters, "goal": Parameter("goal", HALF)},
        ),
        ("plots", "p", "series"),
        "another name",
    ),
    "a threshold of nothing": (with_plot(y="threshold"), ("plots", "p", "y"), "threshold ="),
    "a gain over nothing": (with_plot(y="gain"), ("plots", "p", "y"), "baseline"),
}


@pytest.mark.parametrize(("broken", "path", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_what_breaks_a_rule_is_refused(broken: Design, path: Path, words: str) -> None:
    found, message = first(broken)
    assert found == path
    assert words in message


def test_both_ends_of_a_range_are_in_it() -> None:
    for value in (2, 8):
        check(design(choices={"one": Choice("one", "all", {"n": value})}))
    path, message = first(design(choices={"one": Choice("one", "all", {"n": 9})}))
    assert path == ("choices", "one", "set", "n")
    assert "[2, 8]" in message


def chain(length: int) -> Design:
    names = [f"x{i}" for i in range(length)]
    nodes: dict[str, Any] = {
        name: Group(name=name, parts=(below,)) for name, below in pairwise(names)
    }
    nodes[names[-1]] = Component(name=names[-1], reliability=HALF)
    return Design(nodes=nodes, choices={"one": Choice("one", "x0")})


def test_depth_is_bounded_and_costs_no_recursion() -> None:
    check(chain(MOST_DEPTH))
    assert "500 nodes deep" in first(chain(MOST_DEPTH + 1))[1]
    assert "nodes deep" in first(chain(MOST_NODES))[1]


def test_many_choices_of_a_wide_tree_are_checked() -> None:
    """Choices times nodes would be ten million steps; the rule takes each node once."""
    wide = Group(name="wide", parts=tuple(f"p{i}" for i in range(9000)))
    pools = {f"p{i}": Pool(name=f"p{i}", of="host", copies="n", needs=2) for i in range(9000)}
    choices = {f"c{i}": Choice(f"c{i}", "wide") for i in range(MOST_CHOICES - 1)}
    choices["few"] = Choice("few", "wide", {"n": 1})
    many = Design(
        parameters={"n": Parameter("n", 3)},
        nodes={"host": Component(name="host", reliability=HALF), "wide": wide, **pools},
        choices=choices,
    )
    path, message = first(many)
    assert path == ("choices", "few", "set", "n")
    assert message.startswith("pool p0 needs 2 of 1 copies in choice few; at least 2 copies")


def test_a_value_as_a_number() -> None:
    assert number(3) == 3
    assert number(Probability.from_unreliability("0.25")) == HALF.reliability * 3 / 2


def test_a_count_has_the_limit_of_the_host() -> None:
    assert value_fault(design(), 1000) is None
    assert "at most 1000" in str(value_fault(design(), 1001))
    assert "at most 5" in str(value_fault(design(copies_limit=5), 6))
    assert "far too large" in str(value_fault(design(), 10**5000))


def test_suggestions() -> None:
    assert nearest("hardwear", ["hardware", "vm"]) == 'did you mean "hardware"?'
    assert nearest("x", []) == "there is none yet"
    assert nearest("q", [f"name{i}" for i in range(9)]).endswith("name5, ...")
    assert nearest("x" * 100_000, ["hardware"]) == "there is hardware"
