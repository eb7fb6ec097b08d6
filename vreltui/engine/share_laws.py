"""What stands at a leaf that is a share of a component's failures: a shock, or what is its own.

A common cause is expanded exactly into shocks that several parts share, by
:mod:`vreltui.model.struck`; :mod:`vreltui.engine.shares_of_failures` shares probabilities out. Of a
lifetime that has to last hazards are shared out: with f_k = Q_k / Q a shock survives with
S(t)**f_k, and what is a member's own with S(t)**f_1, so that the product over all that strikes a
member is its S(t) (A. Marshall and I. Olkin, "A multivariate exponential distribution", 1967).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.ball_arithmetic import BallArithmetic
from vreltui.engine.balls import ONE, ZERO, PairOfBalls, precision, precision_now
from vreltui.engine.duals import Dual, DualArithmetic
from vreltui.engine.laws import Balls, Direction, Given, Known, Law, Number, Source
from vreltui.engine.shares_of_failures import Letters, SharedFailures
from vreltui.model import Design
from vreltui.model.base_node import BaseNode
from vreltui.model.causes import OPEN_PSA
from vreltui.model.nodes import Component, LastingComponent, Share

if TYPE_CHECKING:  # a design without times imports nothing of them
    from vreltui.engine.renewal import Upkeep

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class ShareLaw(Law):
    """A share of the failures of what ``base`` says, by the letters of the causes that strike it.

    ``size`` is how many are struck at once, 1 for the part of a member's own; ``at`` the cause.
    ``falls`` says that the root is known to fall as beta grows.
    """

    base: Law
    letters: tuple[Letters, ...]
    size: int
    at: int
    falls: bool
    by_hazard: bool = False
    """Whether hazards are shared out, not probabilities."""
    service: Law | None = None
    """When the member is in service by plan, in series with what is its own."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The numbers of the component, and the letters."""
        letters = [source for each in self.letters for source in each.sources]
        planned = () if self.service is None else self.service.sources
        return tuple(dict.fromkeys((*self.base.sources, *planned, *letters)))

    @property
    def figure_laws(self) -> tuple[Law, ...]:
        """Those of the component."""
        planned = () if self.service is None else self.service.figure_laws
        return (*self.base.figure_laws, *planned)

    def freed(self, figure: Source) -> Law:
        """The same share of a component whose figure is a value like any other."""
        service = None if self.service is None else self.service.freed(figure)
        return replace(self, base=self.base.freed(figure), service=service)

    def pair(
        self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]
    ) -> tuple[E, E]:
        """The chance that the share works, and that it fails."""
        found = self._of(arithmetic, self.base.pair(arithmetic, given), given)
        if self.service is None:
            return found
        return arithmetic.all_of([found, self.service.pair(arithmetic, given)])

    def _of(
        self,
        arithmetic: Arithmetic[E],
        pair: tuple[E, E],
        given: Callable[[Source], tuple[E, E]],
    ) -> tuple[E, E]:
        """The share of a component that has this pair."""
        if self.by_hazard:
            return arithmetic.power(pair, self.part(arithmetic, given))
        reading = SharedFailures(arithmetic, pair, given)
        letters = self.letters[self.at]
        if self.size != 1:
            return reading.shock(letters, self.size)
        if letters.independent:
            return reading.independent_part(letters)
        return reading.own_part(self.letters)

    def part(self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]) -> E:
        """f_k: which part of all failures it is, by what a member that fails surely does."""
        reading = SharedFailures(arithmetic, (arithmetic.zero, arithmetic.one), given)
        if self.size == 1:
            part: E = reading.own_share(self.letters)
            return part
        return cast(E, reading.shock(self.letters[self.at], self.size)[1])

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
        of_member = self._direction_of_member(source)
        if not in_letters:
            return of_member
        return -1 if of_member == 0 and self.falls else None

    def _direction_of_member(self, source: Source) -> Direction | None:
        """Every share rises with the member, whatever the letters are."""
        of_base = self.base.direction(source)
        planned = 0 if self.service is None else self.service.direction(source)
        if of_base == 0:
            return planned
        return of_base if planned in (0, of_base) else None

    @property
    def inverts(self) -> bool:
        """False: what a share reads, another share reads as well."""
        return False

    def inverse(self, source: Source, given: Balls, pair: PairOfBalls) -> PairOfBalls:
        """Never asked for."""
        del given, pair
        raise TypeError(f"{source.name} acts through several shares")

    def degree(self, source: Source) -> int | None:
        """No bound on a polynomial but on both parts of a quotient; never a straight line."""
        if source not in self.sources:
            return 0
        degrees = [self.base.degree(source)]
        if self.service is not None:
            degrees.append(self.service.degree(source))
        if self.by_hazard or None in degrees:
            return None
        members = self.letters[self.at].members
        return 2 * max(1, 1 << max(0, members - 1)) if self.size == 1 else 2

    def places(self, of: Callable[[Source], int | None]) -> int | None:
        """Digits of the denominator of what is a quotient of decimals."""
        if self.by_hazard:
            return None
        found = [of(source) for each in self.letters for source in each.sources]
        found.append(self.base.places(of))
        if any(places is None for places in found):
            return None
        members = self.letters[self.at].members
        total = sum(places for places in found if places is not None) + 4
        total *= max(1, 1 << max(0, members - 1))
        planned = 0 if self.service is None else self.service.places(of)
        return None if planned is None else total + planned

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
        planned = None if self.service is None else self.service.key(of)
        return ("share", self.base.key(of), letters, self.size, self.at, self.by_hazard, planned)

    # Over time

    def outages(self, known: Known, bits: int) -> arb | None:
        """As often as its unavailability holds outages of the member's mean length.

        A member that is repaired at once is down for no time, and its failures are shared out.
        """
        often = self.base.outages(known, bits)
        if often is None:
            return None
        with precision(bits):
            given, arithmetic = known.given(bits), BallArithmetic()
            pair = self.base.pair(arithmetic, given)
            works, fails = self._of(arithmetic, pair, given)
            if pair[1].is_zero():
                found = often * self.part(arithmetic, given)
            else:
                found = fails * (often / pair[1])
            if self.service is None:
                return found
            planned = self.service.outages(known, bits)
            assert planned is not None
            return found * self.service.pair(arithmetic, given)[0] + works * planned

    def life(self, known: Known) -> Upkeep | bool:
        """A life with a part of the hazards; what takes no part of them never fails."""
        whole = self.base.life(known)
        if isinstance(whole, bool):
            return whole or self.size != 1  # of what never works, its own part does not

        def exactly(source: Source) -> tuple[Fraction, Fraction]:
            value = known.probability(source)
            return value.reliability, value.unreliability

        part = self.part(Arithmetic(Fraction(0), Fraction(1)), exactly)
        if not part:
            return True
        from vreltui.engine.parts_of_lives import with_part

        return with_part(whole, part)

    def available_at(self, known: Known, time: Number, arithmetic: Arithmetic[Any]) -> Any:
        """The same share of A(t)."""
        pair = self.base.available_at(known, time, arithmetic)
        return self._of(arithmetic, pair, known.given(precision_now()))


def share_law(design: Design, node: Share) -> ShareLaw:
    """The law of a share of a component's failures, under what the design measures."""
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
    independent = any(each.independent for each in letters)
    base, service = _of_member(design, node.of)
    return ShareLaw(
        base,
        tuple(letters),
        node.size,
        node.at,
        node.falls,
        by_hazard=base.figure_source is not None
        and design.measure != "availability"
        and not independent,
        service=service if node.size == 1 else None,
    )


def _of_member(design: Design, of: BaseNode) -> tuple[Law, Law | None]:
    """The law of a component that is struck, and when it is in service by plan, if it says so."""
    if isinstance(of, LastingComponent):
        # Imported where there is a lifetime: the others start without it.
        from vreltui.engine.lasting_laws import lasting_law
        from vreltui.engine.service_law import service_law

        planned = of.planned is not None and design.measure == "availability"
        unplanned = replace(of, planned=None, every=None)
        return lasting_law(design, unplanned), service_law(of) if planned else None
    assert isinstance(of, Component)
    return given_law(of), None


def given_law(of: Component) -> Given:
    """The law of a component that states a constant."""
    given = of.reliability
    if isinstance(given, str):
        return Given(Source(given, is_parameter=True))
    return Given(Source(of.name, is_parameter=False))
