"""A derivative that is found by itself is that of the walk over everything."""

from __future__ import annotations

from hypothesis import given, settings

from tests.oracle.strategies import designs
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.gradient import Slopes
from vreltui.engine.limits import Undecided
from vreltui.model import Design


@settings(max_examples=150)
@given(designs())
def test_single_derivatives_are_those_of_the_whole_walk(design: Design) -> None:
    study = Study(design)
    for choice in design.choices:
        try:
            evaluation = study.evaluation(choice)
        except Undecided:
            continue
        every = evaluation.slopes()
        single = slopes_of(evaluation)
        for slot in reversed([leaf for (leaf,) in evaluation.program.leaves.values()]):
            with precision(WORKING_BITS):
                assert single.of(slot).overlaps(every[slot])


def slopes_of(evaluation: Evaluation) -> Slopes:
    r, q = evaluation._walked(WORKING_BITS)
    return Slopes(evaluation.program, r, q, evaluation._counts())


def test_a_leaf_that_few_read_needs_no_walk_over_everything() -> None:
    from benchmarks.terminal.design import text_of
    from vreltui.storage import parse

    evaluation = Study(parse(text_of(200)).design).evaluation("all")
    leaf = next(iter(evaluation.program.leaves))
    slope = evaluation.slope(leaf)
    assert not evaluation._slopes
    (slot,) = evaluation.program.leaves[leaf]
    assert slope.overlaps(evaluation.slopes()[slot])
