"""Two ways to the same region: exact polynomials, and certified subdivision."""

from __future__ import annotations

import random

import pytest

from vreltui.engine.compiler import compile_program
from vreltui.engine.contest import Contest
from vreltui.engine.crossing import winning_region
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits
from vreltui.engine.program import Source
from vreltui.engine.regions import Region
from vreltui.engine.stated_values import values_of
from vreltui.engine.subdivision import subdivide
from vreltui.model import Choice, Component, Design, Group, Node, Parameter, Pool, Probability

X = Source("x", is_parameter=True)


def random_tree(seed: int) -> tuple[Design, str, str]:
    """Two trees in x and a few given numbers."""
    random_number = random.Random(seed)
    nodes: dict[str, Node] = {}

    def grow(prefix: str) -> str:
        leaves = []
        for i in range(random_number.randint(2, 5)):
            name = f"{prefix}{i}"
            given = Probability.of(f"0.{random_number.randint(1, 9999):04d}")
            reliability = "x" if random_number.random() < 0.7 else given
            nodes[name] = Component(name=name, reliability=reliability)
            leaves.append(name)
        k = random_number.randint(1, len(leaves))
        nodes[f"{prefix}g"] = Group(name=f"{prefix}g", parts=tuple(leaves), needs=k)
        copies = random_number.randint(2, 4)
        needs = random_number.randint(1, copies)
        nodes[f"{prefix}p"] = Pool(name=f"{prefix}p", of=f"{prefix}g", copies=copies, needs=needs)
        return f"{prefix}p"

    own, rival = grow("a"), grow("b")
    design = Design(
        parameters={"x": Parameter("x", Probability.of("0.5"))},
        nodes=nodes,
        choices={"own": Choice("own", own), "rival": Choice("rival", rival)},
    )
    return design, own, rival


def evaluation(design: Design, root: str) -> Evaluation:
    program = compile_program(design, root)
    return Evaluation(program, values_of(design, program, None))


def ends(region: Region) -> list[tuple[float, float]]:
    return [
        (float(interval.low.pair(80)[0].mid()), float(interval.high.pair(80)[0].mid()))
        for interval in region
    ]


@pytest.mark.parametrize("seed", range(150))
def test_subdivision_finds_the_region_of_the_polynomial(seed: int) -> None:
    design, own_root, rival_root = random_tree(seed)
    own, rival = evaluation(design, own_root), evaluation(design, rival_root)
    if not own.degree(X) or not rival.degree(X):
        pytest.skip("only one side reads x")
    contest = Contest(own, rival)

    exact = winning_region(contest, X, (True, True))
    if own.degree(X) == rival.degree(X) == 1:
        pytest.skip("a straight line has no use for either")
    divided = subdivide(own, rival, (X, X), Limits())
    assert len(divided) == len(exact)
    for found, true in zip(ends(divided), ends(exact), strict=True):
        assert found == pytest.approx(true, rel=1e-14, abs=1e-300)


def test_a_large_pool_against_one_of_its_own_kind_is_decided() -> None:
    # Two of a thousand against one: 1 - (1-x)^1000 - 1000 x (1-x)^999 > x / 0.99.
    nodes: dict[str, Node] = {
        "vm": Component(name="vm", reliability="x"),
        "hypervisor": Component(name="hypervisor", reliability=Probability.of("0.99")),
        "pool": Pool(name="pool", of="vm", copies=1000, needs=2),
        "node": Group(name="node", parts=("hypervisor", "pool")),
    }
    design = Design(
        parameters={"x": Parameter("x", Probability.of("0.5"))},
        nodes=nodes,
        choices={"own": Choice("own", "node"), "rival": Choice("rival", "vm")},
    )
    contest = Contest(evaluation(design, "node"), evaluation(design, "vm"))
    ((low, high),) = ends(winning_region(contest, X, (True, True)))

    def margin(x: float) -> float:
        return float(0.99 * (1 - (1 - x) ** 1000 - 1000 * x * (1 - x) ** 999) - x)

    assert high == pytest.approx(0.99, abs=1e-12)
    assert margin(low * (1 - 1e-6)) < 0 < margin(low * (1 + 1e-6))
