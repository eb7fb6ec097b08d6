"""One structure of one size, in the hands of every program, with files for whole processes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.contenders import Contender
from benchmarks.contenders.ours import CHOICE, Vreltui, design_of
from benchmarks.structure import Structure
from vreltui.analysis.study import Study


@dataclass(frozen=True, slots=True)
class Case:
    """``edited`` is the component that the edits change."""

    structure: Structure
    size: int
    goal: Decimal
    contenders: tuple[Contender, ...]
    design_file: Path
    plain_file: Path
    edited: str = "c3"


def make_case(
    make: Callable[[int], Structure], size: int, kinds: Sequence[type[Contender]], folder: Path
) -> Case:
    """The case of a structure and a size; its files are written into ``folder``."""
    structure = make(size)
    goal = _goal(structure)
    contenders = tuple(kind(structure, goal) for kind in kinds)
    for contender in contenders:
        contender.prepare()
    case = Case(
        structure,
        size,
        goal,
        contenders,
        folder / f"{structure.name}-{size}.toml",
        folder / f"{structure.name}-{size}.json",
    )
    for contender in contenders:
        if isinstance(contender, Vreltui):
            case.design_file.write_text(contender.text, encoding="utf-8")
    case.plain_file.write_text(json.dumps(structure.to_plain(goal)), encoding="utf-8")
    return case


def _goal(structure: Structure) -> Decimal:
    """A goal that the system just meets: half as much unreliability again, to two digits."""
    evaluation = Study(design_of(structure, Decimal("0.5"))).evaluation(CHOICE)
    unreliability = Decimal(float(evaluation.figures()[1])) * Decimal("1.5")
    return 1 - Decimal(f"{unreliability:.1e}")
