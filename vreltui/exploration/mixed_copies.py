"""How reliable several different things are of which so many must work."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.model import Bought, Probability


def k_of_n(node: Bought, chances: Sequence[Probability]) -> Probability:
    """The reliability of several things of which so many must work, exactly."""
    from decimal import Decimal, localcontext

    from vreltui.model import counted, needed

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
