"""Spaces of variants: `vreltui explore`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from vreltui.library.answers import SECONDS, Answer, table
from vreltui.library.asking import known
from vreltui.library.designs import Design


@dataclass(frozen=True, kw_only=True)
class Exploration(Answer):
    """What is left to choose: how many variants there are of each class, and the best of them."""

    total: int
    classes: Mapping[str, Any]
    best: Mapping[str, Any] | None
    top: Sequence[Mapping[str, Any]]

    def _repr_markdown_(self) -> str:
        return table(["class", "variants"], [[name, str(n)] for name, n in self.classes.items()])


def explore(
    design: Design,
    choices: Sequence[str] = (),
    *,
    limits: Mapping[str, Decimal] | None = None,
    top: int | None = None,
    seconds: float = SECONDS,
) -> Exploration:
    """All variants of some choices, or of all: which meet, which are hopeless and why, the best."""
    from vreltui.engine.limits import Limits
    from vreltui.exploration.exploring import Explorer
    from vreltui.exploration.question import MOST, question_of
    from vreltui.exploration.refusing import refuse_what_can_harm
    from vreltui.wording.exploring_json import exploration_json

    for name in choices:
        known(name, "choice", design.choices)
    refuse_what_can_harm(design.model, choices)
    question = question_of(design.model, tuple(choices))
    for resource in limits or {}:
        known(resource, "resource", design.model.resources)
    more = {name: value.as_integer_ratio() for name, value in (limits or {}).items()}
    question = replace(
        question,
        limits={**question.limits, **{name: _fraction(*ratio) for name, ratio in more.items()}},
        top=MOST if top is None else top,
    )
    found = Explorer(question, Limits(seconds=seconds, patience=1.0)).run()
    data = exploration_json(design.file, question, found)
    return Exploration(
        total=found.total,
        classes={name: n for name, n in data["counts"].items() if name != "total"},
        best=data["best"],
        top=tuple(data["top"]),
        data=data,
    )


def _fraction(numerator: int, denominator: int) -> Any:
    from fractions import Fraction

    return Fraction(numerator, denominator)
