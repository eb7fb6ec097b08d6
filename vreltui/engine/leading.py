"""Reliabilities near an end of (0, 1): how they vanish, and with which factor.

Close to x = 0 a reliability behaves as c t**order in the odds t, and two of them that both vanish
are compared by their orders and factors. A number here is t**order times a ball that holds the rest
for every t from 0 to some bound, so that a sign proven with it holds on that whole interval.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.ball_arithmetic import log_of_pair
from vreltui.engine.balls import ONE, ZERO, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Source
from vreltui.engine.limits import Undecided
from vreltui.engine.stated_values import pair_of
from vreltui.engine.walk import walk
from vreltui.model import Probability
from vreltui.model.goals import Share, Target

_BITS = 256


@dataclass(frozen=True, slots=True)
class Leading:
    """``t**order`` times ``factor``, for t in ``span``."""

    factor: arb
    order: int
    span: arb

    def __add__(self, other: Leading) -> Leading:
        if self.factor.is_zero():
            return other
        if other.factor.is_zero():
            return self
        low, high = (self, other) if self.order <= other.order else (other, self)
        rest = high.factor * self.span ** (high.order - low.order)
        return Leading(low.factor + rest, low.order, self.span)

    def __mul__(self, other: Leading | int) -> Leading:
        if isinstance(other, int):
            return Leading(self.factor * other, self.order, self.span)
        return Leading(self.factor * other.factor, self.order + other.order, self.span)

    def __truediv__(self, other: Leading) -> Leading:
        """By a sum of which this is a part, which therefore vanishes no faster."""
        return Leading(self.factor / other.factor, self.order - other.order, self.span)

    def __sub__(self, other: Leading) -> Leading:
        return self + Leading(-other.factor, other.order, other.span)


class LeadingArithmetic(Arithmetic[Leading]):
    """Pairs of such numbers."""

    def __init__(self, span: arb) -> None:
        super().__init__(Leading(ZERO, 0, span), Leading(ONE, 0, span))

    def power(self, pair: tuple[Leading, Leading], share: Leading) -> tuple[Leading, Leading]:
        """R**f, where f may vanish and R does not: 1 - R**f then vanishes like f ln(1/R).

        Raises :class:`Undecided` where R itself comes near to 0 or 1.
        """
        works, fails = pair
        span = share.span
        if works.order or fails.order:
            raise Undecided("a power of a survival is not followed to where it ends")
        logarithm = log_of_pair((works.factor, fails.factor))
        exponent = share.factor * span**share.order * logarithm
        if share.order == 0:
            return Leading(exponent.exp(), 0, span), Leading(-exponent.expm1(), 0, span)
        # expm1(x) / x rises from its value at the least exponent to 1 at 0.
        least = exponent.lower()
        ratio = (least.expm1() / least).union(ONE) if least < 0 else ONE
        return (
            Leading(exponent.exp(), 0, span),
            Leading(-logarithm * share.factor * ratio, share.order, span),
        )


def sign_near_end(
    own: Evaluation | Target,
    rival: Evaluation | Target,
    moving: tuple[Source | None, Source | None],
    *,
    at_one: bool,
    reach: int,
) -> int:
    """The sign of R_own - R_rival for all odds below 2**-reach (or above 2**reach); 0 if unknown.

    ``moving`` is what has these odds in each of them; None where nothing does. Near 1 the
    unreliabilities are compared, in the odds of failure.
    """
    with precision(_BITS):
        ours, theirs = (
            _leading(side, source, at_one=at_one, reach=reach)
            for side, source in zip((own, rival), moving, strict=True)
        )
        if ours.factor.is_zero() or theirs.factor.is_zero():
            difference = ours.factor - theirs.factor
        else:
            lowest = min(ours.order, theirs.order)
            difference = ours.factor * ours.span ** (ours.order - lowest) - theirs.factor * (
                theirs.span ** (theirs.order - lowest)
            )
        sign = 1 if difference > 0 else -1 if difference < 0 else 0
    return -sign if at_one else sign


def _leading(
    side: Evaluation | Target, source: Source | None, *, at_one: bool, reach: int
) -> Leading:
    """The root's reliability near x = 0, or its unreliability near x = 1."""
    span = ZERO.union(arb(2) ** -reach)
    if isinstance(side, Probability | Share):
        return Leading(pair_of(side, _BITS)[at_one], 0, span)
    vanishing = Leading(ONE / (ONE + span), 1, span)
    certain = Leading(ONE / (ONE + span), 0, span)

    def given(wanted: Source) -> tuple[Leading, Leading]:
        if wanted == source:
            return (certain, vanishing) if at_one else (vanishing, certain)
        r, q = pair_of(side.probability(wanted), _BITS)
        return Leading(r, 0, span), Leading(q, 0, span)

    r, q = walk(side.program, LeadingArithmetic(span), given, side.count)
    root = side.program.root
    return q[root] if at_one else r[root]
