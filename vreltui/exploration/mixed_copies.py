"""How reliable several different things are of which so many must work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vreltui.model import Bought, Mix, Option, Probability, counted, needed


def pairs_of_mixes(
    node: Bought, mixes: Sequence[Option], single: Mapping[str, tuple[float, float]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same of many mixes, and the complements, as doubles; ``single`` are those of items."""
    counts = {
        name: np.array([mix.counts.get(name, 0) for mix in mixes if isinstance(mix, Mix)])
        for name in single
    }
    totals = np.sum(list(counts.values()), axis=0)
    most = int(totals.max())
    working = np.zeros((most + 1, len(mixes)))
    working[0] = 1.0
    for name, (r, q) in single.items():
        for number in range(int(counts[name].max())):
            there = counts[name] > number
            moved = working[:, there]
            after = moved * q
            after[1:] += moved[:-1] * r
            working[:, there] = after
    enough_of, _ = counted(node.needs)
    wanted = {int(total): needed(enough_of, int(total)) for total in np.unique(totals)}
    k = np.array([wanted[int(total)] for total in totals])
    works = np.arange(most + 1)[:, None] >= k
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
