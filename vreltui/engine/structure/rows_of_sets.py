"""Minimal sets by what they look like: how many instances of which node stand in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flint import arb

from vreltui.engine.balls import ONE, WORKING_BITS, precision
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.structure.counting import Algebra

MOST_ROWS = 100_000
"""The most rows that are held."""

_LOOK_EVERY = 1 << 12

Look = tuple[tuple[str, int], ...]
"""What a set looks like: nodes, in the order of their names, and how many instances of each."""

Family = dict[Look, int]
"""How many sets there are of each look."""

Chance = Callable[[str, int], arb]
"""The probability that one instance of a node has failed (of paths: works), at a precision."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """Which sets are listed: of at most ``order`` instances, and more likely than ``above``.

    Of those the first ``rows`` rows. None where one of these does not matter.
    """

    order: int | None = None
    above: arb | None = None
    rows: int | None = None


class Rows(Algebra[Family]):
    """The looks of minimal sets, and of those that a cut-off leaves.

    A set's probability is never greater than that of a part of it, and its order never less, so
    what a cut-off leaves out of a part is in no set that it lists. Raises :class:`Undecided` where
    there are too many rows.
    """

    def __init__(self, chance: Chance, cut_off: CutOff, limits: Limits) -> None:
        super().__init__({}, {(): 1})
        self._chance = chance
        self._cut_off = cut_off
        self._limits = limits
        self._powers: dict[tuple[str, int], arb] = {}
        self._keys: dict[Look, tuple[int, int]] = {}
        self._steps = 0

    def event(self, node: str) -> Family:
        """One set of one instance."""
        return self._cut({((node, 1),): 1})

    def either(self, one: Family, other: Family) -> Family:
        """The sums, look by look."""
        if not one or not other:
            return other or one
        found = dict(one)
        for look, number in other.items():
            found[look] = found.get(look, 0) + number
        return self._cut(found)

    def both(self, one: Family, other: Family) -> Family:
        """Every look of the one with every one of the other."""
        found: Family = {}
        most = self._cut_off.order
        for first, many in one.items():
            size = order_of(first)
            for second, number in other.items():
                self._steps += 1
                if self._steps % _LOOK_EVERY == 0:
                    self._limits.check_time("listing minimal sets")
                if most is not None and size + order_of(second) > most:
                    continue
                look = joined(first, second)
                found[look] = found.get(look, 0) + many * number
            if len(found) > 2 * MOST_ROWS:
                raise Undecided(f"there are more than {MOST_ROWS} rows")
        return self._cut(found)

    def ways(self, family: Family, number: int) -> Family:
        """So many times as many of each."""
        return {look: many * number for look, many in family.items()}

    def power(self, family: Family, exponent: int) -> Family:
        """As in the base; of a single look at once."""
        if len(family) == 1:
            ((look, many),) = family.items()
            grown = tuple((node, times * exponent) for node, times in look)
            return self._cut({grown: many**exponent})
        return super().power(family, exponent)

    def total(self, families: Sequence[Family]) -> Family:
        """As in the base, cut off once."""
        found: Family = {}
        for family in families:
            for look, number in family.items():
                found[look] = found.get(look, 0) + number
        return self._cut(found)

    def sorted(self, family: Family) -> list[tuple[Look, int]]:
        """The most probable first, then by order, then by name."""
        return sorted(family.items(), key=lambda row: self.place(row[0]))

    def probability(self, look: Look, bits: int = WORKING_BITS) -> arb:
        """The probability of each set of a look."""
        with precision(bits):
            found = ONE
            for node, times in look:
                found = found * self._chance(node, bits) ** times
            return found

    def _cut(self, family: Family) -> Family:
        most, above, rows = self._cut_off.order, self._cut_off.above, self._cut_off.rows
        if most is not None:
            family = {look: n for look, n in family.items() if order_of(look) <= most}
        if above is not None:
            family = {look: n for look, n in family.items() if self.is_above(look, above)}
        if rows is not None and len(family) > rows:
            family = dict(self.sorted(family)[:rows])
        if len(family) > MOST_ROWS:
            raise Undecided(f"there are more than {MOST_ROWS} rows")
        return family

    def lists(self, look: Look) -> bool:
        """Whether a set is probable enough."""
        return self._cut_off.above is None or self.is_above(look, self._cut_off.above)

    def is_above(self, look: Look, above: arb) -> bool:
        """Whether a set is more probable than that; what can't be told apart is not."""
        bits = WORKING_BITS
        while bits <= 1 << 12:
            with precision(bits):
                found = self.probability(look, bits)
                if found > above:
                    return True
                if found < above:
                    return False
            bits *= 2
        return False

    def place(self, look: Look) -> tuple[int, int, int, tuple[str, ...]]:
        """What sets are sorted by: probability, order, names."""
        exponent, mantissa = self._magnitude(look)
        names = tuple(node for node, times in look for _ in range(min(times, 64)))
        return -exponent, -mantissa, order_of(look), names

    def _magnitude(self, look: Look) -> tuple[int, int]:
        """The size of a probability to some 24 digits: equal ones have equal sizes."""
        found = self._keys.get(look)
        if found is None:
            mantissa, exponent = self.probability(look).mid().man_exp()
            number, power = int(mantissa), int(exponent)
            excess = number.bit_length() - 80
            rounded = (number >> excess - 1) + 1 >> 1 if excess > 0 else number << -excess
            found = self._keys[look] = (power + excess + rounded.bit_length(), rounded)
        return found


def order_of(look: Look) -> int:
    """How many instances stand in a set."""
    return sum(times for _, times in look)


def joined(one: Look, other: Look) -> Look:
    """The look of two sets together.

    >>> joined((("a", 1), ("c", 2)), (("b", 1), ("c", 1)))
    (('a', 1), ('b', 1), ('c', 3))
    """
    if not one or not other:
        return other or one
    found = dict(one)
    for node, times in other:
        found[node] = found.get(node, 0) + times
    return tuple(sorted(found.items()))
