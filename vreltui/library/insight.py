"""Which part matters, and what breaks a choice: `vreltui importance` and `vreltui cutsets`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vreltui.analysis.cut_results import CutQuestion
from vreltui.analysis.piecewise import cut_report, importance_report
from vreltui.library.answers import SECONDS, Answer, table
from vreltui.library.asking import choices_of, known
from vreltui.library.designs import Design
from vreltui.wording import cut_sets as cut_words
from vreltui.wording import importance as importance_words


@dataclass(frozen=True, kw_only=True)
class Importance(Answer):
    """Measures of importance by choice, then by node or parameter, named as in the JSON."""

    nodes: Mapping[str, Mapping[str, Mapping[str, Any]]]
    parameters: Mapping[str, Mapping[str, Mapping[str, Any]]]

    def _repr_markdown_(self) -> str:
        keys = ("birnbaum", "criticality", "fussell_vesely", "raw", "rrw")
        rows = [
            [choice, name, *(found.get(key) for key in keys)]
            for choice, nodes in self.nodes.items()
            for name, found in nodes.items()
        ]
        return table(["choice", "node", *keys], rows)


def importance(
    design: Design,
    choice: str | None = None,
    *,
    pairs: bool = False,
    groups: Sequence[Sequence[str]] = (),
    seconds: float = SECONDS,
) -> Importance:
    """Which part of each choice matters; ``groups`` of nodes are replaced all at once."""
    for group in groups:
        for node in group:
            known(node, "node", design.model.nodes)
    names = choices_of(design, choice)
    named = tuple((",".join(group), tuple(group)) for group in groups)
    choices = {}
    for name in names:
        question = (design.model, (name, named, pairs), seconds / len(names))
        choices[name] = importance_words.choice_json(design.model, importance_report(question))
    data = {**importance_words.head(design.file, design.model), "choices": choices}
    return Importance(
        nodes={name: each.get("nodes") or {} for name, each in choices.items()},
        parameters={name: each.get("parameters") or {} for name, each in choices.items()},
        data=data,
    )


@dataclass(frozen=True, kw_only=True)
class CutSets(Answer):
    """The minimal sets whose failing fails a choice (with ``paths``: whose working makes it work).

    By choice: ``sets`` as rows of nodes with how many of each, most probable first; ``totals`` how
    many sets there are in all, None where that was not counted.
    """

    sets: Mapping[str, Sequence[Mapping[str, Any]]]
    totals: Mapping[str, int | None]

    def _repr_markdown_(self) -> str:
        rows = [
            [
                choice,
                ", ".join(f"{count} {node}" for node, count in row["events"].items()),
                row["count"],
                row["probability"],
            ]
            for choice, found in self.sets.items()
            for row in found
        ]
        return table(["choice", "set", "count", "probability"], rows)


def cut_sets(
    design: Design,
    choice: str | None = None,
    *,
    paths: bool = False,
    order: int | None = None,
    above: Decimal | None = None,
    rows: int | None = None,
    instances: bool = False,
    seconds: float = SECONDS,
) -> CutSets:
    """What breaks each choice, or with ``paths`` what makes it work."""
    names = choices_of(design, choice)
    choices = {}
    for name in names:
        asked = CutQuestion(name, paths, order, above, rows, instances)
        report = cut_report((design.model, asked, seconds / len(names)))
        choices[name] = cut_words.choice_json(design.model, report)
    data = {**importance_words.head(design.file, design.model), "choices": choices}
    return CutSets(
        sets={name: each.get("sets") or () for name, each in choices.items()},
        totals={name: each.get("total") for name, each in choices.items()},
        data=data,
    )
