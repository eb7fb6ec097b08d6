"""Random designs with causes, policies and processes: `check` says what the reference says.

A short form; ``VRELTUI_DEPENDENCE_DESIGNS=5000`` in the environment looks at that many designs of
each sort, and ``VRELTUI_DEPENDENCE_FIRST`` says which is the first.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from tests.oracle_dependence import DependenceOracle
from tests.oracle_dependence.agreement import agrees
from tests.oracle_dependence.asking import with_goal
from tests.oracle_time.states import TooMany
from vreltui.analysis.report import examine_study
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits
from vreltui.model.own_numbers import with_named_numbers
from vreltui.storage import FileError, parse
from vreltui.wording.as_json import as_json

MANY = int(os.environ.get("VRELTUI_DEPENDENCE_DESIGNS", "2"))
FIRST = int(os.environ.get("VRELTUI_DEPENDENCE_FIRST", "0"))

SORTS = {
    "causes": ("causes", "contained"),
    "struck lives": ("causes", "contained", "lives"),
    "policies": ("policies", "lives"),
    "processes": ("processes", "lives"),
    "safety": ("processes", "lives", "safety"),
    "all": ("causes", "contained", "policies", "processes", "lives"),
}

REFUSED = ("stays within", "has no mean life", "mean life", "says which of its failures")
"""What a file may be refused for that the generator does not look for."""


def limits() -> Limits:
    """What is hard is left undecided, and is not looked at."""
    return Limits(seconds=10.0 if MANY > 100 else 1.0)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + MANY))
@pytest.mark.parametrize("sort", SORTS)
def test_a_random_design_is_answered_as_the_reference_does(sort: str, seed: int) -> None:
    text = with_goal(seed, SORTS[sort])
    try:
        oracle = DependenceOracle(text)
        oracle.node_figures("first")
    except TooMany:
        pytest.skip("too many states for the reference")
    try:
        stated = parse(text).design
    except FileError as error:
        if any(words in str(error) for words in REFUSED):
            pytest.skip(str(error))
        raise
    report = examine_study(Study(with_named_numbers(stated), limits=limits))
    agrees(oracle, as_json("design.toml", stated, report), Random(seed))
