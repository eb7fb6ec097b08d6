"""A design as nested dicts, read from its text with tomllib, and whether it keeps the rules."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.workbench.reference.numbers import Number, Value, size

Plain = dict[str, Any]

TABLES = ("parameters", "nodes", "choices", "plots")
_BIDIRECTIONAL = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read(text: str) -> Plain:
    """What a text states; what goes without saying is said."""
    data = tomllib.loads(text, parse_float=Decimal)
    assert data.pop("vreltui") == 1
    goal = data.get("goal")
    data["goal"] = None if goal is None else _number(goal, "reliability")
    data["limits"] = data.get("limits", {}).get("copies")
    for table in TABLES:
        data.setdefault(table, {})
    counts = {n["copies"] for n in data["nodes"].values() if isinstance(n.get("copies"), str)}
    for name, entry in data["parameters"].items():
        data["parameters"][name] = _parameter(entry, name in counts)
    for node in data["nodes"].values():
        _read_node(node)
    for choice in data["choices"].values():
        choice["set"] = {
            name: _bare(value, isinstance(data["parameters"][name]["value"], int))
            for name, value in choice.get("set", {}).items()
        }
    for plot in data["plots"].values():
        plot["x"].setdefault("points", 101)
        if plot.get("y") == "reliability":
            del plot["y"]
    return data


def _number(entry: Plain, key: str) -> Number:
    if "unreliability" in entry:
        return Number(1 - Fraction(entry["unreliability"]), True)
    return Number(Fraction(entry[key]), False)


def _bare(value: Any, is_count: bool) -> Value:
    if isinstance(value, dict):
        return value["count"] if "count" in value else _number(value, "value")
    if is_count:
        return int(value)
    return Number(Fraction(value), False)


def _parameter(entry: Any, counted: bool) -> Plain:
    if not isinstance(entry, dict):
        is_count = isinstance(entry, int) and (counted or entry not in (0, 1))
        return {"value": _bare(entry, is_count)}
    value = _bare(
        {k: v for k, v in entry.items() if k in ("count", "value", "unreliability")}, False
    )
    rest = {key: entry[key] for key in ("title", "source", "description", "note") if key in entry}
    found: Plain = {"value": value, **rest}
    if "range" in entry:
        ends = [_bare(end, isinstance(value, int)) for end in entry["range"]]
        found["range"] = tuple(Number(e.reliability) if isinstance(e, Number) else e for e in ends)
    return found


def _read_node(node: Plain) -> None:
    if "parts" in node or "of" in node:
        node.setdefault("needs", "all")
        node.setdefault("kind", "group")
    else:
        node.setdefault("kind", "component")
        named = node.pop("reliability", None)
        if isinstance(named, str):
            node["number"] = named
        else:
            node["number"] = _number({"reliability": named, **node}, "reliability")
            node.pop("unreliability", None)
    if node.pop("shared", False):
        node["shared"] = True


def children(node: Plain) -> list[str]:
    """What is directly below a node."""
    return node["parts"] if "parts" in node else [node["of"]] if "of" in node else []


def below(design: Plain, root: str) -> list[str]:
    """A node and everything under it, each once, parents before children."""
    found: list[str] = []

    def visit(name: str) -> None:
        if name not in found:
            found.append(name)
            for child in children(design["nodes"][name]):
                visit(child)

    visit(root)
    return found


def parameters_below(design: Plain, root: str) -> list[str]:
    """The parameters that a tree names."""
    found: dict[str, None] = {}
    for name in below(design, root):
        node = design["nodes"][name]
        used = node.get("number", node.get("copies"))
        if isinstance(used, str):
            found[used] = None
    return list(found)


def is_name(text: str) -> bool:
    """Whether something can be called so."""
    return re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text) is not None


def broken(design: Plain) -> str:
    """The first rule that a design breaks; empty when it keeps them all."""
    return next(iter(_breaches(design)), "")


def _breaches(design: Plain) -> Iterator[str]:
    yield from _bad_texts(design)
    yield from _bad_numbers(design)
    yield from _bad_names(design)
    if _cyclic(design):
        yield "a cycle"
        return
    yield from _bad_counts(design)
    yield from _bad_plots(design)


def _bad_texts(design: Plain) -> Iterator[str]:
    entries = [design, *(entry for table in TABLES for entry in design[table].values())]
    for entry in entries:
        for field in ("title", "source", "description", "note"):
            text = entry.get(field, "")
            allowed = "\n\t" if field in ("description", "note") else ""
            if len(text) > 10_000:
                yield "a long text"
            for c in set(text) - set(allowed):
                if c in _BIDIRECTIONAL or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp"):
                    yield f"{c!r} in a text"


def _bad_numbers(design: Plain) -> Iterator[str]:
    limit = design["limits"]
    if limit is not None and not 1 <= limit <= 10_000:
        yield "the limit"
    most = 1000 if limit is None else limit
    if design["goal"] is not None and design["goal"].fault:
        yield "the goal"
    for name, entry in design["parameters"].items():
        own = [c["set"][name] for c in design["choices"].values() if name in c["set"]]
        ends = entry.get("range", ())
        numbers = [entry["value"], *own]
        if any(_wrong(number, most, like=entry["value"]) for number in (*numbers, *ends)):
            yield f"a number of {name}"
        elif ends and not all(size(ends[0]) <= size(n) <= size(ends[1]) for n in numbers):
            yield f"the range of {name}"
    for name, node in design["nodes"].items():
        number = node.get("number", node.get("copies", "a group has none"))
        if not isinstance(number, str) and _wrong(number, most, like=number):
            yield f"the number of {name}"


def _wrong(value: Value, most: int, like: Value) -> bool:
    if isinstance(value, Number):
        return value.fault or isinstance(like, int)
    return not 1 <= value <= most or isinstance(like, Number)


def _bad_names(design: Plain) -> Iterator[str]:
    nodes, parameters, choices = design["nodes"], design["parameters"], design["choices"]
    if not all(is_name(name) for table in TABLES for name in design[table]):
        yield "a name"
    for name, node in nodes.items():
        if not all(child in nodes for child in children(node)) or node.get("parts") == []:
            yield f"the parts of {name}"
        for key, sort in (("number", Number), ("copies", int)):
            used = node.get(key)
            if isinstance(used, str) and not (
                used in parameters and isinstance(parameters[used]["value"], sort)
            ):
                yield f"the parameter of {name}"
    for name, choice in choices.items():
        if choice["root"] not in nodes or not set(choice["set"]) <= set(parameters):
            yield f"choice {name}"
    if not choices or design.get("baseline", next(iter(choices))) not in choices:
        yield "the choices"


def _cyclic(design: Plain) -> bool:
    """Whether a node is below itself; leaves are taken away until none is left."""
    left = {name: set(children(node)) for name, node in design["nodes"].items()}
    while left:
        leaves = [name for name, under in left.items() if not under & set(left)]
        if not leaves:
            return True
        for name in leaves:
            del left[name]
    return False


def _bad_counts(design: Plain) -> Iterator[str]:
    for name, node in design["nodes"].items():
        needs = node.get("needs")
        if not isinstance(needs, int):
            continue
        if "parts" in node:
            most = [len(node["parts"])]
        elif isinstance(node["copies"], int):
            most = [node["copies"]]
        else:
            common = design["parameters"][node["copies"]]["value"]
            most = [
                choice["set"].get(node["copies"], common)
                for choice in design["choices"].values()
                if name in below(design, choice["root"])
            ] or [common]
        if not all(1 <= needs <= count for count in most):
            yield f"the needs of {name}"


def _bad_plots(design: Plain) -> Iterator[str]:
    limit = 1000 if design["limits"] is None else design["limits"]
    for name, plot in design["plots"].items():
        y, series = plot.get("y"), plot.get("series", {})
        threshold = y["threshold"] if isinstance(y, dict) else None
        used = [plot["x"]["parameter"], *(p for p in series if p != "goal")]
        used += [threshold] if threshold else []
        if plot["choice"] not in design["choices"] or not set(used) <= set(design["parameters"]):
            yield f"plot {name}"
            continue
        if len(set(used)) < len(used):
            yield f"plot {name} uses one twice"
        drawn = {plot["x"]["parameter"]: [plot["x"]["from"], plot["x"]["to"]], **series}
        for parameter, values in drawn.items():
            if isinstance(design["parameters"].get(parameter, {}).get("value"), int) and (
                not all(1 <= value <= limit for value in values)
            ):
                yield f"plot {name} draws too many copies"
        measured = design["goal"] is not None or "baseline" in design
        if (y == "gain" and "baseline" not in design) or (
            threshold and not measured and "goal" not in series
        ):
            yield f"plot {name} has nothing to compare with"
