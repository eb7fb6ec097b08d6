"""What `vreltui diff` prints for people: verdicts first, then what moved, then why."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator

from vreltui.analysis.amount_bounds import duration_text
from vreltui.analysis.comparing import ChoiceChange, Missing, Worth, worth_of
from vreltui.analysis.difference import Change, Difference
from vreltui.analysis.results import Figure
from vreltui.model.goals import Measure
from vreltui.wording.as_text import COLOURS, MARKS, Paint, clean
from vreltui.wording.differences import Compared, choice_facts, stated_text, threshold_text
from vreltui.wording.numerals import complement_text
from vreltui.wording.reasons import verdict_words

WIDTH = 80

_SINGULAR = {"parameters": "parameter", "nodes": "node", "choices": "choice", "plots": "plot"}

_MOST_WORDS = 60

_LETTERS: dict[Measure, str] = {
    "reliability": "1 - R",
    "availability": "1 - A",
    "mttf": "MTTF",
    "safety": "unsafe",
}


def lines(compared: Compared, style: Paint) -> list[str]:
    """The whole answer, in lines of at most 80 columns where words allow."""
    found = compared.difference
    said = [style(clean(f"{compared.old_file} -> {compared.new_file}"), "bold")]
    if found.same_meaning:
        said.append("same meaning" + (": only words differ" if found.words else ""))
    else:
        said += _section("verdicts", _verdicts(compared, style), style)
        said += _section("what moved", _moved(compared), style)
        said += _section("why", _why(compared), style)
    said += _section("words", _words(compared), style)
    return said


def _section(title: str, body: Iterator[str], style: Paint) -> list[str]:
    found = list(body)
    return ["", style(title, "dim"), *found] if found else []


def _verdicts(compared: Compared, style: Paint) -> Iterator[str]:
    pairs = compared.choices.items()
    width = max((len(_name(compared, pair)) for pair, _ in pairs), default=0)
    for pair, each in pairs:
        change = compared.change_of(pair)
        if change is None and not choice_facts(each).differ:
            continue
        name = _name(compared, pair)
        report = each.new if each.new is not None else each.old
        assert report is not None
        mark = MARKS.get(report.verdict or "", "[ ]") if each.new is not None else "[ ]"
        colour = (COLOURS[report.verdict], "bold") if report.verdict and each.new else ()
        renamed = f" (now {change.to})" if change is not None and change.to else ""
        words = f"{mark} {_verdict_words(each)}{renamed}"
        head = f"  {style(name.ljust(width), 'bold')}  "
        yield head + style(clean(words), *colour)
        figures = _figures(compared.difference, each)
        if figures:
            yield " " * (width + 8) + figures


def _name(compared: Compared, pair: tuple[str | None, str | None]) -> str:
    return compared.name(pair[0]) if pair[0] is not None else pair[1] or ""


def _verdict_words(each: ChoiceChange) -> str:
    if each.new is None:
        assert each.old is not None
        return f"gone; was {verdict_words(each.old)}"
    if each.old is None:
        return f"new: {verdict_words(each.new)}"
    was, now = verdict_words(each.old), verdict_words(each.new)
    return f"still {now}" if was == now else f"{now}; was {was}"


def _figures(found: Difference, each: ChoiceChange) -> str:
    if found.old.measure != found.new.measure:
        return f"measured: {found.old.measure} -> {found.new.measure}"
    measure = found.old.measure
    texts = [
        _worth(worth)
        for report, worth in zip((each.old, each.new), each.worths, strict=True)
        if report is not None
    ]
    if len(texts) == 1 or (len(texts) == 2 and texts[0] == texts[1] and each.factor == 1):
        return f"{_LETTERS[measure]} = {texts[0]}"
    times = "" if each.factor is None else f", {_times(each.factor, measure)}"
    return f"{_LETTERS[measure]} = {texts[0]} -> {texts[1]}{times}"


def _times(factor: float, measure: Measure) -> str:
    if factor == 1:
        return "the same"
    by = "times as short" if measure == "mttf" else "times"
    return f"{factor:.4g} {by}" if factor < 1000 else f"{factor:.2e} {by}"


def _worth(worth: Worth | None) -> str:
    if worth is None:
        return "undecided"
    if isinstance(worth, Figure):
        return complement_text(worth, 4)
    return "infinite" if worth == math.inf else duration_text(worth, 4)


def _moved(compared: Compared) -> Iterator[str]:
    for pair, each in compared.choices.items():
        for name, (was, now) in choice_facts(each).thresholds.items():
            texts = [
                "not asked" if one is None else "undecided" if one.undecided
                else threshold_text(one) or "no value would do"
                for one in (was, now)
            ]  # fmt: skip
            text = f"{_name(compared, pair)}, demand on {name}: {texts[1]}; was {texts[0]}"
            yield from _wrapped(text)


def _why(compared: Compared) -> Iterator[str]:
    found = compared.difference
    for name, (was, now) in found.top.items():
        yield from _wrapped(f"{name}: {_text(stated_text(was))} -> {_text(stated_text(now))}")
    for table, changes in found.tables.items():
        for name, change in changes.items():
            yield from _wrapped(_change_words(table, name, change))
            yield from _alone(compared, table, name)


def _change_words(table: str, name: str, change: Change) -> str:
    noun = _SINGULAR.get(table, table)
    if change.kind == "renamed":
        return f"{noun} {name} is now called {change.to}"
    if change.kind != "changed":
        return f"{noun} {name} is {'new' if change.kind == 'added' else 'gone'}"
    parts = []
    for key, pair in change.keys.items():
        was, now = (_text(None if one is None else stated_text(one)) for one in pair)
        said = "" if key in ("value", name) else f"{key} "
        parts.append(f"{said}{was} -> {now}")
    return f"{noun} {name}: {', '.join(parts)}"


def _text(stated: str | None) -> str:
    return "none" if stated is None else stated


def _alone(compared: Compared, table: str, name: str) -> Iterator[str]:
    figures = compared.alone.get((table, name))
    if figures is None:
        return
    moved = []
    measure = compared.difference.old.measure
    for (old, _), each in compared.choices.items():
        if old is None or each.old is None:
            continue
        found = figures.get(old)
        if isinstance(found, Missing):
            yield from _wrapped(f"alone: undecided, {found.reason}", "    ")
            return
        if found is not None and found != worth_of(compared.difference.old, each.old):
            text = f"{_LETTERS[measure]} = {_worth(found)}"
            moved.append(f"{compared.name(old)} {text}")
    if moved:
        yield from _wrapped(f"alone: {', '.join(moved)}", "    ")


def _words(compared: Compared) -> Iterator[str]:
    for table, entries in compared.difference.words.items():
        for name, texts in entries.items():
            noun = _SINGULAR.get(table, table)
            for key, (was, now) in texts.items():
                place = f"{key} of {noun} {name}" if name else f"the design's {key}"
                yield from _wrapped(f'{place}: "{_short(was)}" -> "{_short(now)}"')


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= _MOST_WORDS else one[: _MOST_WORDS - 3] + "..."


def _wrapped(text: str, margin: str = "  ") -> list[str]:
    return textwrap.wrap(
        clean(text), WIDTH, initial_indent=margin, subsequent_indent=margin + "  ",
        break_on_hyphens=False,
    )  # fmt: skip
