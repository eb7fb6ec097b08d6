"""Which way the numbers of a component with a clock move its availability, once all are known."""

from __future__ import annotations

import pytest

from vreltui.analysis.study import Study
from vreltui.engine.program import Source
from vreltui.engine.worked_figures import WorkedFigure
from vreltui.storage import parse

DESIGN = """\
vreltui = 1
[goal]
availability = 0.9
[parameters]
T = {{ {life} }}
r = {{ time = "{repair}" }}
w = {{ time = "7 d" }}
t = {{ time = "{takes}" }}
[nodes.vm]
{key} = "T"
shape = {shape}
mttr = "r"
rejuvenate = "w"
takes = "t"
[choices.c]
root = "vm"
"""


def direction(
    name: str, *, takes: str = "2 min", shape: str = "2", key: str = "mttf"
) -> int | None:
    life = 'rate = "1e-3 / h"' if key == "rate" else 'time = "30 d"'
    text = DESIGN.format(life=life, repair="1 h", takes=takes, shape=shape, key=key)
    if key == "rate":
        text = text.replace(f"shape = {shape}\n", "")
    evaluation = Study(parse(text).design).evaluation("c")
    (figure,) = evaluation.leaf_figures.values()
    assert isinstance(figure, WorkedFigure)
    return figure.direction(Source(name, is_parameter=True))


def test_a_longer_life_does_no_harm_where_a_renewal_is_no_longer_than_a_repair() -> None:
    assert direction("T") == 1
    assert direction("T", takes="1 h") == 1
    assert direction("T", takes="2 h") is None
    assert direction("T", key="rate") == -1
    assert direction("T", key="rate", takes="2 h") is None


@pytest.mark.parametrize(
    ("shape", "takes", "way"), [("1", "0 s", 0), ("1", "2 min", None), ("2", "0 s", None)]
)
def test_a_clock_that_takes_no_time_moves_nothing_that_never_ages(
    shape: str, takes: str, way: int | None
) -> None:
    assert direction("w", shape=shape, takes=takes) == way


def test_what_is_told_without_the_others_is_told_with_them() -> None:
    assert direction("r") == direction("t") == -1
