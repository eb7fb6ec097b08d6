"""Does a margin stay at or below 0 all over a box? The proof by Bernstein coefficients.

A polynomial over a box lies between the least and the greatest of its coefficients in Bernstein
form (G. Farouki and V. Rajan, 1987).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flint import fmpz_mpoly, fmpz_mpoly_ctx

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Source
from vreltui.engine.polynomial import common_scale
from vreltui.engine.walk import walk
from vreltui.model.goals import Target

MOST_COEFFICIENTS = 20_000

Number = Decimal | Fraction

Box = dict[Source, tuple[Number, Number]]
"""Closed ranges of reliabilities, by source."""


@dataclass(frozen=True, slots=True)
class BoxPolynomial:
    """A polynomial over a box: numerator / (scale prod (1 + t_i)**degree_i), t_i >= 0."""

    numerator: fmpz_mpoly
    degrees: tuple[int, ...]
    scale: int

    def raised(self, degrees: Sequence[int], scale: int) -> fmpz_mpoly:
        """The numerator where the denominator has these degrees and this scale."""
        numerator = self.numerator
        for i, (want, have) in enumerate(zip(degrees, self.degrees, strict=True)):
            if want > have:
                numerator = numerator * (1 + numerator.context().gen(i)) ** (want - have)
        return numerator * (scale // self.scale) if scale != self.scale else numerator

    def __add__(self, other: BoxPolynomial) -> BoxPolynomial:
        if self.numerator == 0:
            return other
        if other.numerator == 0:
            return self
        degrees = tuple(map(max, self.degrees, other.degrees))
        scale = common_scale(self.scale, other.scale)
        total = self.raised(degrees, scale) + other.raised(degrees, scale)
        return BoxPolynomial(total, degrees, scale)

    def __mul__(self, other: BoxPolynomial | int) -> BoxPolynomial:
        if isinstance(other, int):
            return BoxPolynomial(self.numerator * other, self.degrees, self.scale)
        degrees = tuple(a + b for a, b in zip(self.degrees, other.degrees, strict=True))
        return BoxPolynomial(self.numerator * other.numerator, degrees, self.scale * other.scale)


def never_positive(own: Evaluation, rival: Evaluation | Target, box: Box) -> bool:
    """Whether no Bernstein coefficient of own - rival over ``box`` is positive."""
    size = 1
    for source in box:
        theirs = rival.degree(source) if isinstance(rival, Evaluation) else 0
        degrees_of = own.degree(source), theirs
        if None in degrees_of:
            return False
        size *= 1 + max(degree or 0 for degree in degrees_of)
    if own.places is None or rival.places is None:
        return False
    if any(isinstance(each, Evaluation) and each.program.has_quotients for each in (own, rival)):
        return False  # a quotient has no such form; the bounds over the box have to do
    if size > MOST_COEFFICIENTS or size * (own.places + rival.places + 40) > 20_000_000:
        return False  # the monotone bound alone has to do
    context = fmpz_mpoly_ctx.get([f"t{i}" for i in range(len(box))], "lex")
    one, other = _over_box(own, box, context), _over_box(rival, box, context)
    degrees = tuple(map(max, one.degrees, other.degrees))
    scale = common_scale(one.scale, other.scale)
    difference = one.raised(degrees, scale) - other.raised(degrees, scale)
    return all(coefficient <= 0 for coefficient in difference.coeffs())


def _over_box(side: Evaluation | Target, box: Box, context: fmpz_mpoly_ctx) -> BoxPolynomial:
    flat = (0,) * len(box)

    def constant(whole: int, scale: int) -> BoxPolynomial:
        return BoxPolynomial(context.constant(whole), flat, scale)

    if not isinstance(side, Evaluation):
        return constant(int(side.reliability * side.denominator), side.denominator)
    evaluation = side

    leaves: Mapping[Source, tuple[BoxPolynomial, BoxPolynomial]] = {
        source: _leaf_over(i, ends, context, flat) for i, (source, ends) in enumerate(box.items())
    }

    def given(source: Source) -> tuple[BoxPolynomial, BoxPolynomial]:
        if source in leaves:
            return leaves[source]
        value = evaluation.probability(source)
        scale = value.denominator
        whole = int(value.reliability * scale)
        return constant(whole, scale), constant(scale - whole, scale)

    arithmetic = Arithmetic(constant(0, 1), constant(1, 1))
    r, _ = walk(evaluation.program, arithmetic, given, evaluation.count)
    return r[evaluation.program.root]


def _leaf_over(
    number: int, ends: tuple[Number, Number], context: fmpz_mpoly_ctx, flat: tuple[int, ...]
) -> tuple[BoxPolynomial, BoxPolynomial]:
    """x = (low + high t) / (1 + t), and its complement."""
    assert isinstance(ends[0], Decimal)
    assert isinstance(ends[1], Decimal)
    whole = 10 ** max(map(_places, (ends[0], ends[1])))
    low, high = (int(Fraction(end) * whole) for end in ends)
    t = context.gen(number)
    degrees = tuple(int(i == number) for i in range(len(flat)))
    return (
        BoxPolynomial(low + high * t, degrees, whole),
        BoxPolynomial((whole - low) + (whole - high) * t, degrees, whole),
    )


def _places(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))
