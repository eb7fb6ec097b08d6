"""What stands at a leaf that is a share of a component's failures: a shock, or what is its own.

A common cause is expanded exactly into shocks that several parts share, by
:mod:`vreltui.model.struck`. With Q the probability that a member fails and Q_k that of a shock for
a given set of k, what is a member's own works with R over the product of all (1 - Q_k) that strike
it, so that the member as a whole keeps its R. All chances are kept as pairs of non-negative
numbers; a quotient is that of two weights, a / (a + b) and b / (a + b).

A. Mosleh et al., Procedures for Treating Common Cause Failures, NUREG/CR-4780, 1988.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import ONE, ZERO, PairOfBalls
from vreltui.engine.duals import Dual, DualArithmetic
from vreltui.engine.laws import Balls, Direction, Given, Law, Source
from vreltui.model.causes import OPEN_PSA, Model, ways
from vreltui.model.nodes import Component, Share

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
class ShareLaw(Law):
    """A share of the failures of what ``base`` says, by the letters of the causes that strike it.

    ``size`` is how many are struck at once, 1 for the part of a member's own; ``at`` the cause.
    ``falls`` says that the root is known to fall as beta grows.
    """

    base: Given
    letters: tuple[Letters, ...]
    size: int
    at: int
    falls: bool

    @property
    def sources(self) -> tuple[Source, ...]:
        """The number of the component, and the letters."""
        letters = [source for each in self.letters for source in each.sources]
        return tuple(dict.fromkeys((*self.base.sources, *letters)))

    def pair(
        self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]
    ) -> tuple[E, E]:
        """The chance that the share works, and that it fails."""
        reading = _Shared(arithmetic, self.base.pair(arithmetic, given), given)
        letters = self.letters[self.at]
        if self.size != 1:
            return reading.shock(letters, self.size)
        if letters.independent:
            return reading.independent_part(letters)
        return reading.own_part(self.letters)

    def slope(self, source: Source, given: Balls) -> arb:
        """The derivative, by numbers that carry theirs along."""

        def dual(wanted: Source) -> tuple[Dual, Dual]:
            r, q = given(wanted)
            by = ONE if wanted == source else ZERO
            return Dual(r, by), Dual(q, -by)

        return self.pair(DualArithmetic(), dual)[0].slope

    def direction(self, source: Source) -> Direction | None:
        """Up with the component. A shock falls as beta grows, and the part of its own rises."""
        in_letters = any(source in each.sources for each in self.letters)
        if source in self.base.sources:
            return None if in_letters else 1
        if not in_letters:
            return 0
        if self.falls:
            return -1
        return None

    def inverse(self, source: Source, given: Balls, pair: PairOfBalls) -> PairOfBalls:
        """Never asked for: what a share reads, another share reads as well."""
        del given, pair
        raise TypeError(f"{source.name} acts through several shares")

    def degree(self, source: Source) -> int | None:
        """No bound on a polynomial but on both parts of a quotient; never a straight line."""
        if source not in self.sources:
            return 0
        members = self.letters[self.at].members
        return 2 * max(1, 1 << max(0, members - 1)) if self.size == 1 else 2

    def places(self, of: Callable[[Source], int | None]) -> int | None:
        """Digits of the denominator of what is a quotient of decimals."""
        found = [of(source) for source in self.sources]
        if any(places is None for places in found):
            return None
        members = self.letters[self.at].members
        total = sum(places for places in found if places is not None) + 4
        return total * max(1, 1 << max(0, members - 1))

    @property
    def ends(self) -> bool:
        """False: quotients of decimals need not end."""
        return False

    @property
    def is_quotient(self) -> bool:
        """True, of what is a member's own."""
        return True

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        """What its numbers are, and which share it is."""
        letters = tuple(
            (each.model, each.members, each.independent, *map(of, each.sources))
            for each in self.letters
        )
        return ("share", self.base.key(of), letters, self.size, self.at)


class _Shared:
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
        none: Any = self._arithmetic.one
        some: Any = self._arithmetic.zero
        twice: Any = self._arithmetic.zero
        for letters in causes:
            for size, count in _sizes(letters):
                works, fails = self.shock(letters, size)
                for _ in range(count):
                    twice = twice + some * fails
                    some = some + none * fails
                    none = none * works
        return self._arithmetic.share(self._works, self._own_share(causes) * self._fails + twice)

    def _own_share(self, causes: tuple[Letters, ...]) -> Any:
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


def share_law(node: Share) -> ShareLaw:
    """The law of a share of a component's failures."""
    of = node.of
    assert isinstance(of, Component)
    letters = []
    for cause in node.causes:
        sources = []
        for number, letter in enumerate(cause.letters):
            own = f"{cause.name}.{cause.model}"
            if cause.model != "beta":
                own = f"{own}.{number}"
            name = letter if isinstance(letter, str) else own
            sources.append(Source(name, is_parameter=isinstance(letter, str)))
        letters.append(Letters(cause.model, tuple(sources), node.members, cause.split == OPEN_PSA))
    return ShareLaw(given_law(of), tuple(letters), node.size, node.at, node.falls)


def given_law(of: Component) -> Given:
    """The law of a component that states a constant."""
    given = of.reliability
    if isinstance(given, str):
        return Given(Source(given, is_parameter=True))
    return Given(Source(of.name, is_parameter=False))
