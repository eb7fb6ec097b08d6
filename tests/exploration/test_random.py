"""Random spaces against a list of every variant, judged by the words of the page alone."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from tests.effort import cases
from tests.exploration.figures import number
from tests.exploration.listing import Variant
from tests.exploration.literal import Space, space_of
from tests.exploration.spaces import Draft
from vreltui.engine.limits import Limits
from vreltui.exploration.exploring import explore
from vreltui.exploration.question import question_of
from vreltui.exploration.results import Back, Elimination, Exploration
from vreltui.exploration.results import Variant as Found
from vreltui.model import Design, Mix
from vreltui.storage import FileError, parse

MOST = 250
"""The most variants of a space that is listed."""

FEW, MANY = 40, 700


def spaces(count: int) -> list[int]:
    """The seeds of so many spaces that are small enough."""
    found: list[int] = []
    seed = 0
    while len(found) < count:
        if small_space(seed) is not None:
            found.append(seed)
        seed += 1
    return found


def small_space(seed: int) -> Design | None:
    """The design of a seed, where it keeps the rules and has something to choose."""
    try:
        design = parse(Draft(seed).text()).design
    except FileError:
        return None
    found = 0
    space = space_of(design)
    for choice in space.choices:
        for _ in space.variants_of(choice):
            found += 1
            if found > MOST:
                return None
    return design if found > 3 else None


def plain(design: Design, name: str, option: Any) -> Any:
    """An option as the list of variants has it."""
    if isinstance(option, Mix):
        items = design.catalogues[design.nodes[name].catalogue].items  # type: ignore[union-attr]
        return tuple(option.counts.get(item, 0) for item in items)
    return number(option)


def told(design: Design, options: Any) -> dict[str, Any]:
    return {name: plain(design, name, option) for name, option in options.items()}


def is_same(design: Design, found: Found | None, listed: Variant | None) -> bool:
    if found is None or listed is None:
        return found is None and listed is None
    return (
        found.choice == listed.choice
        and list(told(design, found.options).items()) == list(listed.options.items())
        and found.figure.reliability == float(listed.reliability)
        and dict(found.uses) == listed.uses
        and found.kind == listed.kind
    )


@pytest.mark.parametrize("seed", spaces(cases(FEW, MANY)))
def test_a_random_space_is_answered_as_if_every_variant_were_listed(seed: int) -> None:
    design = small_space(seed)
    assert design is not None
    assert_answers(design, space_of(design), explore(question_of(design), Limits()))


def assert_answers(design: Design, listed: Space, found: Exploration) -> None:
    """All that is answered about a space is what its list says."""
    assert found.total == len(listed.variants)
    kinds = Counter(variant.kind for variant in listed.variants)
    assert {name: count for name, count in found.classes.items() if count} == dict(kinds)
    decisions = {
        name: [plain(design, name, option) for option in options]
        for name, options in found.decisions.items()
    }
    assert list(decisions.items()) == list(listed.decisions.items())
    top = listed.top(10)
    assert len(found.top) == len(top)
    for one, other in zip(found.top, top, strict=True):
        assert is_same(design, one, other)
    assert is_same(design, found.best, top[0] if top else None)
    for name in design.resources:
        assert is_same(design, found.cheapest[name], listed.cheapest(name))
        assert_fronts(design, found, listed, [name])
    assert_eliminations(design, found, listed)


def assert_fronts(design: Design, found: Exploration, listed: Space, names: list[str]) -> None:
    front = listed.front(names)
    assert len(found.fronts[tuple(names)]) == len(front)
    for one, other in zip(found.fronts[tuple(names)], front, strict=True):
        assert is_same(design, one, other)


@pytest.mark.parametrize("seed", spaces(cases(12, 200)))
def test_fronts_over_several_resources(seed: int) -> None:
    design = small_space(seed)
    assert design is not None
    names = tuple(design.resources)
    found = explore(question_of(design, fronts=[names]), Limits())
    assert_fronts(design, found, space_of(design), list(names))


def assert_eliminations(design: Design, found: Exploration, listed: Space) -> None:
    wanted = listed.eliminations(2)
    got = [_family(design, each) for each in found.eliminations]
    assert got == [family for family, _ in wanted]
    left = set(range(len(listed.variants)))
    for each, (_, places) in zip(found.eliminations, wanted, strict=True):
        left -= places
        assert (each.covers, each.remaining) == (len(places), len(left))
        assert (each.kind, each.resource) == listed.kind_of(places)
        inside = [listed.variants[place] for place in sorted(places)]
        assert_proof(design, each, inside, listed)


def _family(design: Design, each: Elimination) -> dict[str, Any]:
    family = told(design, each.family.options)
    return family if each.family.choice is None else {"": each.family.choice, **family}


def assert_proof(design: Design, found: Elimination, inside: list[Variant], listed: Space) -> None:
    """The figure of a proof, who attains it, and what would lift it."""
    goals = {back.bound for back in found.back if back.what == "goal"}
    limits = {back.name: back.bound for back in found.back if back.what == "limit"}
    if found.kind == "limit":
        assert found.resource is not None
        least = min(variant.uses[found.resource] for variant in inside)
        assert found.best == least
        assert limits == {found.resource: least}
        return
    if found.kind in ("rules", "fits"):
        assert found.best is None
        assert not found.back
        return
    kept = [v for v in inside if v.kind in ("meets", "short", "hopeless")]
    judged = kept if found.kind == "together" else inside
    best = max((v.best for v in judged if v.best is not None), default=None)
    if best is None:
        assert found.best is None
    else:
        assert found.best is not None
        assert not isinstance(found.best, Fraction)
        assert found.best.reliability == float(best)
    if found.kind == "goal":
        assert best is not None
        assert len(goals) == 1
        assert_just_below(goals.pop(), best)
    elif found.kind == "together":
        beating = [v for v in kept if type(listed)(design, listed.choices, None, {}).wins(v, {})]
        reached = max((v.reliability for v in beating), default=None)
        if reached is None or listed.goal is None:
            assert not goals
        else:
            assert_just_below(goals.pop(), reached)
        assert limits == dict(_alone(inside, listed))
    assert_rescues(design, [b for b in found.back if b.what == "parameter"], kept, listed)


def assert_just_below(bound: Any, exact: Fraction) -> None:
    assert Fraction(repr(bound)) <= exact
    assert float(bound) == pytest.approx(float(exact), rel=1e-15)


def _alone(inside: list[Variant], listed: Space) -> list[tuple[str, Fraction]]:
    """The limits of which one alone stands in the way of a variant that would meet."""
    found = []
    for name in listed.limits:
        others = {other: limit for other, limit in listed.limits.items() if other != name}
        space = type(listed)(listed.design, listed.choices, listed.goal, others)
        least = []
        for variant in inside:
            if variant.kind == "limits" and variant.uses[name] > listed.limits[name]:
                again = Variant(variant.choice, variant.options, variant.settled)
                space.judge(again)
                least += [again.uses[name]] if again.kind == "meets" else []
        if least:
            found.append((name, min(least)))
    return found


def assert_rescues(design: Design, back: list[Back], kept: list[Variant], listed: Space) -> None:
    """Above a number that is told a variant meets, and just below it none does."""
    for each in back:
        bound = float(each.bound)
        if "." in each.name or bound in (0.0, 1.0):
            continue
        room = 1 - Fraction(repr(bound)) if bound < 1 else Fraction(repr(bound))  # seconds
        above = Fraction(repr(bound)) + room / 10**9
        below = Fraction(repr(bound)) * (1 - Fraction(1, 10**9))
        assert any(listed.wins(variant, {each.name: above}) for variant in kept)
        assert not any(listed.wins(variant, {each.name: below}) for variant in kept)
