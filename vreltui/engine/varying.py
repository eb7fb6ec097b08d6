"""The root of a walk as a function of one source, the others being what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb

from vreltui.engine.ball_arithmetic import BallArithmetic
from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.laws import Source
from vreltui.engine.stated_values import pair_of
from vreltui.engine.walk import update

if TYPE_CHECKING:
    from vreltui.engine.evaluation import Evaluation

_ARITHMETIC = BallArithmetic()


class Varying:
    """The root as a function of one source. Made by :meth:`Evaluation.varying`."""

    def __init__(
        self,
        evaluation: Evaluation,
        source: Source,
        slots: tuple[int, ...],
        r: list[arb],
        q: list[arb],
        bits: int,
    ) -> None:
        self._evaluation = evaluation
        self._source = source
        self._slots = slots
        self._r, self._q = r, q
        self._bits = bits

    def at(self, value: PairOfBalls | int) -> PairOfBalls:
        """The pair of the root where the source has this pair, or this count."""
        pair = value if isinstance(value, tuple) else None
        number = value if isinstance(value, int) else 0
        evaluation = self._evaluation

        def given(source: Source) -> PairOfBalls:
            if source == self._source and pair is not None:
                return pair
            return pair_of(evaluation.probability(source), self._bits)

        def count(source: Source) -> int:
            return number if source == self._source else evaluation.count(source)

        with precision(self._bits):
            update(evaluation.program, _ARITHMETIC, given, count, self._r, self._q, self._slots)
        root = evaluation.program.root
        return self._r[root], self._q[root]
