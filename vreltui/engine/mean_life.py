"""The mean time to the first failure of a tree: the integral of its survival over all time.

Where every lifetime is exponential, or a chain of exponential stages, the survival is a sum of
exponentials and its integral a fraction. Else it is integrated with a proven bound on the error
(``acb.integral`` of Arb), over the logarithm of time, in which every law is smooth, and what lies
beyond the last moment is bounded by the sum of what each single component may still live.

F. Johansson, "Numerical integration in arbitrary-precision ball arithmetic", ICMS 2018.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from flint import acb, arb, fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import ZERO, accurate, precision
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.chain_life import chain_of
from vreltui.engine.exponential_sums import (
    ExponentialArithmetic,
    ExponentialSum,
    TooManyTermsError,
)
from vreltui.engine.lifetimes import Number
from vreltui.engine.limits import Limits, OverdueError, Undecided
from vreltui.engine.parts_of_lives import PartOfLife
from vreltui.engine.renewal import Upkeep
from vreltui.engine.renewed_life import (
    ARITHMETIC,
    RenewedLife,
    SurvivalPolynomial,
    polynomial_pair,
)

E = TypeVar("E")

WANTED_BITS = 70
"""Relative accuracy of a mean that is integrated."""

_LOST_BITS = 25
"""By how many bits less than is wanted a mean may be known and still be told."""

GUARD_BITS = 58
"""How many bits more than are wanted the integrand is evaluated with."""

_MOST_DOUBLINGS = 5
"""How often that precision is doubled where clocks that ring often make digits cancel."""

_ASKED_AT_ONCE = 64
"""How often an integrand is evaluated before the time is looked at again."""

MOST_EVALUATIONS = 400_000
"""How often one integrand may be evaluated before the integral is given up."""

LIMIT_OF_ARGUMENT = arb("1.5")
"""Half the width of the strip about the real axis, in log time, in which all laws are analytic."""

_NOT_FINITE = acb("nan")


class Structure(Protocol):
    """What the mean of a tree needs of its program. Leaves are known by their slots."""

    @property
    def leaves(self) -> tuple[int, ...]:
        """The leaves that the root reads."""

    def read(self, arithmetic: Arithmetic[E], leaf: Callable[[int], tuple[E, E]]) -> tuple[E, E]:
        """The pair of the root, where ``leaf`` gives that of each leaf."""

    def instances(self, leaf: int) -> int:
        """A bound on how many components of the tree stand at one leaf."""


Lives = Mapping[int, Upkeep | bool]
"""What stands at each leaf: a lifetime, or what always (or never) works."""

Mean = Any
"""A mean in the unit of the lifetimes: a Fraction, a ball, or None where it is infinite."""


def mean_life(structure: Structure, lives: Lives, limits: Limits, bits: int = WANTED_BITS) -> Mean:
    """The mean time to the first failure of the root, to about ``bits`` bits if it is no fraction.

    Raises :class:`Undecided`, with the reason, where it can't be had within the limits.
    """
    if _never_fails(structure, lives):
        return None
    if _works_at_first(structure, lives):
        exact = _as_exponentials(structure, lives)
        if exact is not None:
            return exact
        chains = _chains(lives)
        if chains is not None:
            # Imported where a design has chains.
            from vreltui.engine.chains.trees import mean_of_tree

            try:
                return mean_of_tree(_survival_polynomial(structure, lives), chains)
            except TooManyTermsError:
                pass
        return _as_ball(structure, lives, limits, bits)
    return Fraction(0)


def _as_ball(structure: Structure, lives: Lives, limits: Limits, bits: int) -> arb:
    """The mean in closed form or as an integral, at a precision that is enough."""
    working = bits + GUARD_BITS
    for _ in range(_MOST_DOUBLINGS):
        with precision(working):
            mean = mean_of_one(structure, lives)
            if mean is None:
                mean = _Integral(structure, lives, limits, bits).value()
        if accurate(mean, bits - _LOST_BITS):
            return mean
        working *= 2
    raise Undecided("a mean life was not certain to the digits of a figure")


def mean_of_one(structure: Structure, lives: Lives) -> arb | None:
    """The mean of the one component that can fail, in closed form; None where there are more."""
    mortal = {leaf: life for leaf, life in lives.items() if isinstance(life, Upkeep)}
    if len(mortal) != 1:
        return None
    ((leaf, life),) = mortal.items()
    if structure.instances(leaf) != 1 or isinstance(life.lifetime, PartOfLife):
        return None
    arithmetic: Arithmetic[fmpq] = Arithmetic(fmpq(0), fmpq(1))
    sure = structure.read(
        arithmetic, lambda at: (fmpq(1), fmpq(0)) if lives[at] is not False else (fmpq(0), fmpq(1))
    )[0]
    return arb(sure) * life.mean()


def _never_fails(structure: Structure, lives: Lives) -> bool:
    """Whether it may work when all that can fail has failed."""
    return _works(structure, {leaf: life is True for leaf, life in lives.items()})


def _works_at_first(structure: Structure, lives: Lives) -> bool:
    return _works(structure, {leaf: life is not False for leaf, life in lives.items()})


def _works(structure: Structure, states: Mapping[int, bool]) -> bool:
    arithmetic: Arithmetic[int] = Arithmetic(0, 1)
    return structure.read(arithmetic, lambda leaf: (1, 0) if states[leaf] else (0, 1))[0] > 0


def survival_sum(structure: Structure, lives: Lives) -> ExponentialSum | None:
    """The survival of the root as a sum of exponentials; None where some lifetime is none.

    Raises :class:`TooManyTermsError` where the sum is too long.
    """
    sums: dict[int, ExponentialSum] = {}
    for leaf, life in lives.items():
        if isinstance(life, bool):
            sums[leaf] = ExponentialSum.constant(int(life))
            continue
        exact = life.lifetime.as_exponentials() if life.clock is None else None
        if exact is None:
            return None
        sums[leaf] = exact
    one = ExponentialSum.constant(1)
    return structure.read(
        ExponentialArithmetic(), lambda leaf: (sums[leaf], one + sums[leaf] * -1)
    )[0]


def _as_exponentials(structure: Structure, lives: Lives) -> Fraction | None:
    try:
        survival = survival_sum(structure, lives)
    except TooManyTermsError:
        return None
    return None if survival is None else survival.integral()


def _chains(lives: Lives) -> dict[int, Chain] | None:
    """The lives as small chains; None where one is none."""
    found: dict[int, Chain] = {}
    for leaf, life in lives.items():
        if not isinstance(life, bool):
            chain = chain_of(life)
            if chain is None:
                return None
            found[leaf] = chain
    return found


def _survival_polynomial(structure: Structure, lives: Lives) -> SurvivalPolynomial:
    """The root's survival as a polynomial in those of its leaves.

    Raises :class:`TooManyTermsError` where that is too long.
    """
    try:
        return structure.read(ARITHMETIC, polynomial_pair(_sure(lives)))[0]
    except Undecided:
        raise TooManyTermsError from None


def _sure(lives: Lives) -> Callable[[int], bool | None]:
    """Which leaves always or never work; None for one that may fail."""

    def known(leaf: int) -> bool | None:
        life = lives[leaf]
        return life if isinstance(life, bool) else None

    return known


@dataclass(slots=True)
class _Integral:
    """One integration. All numbers are balls at the precision that holds while it is made."""

    structure: Structure
    lives: Lives
    limits: Limits
    bits: int
    _fault: BaseException | None = None
    _arithmetic: Arithmetic[Any] = field(default_factory=lambda: Arithmetic(acb(0), acb(1)))

    def value(self) -> arb:
        """The integral of the root's survival from 0 on."""
        mortal = {leaf: life for leaf, life in self.lives.items() if isinstance(life, Upkeep)}
        if any(life.clock is not None for life in mortal.values()):
            return self._renewed(mortal)
        least = self._at_least(mortal)
        small = least * arb(2) ** -(self.bits + 2)
        end = max(map(_about, mortal.values()), key=float) * 8
        while True:
            beyond = ZERO
            for leaf, life in mortal.items():
                beyond = beyond + self.structure.instances(leaf) * life.lifetime.beyond(end)
            if beyond < small:
                break
            self.limits.check_time("bounding a mean life")
            end = end * 2
        within = self._over(small.log(), end.log(), self._survival)
        return within + ZERO.union(small) + ZERO.union(beyond)

    def _renewed(self, mortal: Mapping[int, Upkeep]) -> arb:
        """The same where clocks renew some of the parts."""
        survival = self.structure.read(ARITHMETIC, polynomial_pair(_sure(self.lives)))[0]
        return RenewedLife(mortal, self._over_piece).mean(survival)

    def _over_piece(self, integrand: Callable[[Number], Number], length: fmpq) -> arb:
        """The integral of something that falls from at most 1 over the time after a renewal."""
        small = arb(length) * arb(2) ** -(self.bits + 20)
        return self._over(small.log(), arb(length).log(), integrand) + ZERO.union(small)

    def _at_least(self, mortal: Mapping[int, Upkeep]) -> arb:
        """Something less than the mean, of its order: t R(t) for the best of a few times."""
        best = ZERO
        for life in mortal.values():
            for halvings in range(-2, 12):
                time = arb((_about(life) / arb(2) ** halvings).mid())
                area = time * self._survival(time).real
                if area > best:
                    best = area
        if best > 0:
            return best.lower()
        raise Undecided("the mean life is too short beside those of the components")

    def _over(self, start: arb, stop: arb, function: Callable[[Number], Number]) -> arb:
        """The integral of a function of time, given the logarithms of its ends."""
        asked = 0

        def integrand(log_time: acb, analytic: bool) -> acb:
            nonlocal asked
            if self._fault is not None:
                return _NOT_FINITE
            asked += 1
            if analytic and not abs(log_time.imag) < LIMIT_OF_ARGUMENT:
                return _NOT_FINITE
            try:
                if asked % _ASKED_AT_ONCE == 0:
                    self.limits.check_time("integrating a mean life")
                time = log_time.exp()
                return acb(function(time) * time)
            except (Undecided, OverdueError) as reason:  # nothing may be raised through the library
                self._fault = reason
                return _NOT_FINITE

        result = acb.integral(
            integrand, acb(start), acb(stop),
            rel_tol=arb(2) ** -(self.bits + 8), abs_tol=arb(2) ** -(4 * self.bits),
            eval_limit=MOST_EVALUATIONS,
        )  # fmt: skip
        if self._fault is not None:
            raise self._fault
        value = result.real
        if not value.is_finite() or value.rel_accuracy_bits() < self.bits // 2:
            raise Undecided("a mean life could not be integrated to a certain figure")
        return value

    def _survival(self, time: Number) -> acb:
        def leaf(slot: int) -> tuple[acb, acb]:
            life = self.lives[slot]
            if isinstance(life, bool):
                return (acb(1), acb(0)) if life else (acb(0), acb(1))
            works, fails = life.lifetime.survival(time)
            return acb(works), acb(fails)

        return self.structure.read(self._arithmetic, leaf)[0]


def _about(life: Upkeep) -> arb:
    """A time of the order of a mean life."""
    whole = life.lifetime
    return arb(whole.about if isinstance(whole, PartOfLife) else life.mean())
