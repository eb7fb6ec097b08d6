"""How often what a program computes goes down, in the long run.

The frequency of a tree is the sum over its components of Birnbaum's derivative times the frequency
of the component: W. Schneeweiss, "Computing failure frequency, MTBF & MTTR via mixed products of
availabilities and unavailabilities", IEEE Transactions on Reliability R-30, 1981. It is carried
forward like a derivative, from the leaves to the root, so that one walk gives that of every slot.
"""

from __future__ import annotations

from flint import arb

from vreltui.engine.balls import WORKING_BITS, ZERO, precision, sharpen
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.steps import Leaf


class Frequencies:
    """How often each slot of an evaluation of availabilities goes down, per second."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._known: dict[int, list[arb | None]] = {}

    def of(self, slot: int) -> arb | None:
        """The frequency of a slot, accurate enough for the nearest double.

        None where a constant stands in its way: how often that goes down, it does not say.
        """
        if self._all(WORKING_BITS)[slot] is None:
            return None

        def compute(bits: int) -> tuple[arb]:
            found = self._all(bits)[slot]
            assert found is not None
            return (found,)

        (often,) = sharpen(compute)
        return often

    def _all(self, bits: int) -> list[arb | None]:
        known = self._known.get(bits)
        if known is None:
            known = self._known[bits] = self._walk(bits)
        return known

    def _walk(self, bits: int) -> list[arb | None]:
        evaluation = self._evaluation
        r, q = evaluation.pairs(bits)
        counts = {source: evaluation.count(source) for source in evaluation.program.pools}
        often: list[arb | None] = []
        with precision(bits):
            for step in evaluation.program.steps:
                if isinstance(step, Leaf):
                    often.append(step.law.outages(evaluation, bits))
                    continue
                total: arb | None = ZERO
                for part, slope in zip(step.inputs, step.slopes(r, q, counts), strict=True):
                    own = often[part]
                    if own is None:
                        total = None
                        break
                    total = total + slope * own
                often.append(total)
        return often
