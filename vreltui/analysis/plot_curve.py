"""One curve of a plot as arrays: the choice and its rivals at many points at once.

What doubles cannot tell for certain, and differences that lost too many digits, are marked, so that
the caller can ask the exact engine about those points alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vreltui.analysis.plot_grid import Grid, design_at
from vreltui.analysis.questions.fixed_letters import held_by_causes
from vreltui.analysis.study import Study
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.points import (
    CELLS,
    UNIT,
    Pairs,
    Varied,
    pair_of_doubles,
    root_pairs,
    roundings,
)
from vreltui.engine.program import Source

Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.float64]

WANTED = 1e-12
"""The relative error that a point may have."""

LEAST_NORMAL = float(np.finfo(np.float64).tiny)
"""The least double that has all its digits."""

_NEGLIGIBLE = 1e-300
"""Differences below this have lost digits to the least double."""

_ALIGNED, _OTHERS = 8, 16
"""Many roundings never all point in one direction: of n, at most about 8 + n / 16 remained.

Measured on series-parallel designs of 100 and 1,000 components, with and without sharing and with
counts up to 50: at most n / 36, and less than 8 where n is small.
"""


@dataclass(frozen=True, slots=True)
class Margins:
    """By how much the choice exceeds one rival, with a bound on the absolute error.

    ``likely`` is the part of the bound that the error in fact remains below.
    """

    value: Numbers
    error: Numbers
    likely: float

    @property
    def won(self) -> Flags:
        """Certainly above."""
        return self.value > self.error

    @property
    def lost(self) -> Flags:
        """Certainly below."""
        return self.value < -self.error

    @property
    def vanishing(self) -> Flags:
        """Nothing that a double could show: both are 0, or both 1, but for an underflow."""
        return np.asarray(np.abs(self.value) + self.error <= 2 * _NEGLIGIBLE)

    @property
    def likely_error(self) -> Numbers:
        """What the error is in fact."""
        return self.error * self.likely


@dataclass(frozen=True)
class Curve:
    """A choice along the values ``xs`` of one parameter.

    ``study`` is of the design with the values of the series, ``most`` the greatest value that any
    count takes besides, for the bound on errors.
    """

    study: Study
    choice: str
    x: str
    xs: Grid
    most: Mapping[str, int]

    @property
    def source(self) -> Source:
        """What varies along the curve."""
        return Source(self.x, is_parameter=True)

    @cached_property
    def own(self) -> Evaluation:
        """The choice. Raises :class:`Undecided` where a common cause holds x in its place."""
        if reason := held_by_causes(self.study.design, self.choice, self.x):
            raise Undecided(reason)
        return self.study.evaluation(self.choice)

    @cached_property
    def rival(self) -> Evaluation | None:
        """The baseline, when the choice has to beat one."""
        if not self.study.is_rival(self.choice):
            return None
        assert self.study.design.baseline is not None
        return self.study.evaluation(self.study.design.baseline)

    @cached_property
    def _along(self) -> Any:
        counts = self.xs.counts
        if counts is not None:
            return np.array(counts, dtype=np.int64)
        return self.xs.pairs

    def at(self, index: int) -> Study:
        """The study of the design at one point, for exact questions."""
        budget = self.study.budget
        budget.check_time("finding the points of a plot")
        design = design_at(self.study.design, self.choice, {self.x: self.xs[index]})
        return Study(design, before=self.study, limits=lambda: budget)

    def part(self, start: int, stop: int) -> Curve:
        """The same over some of the points."""
        return Curve(self.study, self.choice, self.x, self.xs[start:stop], self.most)

    def chunk(self, rows: int) -> int:
        """How many points may be walked at once, with ``rows`` numbers for each."""
        rival = 0 if self.rival is None else self.rival.program.size
        return max(1, CELLS // (2 * rows * max(self.own.program.size, rival)))

    # Walks

    def own_pairs(self, beside: Varied | None = None) -> Pairs:
        """The choice at every point; ``beside`` varies more sources."""
        varied = {self.source: self._along, **(beside or {})}
        return root_pairs(self.own.program, self.own.values, varied)

    def rival_pairs(self, beside: Varied | None = None) -> Pairs:
        """The baseline at every point; sources that move in the choice alone stay."""
        assert self.rival is not None
        varied = {self.source: self._along, **(beside or {})}
        moving = {source: value for source, value in varied.items() if self.moves_rival(source)}
        return root_pairs(self.rival.program, self.rival.values, moving)

    def moves_rival(self, source: Source) -> bool:
        """Whether the baseline follows when a value is varied."""
        return self.study.moves(self.choice, source)[1]

    def margins(self, beside: Varied | None = None) -> list[Margins]:
        """The margins over the goal and over the baseline, so far as there are any."""
        own = self.own_pairs(beside)
        found = []
        target = self.study.design.target
        if target is not None:
            found.append(self._margins(own, pair_of_doubles(target)))
        if self.rival is not None:
            found.append(self._margins(own, self.rival_pairs(beside)))
        return found

    def gain(self) -> Margins:
        """The margin over the baseline alone."""
        return self._margins(self.own_pairs(), self.rival_pairs())

    def _margins(self, own: Pairs, rival: Pairs) -> Margins:
        by_r, by_q = np.maximum(own[0], rival[0]), np.maximum(own[1], rival[1])
        value = np.where(by_r <= by_q, own[0] - rival[0], rival[1] - own[1])
        error = np.minimum(by_r, by_q) * (self._met * UNIT) + _NEGLIGIBLE
        likely = min(1.0, _ALIGNED / self._met + 1 / _OTHERS)
        value, error = np.broadcast_arrays(value, error)
        return Margins(value, error, likely)

    @cached_property
    def _met(self) -> int:
        """How many roundings a difference of two roots met, relative to the greater of them."""
        evaluations = [self.own] if self.rival is None else [self.own, self.rival]
        return sum(self._roundings(evaluation) + 1 for evaluation in evaluations) + 2

    def _roundings(self, evaluation: Evaluation) -> int:
        def count(source: Source) -> int:
            stated = evaluation.values[source]
            assert isinstance(stated, int)
            if not source.is_parameter:
                return stated
            along = self.xs.counts if source == self.source else None
            return max(stated, self.most.get(source.name, 0), *(along or ()))

        return roundings(evaluation.program, count)
