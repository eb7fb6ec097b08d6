"""Every fault of a file at once: of its shape, and by the rules of what is shaped well enough."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from itertools import islice
from typing import Any

from vreltui.model import Problem
from vreltui.model.goals import GOAL_KEYS
from vreltui.model.lasting import NUMBERS
from vreltui.model.rules import all_problems
from vreltui.storage.build import build, named
from vreltui.storage.fields import DESIGN

MOST = 1000
"""How many faults are counted."""

_TABLES = (
    "parameters",
    "nodes",
    "causes",
    "choices",
    "plots",
    "resources",
    "catalogues",
    "rules",
)

_TIME = "1 d"

_SOUND = {
    "value": Decimal("0.5"),
    "unreliability": Decimal("0.5"),
    "count": 1,
    "time": _TIME,
    "rate": "1 /d",
    "number": Decimal(1),
}
"""A value under each of the keys that a parameter's may have."""

Data = dict[str, Any]


def faults(data: Data) -> list[Problem]:
    """The faults of a file's data, :data:`MOST` at most; empty where there is none.

    Where the shape of an entry is wrong, the rules see something in its place that keeps them.
    """
    found = list(islice(DESIGN.problems((), data), MOST))
    if len(found) == MOST:
        return found
    mended = _mended(data, found) if found else data
    if mended is not None:
        found += islice(all_problems(build(mended), MOST), MOST - len(found))
    return found


def _mended(data: Data, found: list[Problem]) -> Data | None:
    """The data without what has the wrong shape; None where too little would be left to judge."""
    mended = {
        key: dict(value) if key in _TABLES and isinstance(value, dict) else value
        for key, value in data.items()
    }
    for problem in found:
        if not _drop(mended, problem):
            return None
    vague: set[str] = set()
    for problem in list(DESIGN.problems((), mended)):
        if not _replace(mended, problem, vague, data):
            return None
    _forget(mended, vague)
    return None if any(DESIGN.problems((), mended)) else mended


def _drop(data: Data, problem: Problem) -> bool:
    """Take the key at fault out of the data; whether the rest can still be judged."""
    match problem.path:
        case (str(key),) if key in _TABLES:
            return False
        case ("rules", str(name), *_):
            data["rules"].pop(name, None)
        case ("catalogues", str(name), *rest):
            return _mend_item(data, name, rest)
        case (str(table), str(name), str(key), *rest) if table in _TABLES:
            entry = dict(data[table][name]) if isinstance(data[table].get(name), dict) else {}
            if key == "set" and rest and isinstance(entry.get("set"), dict):
                entry["set"] = {k: v for k, v in entry["set"].items() if k != rest[0]}
            else:
                entry.pop(key, None)
            data[table][name] = entry
        case ("goal", *_):
            data |= _goal_like(data["goal"], data.get("mission", {}))
        case ("mission", *_):
            data["mission"] = {"time": _TIME}
        case (str(key), *_) if key not in _TABLES and key != "vreltui":
            data.pop(key, None)
            if key == "baseline":  # a plot of the gain over it can't be judged
                data.pop("plots", None)
    return True


def _mend_item(data: Data, catalogue: str, rest: list[str | int]) -> bool:
    """Give an item that is at fault some figure; whether it is one that can have it."""
    items = data["catalogues"][catalogue]
    if not rest or not isinstance(items, dict):
        return False
    name = str(rest[0])
    item = items[name] if isinstance(items.get(name), dict) else {}
    kept = {key: item[key] for key in ("tags",) if key in item and rest[1:2] != ["tags"]}
    data["catalogues"][catalogue] = {**items, name: {"reliability": Decimal("0.5"), **kept}}
    return True


def _replace(data: Data, problem: Problem, vague: set[str], stated: Data) -> bool:
    """Put something in the place of an entry that is none; whether the rest can be judged.

    ``stated`` is the file's data as they are.
    """
    match problem.path:
        case ("nodes", str(name), *_):
            data["nodes"][name] = {"reliability": Decimal("0.5")}
            vague.add(name)
        case ("resources", str(name), *_):
            data["resources"][name] = {}
        case ("parameters", str(name), *_):
            key = _sort_of(name, stated["parameters"][name], data)
            data["parameters"][name] = {key: _SOUND[key]}
            vague.add(name)
        case ("choices", str(name), *_):
            roots = data.get("nodes", {})
            if not roots:
                return False
            data["choices"][name] = {"root": next(iter(roots))}
        case ("plots", str(name), *_):
            data["plots"].pop(name, None)
        case _:
            return False
    return True


def _sort_of(name: str, entry: Any, data: Data) -> str:
    """The key of the value that a parameter was meant to have: by itself, or by who names it."""
    if isinstance(entry, dict):
        for key in _SOUND:
            if key in entry:
                return key
    if name in named(data, "copies"):
        return "count"
    for key, quantity in NUMBERS.items():
        if name in named(data, key):
            return quantity.kind
    return "value"


def _goal_like(goal: Any, mission: Any) -> Data:
    """A sound goal in the place of one at fault, of the same measure where it says one.

    Where nobody knows what was meant to be measured, it is what every design can be asked.
    """
    stated = [key for key in GOAL_KEYS if key in goal] if isinstance(goal, dict) else []
    if len(stated) != 1:
        return {"goal": {"reliability": Decimal("0.5")}, "mission": mission or {"time": _TIME}}
    measure = GOAL_KEYS[stated[0]]
    return {"goal": {measure: _TIME if measure == "mttf" else Decimal("0.5")}}


def _forget(data: Data, vague: Collection[str]) -> None:
    """Take out what can't be judged, as nobody knows what these parameters and nodes are."""
    if not vague:
        return
    for name, choice in data["choices"].items():
        own = choice.get("set", {})
        if any(parameter in vague for parameter in own):
            kept = {key: value for key, value in own.items() if key not in vague}
            data["choices"][name] = {**choice, "set": kept}
    rules = data.get("rules", {})
    for name in [name for name, rule in rules.items() if _decisions(rule) & set(vague)]:
        del rules[name]
    plots = data.get("plots", {})
    for name in [name for name, plot in plots.items() if _names(plot) & set(vague)]:
        del plots[name]


def _decisions(rule: Data) -> set[str]:
    """The decisions that a rule names."""
    tables = [rule.get(key, {}) for key in ("never", "when", "then", "same", "different")]
    return {name for table in tables for name in table}


def _names(plot: Data) -> set[str]:
    """The parameters that a plot names."""
    named = {plot["x"].get("parameter"), *plot.get("series", {})}
    if isinstance(plot.get("y"), dict):
        named.add(plot["y"].get("threshold"))
    return {name for name in named if isinstance(name, str)}
