"""The JSON and the CSV of `vreltui explore`."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from vreltui.analysis.results import Figure
from vreltui.exploration.question import Question
from vreltui.exploration.results import (
    Back,
    Count,
    Elimination,
    Exploration,
    Family,
    RobustVariant,
    Variant,
)
from vreltui.exploration.rounding import rounded_up
from vreltui.model import Mix, Option
from vreltui.model.quantities import number
from vreltui.model.times import Duration, Rate
from vreltui.wording.as_json import uses_json
from vreltui.wording.exploring import sentence
from vreltui.wording.times import head_json


def exploration_json(file: str, question: Question, found: Exploration) -> dict[str, Any]:
    """The answer about one file, as `explore --json` prints it."""
    goal = question.goal
    answer = {
        "file": file,
        **head_json(question.design),
        "goal": None if goal is None else float(goal.reliability),
        "baseline": question.design.baseline,
        **_blocks(question, found),
    }
    if found.guaranteed is not None:
        answer["guaranteed"] = _blocks(question, found.guaranteed)
        answer["robust"] = [_robust(question, each) for each in found.robust]
    return answer


def _robust(question: Question, found: RobustVariant) -> dict[str, Any]:
    """A variant that none always beats, with the range of its reliability."""
    crosses = [
        {"with": each.other, "parameter": each.parameter, "value": each.value}
        for each in found.crosses
    ]
    told = variant_json(question, found.variant)
    del told["class"]  # that is of one point of the ranges alone
    return {
        "front": ",".join(found.front),
        **told,
        "low": found.worst.reliability,
        "low_complement": found.worst.unreliability,
        "high": found.best.reliability,
        "high_complement": found.best.unreliability,
        "crosses": crosses,
        **({"undecided": found.undecided} if found.undecided else {}),
    }


def _blocks(question: Question, found: Exploration) -> dict[str, Any]:
    """What is answered, block by block."""
    undecided = found.best_undecided
    if found.best is None and not found.is_complete:
        undecided = undecided or found.reason
    return {
        "status": "complete" if found.is_complete else "stopped",
        "reason": found.reason or None,
        "decisions": {name: decision_json(options) for name, options in found.decisions.items()},
        "counts": {"total": found.total}
        | {name: _count(count) for name, count in found.classes.items()},
        "best": _variant_or_none(question, found.best),
        **({"best_undecided": undecided} if undecided else {}),
        "cheapest": {
            name: _variant_or_none(question, each) for name, each in found.cheapest.items()
        },
        "fronts": {
            ",".join(names): [variant_json(question, each) for each in front]
            for names, front in found.fronts.items()
        },
        "top": [variant_json(question, each) for each in found.top],
        "eliminations": [_elimination(question, each) for each in found.eliminations],
        "gap": _gap(found),
    }


def decision_json(options: tuple[Option, ...]) -> list[Any]:
    """The options of a decision; of a mix its items."""
    if not any(isinstance(option, Mix) for option in options):
        return [option_json(option) for option in options]
    items: dict[str, None] = {}
    for option in options:
        assert isinstance(option, Mix)
        items |= dict.fromkeys(option.counts)
    return list(items)


def option_json(option: Option) -> Any:
    """An option: a name, a number, a time as text, or of a mix how many of each."""
    if isinstance(option, str):
        return option
    if isinstance(option, Mix):
        return dict(option.counts)
    if isinstance(option, Duration | Rate):
        return str(option)
    value = number(option)
    return value if isinstance(value, int) else float(value)


def _count(count: Count) -> Any:
    return count if isinstance(count, int) else list(count)


def _variant_or_none(question: Question, variant: Variant | None) -> dict[str, Any] | None:
    return None if variant is None else variant_json(question, variant)


def variant_json(question: Question, variant: Variant) -> dict[str, Any]:
    """One variant, with the figures of what the design measures."""
    measure = question.design.measure
    return {
        "choice": variant.choice,
        "set": _options(variant.options),
        measure: variant.figure.reliability,
        f"un{measure}": variant.figure.unreliability,
        "uses": uses_json(variant.uses),
        "class": variant.kind,
    }


def _options(options: Mapping[str, Option]) -> dict[str, Any]:
    return {name: option_json(option) for name, option in options.items()}


def _elimination(question: Question, found: Elimination) -> dict[str, Any]:
    best, needed = found.best, found.needed
    return {
        "choice": found.family.choice,
        "family": _options(found.family.options),
        "kind": found.kind,
        "resource": found.resource,
        "best": best.reliability if isinstance(best, Figure) else _amount(best),
        "best_complement": best.unreliability if isinstance(best, Figure) else None,
        "needed": _amount(needed) if isinstance(needed, Fraction) else needed,
        "covers": found.covers,
        "remaining": found.remaining,
        "witness": _witness(found.witness),
        "back": [_back(each) for each in found.back],
        "sentence": sentence(question, found),
    }


def _amount(amount: Fraction | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount.denominator == 1 else float(amount)


def _witness(witness: Family | None) -> dict[str, Any] | None:
    if witness is None:
        return None
    return {"choice": witness.choice, "set": _options(witness.options)}


def _back(back: Back) -> dict[str, Any]:
    match back.what:
        case "goal":
            return {"what": "goal", "below": back.bound}
        case "limit":
            return {
                "what": "limit",
                "resource": back.name,
                "at_least": rounded_up(Fraction(back.bound)),
            }
        case "parameter":
            return {"what": "parameter", "name": back.name, "above": back.bound}


def _gap(found: Exploration) -> dict[str, Any] | None:
    if found.is_complete:
        return None

    def one(name: str) -> dict[str, Any]:
        gap = found.gap[name]
        return {"found": gap.found, "bound": gap.bound, "open": gap.open}

    cheapest = {name: one(name) for name in found.gap if name}
    return {"best": one(""), "cheapest": cheapest}


def exploration_csv(question: Question, found: Exploration) -> str:
    """A row for each variant of the fronts and of the top, decisions as columns."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    heads, rows = exploration_rows(question, found)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([repr(cell) if isinstance(cell, float) else cell for cell in row])
    return text.getvalue()


def exploration_rows(question: Question, found: Exploration) -> tuple[list[str], list[list[Any]]]:
    """The headings, and a row for each variant of the fronts and of the top."""
    lists = {f"front {','.join(names)}": front for names, front in found.fronts.items()}
    lists["top"] = found.top
    every = [variant for variants in lists.values() for variant in variants]
    named = (name for variant in every for name in variant.options)
    decisions = list(dict.fromkeys([*found.decisions, *named]))
    resources = list(every[0].uses) if every else list(found.cheapest)
    measure = question.design.measure
    figures = [measure, f"un{measure}"]
    heads = ["list", "place", "choice", *decisions, *figures, *resources, "class"]
    rows = []
    for name, variants in lists.items():
        for place, variant in enumerate(variants, 1):
            options = [_cell(variant.options.get(decision)) for decision in decisions]
            uses = uses_json(variant.uses)
            row = [name, place, variant.choice, *options]
            row += [variant.figure.reliability, variant.figure.unreliability]
            rows.append([*row, *(uses[resource] for resource in resources), variant.kind])
    return heads, rows


def _cell(option: Option | None) -> Any:
    if option is None:
        return ""
    if isinstance(option, Mix):
        return " + ".join(f"{count} {name}" for name, count in option.counts.items())
    return option_json(option)
