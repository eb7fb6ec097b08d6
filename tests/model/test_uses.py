"""The paper's uses as moves: each makes the choice that the shipped design of it has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vreltui.analysis import examine
from vreltui.model import Design, DesignError, edits
from vreltui.model.edits import Edited, Position
from vreltui.storage import parse
from vreltui.wording.as_json import as_json

Use = Callable[[Design, Position], Edited]


def machine(life: str, top: str) -> Design:
    text = f'vreltui = 1\n{top}\n[nodes.vm]\n{life}\n[choices.one]\nroot = "vm"\n'
    return parse(text).design


def made(use: Use, life: str, top: str) -> dict[str, object]:
    edited = use(machine(life, top), Position("one", ()))
    design = edited.design
    name = list(design.choices)[1]
    assert design.choices[name].title
    assert all(entry.source == "assumed" for entry in design.parameters.values())
    answer = as_json("f", design, examine(design, [name]))["choices"][name]
    assert isinstance(answer, dict)
    return answer


MEASURED = '[mission]\nmeasure = "{}"\ntime = "134.5 d"'


@pytest.mark.parametrize(
    ("use", "life", "measure", "key", "figure"),
    [
        (edits.back_up, 'mttf = "2893 h"\nmttr = "100 min"', "availability", "unavailability",
         6.607279669266307e-06),
        (edits.migrate_under_load, 'rate = "1e-3 /h"', "mttf", "mttf_s", 3577795.7948142043),
        (edits.watch_from_outside, 'mttf = "60 d"', "safety", "unsafety", 0.17158147740440954),
        (edits.watch_and_replay, 'mttf = "60 d"\nmttr = "8 h"', "availability", "availability",
         720 / 721),
    ],
    ids=["back up", "migrate under load", "watch from outside", "watch and replay"],
)  # fmt: skip
def test_each_use_is_a_choice_beside_with_parameters_of_its_own(
    use: Use, life: str, measure: str, key: str, figure: float
) -> None:
    assert made(use, life, MEASURED.format(measure))[key] == pytest.approx(figure, rel=1e-9)


def test_a_use_needs_a_life_to_begin_with() -> None:
    with pytest.raises(DesignError, match="vm is no component with an exponential life"):
        edits.back_up(machine("reliability = 0.9", ""), Position("one", ()))
