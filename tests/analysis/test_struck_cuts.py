"""Fussell-Vesely of what a cause strikes: by every state of all events, in fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from math import comb, prod
from random import Random

import pytest

from tests.oracle.causes import share
from vreltui.analysis.importance_report import examine_importance
from vreltui.analysis.study import Study
from vreltui.storage import parse

LETTERS = {
    "beta": ["0.2"],
    "mgl": ["0.3", "0.4"],
    "alpha": ["0.9", "0.05", "0.03"],
    "phi": ["0.85", "0.1", "0.05"],
}

Needs = tuple[int, list[str]]


def tree(chance: Random) -> dict[str, Needs]:
    """Groups over components that several of them name, the last one above all."""
    groups: dict[str, Needs] = {}
    for number in range(3):
        parts = chance.sample(["m0", "m1", "m2", "x", "y"], chance.randint(2, 4))
        groups[f"g{number}"] = chance.randint(1, len(parts)), parts
    parts = [*groups, *chance.sample(["m0", "m1", "m2"], 2)]
    groups["top"] = chance.randint(1, 3), parts
    return groups


def works(groups: dict[str, Needs], name: str, failed: frozenset[str]) -> bool:
    if name not in groups:
        return name not in failed
    k, parts = groups[name]
    return sum(works(groups, part, failed) for part in parts) >= k


def below(groups: dict[str, Needs], name: str) -> set[str]:
    found = {name}
    for part in groups.get(name, (0, []))[1]:
        found |= below(groups, part)
    return found


def expected(
    groups: dict[str, Needs], events: dict[frozenset[str], Fraction], member: str
) -> Fraction:
    """P(some minimal cut has failed in which is an event that strikes the member) / Q."""
    known = list(events)
    cuts: list[frozenset[int]] = []

    def fails(happened: frozenset[int]) -> bool:
        struck = [known[each] for each in happened]
        return not works(groups, "top", frozenset[str]().union(*struck))

    states = [
        frozenset(each for each, there in enumerate(state) if there)
        for state in product((False, True), repeat=len(known))
    ]
    for state in sorted(states, key=len):
        if not any(cut <= state for cut in cuts) and fails(state):
            cuts.append(state)
    q = hit = Fraction(0)
    own = [cut for cut in cuts if any(member in known[each] for each in cut)]
    for state in states:
        if not any(cut <= state for cut in cuts):
            continue
        chance = prod(
            (events[e] if n in state else 1 - events[e] for n, e in enumerate(known)),
            start=Fraction(1),
        )
        q += chance
        hit += chance * any(cut <= state for cut in own)
    return hit / q


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("model", LETTERS)
def test_a_struck_component_is_in_the_cuts_of_its_shocks(model: str, seed: int) -> None:
    chance = Random(f"{model} {seed}")
    groups = tree(chance)
    there = sorted(below(groups, "top") - set(groups))
    members = [name for name in there if name.startswith("m")]
    m, q = len(members), Fraction(1, 5)
    letters = LETTERS[model][: m - 1 if model == "mgl" else m]
    if model == "phi":
        letters[-1] = str(round(1 - sum(map(float, letters[:-1])), 2))
    if m < 2:
        return
    given = tuple(Fraction(each) for each in letters)
    sizes = [m] if model == "beta" else range(2, m + 1)
    chances = {k: q * share(model, given, m, k, split=False) for k in sizes}
    events = {frozenset(s): chances[k] for k in sizes for s in combinations(members, k)}
    spared = prod((1 - p) ** comb(m - 1, k - 1) for k, p in chances.items())
    events |= {frozenset([name]): 1 - (1 - q) / spared for name in members}
    events |= {frozenset([name]): Fraction(1, 4) for name in there if name not in members}
    nodes = "\n".join(
        f"{name} = {{ parts = {parts!r}, needs = {k} }}".replace("'", '"')
        for name, (k, parts) in groups.items()
    )
    leaves = "\n".join(
        f"{name}.reliability = {'0.75' if name in 'xy' else '0.8'}" for name in there
    )
    key = f"beta = {letters[0]}" if model == "beta" else f"{model} = [{', '.join(letters)}]"
    names = str(members).replace("'", '"')
    text = (
        f"vreltui = 1\n[nodes]\n{nodes}\n{leaves}\n[causes]\nbug = {{ strikes = {names}, {key} }}"
    )
    found = examine_importance(Study(parse(f"{text}\n[choices]\nc.root = 'top'\n").design), "c")
    for name in members:
        figure = found.nodes[name].importance.figures["fussell_vesely"]
        assert figure == pytest.approx(float(expected(groups, events, name)), rel=1e-12)
