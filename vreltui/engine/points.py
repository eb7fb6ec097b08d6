"""The numpy reading: one walk over a program for many points at once, in pairs of doubles.

Every source may be one number or an array of them, and arrays of different shapes combine by
numpy's broadcasting, so that what does not vary is computed once. Like the walk in balls, it adds
and multiplies non-negative numbers alone, so its relative error is bounded by a number of roundings
that the program itself tells: :func:`roundings`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.ball_arithmetic import all_alike
from vreltui.engine.binomial import tail
from vreltui.engine.levelled_diagram import ALWAYS, NEVER, LevelledDiagram
from vreltui.engine.program import Program, Source
from vreltui.engine.stated_values import Known
from vreltui.engine.walk import walk
from vreltui.model import Probability, Value

Numbers: TypeAlias = NDArray[np.float64]
Counts: TypeAlias = NDArray[np.int64]
Pairs: TypeAlias = tuple[Numbers, Numbers]
"""Reliabilities and their complements."""

UNIT = 2.0**-53
"""The relative error of one rounding."""

LOST = 1 << 40
"""As many roundings leave nothing certain."""

CELLS = 1 << 24
"""The most numbers that one walk may hold (each eight bytes)."""


class ArrayArithmetic(Arithmetic[Numbers]):
    """Pairs of arrays, one element a point."""

    def __init__(self) -> None:
        super().__init__(np.float64(0.0), np.float64(1.0))  # type: ignore[arg-type]

    def at_least(self, k: int, parts: Sequence[Pairs]) -> Pairs:
        """As in the base, with the distribution of the number that work as one more axis."""
        if all_alike(cast(Any, parts)):
            return self.copies(k, len(parts), parts[0])
        if k > len(parts) - k + 1:
            q, r = self.at_least(len(parts) - k + 1, [(q, r) for r, q in parts])
            return r, q
        shape = np.broadcast_shapes(*(np.shape(side) for part in parts for side in part))
        working = np.zeros((k, *shape))
        working[0] = 1.0
        enough = np.zeros(shape)
        for r, q in parts:
            enough = enough + working[-1] * r
            moved = working[:-1] * r
            working = working * q
            working[1:] += moved
        return enough, working.sum(axis=0)

    def decided(self, diagram: LevelledDiagram, root: int, given: Sequence[Pairs]) -> Pairs:
        """As in the base, for all nodes of a level at once."""
        shape = np.broadcast_shapes(*(np.shape(side) for pair in given for side in pair))
        works = np.zeros((len(diagram.high), *shape))
        fails = np.zeros_like(works)
        works[ALWAYS] = fails[NEVER] = 1.0
        for variable, first, end in diagram.levels:
            r, q = given[variable]
            high, low = diagram.high[first:end], diagram.low[first:end]
            works[first:end] = r * works[high] + q * works[low]
            fails[first:end] = r * fails[high] + q * fails[low]
        return works[root], fails[root]

    def contained(self, k: int, n: int, part: Pairs, held: Pairs) -> Pairs:
        """As in the base, by two factors."""
        return self._given_all_held(k, n, part, held)

    def share(self, a: Numbers, b: Numbers) -> Pairs:
        """As in the base; where both weights are 0, all is the first."""
        total = a + b
        nothing = total == 0
        total = np.where(nothing, 1.0, total)
        return np.where(nothing, 1.0, a / total), b / total

    def power(self, pair: Pairs, share: Numbers) -> Pairs:
        """As in balls; what never works has no logarithm, and stays so."""
        works, fails = pair
        with np.errstate(divide="ignore", invalid="ignore"):
            logarithm = np.where(works < fails, np.log(works), np.log1p(-np.asarray(fails)))
            exponent = np.where(share == 0, 0.0, share * logarithm)
        return np.exp(exponent), -np.expm1(exponent)

    def copies(self, k: int, n: int, part: Pairs) -> Pairs:
        """k out of n equal parts, where ``k`` and ``n`` may be arrays as well."""
        r, q = part
        wanted, there = np.asarray(k, dtype=np.int64), np.asarray(n, dtype=np.int64)
        works, fails = _bounded(wanted, there, r, q)
        never = wanted > there
        if never.any():
            works, fails = np.where(never, 0.0, works), np.where(never, 1.0, fails)
        return works, fails


def _bounded(k: Counts, n: Counts, r: Numbers, q: Numbers) -> Pairs:
    """Both tails; where k exceeds n, what they are does not matter."""
    if (k == n).all():
        return _series(n, r, q)
    if (k == 1).all():
        fails, works = _series(n, q, r)
        return works, fails
    k = np.minimum(k, n)
    return tail(k, n, r, q), tail(n - k + 1, n, q, r)


def _series(n: Counts, r: Numbers, q: Numbers) -> Pairs:
    """n equal parts in series: r**n, and q (1 + r + ... + r**(n-1)), both by doubling."""
    power: Any = np.float64(1.0)
    total: Any = np.float64(0.0)
    block_power: Any = r
    block_total: Any = np.float64(1.0)
    for bit in range(int(n.max()).bit_length()):
        taken = (n >> bit) & 1 == 1
        total = np.where(taken, total + power * block_total, total)
        power = np.where(taken, power * block_power, power)
        block_total = block_total + block_power * block_total
        block_power = block_power * block_power
    return power, q * total


_ARITHMETIC = ArrayArithmetic()

Varied = Mapping[Source, "Pairs | Counts"]
"""Sources that vary: a pair of arrays for a probability, an array of whole numbers for a count."""


def pair_of_doubles(value: Known) -> Pairs:
    """The doubles nearest to a probability and to its complement."""
    return (
        np.float64(float(value.reliability)),  # type: ignore[return-value]
        np.float64(float(value.unreliability)),
    )


def root_pairs(program: Program, values: Mapping[Source, Value], varied: Varied) -> Pairs:
    """The pair of the root at every point, by one walk; of fewer axes where it does not vary.

    ``values`` holds what every source has where ``varied`` does not say otherwise.
    """

    def given(source: Source) -> Pairs:
        found = varied.get(source)
        if found is None:
            value = values[source]
            assert isinstance(value, Probability)
            return pair_of_doubles(value)
        assert isinstance(found, tuple)
        return found

    def count(source: Source) -> int:
        return cast(int, varied.get(source, values[source]))

    r, q = walk(program, _ARITHMETIC, given, cast(Callable[[Source], int], count))
    return r[program.root], q[program.root]


class _Roundings(Arithmetic[int]):
    """How many roundings a number may have met: sums take the greater number, products add."""

    def __init__(self) -> None:
        super().__init__(cast(int, _Rounded(0)), cast(int, _Rounded(0)))

    def at_least(self, k: int, parts: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """Every part is a factor of each state, and every state meets a few sums."""
        del k
        met = sum(max(int(r), int(q)) + 2 for r, q in parts) + len(parts)
        return cast(int, _Rounded(met)), cast(int, _Rounded(met))

    def decided(
        self, diagram: LevelledDiagram, root: int, given: Sequence[tuple[int, int]]
    ) -> tuple[int, int]:
        """At each level of a path one product and one sum."""
        del root
        met = len(diagram.levels) * (max(int(side) for pair in given for side in pair) + 2)
        return cast(int, _Rounded(met)), cast(int, _Rounded(met))

    def power(self, pair: tuple[int, int], share: int) -> tuple[int, int]:
        """The exponent may be as large as the logarithm of the least number, 690."""
        met = cast(int, _Rounded(2 * max(*map(int, pair), int(share)) + 4096))
        return met, met

    def share(self, a: int, b: int) -> tuple[int, int]:
        """A quotient by a sum of the two."""
        met = cast(int, _Rounded(2 * max(int(a), int(b)) + 2))
        return met, met

    def rest(self, parts: Sequence[int]) -> int:
        """A difference, in which any number of digits may be lost."""
        del parts
        return cast(int, _Rounded(LOST))

    def contained(
        self, k: int, n: int, part: tuple[int, int], held: tuple[int, int]
    ) -> tuple[int, int]:
        """As the two factors have it."""
        return self._given_all_held(k, n, part, held)

    def copies(self, k: int, n: int, part: tuple[int, int]) -> tuple[int, int]:
        """As many equal parts; each binomial term meets three roundings more."""
        del k
        met = n * (max(int(part[0]), int(part[1])) + 4) + 20
        return cast(int, _Rounded(met)), cast(int, _Rounded(met))


class _Rounded(int):
    """A number of roundings, combined as the numbers that met them are."""

    def __add__(self, other: int) -> _Rounded:
        return _Rounded(max(int(self), int(other)) + 1)

    def __mul__(self, other: int) -> _Rounded:
        return _Rounded(int(self) + int(other) + 1)


def roundings(
    program: Program, count: Callable[[Source], int], met: Callable[[Source], int] = lambda _: 1
) -> int:
    """How many roundings lie at most between the values and the root, for these counts.

    The pairs of :func:`root_pairs` are right to this many times :data:`UNIT`, relatively, where
    those of a source ``met`` so many.
    """

    def given(source: Source) -> tuple[int, int]:
        each = cast(int, _Rounded(met(source)))
        return each, each

    r, q = walk(program, _Roundings(), given, count)
    return max(int(r[program.root]), int(q[program.root])) + 1
