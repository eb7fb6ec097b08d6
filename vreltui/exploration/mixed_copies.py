"""How reliable several different things are of which so many must work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vreltui.model import Bought, Probability, counted, needed

Doubles: TypeAlias = NDArray[np.float64]

Counts: TypeAlias = Mapping[str, NDArray[np.int64]]
"""By item, how many there are in each of many mixes."""


def pairs_of_mixes(
    node: Bought, counts: Counts, totals: NDArray[np.int64], single: Mapping[str, Any]
) -> tuple[Doubles, Doubles]:
    """The reliabilities of many mixes, and the complements, as doubles; ``single`` are of items."""
    enough_of, _ = counted(node.needs)
    wanted = {int(total): needed(enough_of, int(total)) for total in np.unique(totals)}
    if all(k == 1 for k in wanted.values()):
        return _any_of(counts, single)
    if all(k == total for total, k in wanted.items()):
        q, r = _any_of(counts, {name: (q, r) for name, (r, q) in single.items()})
        return r, q
    return _so_many_of(counts, totals, np.array([wanted[int(total)] for total in totals]), single)


def _any_of(counts: Counts, single: Mapping[str, Any]) -> tuple[Doubles, Doubles]:
    """Of mixes of which one has to work; the same of failing where the figures are exchanged."""
    r, q = np.zeros(1), np.ones(1)
    for name, numbers in counts.items():
        one_r, one_q = single[name]
        powers = [(0.0, 1.0)]
        for _ in range(int(numbers.max(initial=0))):
            works, fails = powers[-1]
            powers.append((works + fails * one_r, fails * one_q))
        works_of, fails_of = np.array(powers).T
        r = r + q * works_of[numbers]
        q = q * fails_of[numbers]
    return r, q


def _so_many_of(
    counts: Counts, totals: NDArray[np.int64], wanted: NDArray[np.int64], single: Mapping[str, Any]
) -> tuple[Doubles, Doubles]:
    most = int(totals.max())
    working = np.zeros((most + 1, len(totals)))
    working[0] = 1.0
    for name, numbers in counts.items():
        r, q = single[name]
        for number in range(int(numbers.max())):
            there = numbers > number
            moved = working[:, there]
            after = moved * q
            after[1:] += moved[:-1] * r
            working[:, there] = after
    works = np.arange(most + 1)[:, None] >= wanted
    return np.where(works, working, 0.0).sum(axis=0), np.where(works, 0.0, working).sum(axis=0)


def k_of_n(node: Bought, chances: Sequence[Probability]) -> Probability:
    """The reliability of several things of which so many must work, exactly."""
    from decimal import Decimal, localcontext

    enough_of, inverts = counted(node.needs)
    assert not inverts, "a space with such a node is not explored"
    k = needed(enough_of, len(chances))
    places = sum(chance.places for chance in chances)
    working = [1] + [0] * len(chances)  # in units of the last place
    for done, chance in enumerate(chances):
        scale = 10**chance.places
        r = int(chance.reliability * scale)
        for j in range(done + 1, 0, -1):
            working[j] = working[j] * (scale - r) + working[j - 1] * r
        working[0] *= scale - r
    enough = sum(working[k:])
    with localcontext() as context:
        context.prec = places + 20
        whole = 10**places
        if 2 * enough > whole:
            return Probability(Decimal(whole - enough).scaleb(-places), complemented=True)
        return Probability(Decimal(enough).scaleb(-places))
