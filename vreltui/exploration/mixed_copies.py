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
    """Of the first half of the items and of the second how many work, and then of both.

    Of many mixes few differ in one half.
    """
    names, most = list(counts), int(totals.max())
    middle = (len(names) + 1) // 2
    first, of_first = _half(names[:middle], counts, most, single)
    second, of_second = _half(names[middle:], counts, most, single)
    # Of the second half the chance that at least some work, and that fewer do.
    none = np.zeros((1, second.shape[1]))
    enough = np.concatenate([np.cumsum(second[::-1], axis=0)[::-1], none])
    fewer = np.concatenate([none, np.cumsum(second, axis=0)])
    r, q = np.zeros(len(totals)), np.zeros(len(totals))
    for working in range(most + 1):
        left = np.clip(wanted - working, 0, most + 1)
        chance = first[working, of_first]
        r += chance * enough[left, of_second]
        q += chance * fewer[left, of_second]
    return r, q


def _half(
    names: Sequence[str], counts: Counts, most: int, single: Mapping[str, Any]
) -> tuple[Doubles, NDArray[np.int64]]:
    """The chance that so many of some items work, a column for each way to take them.

    Also which of these ways each mix takes.
    """
    found, group = np.zeros((most + 1, 1)), np.zeros(1, dtype=np.int64)
    found[0] = 1.0
    for name in names:
        numbers = counts[name]
        size = int(numbers.max()) + 1
        ways, group = np.unique(group * size + numbers, return_inverse=True)
        chances = _working(size - 1, single[name])[:, ways % size]
        before, found = found[:, ways // size], np.zeros((most + 1, len(ways)))
        for working, chance in enumerate(chances):
            found[working:] += before[: most + 1 - working] * chance
    return found, group


def _working(most: int, single: tuple[float, float]) -> Doubles:
    """The chance that so many work (a row) of so many copies (a column)."""
    r, q = single
    found = np.zeros((most + 1, most + 1))
    found[0, 0] = 1.0
    for copies in range(most):
        found[:, copies + 1] = found[:, copies] * q
        found[1:, copies + 1] += found[:-1, copies] * r
    return found


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
