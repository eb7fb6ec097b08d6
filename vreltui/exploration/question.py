"""What is asked of a space of variants."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from vreltui.model import Design
from vreltui.model.catalogues import Catalogue, Item
from vreltui.model.design import Parameter
from vreltui.model.goals import Target
from vreltui.model.quantities import COUNT

DEPTH, MOST = 2, 10
"""How many options a family is told by, and how many variants are at the top, unless asked."""

MOST_LABELS = 1_000_000
"""The most labels of one module, unless asked."""


@dataclass(frozen=True)
class Question:
    """What is asked of a design.

    ``fronts`` are lists of resources; without any, there is one for each resource. ``labels`` is
    the most labels of one module that are kept.
    """

    design: Design
    choices: tuple[str, ...]
    goal: Target | None
    limits: dict[str, Fraction]
    fronts: tuple[tuple[str, ...], ...] | None = None
    top: int = MOST
    depth: int = DEPTH
    labels: int = MOST_LABELS

    @property
    def words(self) -> str:
        """What is asked, but for the design, in one line; the same where the same is asked."""
        asked = {
            "choices": self.choices,
            "goal": None if self.goal is None else str(self.goal),
            "limits": {name: str(limit) for name, limit in self.limits.items()},
            "fronts": self.asked_fronts,
            "top": self.top,
            "depth": self.depth,
            "labels": self.labels,
        }
        return json.dumps(asked)

    @property
    def asked_fronts(self) -> tuple[tuple[str, ...], ...]:
        """The fronts that are asked for, or one for each resource."""
        if self.fronts is not None:
            return self.fronts
        return tuple((name,) for name in self.design.resources)


def question_of(
    design: Design, choices: Sequence[str] = (), fronts: Sequence[tuple[str, ...]] | None = None
) -> Question:
    """A question with all that the design itself says."""
    limits = {
        name: Fraction(entry.limit)
        for name, entry in design.resources.items()
        if entry.limit is not None
    }
    asked = tuple(choices) or tuple(design.choices)
    return Question(design, asked, design.target, limits, None if fronts is None else tuple(fronts))


def with_item_numbers(design: Design) -> Design:
    """The design in which the numbers of items are parameters, by CATALOGUE.ITEM."""
    parameters = dict(design.parameters)
    catalogues: dict[str, Catalogue] = {}
    for name, catalogue in design.catalogues.items():
        items: dict[str, Item] = {}
        for item in catalogue.items.values():
            figure = item.figure
            for stated in figure.numbers:
                if stated.own is None or stated.quantity is COUNT:
                    continue
                main = figure.stated()
                assert main is not None
                called = f"{name}.{item.name}"
                called = called if stated.key == main.key else f"{called}.{stated.key}"
                parameters[called] = Parameter(called, stated.own)
                figure = figure.with_number(stated.key, called)
            items[item.name] = replace(item, figure=figure)
        catalogues[name] = replace(catalogue, items=items)
    return replace(design, parameters=parameters, catalogues=catalogues)
