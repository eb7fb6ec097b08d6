"""Thresholds of times that act through one figure: where the figure itself says nothing of them."""

from __future__ import annotations

from typing import Any

from vreltui.analysis import examine
from vreltui.storage import parse
from vreltui.wording.as_json import as_json

MENDED_AT_ONCE = """
vreltui = 1
baseline = "three"
[mission]
measure = "availability"
[parameters]
T = { time = "8 d" }
[nodes.part]
mttf = "T"
mttr = "0 s"
[nodes.all-three]
of = "part"
copies = 3
[choices.three]
root = "all-three"
[choices.one]
root = "part"
"""


def threshold(text: str) -> dict[str, Any]:
    design = parse(text).design
    found: dict[str, Any] = as_json("design.toml", design, examine(design))["choices"]["one"]
    return dict(found["thresholds"]["T"])


def test_what_is_mended_at_once_ties_however_long_it_lives() -> None:
    found = threshold(MENDED_AT_ONCE)
    assert (found["satisfied"], found["intervals"]) == (False, [])
    mended_later = MENDED_AT_ONCE.replace('"0 s"', '"1 s"')
    assert threshold(mended_later)["intervals"] == [{"low": 0.0, "high": None}]
