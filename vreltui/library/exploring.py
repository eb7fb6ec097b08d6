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
    more = {name: _limit(name, value) for name, value in (limits or {}).items()}
    question = replace(
        question,
        limits={**question.limits, **more},
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


def _limit(name: str, value: Any) -> Any:
    """A limit as a fraction. Raises :class:`~vreltui.VreltuiError` where it is no amount."""
    from fractions import Fraction

    from vreltui.model.amounts import amount_fault
    from vreltui.model.errors import DesignError, Problem

    # Whole numbers, fractions and floats are taken as well: each is finite, or no amount.
    fault = amount_fault(value) if isinstance(value, Decimal) else None
    if fault is None and not isinstance(value, Decimal) and not 0 <= value < 10**60:
        fault = f"must be a finite number from 0, and {value} is not"
    if fault is not None:
        raise DesignError(Problem((), f"limit of {name} {fault}", "a number from 0 is right"))
    return Fraction(*value.as_integer_ratio())
