"""What the root of a tree may be, and how it changes, over intervals of times and rates."""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb

from vreltui.engine.balls import PairOfBalls
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Source


def bounds_over(
    evaluation: Evaluation,
    amounts: Mapping[Source, arb],
    pairs: Mapping[Source, PairOfBalls] | None = None,
) -> tuple[PairOfBalls, PairOfBalls]:
    """Bounds of the root, from below and above, over intervals of amounts and of probabilities.

    A coherent tree rises with its leaves, so the least figure of each lifetime gives the least of
    the root. A law of probabilities need not rise with these, so they stay as wide as they are, as
    everything does where a tree is not coherent.
    """
    ends: list[dict[Source, PairOfBalls]] = [dict(pairs or {}), dict(pairs or {})]
    for name, figure in evaluation.leaf_figures.items():
        law = evaluation.program.lasting[name]
        wide = {source: amounts[source] for source in law.sources if source in amounts}
        if wide and evaluation.program.inverts:
            ends[0][name] = ends[1][name] = figure.over(wide)
        elif wide:
            works, fails = figure.over(wide)
            ends[0][name] = works.lower().nonnegative_part(), fails.upper()
            ends[1][name] = works.upper(), fails.lower().nonnegative_part()
    low, high = evaluation.over(ends[0]).pair, evaluation.over(ends[1]).pair
    if evaluation.program.inverts:
        return (low[0].lower(), low[1].upper()), (high[0].upper(), high[1].lower())
    return low, high


def slope_over(evaluation: Evaluation, source: Source, value: arb) -> arb | None:
    """A ball that holds the derivative of the root by an amount, over an interval of it."""
    pairs: dict[Source, PairOfBalls] = {}
    slopes: dict[int, arb] = {}
    for leaf in evaluation.program.leaves[source]:
        name = evaluation.program.law(leaf).figure_source
        assert name is not None
        figure = evaluation.leaf_figures[name]
        own = figure.slope_over(source, {source: value})
        if own is None:
            return None
        slopes[leaf] = own
        pairs[name] = figure.over({source: value})
    return evaluation.over(pairs).slope_through(slopes)
