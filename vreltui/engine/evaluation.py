"""A program with values: exact figures for one choice, and what they become when a value moves."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from vreltui.engine.ball_arithmetic import BallArithmetic
from vreltui.engine.balls import WORKING_BITS, PairOfBalls, precision, sharpen
from vreltui.engine.gradient import Slopes, gradient
from vreltui.engine.laws import Balls, Direction, Law, LeafFigure, Source
from vreltui.engine.limits import Undecided, tick
from vreltui.engine.program import Program
from vreltui.engine.stated_values import Values, pair_of
from vreltui.engine.steps import Leaf
from vreltui.engine.varying import Varying
from vreltui.engine.walk import update, walk
from vreltui.engine.walked_over import Over, figures_through, own_slope, through_leaves
from vreltui.model import Probability, Value
from vreltui.model.quantities import number

_Walk = tuple[list[arb], list[arb]]

_ARITHMETIC = BallArithmetic()

_FEW = 8
"""What part of all slots may depend on a leaf for its derivative to be found by itself."""

BALLS_BITS = 1 << 34
"""The most bits times steps that one walk may handle."""


class Evaluation:
    """The pairs of every slot of a program, for given values, as balls.

    Walks are kept, one for each precision that was asked for; a value that moves costs only what
    depends on it.
    """

    def __init__(
        self, program: Program, values: Values, figures: Mapping[Source, LeafFigure] | None = None
    ) -> None:
        self.program = program
        self.values = dict(values)
        self.leaf_figures: dict[Source, LeafFigure] = (
            {source: law.figure(values) for source, law in program.lasting.items()}
            if figures is None
            else dict(figures)
        )
        """The figures of the leaves with a lifetime."""
        self._amounts: dict[Source, Fraction] = {}
        """Times, rates and numbers that :meth:`at_amount` moved, which no file need say."""
        self.touched: tuple[int, ...] | None = None
        """The slots that may differ from the evaluation of which this one was made, if it was."""
        self.over_parts: dict[tuple[Source, float, float], tuple[Any, Any]] = {}  # as models
        self._walks: dict[int, _Walk] = {}
        self._slopes: dict[int, list[arb]] = {}
        self._single: dict[int, Slopes] = {}
        self._places: list[int | None] = []
        self._degrees: dict[int, int] = {}
        self._single_weights: dict[int, Mapping[int, int]] = {}

    # Walks

    def _walked(self, bits: int) -> _Walk:
        walked = self._walks.get(bits)
        if walked is None:
            tick(bits * self.program.size)
            if bits * self.program.size > BALLS_BITS:
                raise Undecided(f"{bits} bits for {self.program.size} steps are too many")
            with precision(bits):
                walked = walk(self.program, _ARITHMETIC, self.given(bits), self.count)
            self._walks[bits] = walked
        return walked

    def probability(self, source: Source) -> Probability | LeafFigure:
        """The value of a source that a leaf reads, or the figure of a lifetime."""
        figure = self.leaf_figures.get(source) if self.leaf_figures else None
        if figure is not None:
            return figure
        value = self.values[source]
        assert isinstance(value, Probability)
        return value

    def identity(self, source: Source) -> Hashable:
        """Equal for sources with equal values, whatever they are called."""
        figure = self.leaf_figures.get(source)
        return self.stated(source) if figure is None else figure.identity

    def stated(self, source: Source) -> Value | Fraction:
        """What stands for a source: a number from 0 to 1 or a count, or how much a value is."""
        if source in self._amounts:
            return self._amounts[source]
        value = self.values[source]
        return value if isinstance(value, Probability | int) else Fraction(number(value))

    def count(self, source: Source) -> int:
        """The value of a source that counts copies."""
        value = self.values[source]
        assert isinstance(value, int)
        return value

    def given(self, bits: int) -> Balls:
        """The pairs of the sources at a precision."""
        return lambda source: pair_of(self.probability(source), bits)

    def pairs(self, bits: int = WORKING_BITS) -> _Walk:
        """Reliability and unreliability of every slot, as two lists."""
        return self._walked(bits)

    def pair(self, slot: int | None = None, bits: int = WORKING_BITS) -> PairOfBalls:
        """Reliability and unreliability of a slot, of the root when none is named."""
        r, q = self._walked(bits)
        at = self.program.root if slot is None else slot
        return r[at], q[at]

    def figures(self, slot: int | None = None) -> PairOfBalls:
        """As :meth:`pair`, accurate enough for the nearest double."""
        r, q = sharpen(lambda bits: self.pair(slot, bits))
        return r, q

    # Values that move

    def direction(self, source: Source) -> Direction | None:
        """Which way a greater value moves the root, the others being what they are.

        What other numbers are known may tell what the laws alone do not.
        """
        way = self.program.direction(source)
        if way is not None or not self.leaf_figures:
            return way

        def of_law(law: Law) -> Direction | None:
            if law.figure_source is None or law.figure_laws != (law,):
                return law.direction(source)
            return self.leaf_figures[law.figure_source].direction(source)

        return self.program.direction(source, of_law)

    def changed(self, values: Values) -> Evaluation:
        """This evaluation with other values of some sources; what they do not touch is kept."""
        moved = {
            source: value
            for source, value in values.items()
            if source in self.values and self.values[source] != value
        }
        other = Evaluation(self.program, self.values, self.leaf_figures)
        other.values.update(moved)
        other._amounts = {each: value for each, value in self._amounts.items() if each not in moved}
        for source, law in self.program.lasting.items():
            if not moved.keys().isdisjoint(law.sources):
                other.leaf_figures[source] = law.figure(other.values)
        if not any(isinstance(value, int) for value in moved.values()):
            other._degrees = self._degrees  # they depend on counts alone
        touched = tuple(
            sorted({slot for source in moved for slot in self.program.changed_by(source)})
        )
        if not touched:
            other.touched = ()
            other._walks, other._slopes = self._walks, self._slopes
            other._places, other._single = self._places, self._single
            return other
        slots = other.touched = self.program.dependents(touched)
        self._carry(other, slots)
        return other

    def at_amount(self, source: Source, value: fmpq) -> Evaluation:
        """This evaluation where a time, rate or number has another value; what stays is kept."""
        other = Evaluation(self.program, self.values, self.leaf_figures)
        exact = Fraction(int(value.numerator), int(value.denominator))
        other._amounts = {**self._amounts, source: exact}
        for name in figures_through(self.program, source):
            other.leaf_figures[name] = self.leaf_figures[name].at(source, value)
        self._carry(other, self.program.dependents(self.program.leaves[source]))
        return other

    def over_amount(self, source: Source, values: arb) -> Evaluation:
        """This evaluation where a time, rate or number may be any in an interval; for its lives."""
        other = Evaluation(self.program, self.values, self.leaf_figures)
        for name in figures_through(self.program, source):
            other.leaf_figures[name] = self.leaf_figures[name].at(source, values)
        return other

    def _carry(self, other: Evaluation, slots: tuple[int, ...]) -> None:
        """Give another evaluation the walk of this one, with these slots walked again."""
        if WORKING_BITS not in self._walks:
            return
        old_r, old_q = self._walks[WORKING_BITS]
        r, q = list(old_r), list(old_q)
        with precision(WORKING_BITS):
            given = other.given(WORKING_BITS)
            update(self.program, _ARITHMETIC, given, other.count, r, q, slots)
        other._walks[WORKING_BITS] = (r, q)

    @contextmanager
    def varying(self, source: Source, bits: int) -> Iterator[Varying]:
        """Inside the block, the root as a function of the pair (or count) of one source."""
        changed = self.program.changed_by(source)
        with self._varying(changed, bits) as (r, q):
            slots = self.program.towards_root(changed)
            yield Varying(self, source, slots, r, q, bits)

    def at_slot(self, changed: int, pair: PairOfBalls, bits: int) -> PairOfBalls:
        """The pair of the root where a slot has this pair, whatever its law or its parts say."""
        with self._varying((changed,), bits) as (r, q):
            r[changed], q[changed] = pair
            slots = [slot for slot in self.program.towards_root((changed,)) if slot != changed]
            with precision(bits):
                update(self.program, _ARITHMETIC, self.given(bits), self.count, r, q, slots)
            return r[self.program.root], q[self.program.root]

    @contextmanager
    def _varying(self, changed: tuple[int, ...], bits: int) -> Iterator[_Walk]:
        """The walk, whose slots that depend on these may be overwritten inside the block."""
        r, q = self._walked(bits)
        kept = [(slot, r[slot], q[slot]) for slot in self.program.towards_root(changed)]
        try:
            yield r, q
        finally:
            for slot, old_r, old_q in kept:
                r[slot], q[slot] = old_r, old_q

    def over(self, pairs: Mapping[Source, PairOfBalls], bits: int = WORKING_BITS) -> Over:
        """The walk with other pairs of some sources, which may be as wide as a range of values."""
        own = self.given(bits)

        def given(source: Source) -> PairOfBalls:
            found = pairs.get(source)
            return own(source) if found is None else found

        with precision(bits):
            walked = walk(self.program, _ARITHMETIC, given, self.count)
        return Over(self.program, self.leaf_figures, given, self._counts(), walked, bits)

    # Derivatives and bounds

    def slopes(self, bits: int = WORKING_BITS) -> list[arb]:
        """The derivative of the root by every slot."""
        slopes = self._slopes.get(bits)
        if slopes is None:
            r, q = self._walked(bits)
            with precision(bits):
                slopes = gradient(self.program, r, q, self._counts(), self.program.root)
            self._slopes[bits] = slopes
        return slopes

    def slope(self, source: Source, bits: int = WORKING_BITS) -> arb:
        """The derivative of the root by ``source``, through all leaves that read it."""
        with precision(bits):
            return through_leaves(
                self.program.leaves[source],
                lambda leaf: self._leaf_slope(leaf, bits),
                lambda leaf: own_slope(
                    self.program, self.leaf_figures, leaf, source, self.given(bits), bits
                ),
            )

    def _leaf_slope(self, leaf: int, bits: int) -> arb:
        """The derivative of the root by the reliability of a leaf: Birnbaum's importance."""
        if bits in self._slopes or not self._read_by_few(leaf):
            return self.slopes(bits)[leaf]
        single = self._single.get(bits)
        if single is None:
            single = self._single[bits] = Slopes(self.program, *self._walked(bits), self._counts())
        return single.of(leaf)

    def _read_by_few(self, leaf: int) -> bool:
        return len(self.program.dependents((leaf,))) * _FEW < len(self.program.steps)

    def _counts(self) -> dict[Source, int]:
        return {source: self.count(source) for source in self.program.pools}

    def degree(self, source: Source) -> int | None:
        """A bound on the degree of the root as a polynomial in the value of a source.

        0 where no leaf reads it; None where the root is no polynomial in it.
        """
        degrees: dict[int, int] = {}
        for leaf in self.program.leaves.get(source, ()):
            degree = self.program.law(leaf).degree(source)
            if degree is None:
                return None
            degrees[leaf] = degree
        if len(degrees) == 1:
            ((leaf, degree),) = degrees.items()
            return degree * self.leaf_degree(leaf)
        for slot in self.program.dependents(tuple(degrees)):
            if slot not in degrees:
                degrees[slot] = self.program.steps[slot].weight(degrees, self.count)
        return degrees.get(self.program.root, 0)

    def leaf_degree(self, leaf: int) -> int:
        """A bound on the degree of the root as a polynomial in the reliability of a leaf."""
        # From gateway to gateway: polynomials of polynomials, whose degrees multiply.
        path = []
        slot, degree = leaf, 1
        while slot != self.program.root and slot not in self._degrees:
            path.append(slot)
            slot = self.program.gateway(slot)
            if slot < 0:
                return 0
        if slot != self.program.root:
            degree = self._degrees[slot]
        for slot in reversed(path):
            degree = self._degrees[slot] = degree * self._degree_within(slot)
        return degree

    def _degree_within(self, slot: int) -> int:
        """The degree of the gateway of ``slot`` in the value of ``slot``."""
        gate = self.program.gateway(slot)
        readers = self.program.between(slot, gate)
        if readers == [gate]:
            if gate not in self._single_weights:
                self._single_weights[gate] = self.program.steps[gate].single_weights(self.count)
            return self._single_weights[gate][slot]
        degrees: dict[int, int] = {slot: 1}
        for reader in readers:
            degrees[reader] = self.program.steps[reader].weight(degrees, self.count)
        return degrees[gate]

    @property
    def places(self) -> int | None:
        """Decimal places after which the exact reliability of the root ends; None if it need not.

        Where every leaf is a decimal, products and sums of them end too.
        """
        if not self._places:
            self._places.append(self._find_places())
        return self._places[0]

    def _find_places(self) -> int | None:
        if not self.program.ends:
            return self._digits_of_denominator()
        weights: dict[int, int] = {}
        for slot, step in enumerate(self.program.steps):
            if isinstance(step, Leaf):
                places = step.law.places(lambda source: self.probability(source).places)
                if places is None:
                    return None
                weights[slot] = places
            else:
                weights[slot] = step.weight(weights, self.count)
        return weights[self.program.root]

    def _digits_of_denominator(self) -> int | None:
        """Digits of a denominator of the root: of each leaf, as often as it is a factor."""
        total = 0
        for slot, step in enumerate(self.program.steps):
            if isinstance(step, Leaf):
                places = step.law.places(lambda source: self.probability(source).places)
                if places is None:
                    return None
                total += places * (1 if slot == self.program.root else self.leaf_degree(slot))
        return total
