"""The values of a time, a rate or a number for which a choice meets, all else equal."""

from __future__ import annotations

from fractions import Fraction

from vreltui.analysis.amount_bounds import amount_bound
from vreltui.analysis.results import AmountInterval, AmountThreshold
from vreltui.analysis.study import Study
from vreltui.engine.amounts import AmountInterval as Found
from vreltui.engine.amounts import AmountRegion, both
from vreltui.engine.limits import Undecided, tick
from vreltui.engine.program import Source
from vreltui.engine.through_figure import winning_values
from vreltui.model import Value
from vreltui.model.lasting import MOST_SIGMA, SHAPES
from vreltui.model.quantities import number, quantity_of
from vreltui.model.unit_like import amount_limits


def amount_threshold(
    study: Study, choice: str, source: Source, value: Value, satisfied: bool | None
) -> AmountThreshold:
    """The threshold of a time, rate or number; ``satisfied`` says whether the choice meets now."""
    tick()
    kind = quantity_of(value).kind
    try:
        region = winning_amount_region(study, choice, source, value)
    except Undecided as reason:
        return AmountThreshold(source.name, kind, value, satisfied, (), str(reason))
    return AmountThreshold(source.name, kind, value, satisfied, with_texts(region, value))


def with_texts(region: AmountRegion, value: Value) -> tuple[AmountInterval, ...]:
    """Intervals with digits rounded inwards, told from the value that stands in the design."""
    now = Fraction(number(value))
    return tuple(
        AmountInterval(
            None if each.low is None else amount_bound(each.low.above, value, now, up=True),
            None if each.high is None else amount_bound(each.high.below, value, now, up=False),
        )
        for each in region
    )


def winning_amount_region(study: Study, choice: str, source: Source, value: Value) -> AmountRegion:
    """Where the choice wins all its contests as an amount moves over all that it may be.

    Each contest is looked at only where those before it are won.
    """
    moves = study.moves(choice, source)
    least, most = edges(study, choice, source, value)
    region: AmountRegion = (Found(None, None),)
    for contest in study.contests(choice):
        low, high = region[0].low, region[-1].high
        first = least if low is None else low.below
        last = most if high is None else high.above
        region = both(region, winning_values(contest, source, moves, first, last))
        if not region:
            break
    return region


def edges(study: Study, choice: str, source: Source, value: Value) -> tuple[Fraction, Fraction]:
    """The least and the greatest value that is searched; a shape's or a sigma's own limits."""
    least, most = amount_limits(value)
    keys = {
        stated.key
        for node in study.design.below(study.design.choices[choice].root)
        for stated in study.design.nodes[node].numbers
        if stated.parameter == source.name or f"{node}.{stated.key}" == source.name
    }
    if "shape" in keys:
        least, most = max(least, SHAPES[0]), min(most, SHAPES[1])
    if "sigma" in keys:
        most = min(most, MOST_SIGMA)
    return least, most
