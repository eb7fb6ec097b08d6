"""The shipped designs with decisions: what their headers say is what comes out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.shipped import design
from vreltui.engine.limits import Limits
from vreltui.exploration.exploring import explore
from vreltui.exploration.question import question_of
from vreltui.exploration.results import Elimination
from vreltui.exploration.space import Space


def families(found: tuple[Elimination, ...]) -> dict[tuple[tuple[str, object], ...], str]:
    return {tuple(each.family.options.items()): each.kind for each in found}


def test_hosts_hold_what_equation_2_asks_for_or_are_out() -> None:
    """Figure 4: R_M = 0.3, R_V = 0.999 and R = 0.98 need 12 machines."""
    question = question_of(design("hosts-and-hypervisors"), ["fig4"])
    found = explore(question, Limits())
    assert found.cheapest["slot"] is not None
    assert dict(found.cheapest["slot"].options) == {
        "server": "large",
        "hypervisor": "good",
        "n": 12,
    }
    kinds = families(found.eliminations)
    assert kinds[("hypervisor", "plain"),] == "goal"
    assert kinds[("server", "medium"),] == "together"
    assert all(kinds[("n", count),] == "goal" for count in range(1, 11))
    richer = explore(replace(question, limits={"euro": Fraction(30000)}), Limits())
    assert richer.cheapest["slot"] is not None
    assert dict(richer.cheapest["slot"].options)["n"] == 11


def test_two_hypervisors_of_one_vendor_are_no_diversity() -> None:
    found = explore(question_of(design("rack-of-two")), Limits())
    kinds = families(found.eliminations)
    assert kinds[("hypervisor1", "A"), ("hypervisor2", "B")] == "rules"
    assert kinds[("hosts", "host1"),] == "goal"
    assert found.best is not None
    assert found.best.kind == "meets"


def test_the_three_zones_have_as_many_variants_as_their_header_says() -> None:
    zones = design("three-zones")
    assert Space(zones, ("service",), None, {}).total == 3 * 10_800**3
