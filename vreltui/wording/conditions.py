"""A condition in plain words, with the design's own titles."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.model import Design
from vreltui.symbolic.results import Condition, Interval, Numeric
from vreltui.wording.names import choice_words, parameter_words


def condition_sentences(design: Design, condition: Condition) -> tuple[str, ...]:
    """What a condition says, one sentence each.

    Titles come from the design and are not cleaned here: what prints them does that.
    """
    return tuple(_sentences(design, condition))


def _sentences(design: Design, condition: Condition) -> Iterator[str]:
    own = choice_words(design, condition.choice)
    rival = "the goal" if condition.against is None else choice_words(design, condition.against)
    verb = "exceeds" if condition.against is None else "beats"
    comparison = condition.comparison.text if condition.comparison else ""
    unknown = condition.unknown and parameter_words(design, condition.unknown)
    match condition.outcome:
        case "always":
            yield f"{own} always {verb} {rival}: {comparison} for all values between 0 and 1"
        case "never":
            why = f": {condition.reason}" if condition.reason else ""
            why = why or f": {comparison} holds for no values between 0 and 1"
            yield f"{own} never {verb} {rival}{why}"
        case "compared":
            yield f"{own} {verb} {rival} when {comparison}"
        case "solved":
            yield f"{own} {verb} {rival} when {_solution(condition, unknown or '')}"
        case "open":
            yield f"{own} {verb} {rival} when {comparison}"
            yield _no_closed_form(condition, unknown or "")
    yield from (note.text for note in condition.notes if condition.solved or condition.notes)
    if condition.numeric is not None and unknown:
        held = numeric_words(condition.numeric, unknown, design.most_copies)
        yield f"with all else as it is: {held}"


def _solution(condition: Condition, unknown: str) -> str:
    """The solution with the unknown in words: "R_V (Hypervisor) exceeds R_M / ..."."""
    if not condition.solved:
        return "one of the following holds"
    texts = [solved.text for solved in condition.solved]
    name = condition.unknown or ""
    if len(texts) == 1 and texts[0].startswith(f"{name} > "):
        return f"{unknown} exceeds {texts[0].removeprefix(f'{name} > ')}"
    if len(texts) == 1 and texts[0].startswith(f"{name} < "):
        return f"{unknown} stays below {texts[0].removeprefix(f'{name} < ')}"
    return " or ".join(texts)


def _no_closed_form(condition: Condition, unknown: str) -> str:
    if condition.reason.endswith("decides nothing"):
        return f"{unknown}: {condition.reason}"
    parts = [f"no closed form for {unknown}"]
    if condition.reason:
        parts.append(condition.reason)
    if condition.degree is not None:
        parts.append(f"a polynomial of degree {condition.degree} as the counts are")
    return ": ".join([parts[0], ", ".join(parts[1:])])


def numeric_words(numeric: Numeric, unknown: str, most: int | None = None) -> str:
    """Where a condition holds, in numbers; ``most`` is where counts end anyway.

    >>> numeric_words(Numeric((Interval("0.5213", "0.9787"),)), "R_M")
    'R_M must be between 0.5213 and 0.9787'
    """
    if numeric.undecided:
        return f"undecided, {numeric.undecided}"
    if not numeric.intervals:
        return f"no {unknown} will do"
    parts = [_interval_words(part, most, is_count=numeric.is_count) for part in numeric.intervals]
    if parts == ["any"]:
        return f"{unknown} may have any value"
    return f"{unknown} must be {' or '.join(parts)}"


def _interval_words(part: Interval, most: int | None, *, is_count: bool) -> str:
    if is_count:
        if part.high == str(most):
            return "any" if part.low == "1" else f"at least {part.low}"
        return part.low if part.low == part.high else f"from {part.low} to {part.high}"
    if part.low == "0":
        return "any" if part.high in ("1", "") else f"below {part.high}"
    return f"above {part.low}" if part.high in ("1", "") else f"between {part.low} and {part.high}"
