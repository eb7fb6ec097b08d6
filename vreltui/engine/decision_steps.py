"""The steps for parts that share: nodes of a decision diagram one by one, and a large one whole.

R. E. Bryant, "Graph-based algorithms for Boolean function manipulation", 1986.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from flint import arb

from vreltui.engine.balls import ZERO
from vreltui.engine.base_step import TRUE, BaseStep, Reading
from vreltui.engine.laws import Source
from vreltui.engine.step_slopes import difference

if TYPE_CHECKING:
    from vreltui.engine.levelled_diagram import LevelledDiagram

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Decision(BaseStep):
    """A node of a decision diagram: ``high`` when ``on`` works, else ``low`` (Shannon)."""

    on: int
    high: int
    low: int

    @property
    def inputs(self) -> tuple[int, ...]:
        """What is decided on, and the two that follow."""
        return (self.on, self.high, self.low)

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """Shannon's expansion, of both sides."""
        works: Any = r[self.on]
        fails: Any = q[self.on]
        high, low = self.high, self.low
        return works * r[high] + fails * r[low], works * q[high] + fails * q[low]

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """The difference between the two sides; and how often each is taken."""
        return difference(r, q, self.high, self.low), r[self.on], q[self.on]

    def add_slopes(
        self,
        slope: list[arb],
        outer: arb,
        r: Sequence[arb],
        q: Sequence[arb],
        counts: Mapping[Source, int],
    ) -> None:
        """As in the base; these are by far the most steps where parts share."""
        on, high, low = self.on, self.high, self.low
        slope[on] = slope[on] + outer * difference(r, q, high, low)
        if high > TRUE:
            before = slope[high]
            slope[high] = outer * r[on] if before is ZERO else before + outer * r[on]
        if low > TRUE:
            before = slope[low]
            slope[low] = outer * q[on] if before is ZERO else before + outer * q[on]

    def weight(self, weights: Mapping[int, int], count: Callable[[Source], int]) -> int:
        """One product each with the high and the low side."""
        return weights.get(self.on, 0) + max(weights.get(self.high, 0), weights.get(self.low, 0))

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """What is decided on, and the two that follow."""
        return ("decision", numbers[self.on], numbers[self.high], numbers[self.low])


@dataclass(frozen=True, slots=True)
class SharedParts(BaseStep):
    """A large decision diagram as a whole, where a step for each of its nodes would be too much.

    ``parts[variable]`` is the slot of each of its variables; ``root`` what of it is computed.
    """

    parts: tuple[int, ...]
    diagram: LevelledDiagram
    root: int

    @property
    def inputs(self) -> tuple[int, ...]:
        """What is decided on."""
        return self.parts

    @property
    def size(self) -> int:
        """The nodes of the diagram."""
        return len(self.diagram)

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """Shannon's expansion, level by level."""
        given = [(r[part], q[part]) for part in self.parts]
        return reading.arithmetic.decided(self.diagram, self.root, given)

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """How often each variable is met, times what it decides there."""
        # Imported where there is one: numpy takes longer than a small design.
        from vreltui.engine.diagram_walks import slopes_of

        return slopes_of(self.diagram, self.root, [(r[part], q[part]) for part in self.parts])

    def weight(self, weights: Mapping[int, int], count: Callable[[Source], int]) -> int:
        """The greatest sum along one path."""
        return self.diagram.longest(self.root, [weights.get(part, 0) for part in self.parts])

    def single_weights(self, count: Callable[[Source], int]) -> Mapping[int, int]:
        """No path meets a variable twice."""
        return Counter(self.parts)

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """The nodes, and what is decided on."""
        parts = tuple(numbers[part] for part in self.parts)
        return ("shared", self.diagram.digest, self.root, parts)
