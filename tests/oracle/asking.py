"""Asking the program: the one place where the tests of this kind touch it."""

from __future__ import annotations

from typing import Any

from vreltui.model import Design


def ask(design: Design) -> dict[str, Any]:
    """What ``check --json`` says about a design."""
    from vreltui.analysis import examine
    from vreltui.model.own_numbers import with_named_numbers
    from vreltui.wording.as_json import as_json

    said = as_json("random.toml", design, examine(with_named_numbers(design)))
    assert isinstance(said, dict)
    return said


def both_sides(design: Design, choice: str) -> tuple[float, float]:
    """The reliability of a choice and its complement, as printed."""
    said = ask(design)["choices"][choice]
    return float(said["reliability"]), float(said["unreliability"])
