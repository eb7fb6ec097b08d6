"""What the measures of importance are called and mean, and the answer as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vreltui.analysis.importance_results import (
    BY_STRUCTURE,
    BY_VALUES,
    Importance,
    ImportanceReport,
    NodeImportance,
    Pair,
)
from vreltui.model import Design
from vreltui.wording.as_json import exact_text
from vreltui.wording.as_text import Paint, clean
from vreltui.wording.columns import columns
from vreltui.wording.numerals import value_words
from vreltui.wording.times import both_sides

DEFINITIONS: Mapping[str, tuple[str, str]] = {
    "birnbaum": ("Birnbaum", "Q0 - Q1; of a parameter the derivative of R (MIF, marginal)"),
    "second_derivative": ("2nd derivative", "of R by the parameter, or by the two of a pair"),
    "per_log": ("per log", "the derivative of R by the logarithm of a time, a rate or a number"),
    "criticality": (
        "criticality",
        '(Q - Q1) / Q = 1 - 1/RRW ("Fussell-Vesely" of nuclear practice)',
    ),
    "fussell_vesely": ("F-V", "P(some minimal cut set with it has failed) / Q (Fussell-Vesely)"),
    "diagnostic": ("diagnostic", "P(it has failed, given that the choice has) (DIF)"),
    "raw": ("RAW", "Q0 / Q (risk achievement worth)"),
    "rrw": ("RRW", "Q / Q1 (risk reduction worth); none where Q1 = 0"),
    "structural": ("structural", "Birnbaum with every instance at 1/2"),
    "barlow_proschan": ("B-P", "Birnbaum with every instance at p, over p from 0 to 1"),
}
"""For each measure its heading, and what it is."""

CONVENTION = (
    "Q is the unreliability 1 - R; Q0 and Q1 are Q with one instance replaced, wherever it is"
    " named, by what never works and by what always works (of a parameter or group: all of them)."
)

SINGLE_POINT = "single point"
"""What fails a choice alone."""


def together_words(pair: Pair) -> str:
    """Two numbers that do together what neither does alone."""
    first, second = (
        f"{name} to {value_words(to)}" for name, to in zip(pair.parameters, pair.to, strict=True)
    )
    return f"{first} and {second} together meet; neither does alone"


# JSON


def head(file: str, design: Design) -> dict[str, Any]:
    """What the answer about a file says before its choices."""
    return {"file": file, "title": design.title}


def choice_json(design: Design, report: ImportanceReport) -> dict[str, Any]:
    """The answer about one choice; what was not decided is null, and a key beside it says why."""
    works, fails = measured_keys(design)
    if report.figure is None and not report.nodes:
        keys = (works, fails, "parameters", "nodes", "groups")
        return {
            name: value for key in keys for name, value in _unknown(key, report.undecided).items()
        }
    head: dict[str, Any] = {"mttf_s": report.mean}
    if report.figure is not None:
        head = {works: report.figure.reliability, fails: report.figure.unreliability}
    answer: dict[str, Any] = {
        **head,
        "parameters": {
            name: ({} if found.instances is None else {"instances": found.instances})
            | _measures(found.importance)
            for name, found in report.parameters.items()
        },
        "nodes": {name: _node(found) for name, found in report.nodes.items()},
    }
    if report.nodes_undecided:
        answer |= _unknown("nodes", report.nodes_undecided)
    if report.causes:
        answer["causes"] = {name: _node(found) for name, found in report.causes.items()}
    answer["groups"] = {name: _measures(found) for name, found in report.groups.items()}
    if report.pairs_undecided:
        answer |= _unknown("pairs", report.pairs_undecided)
    elif report.pairs is not None:
        answer["pairs"] = [_pair(pair) for pair in report.pairs]
    return answer


def measured_keys(design: Design) -> tuple[str, str]:
    """What the figure of a choice and its complement are called, by what the design measures."""
    measure = "reliability" if design.measure == "mttf" else design.measure
    return measure, f"un{measure}"


def _unknown(key: str, why: str) -> dict[str, Any]:
    return {key: None, f"{key}_undecided": why}


def _measures(importance: Importance) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    for key, found in importance.figures.items():
        why = importance.undecided.get(key, "")
        answer |= _unknown(key, why) if why else {key: found}
    return answer


def _node(found: NodeImportance) -> dict[str, Any]:
    answer = {"instances": found.instances, **_measures(found.importance)}
    if found.single_point is None:
        why = next(iter(found.importance.undecided.values()), "")
        return answer | _unknown("single_point", why)
    return answer | {"single_point": found.single_point}


def _pair(pair: Pair) -> dict[str, Any]:
    found = _measures(pair.importance)
    answer: dict[str, Any] = {
        "parameters": list(pair.parameters),
        **{key: value for key, value in found.items() if key.startswith("second_derivative")},
        "to": {
            name: exact_text(value) for name, value in zip(pair.parameters, pair.to, strict=True)
        },
        "gains": list(pair.gains),
        **{key: value for key, value in found.items() if not key.startswith("second_derivative")},
    }
    if pair.together:
        answer["sentence"] = together_words(pair)
    return answer


# Text

MOST_PAIRS = 20
"""The most pairs that are printed for people."""


def choice_lines(design: Design, report: ImportanceReport, style: Paint) -> list[str]:
    """The answer about one choice, as tables."""
    title = design.choices[report.choice].title
    name = style(report.choice, "bold")
    if report.undecided:
        return [f"{name}  undecided: {clean(report.undecided)}"]
    figure = "measured by its mean life: Q is one over it"
    if report.figure is not None:
        figure = both_sides(design, report.figure)
    lines = [f"{name}   {figure}{f'   {clean(title)}' if title else ''}"]
    lines += _table("node", _node_rows(report.nodes), (*BY_VALUES, *BY_STRUCTURE), style)
    if report.nodes_undecided:
        lines.append(f"    nodes: undecided, {clean(report.nodes_undecided)}")
    lines += _table("cause", _node_rows(report.causes), BY_VALUES, style)
    parameters = ["birnbaum", "second_derivative", "criticality", "raw", "rrw"]
    if any("per_log" in found.importance.figures for found in report.parameters.values()):
        parameters.insert(1, "per_log")
    lines += _table("parameter", _parameter_rows(report), parameters, style)
    groups = [
        (name, "", importance, "") for name, importance in _by_criticality(report.groups.items())
    ]
    lines += _table("group", groups, ("birnbaum", "criticality", "raw", "rrw"), style)
    lines += _pair_lines(report, style)
    return lines


Row = tuple[str, str, Importance, str]


def _node_rows(nodes: Mapping[str, NodeImportance]) -> list[Row]:
    by_name = {name: found.importance for name, found in nodes.items()}
    rows = []
    for name, importance in _by_criticality(by_name.items()):
        found = nodes[name]
        rows.append(
            (name, str(found.instances), importance, SINGLE_POINT if found.single_point else "")
        )
    return rows


def _parameter_rows(report: ImportanceReport) -> list[Row]:
    by_name = {name: found.importance for name, found in report.parameters.items()}
    rows = []
    for name, importance in _by_criticality(by_name.items()):
        instances = report.parameters[name].instances
        rows.append((name, "" if instances is None else str(instances), importance, ""))
    return rows


def _by_criticality(named: Iterable[tuple[str, Importance]]) -> list[tuple[str, Importance]]:
    return sorted(named, key=lambda each: -(each[1].figures.get("criticality") or 0.0))


def _table(what: str, rows: Sequence[Row], keys: Sequence[str], style: Paint) -> list[str]:
    """Rows of measures, with their reasons below where they were not found."""
    if not rows:
        return []
    heading = [what, "n", *(DEFINITIONS[key][0] for key in keys), ""]
    body = [
        [name, times, *(measure_text(importance, key) for key in keys), last]
        for name, times, importance, last in rows
    ]
    lines = ["", *columns([heading, *body], style)]
    said = {why: None for _, _, importance, _ in rows for why in importance.undecided.values()}
    return [*lines, *(f"    ?: undecided, {clean(why)}" for why in said)]


def measure_text(importance: Importance, key: str) -> str:
    """A measure in four digits; "?" where it was not decided, empty where there is none."""
    if key in importance.undecided:
        return "?"
    found = importance.figures.get(key)
    return "" if found is None else f"{found:.4g}"


def _pair_lines(report: ImportanceReport, style: Paint) -> list[str]:
    if report.pairs_undecided:
        return ["", f"    pairs: undecided, {clean(report.pairs_undecided)}"]
    if not report.pairs:
        return []
    heading = ["pair", "to", "gains", "together", "synergy", "2nd derivative"]
    body = []
    for pair in report.pairs[:MOST_PAIRS]:
        body.append(
            [
                " and ".join(pair.parameters),
                " and ".join(map(value_words, pair.to)),
                " and ".join(f"{gain:.4g}" for gain in pair.gains),
                measure_text(pair.importance, "gain"),
                measure_text(pair.importance, "synergy"),
                measure_text(pair.importance, "second_derivative"),
            ]
        )
    lines = ["", *columns([heading, *body], style, left=2)]
    more = len(report.pairs) - MOST_PAIRS
    if more > 0:
        lines.append(f"    and {more} pairs that gain less")
    return [*lines, *(f"    {together_words(pair)}" for pair in report.pairs if pair.together)]


def definitions() -> list[str]:
    """What the measures are, as tools disagree on what the names mean."""
    width = max(len(heading) for heading, _ in DEFINITIONS.values())
    said = [f"  {heading.ljust(width)}  {means}" for heading, means in DEFINITIONS.values()]
    return [CONVENTION, *said]


# CSV

CSV_MEASURES = (
    "birnbaum",
    "per_log",
    "second_derivative",
    "criticality",
    "fussell_vesely",
    "diagnostic",
    "raw",
    "rrw",
    "structural",
    "barlow_proschan",
)


def csv_head(*, pairs: bool) -> list[str]:
    """The columns; those of pairs at the end."""
    own = ["file", "choice", "of", "name", "instances", *CSV_MEASURES, "single_point"]
    return [*own, "gain", "synergy"] if pairs else own


def csv_rows(file: str, report: ImportanceReport, *, pairs: bool) -> list[list[str]]:
    """A row for each parameter, node and group, and for each pair."""
    rest = ["", ""] if pairs else []
    rows = []
    for name, parameter in report.parameters.items():
        times = "" if parameter.instances is None else str(parameter.instances)
        rows.append(["parameter", name, times, *_csv(parameter.importance), "", *rest])
    for what, nodes in (("node", report.nodes), ("cause", report.causes)):
        for name, node in nodes.items():
            single = "" if node.single_point is None else str(node.single_point).lower()
            times = str(node.instances)
            rows.append([what, name, times, *_csv(node.importance), single, *rest])
    for name, group in report.groups.items():
        rows.append(["group", name, "", *_csv(group), "", *rest])
    for pair in (report.pairs or ()) if pairs else ():
        own = [_number(pair.importance.figures.get(key)) for key in ("gain", "synergy")]
        rows.append(["pair", ",".join(pair.parameters), "", *_csv(pair.importance), "", *own])
    return [[file, report.choice, *row] for row in rows]


def _csv(importance: Importance) -> list[str]:
    return [_number(importance.figures.get(key)) for key in CSV_MEASURES]


def _number(number: float | None) -> str:
    return "" if number is None else repr(number)
