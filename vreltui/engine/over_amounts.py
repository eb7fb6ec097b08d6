"""What the root of a tree may be, and how it changes, over intervals of times and rates."""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb

from vreltui.engine.balls import ONE, PairOfBalls
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Source
from vreltui.engine.walked_over import figures_through, slope_through_figures


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
    amounts = {**amounts, **{source: pair[0] for source, pair in (pairs or {}).items()}}
    for name, figure in evaluation.leaf_figures.items():
        law = evaluation.program.lasting[name]
        wide = {source: amounts[source] for source in law.sources if source in amounts}
        if wide and evaluation.program.inverts:
            ends[0][name] = ends[1][name] = figure.over(wide)
        elif wide:
            works, fails = figure.over(wide)
            ends[0][name] = _least(works, fails)
            ends[1][name] = _least(fails, works)[::-1]
    low, high = evaluation.over(ends[0]).pair, evaluation.over(ends[1]).pair
    if evaluation.program.inverts:
        return (low[0].lower(), low[1].upper()), (high[0].upper(), high[1].lower())
    return low, high


def _least(works: arb, fails: arb) -> PairOfBalls:
    """The pair of the least figure that both sides allow.

    One side may be known far better than the other. A walk adds products of both, so that a least
    chance to work beside a greatest chance to fail bounds nothing unless the two add up to 1.
    """
    least, most = works.lower().nonnegative_part(), fails.upper().min(ONE)
    return (ONE - most, most) if ONE - most > least else (least, ONE - least)


def slope_over(evaluation: Evaluation, source: Source, value: arb) -> arb | None:
    """A ball that holds the derivative of the root by an amount, over an interval of it."""
    program = evaluation.program
    pairs: dict[Source, PairOfBalls] = {}
    slopes: dict[Source, arb] = {}
    for name in figures_through(program, source):
        figure = evaluation.leaf_figures[name]
        own = figure.slope_over(source, {source: value})
        if own is None:
            return None
        slopes[name] = own
        pairs[name] = figure.over({source: value})
    over = evaluation.over(pairs)
    leaves = program.leaves[source]
    return over.slope_through(
        {
            leaf: slope_through_figures(program, leaf, source, slopes.__getitem__, over.given)
            for leaf in leaves
        }
    )
