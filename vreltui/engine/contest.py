"""A choice against a rival: who is more reliable."""

from __future__ import annotations

from dataclasses import dataclass, field

from flint import arb

from vreltui.engine.alike import alike
from vreltui.engine.balls import WORKING_BITS, PairOfBalls, certain_sign, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Source
from vreltui.engine.limits import Limits
from vreltui.engine.stated_values import pair_of
from vreltui.model import Probability
from vreltui.model.goals import Share, Target


def margin(own: PairOfBalls, rival: PairOfBalls) -> arb:
    """R - R_rival, from the side that loses fewer digits."""
    by_r = own[0] - rival[0]
    by_q = rival[1] - own[1]
    return by_r if by_r.rad() <= by_q.rad() else by_q


@dataclass(slots=True)
class Contest:
    """``own`` against ``rival``: another evaluation, or a probability to exceed.

    ``own`` wins where its reliability is strictly greater.
    """

    own: Evaluation
    rival: Evaluation | Target
    limits: Limits = field(default_factory=Limits)
    _now: arb | None = None

    def now(self) -> arb:
        """The margin at the present values, at the working precision."""
        if self._now is None:
            with precision(WORKING_BITS):
                self._now = margin(self.own.pair(), self.rival_pair(WORKING_BITS))
        return self._now

    def rival_pair(self, bits: int) -> PairOfBalls:
        """The rival's pair at the present values."""
        if isinstance(self.rival, Probability | Share):
            return pair_of(self.rival, bits)
        return self.rival.pair(bits=bits)

    def places(self) -> int | None:
        """Decimal places below which an exact margin that is not 0 does not lie; None if it may.

        Two decimals differ by a decimal of as many places; the denominators of quotients multiply.
        """
        own, rival = self.own.places, self.rival.places
        if own is None or rival is None:
            return None
        ends = self.own.program.ends and (
            not isinstance(self.rival, Evaluation) or self.rival.program.ends
        )
        return max(own, rival) if ends else own + rival

    def sign(self) -> int:
        """1, 0 or -1: own wins, ties exactly, or loses."""
        if self._is_the_same():
            return 0
        return certain_sign(
            lambda bits: margin(self.own.pair(bits=bits), self.rival_pair(bits)),
            self.places,
            self.limits.exact_places,
        )

    def _is_the_same(self) -> bool:
        """Whether both are one expression: so ties what never ends in decimals."""
        rival = self.rival
        if not isinstance(rival, Evaluation) or not self.now().contains(0):
            return False
        places = self.places()
        if places is not None and places <= self.limits.exact_places:
            return False  # the decimals will tell
        if alike(self.own, rival):
            return True
        if places is not None:
            return False
        from vreltui.engine.same_function import Difference  # of what knows of times alone

        difference = Difference(self.own, rival)
        return difference.is_nothing or difference.vanishes_over_time

    def sign_at_count(self, source: Source, count: int, moves: tuple[bool, bool]) -> int:
        """:meth:`sign` where a count has another value, in own and/or in the rival."""
        own, rival = self.own, self.rival
        if moves[0]:
            own = own.changed({source: count})
        if moves[1] and isinstance(rival, Evaluation):
            rival = rival.changed({source: count})
        return Contest(own, rival, self.limits).sign()
