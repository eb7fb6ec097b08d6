"""What an edit leaves of a proof."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from vreltui.exploration.results import Kind
from vreltui.exploration.still_proven import stands
from vreltui.model import Design, Probability, edits
from vreltui.storage import read

DESIGN = read(str(Path(__file__).parents[2] / "designs" / "rack-of-two.toml")).design
KINDS: tuple[Kind, ...] = ("rules", "fits", "limit", "goal", "baseline", "together")

EDITS = {
    "nothing": (DESIGN, "rules fits limit goal baseline together"),
    "a reliability": (
        edits.set_value(DESIGN, "R_G", Probability.of("0.9")), "rules fits limit",
    ),
    "the goal": (edits.set_goal(DESIGN, Probability.of("0.9")), "rules fits limit baseline"),
    "a limit": (
        edits.set_resource_limit(DESIGN, "euro", None), "rules fits goal baseline",
    ),
    "a count": (edits.set_value(DESIGN, "n", 3), ""),
    "an item": (
        edits.set_item_number(DESIGN, "servers", "entry", "reliability", Probability.of("0.9")), "",
    ),
    "a rule": (edits.delete_rule(DESIGN, "diverse"), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_a_proof_stands_where_it_reads_nothing_that_was_edited(name: str) -> None:
    after, kept = EDITS[name]
    assert [kind for kind in KINDS if stands(kind, DESIGN, after)] == kept.split()


def test_another_title_is_another_design() -> None:
    after: Design = replace(DESIGN, title="another")
    assert not stands("rules", DESIGN, after)
