"""What every step of a program answers for itself, whatever is asked of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.laws import Source

E = TypeVar("E")
Known = TypeVar("Known")

FALSE, TRUE = 0, 1
"""The slots of what never works and of what always works."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[E]):
    """How a program is read: in which arithmetic, and with which pairs and counts of sources."""

    arithmetic: Arithmetic[E]
    given: Callable[[Source], tuple[E, E]]
    count: Callable[[Source], int]
    _known: dict[Hashable, Any] = field(default_factory=dict, compare=False)

    def once(self, key: Hashable, find: Callable[[], Known]) -> Known:
        """What several steps of one walk need alike, found by the first of them.

        Valid as long as no slot that it depends on is walked again by this reading.
        """
        if key not in self._known:
            self._known[key] = find()
        found: Known = self._known[key]
        return found


class BaseStep(ABC):
    """What every step answers. ``r`` and ``q`` hold the pairs of all earlier slots."""

    __slots__ = ()

    @property
    @abstractmethod
    def inputs(self) -> tuple[int, ...]:
        """The slots that the step reads."""

    @abstractmethod
    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """The probability that the step's part works, and its complement."""

    @abstractmethod
    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """The derivative of the step's reliability by each of its inputs."""

    def add_slopes(
        self,
        slope: list[arb],
        outer: arb,
        r: Sequence[arb],
        q: Sequence[arb],
        counts: Mapping[Source, int],
    ) -> None:
        """Add to the slope of each input what goes through this step, whose own is ``outer``."""
        for part, own in zip(self.inputs, self.slopes(r, q, counts), strict=True):
            slope[part] = slope[part] + outer * own

    @abstractmethod
    def weight(self, weights: Mapping[int, int], count: Callable[[Source], int]) -> int:
        """What adds up along products, such as a degree or decimal places; a missing one is 0."""

    def single_weights(self, count: Callable[[Source], int]) -> Mapping[int, int]:
        """For each input the weight where it alone weighs 1, and the others nothing."""
        return {part: self.weight({part: 1}, count) for part in set(self.inputs)}

    @abstractmethod
    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """What the step computes, in terms of what its inputs and its sources are."""
