"""A program seen from one of its slots: what a mean life or a frequency needs of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from flint import fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Held, Source
from vreltui.engine.mean_life import Lives
from vreltui.engine.steps import Leaf, Reading

E = TypeVar("E")

_BITS_OF_RATES = 512


class PartOfProgram:
    """The tree below one slot of an evaluation."""

    def __init__(self, evaluation: Evaluation, slot: int) -> None:
        self.evaluation = evaluation
        self.slot = slot

    @cached_property
    def slots(self) -> tuple[int, ...]:
        """The slots that the one depends on, itself among them, in order."""
        steps = self.evaluation.program.steps
        reached = {self.slot}
        stack = [self.slot]
        while stack:
            for read in steps[stack.pop()].inputs:
                if read not in reached:
                    reached.add(read)
                    stack.append(read)
        return tuple(sorted(reached))

    @cached_property
    def leaves(self) -> tuple[int, ...]:
        """The leaves below that are components."""
        return tuple(slot for slot in self._leaves if slot not in self.chances)

    @cached_property
    def _leaves(self) -> tuple[int, ...]:
        steps = self.evaluation.program.steps
        return tuple(slot for slot in self.slots if isinstance(steps[slot], Leaf))

    @cached_property
    def chances(self) -> Mapping[int, tuple[fmpq, fmpq]]:
        """What contains failures, with the chance that it does and its complement."""
        evaluation = self.evaluation
        found = {}
        for slot in self._leaves:
            law = evaluation.program.law(slot)
            if isinstance(law, Held):
                chance = evaluation.probability(law.source).reliability
                works = fmpq(chance.numerator, chance.denominator)
                found[slot] = works, 1 - works
        return found

    def read(self, arithmetic: Arithmetic[E], leaf: Callable[[int], tuple[E, E]]) -> tuple[E, E]:
        """The pair of the slot, where ``leaf`` gives that of each leaf."""
        program = self.evaluation.program
        reading = Reading(arithmetic, _never, self.evaluation.count)
        works: dict[int, E] = {}
        fails: dict[int, E] = {}
        for slot in self.slots:
            step = program.steps[slot]
            if slot in self.chances:
                one: Any = arithmetic.one
                pair = one * self.chances[slot][0], one * self.chances[slot][1]
            elif isinstance(step, Leaf):
                pair = leaf(slot)
            else:
                pair = step.pair(reading, works, fails)  # type: ignore[arg-type]
            works[slot], fails[slot] = pair
        return works[self.slot], fails[self.slot]

    def instances(self, leaf: int) -> int:
        """A bound on how many components stand at a leaf: the degree of the slot in it."""
        weights = {leaf: 1}
        for slot in self.slots:
            if slot > leaf:
                step = self.evaluation.program.steps[slot]
                weights[slot] = step.weight(weights, self.evaluation.count)
        return weights.get(self.slot, 0)

    def lives(self) -> Lives:
        """What stands at each leaf; constants are 0 or 1.

        Rates that are no fractions have the digits that they are made with, and no more later.
        """
        evaluation = self.evaluation
        with precision(_BITS_OF_RATES):
            return {leaf: evaluation.program.law(leaf).life(evaluation) for leaf in self.leaves}


def _never(source: Source) -> tuple[E, E]:
    raise TypeError(f"{source.name} is read at its leaf")
