"""How the failures of one component are shared out, in any arithmetic.

With Q the probability that a member fails and Q_k that of a shock for a given set of k, what is a
member's own works with R over the product of all (1 - Q_k) that strike it, so that the member as a
whole keeps its R. All chances are kept as pairs of non-negative numbers; a quotient is that of two
weights, a / (a + b) and b / (a + b).

A. Mosleh et al., Procedures for Treating Common Cause Failures, NUREG/CR-4780, 1988.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.laws import Source
from vreltui.model.causes import Model, ways

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of one cause: how failures are shared out."""

    model: Model
    sources: tuple[Source, ...]
    members: int
    independent: bool
    """Whether shocks and the part of its own are independent with the chances as they are."""


@dataclass(frozen=True, slots=True)
class _Struck:
    """What some shocks come to: the chance that none strikes, that some does, the sum of theirs.

    ``twice`` is by how much that sum is more than the chance that some does.
    """

    none: Any
    some: Any
    sum: Any
    twice: Any

    def then(self, other: _Struck) -> _Struck:
        """These shocks and others."""
        return _Struck(
            self.none * other.none,
            self.some + self.none * other.some,
            self.sum + other.sum,
            self.twice + self.some * other.sum + self.none * other.twice,
        )

    def times(self, count: int) -> _Struck:
        """So many as these, by doubling."""
        found = self
        for bit in bin(count)[3:]:
            found = found.then(found)
            if bit == "1":
                found = found.then(self)
        return found


class SharedFailures:
    """The shares of one component's failures in an arithmetic."""

    def __init__(
        self, arithmetic: Arithmetic[E], pair: tuple[E, E], given: Callable[[Source], tuple[E, E]]
    ) -> None:
        self._arithmetic: Arithmetic[Any] = arithmetic
        self._works: Any = pair[0]
        self._fails: Any = pair[1]
        self._given: Callable[[Source], tuple[Any, Any]] = given

    def shock(self, letters: Letters, size: int) -> tuple[Any, Any]:
        """The chance that the shock of a given set of ``size`` does not happen, and that it does.

        Q_k of the model, as a quotient of weights.
        """
        given = [self._given(source) for source in letters.sources]
        count = 1
        if not letters.independent or letters.model != "phi":
            count = ways(letters.members, size) if letters.model != "beta" else 1
        match letters.model:
            case "beta":
                return self._of_failures([given[0]], 1)
            case "mgl":
                factors = given[: size - 1]
                if size < letters.members:
                    further = given[size - 1]
                    factors = [*factors, (further[1], further[0])]
                return self._of_failures(factors, count)
            case "phi":
                return self._of_failures([given[size - 1]], count)
            case "alpha":
                return self._by_alpha(given, size, count)

    def independent_part(self, letters: Letters) -> tuple[Any, Any]:
        """What is a member's own where shares are independent: it fails with Q_1."""
        given = [self._given(source) for source in letters.sources]
        match letters.model:
            case "beta" | "mgl":
                return self._of_failures([(given[0][1], given[0][0])], 1)
            case "phi":
                return self._of_failures([given[0]], 1)
            case "alpha":
                return self._by_alpha(given, 1, 1)

    def own_part(self, causes: tuple[Letters, ...]) -> tuple[Any, Any]:
        """R over the chance that no shock strikes, and what is left of Q.

        The chance of no shock less R is the share of failures that is a member's own, f_1 Q, and
        what sums of shocks count more than once; both are sums of non-negative numbers.
        """
        struck = _Struck(self._arithmetic.one, *(self._arithmetic.zero,) * 3)
        for letters in causes:
            for size, count in _sizes(letters):
                works, fails = self.shock(letters, size)
                zero = self._arithmetic.zero
                struck = struck.then(_Struck(works, fails, fails, zero).times(count))
        rest = self.own_share(causes) * self._fails + struck.twice
        return self._arithmetic.share(self._works, rest)

    def own_share(self, causes: tuple[Letters, ...]) -> Any:
        """f_1: the share of a member's failures that is its own."""
        given = [self._given(source) for source in causes[0].sources]
        match causes[0].model:
            case "beta":
                if len(causes) == 1:
                    return given[0][1]
                betas = [self._given(each.sources[0])[0] for each in causes]
                return self._arithmetic.rest(betas)
            case "mgl":
                return given[0][1]
            case "phi":
                return given[0][0]
            case "alpha":
                weights = self._weights(given)
                others = self._arithmetic.total(weights[1:])
                return self._arithmetic.share(weights[0], others)[0]

    def _of_failures(self, factors: list[tuple[Any, Any]], count: int) -> tuple[Any, Any]:
        """A shock that is a product of shares of the failures, over how many sets there are."""
        chance, rest = self._arithmetic.all_of([*factors, (self._fails, self._works)])
        if count == 1:
            return rest, chance
        more = self._arithmetic.scale(self._arithmetic.one, count - 1)
        fails, works = self._arithmetic.share(chance, rest + more)
        return works, fails

    def _weights(self, given: list[tuple[Any, Any]]) -> list[Any]:
        return [self._arithmetic.scale(pair[0], k) for k, pair in enumerate(given, 1)]

    def _by_alpha(self, given: list[tuple[Any, Any]], size: int, count: int) -> tuple[Any, Any]:
        weights = self._weights(given)
        own = weights.pop(size - 1)
        rest = own * self._works
        if count > 1:
            rest = rest + self._arithmetic.scale(own, count - 1)
        if weights:
            rest = rest + self._arithmetic.scale(self._arithmetic.total(weights), count)
        fails, works = self._arithmetic.share(own * self._fails, rest)
        return works, fails


def _sizes(letters: Letters) -> list[tuple[int, int]]:
    """The sizes of the sets that strike a member, and how many of each there are."""
    if letters.model == "beta":
        return [(0, 1)]
    members = letters.members
    return [(size, ways(members, size)) for size in range(2, members + 1)]
