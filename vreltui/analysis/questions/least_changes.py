"""Which numbers alone would save a choice that fails, told from values and derivatives alone.

Where R is a straight line in a number, its value and its derivative say how far the number has to
move: one walk up and one down tell it of all of them. What such a line leaves in doubt, and what
acts otherwise, is asked one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flint import arb

from vreltui.analysis.questions.single_changes import (
    log_odds,
    promising,
    saves,
    size_of,
    varied_numbers,
)
from vreltui.analysis.questions.thresholds import threshold_of
from vreltui.analysis.results import SingleChange
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.program import Source
from vreltui.engine.stated_values import pair_of
from vreltui.model import Design, Probability, Value
from vreltui.model.quantities import PROBABILITY

_DIGITS = 9
"""Sizes that agree in so many places are those of changes alike, which names put in order."""


@dataclass(frozen=True, slots=True)
class Line:
    """A number that R rises with along a straight line: its derivative, and its way to the best.

    ``best`` is the end of its range, or 1 where it has none.
    """

    source: Source
    value: Probability
    slope: arb
    best: Probability
    way: arb

    @property
    def most(self) -> arb:
        """What R gains where the number is at its best."""
        return self.slope * self.way


def least_changes(study: Study, choice: str, most: int) -> tuple[list[SingleChange], int]:
    """The ``most`` smallest changes of one number that save a choice that fails, and how many more.

    Raises :class:`~vreltui.engine.limits.Undecided`.
    """
    gaps = missing(study, choice)
    sure: list[tuple[float, Source, Value]] = []
    asked: list[tuple[Source, Value]] = []
    lines, others = straight(study, choice, varied_numbers(study, choice))
    with precision(WORKING_BITS):
        for line in lines:
            if any(line.most < gap for gap in gaps):
                continue
            listed = line.source.is_parameter and study.design.parameters[line.source.name].values
            size = None if listed else _size(line, gaps)
            if size is None:
                asked.append((line.source, line.value))
            else:
                sure.append((size, line.source, line.value))
    sure.sort(key=lambda each: (round(each[0], _DIGITS), each[1].name))
    own = study.evaluation(choice)
    found = []
    least = [(source, value) for _, source, value in sure[:most]]
    for source, value in [*promising(own, others), *asked, *least]:
        found_one = threshold_of(study, choice, source, value, satisfied=False)
        if not found_one.undecided and saves(found_one):
            found.append(SingleChange(found_one, is_parameter=source.is_parameter))
    found.sort(key=lambda change: size_of(change.threshold))
    return found, len(sure[most:])


def missing(study: Study, choice: str) -> list[arb]:
    """By how much a choice falls short of its goal, and of its baseline, where it does or may."""
    gaps = (-contest.now() for contest in study.contests(choice))
    return [gap for gap in gaps if not gap < 0]


def straight(
    study: Study, choice: str, numbers: Iterable[tuple[Source, Value]]
) -> tuple[list[Line], list[tuple[Source, Value]]]:
    """The numbers with which R rises along a line while the baseline stays; and all others."""
    own = study.evaluation(choice)
    baseline = study.design.baseline
    rival = study.evaluation(baseline) if baseline and study.is_rival(choice) else None
    lines: list[Line] = []
    others: list[tuple[Source, Value]] = []
    own.slopes()  # all at once: they are all asked for
    with precision(WORKING_BITS):
        for source, value in numbers:
            moves_rival = (
                rival is not None and study.moves(choice, source)[1] and source in rival.values
            )
            line = None
            if (
                isinstance(value, Probability)
                and not (study.design.causes or moves_rival)
                and source in own.program.leaves
                and own.degree(source) == 1
            ):
                best = _best(study.design, source)
                way = pair_of(value, WORKING_BITS)[1] - pair_of(best, WORKING_BITS)[1]
                line = Line(source, value, own.slope(source), best, way)
            if line is None or not line.slope > 0:
                others.append((source, value))
            else:
                lines.append(line)
    return lines, others


def _best(design: Design, source: Source) -> Probability:
    ends = design.parameters[source.name].range if source.is_parameter else None
    return Probability.of("1") if ends is None else PROBABILITY.of(ends[1])


def _size(line: Line, gaps: Sequence[arb]) -> float | None:
    """How far a number has to move, in log odds; None where it is not certain that it can."""
    if not all(line.most > gap for gap in gaps):
        return None
    r, q = pair_of(line.value, WORKING_BITS)
    moves = [gap / line.slope for gap in gaps]
    if not all(q > by and r + by > 0 for by in moves):
        return None
    here = log_odds(float(line.value.reliability), float(line.value.unreliability))
    return max(log_odds(float(r + by), float(q - by)) for by in moves) - here
