"""Minimal cut sets and path sets as text, JSON and CSV."""

from __future__ import annotations

from typing import Any

from vreltui.analysis.cut_results import CutReport, SetRow
from vreltui.model import Design
from vreltui.wording.as_text import Paint, clean
from vreltui.wording.columns import columns
from vreltui.wording.importance import measured_keys
from vreltui.wording.times import both_sides

MOST_LINES = 40
"""The most rows that are printed for people."""

NOTES = (
    "A cut is a set of instances whose failing fails the choice, a path one whose working makes",
    "it work; all here are minimal. A row is all the sets that look like it, its share count times",
    "probability in that of the choice. Covered is the chance that at least one listed set has",
    "happened; the sum of probabilities and the bound 1 - prod(1 - p) are there to compare.",
)


HULL = (
    "not coherent: repairing a part can hurt; the sets are those of the coherent hull, in which it"
    " is taken to have hurt"
)


def kind_of(report: CutReport) -> str:
    """What the sets are called."""
    return "path" if report.paths else "cut"


# JSON


def choice_json(design: Design, report: CutReport) -> dict[str, Any]:
    """The answer about one choice; what was not found is null, and a key beside it says why."""
    measured = measured_keys(design)[0 if report.paths else 1]
    whole = None
    if report.figure is not None:
        figure = report.figure
        whole = figure.reliability if report.paths else figure.unreliability
    is_mean = design.measure == "mttf"
    is_known = report.figure is not None or (is_mean and report.sets is not None)
    why = "" if is_known else report.undecided.get("sets", "")
    orders = report.orders
    answer: dict[str, Any] = {
        "kind": kind_of(report),
        **_value(measured, whole, why),
        **_value("total", report.total, report.undecided.get("total", why)),
    }
    named = None if orders is None else {str(size): number for size, number in orders.items()}
    answer |= _value("orders", named, report.undecided.get("total", why))
    answer |= _value("single_points", list(report.single_points) if is_known else None, why)
    rows = None if report.sets is None else [_row(row) for row in report.sets]
    answer |= _value("sets", rows, report.undecided.get("sets", ""))
    for key, value in (
        ("listed", report.listed),
        ("covered", report.covered),
        ("remainder", report.remainder),
        ("rare_event", report.rare_event),
        ("mcub", report.mcub),
    ):
        answer |= _value(key, value, report.undecided.get(key, why))
    return answer | {"hull": True} if report.hull else answer


def _value(key: str, value: object, why: str) -> dict[str, Any]:
    return {key: None, f"{key}_undecided": why} if value is None and why else {key: value}


def _row(row: SetRow) -> dict[str, Any]:
    return {
        "events": dict(row.events),
        "order": row.order,
        "count": row.count,
        "probability": row.probability,
        "share": row.share,
    }


# Text


def choice_lines(design: Design, report: CutReport, style: Paint) -> list[str]:
    """The answer about one choice, as a table."""
    title = design.choices[report.choice].title
    name = style(report.choice, "bold")
    if report.figure is None and report.sets is None:
        return [f"{name}  undecided: {clean(report.undecided['sets'])}"]
    figure = "measured by its mean life: sets have no probability"
    if report.figure is not None:
        figure = both_sides(design, report.figure)
    lines = [f"{name}   {figure}{f'   {clean(title)}' if title else ''}"]
    lines.append(f"    {counts_words(report)}")
    if report.hull:
        lines.append(f"    {HULL}")
    if report.single_points:
        what = "alone enough" if report.paths else "single points of failure"
        lines.append(f"    {what}: {', '.join(report.single_points)}")
    if report.sets is None:
        lines.append(f"    sets: undecided, {clean(report.undecided['sets'])}; see --rows, --order")
        return lines
    lines += _table(report.sets, style)
    return [*lines, *_summary(report)]


def counts_words(report: CutReport) -> str:
    """How many sets there are, and of which orders."""
    kind = kind_of(report)
    if report.total is None or report.orders is None:
        return f"minimal {kind} sets: undecided, {clean(report.undecided['total'])}"
    number = count_words(report.total)
    sizes = [f"{count_words(many)} of order {size}" for size, many in report.orders.items()]
    shown = ", ".join(sizes[:6]) + (", ..." if len(sizes) > 6 else "")
    return f"{number} minimal {kind} set{'s' if report.total != 1 else ''}: {shown}"


def count_words(number: int) -> str:
    """A whole number of any size, short where it is long.

    >>> count_words(392), count_words(10**30 + 1)
    ('392', '1.000e30')
    """
    text = str(number) if number < 10**15 else ""
    if text:
        return text
    digits = number.bit_length() * 30103 // 100000 - 20
    shortened, power = number // 10 ** max(digits, 0), max(digits, 0)
    mantissa = str(shortened)
    return f"{mantissa[0]}.{mantissa[1:4]}e{power + len(mantissa) - 1}"


def events_words(row: SetRow) -> str:
    """The instances of a set: "power, vm x3"."""
    return ", ".join(
        name if times == 1 else f"{name} x{times}" for name, times in row.events.items()
    )


def _table(rows: tuple[SetRow, ...], style: Paint) -> list[str]:
    if not rows:
        return []
    heading = ["share", "probability", "count", "order", "events"]
    body = [
        [
            "" if row.share is None else f"{row.share:.4g}",
            "" if row.probability is None else f"{row.probability:.4g}",
            count_words(row.count),
            str(row.order),
            events_words(row),
        ]
        for row in rows[:MOST_LINES]
    ]
    lines = ["", *columns([heading, *body], style, left=0, last_left=True)]
    more = len(rows) - MOST_LINES
    return [*lines, f"    and {more} rows more"] if more > 0 else lines


def _summary(report: CutReport) -> list[str]:
    listed = count_words(report.listed or 0)
    said = [f"listed {listed}"]
    if report.figure is None:
        return ["", f"    {said[0]}"]
    if report.covered is None:
        said.append(f"covered: undecided, {clean(report.undecided['covered'])}")
    else:
        said += [f"covered {report.covered:.6g}", f"remainder {report.remainder:.6g}"]
    for key, word in (("rare_event", "sum"), ("mcub", "bound")):
        value = report.rare_event if key == "rare_event" else report.mcub
        said.append(f"{word} {'?' if value is None else f'{value:.6g}'}")
    return ["", f"    {', '.join(said)}"]


# CSV

CSV_HEAD = ("file", "choice", "kind", "events", "order", "count", "probability", "share")


def csv_rows(file: str, report: CutReport) -> list[list[str]]:
    """A row for each row of sets."""
    return [
        [
            file,
            report.choice,
            kind_of(report),
            " ".join(f"{name}*{times}" for name, times in row.events.items()),
            str(row.order),
            str(row.count),
            "" if row.probability is None else repr(row.probability),
            "" if row.share is None else repr(row.share),
        ]
        for row in report.sets or ()
    ]
