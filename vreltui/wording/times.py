"""The figures of designs with time: what is measured, in JSON and in words for people."""

from __future__ import annotations

from typing import Any

from vreltui.analysis.amount_bounds import duration_text
from vreltui.analysis.results import ChoiceReport, Figure, TimeFigures
from vreltui.model import Design, Probability
from vreltui.model.goals import Aim, Downtime, Goal, MeanLife, Measure
from vreltui.model.times import SECONDS, Duration
from vreltui.wording.numerals import complement_cell, complement_text, reliability_text, value_words

_PERIODS = {"d": "a day", "w": "a week", "mo": "a month", "y": "a year"}

SYMBOLS: dict[Measure, str] = {
    "reliability": "R",
    "availability": "A",
    "mttf": "MTTF",
    "safety": "S",
}
"""The letter for each measure."""


def head_json(design: Design) -> dict[str, Any]:
    """What the answer about a file says of its measure; no more of a file that knows no time."""
    head: dict[str, Any] = {"measure": design.measure}
    if not design.knows_time:
        return head
    head["goal_text"] = None if design.goal is None else goal_words(design.goal)
    if isinstance(design.goal, MeanLife):
        head["goal_s"] = float(design.goal.time.seconds)
    return head


def goal_words(goal: Goal) -> str:
    """What a goal asks for: "under 5 min down a year"."""
    match goal:
        case Probability():
            return f"R above {value_words(goal)}"
        case Aim(measure, value):
            return f"{SYMBOLS[measure]} above {value_words(value)}"
        case Downtime(time, per):
            return f"under {time} down {_PERIODS[per]}"
        case MeanLife(time):
            return f"a mean life above {time}"


def aim_words(goal: Goal) -> str:
    """A goal beside what says what is measured: "> 0.998", "under 5 min/y"."""
    match goal:
        case Probability():
            return f"> {value_words(goal)}"
        case Aim(_, value):
            return f"> {value_words(value)}"
        case Downtime():
            return f"under {goal}"
        case MeanLife():
            return f"> {goal}"


def goal_header(goal: Goal) -> str:
    """A goal in the line above everything: "R > 0.998", "A, down < 5 min/y"."""
    match goal:
        case Probability():
            return f"R > {value_words(goal)}"
        case Aim(measure, value):
            return f"{SYMBOLS[measure]} > {value_words(value)}"
        case Downtime():
            return f"A, down < {goal}"
        case MeanLife():
            return f"MTTF > {goal}"


def times_json(figures: TimeFigures) -> dict[str, Any]:
    """The figures of a choice or a node; null where one is not said, with the reason."""
    answer: dict[str, Any] = {}
    for name, figure in (
        ("reliability", figures.reliability),
        ("availability", figures.availability),
        ("availability_at", figures.availability_at),
        ("safety", figures.safety),
    ):
        answer |= _pair(name, figure)
    for name in (
        "availability_over",
        "mttf_s",
        "downtime_s_per_year",
        "outages_per_year",
        "mean_up_s",
        "mean_down_s",
    ):
        answer[name] = getattr(figures, name)
    if figures.states is not None:
        answer["states"] = dict(figures.states)
    if figures.states_at is not None:
        answer["states_at"] = dict(figures.states_at)
    for name, why in figures.undecided.items():
        answer[f"{name}_undecided"] = why
    missing = {key: why for key, why in figures.missing.items() if answer.get(key) is None}
    if missing:
        answer["missing"] = missing
    return answer


def _pair(name: str, figure: Figure | None) -> dict[str, float | None]:
    other = f"un{name}"
    if figure is None:
        return {name: None, other: None}
    return {name: figure.reliability, other: figure.unreliability}


def figure_texts(
    measure: Measure, figure: Figure | None, times: TimeFigures | None
) -> tuple[str, str]:
    """What is measured of a node in a column, and what it lacks: 1 - R, or its time down a year."""
    if measure == "mttf":
        mean = None if times is None else times.mttf_s
        if mean is None:
            return "", ""
        return mean if isinstance(mean, str) else duration_text(mean), ""
    if figure is None:
        return "", ""
    if measure == "availability":
        down = figure.unreliability * float(SECONDS["y"])
        return reliability_text(figure), duration_text(down)
    return reliability_text(figure), complement_cell(figure)


LACKS: dict[Measure, str] = {
    "reliability": "1 - R",
    "availability": "down/y",
    "mttf": "",
    "safety": "unsafe",
}
"""What a column is called that says what a figure lacks."""


def both_sides(design: Design, figure: Figure) -> str:
    """What is measured and what it lacks, as equations."""
    letter = SYMBOLS[design.measure]
    return f"{letter} = {reliability_text(figure)}   1 - {letter} = {complement_text(figure, 4)}"


def figure_lines(figures: TimeFigures, mission: Duration | None) -> list[tuple[str, str]]:
    """All that is said of a node with times, as labels and texts."""
    lines: list[tuple[str, str]] = []
    until = "" if mission is None else f" after {mission}"
    if figures.reliability is not None:
        lines.append((f"R{until}", f"{reliability_text(figures.reliability, 9)}"))
    if figures.availability is not None:
        lines.append(("A", f"{reliability_text(figures.availability, 9)}"))
    for label, figure in ((f"A{until}", figures.availability_at), (f"S{until}", figures.safety)):
        if figure is not None:
            lines.append((label, reliability_text(figure, 9)))
    for label, seconds in (
        ("down a year", figures.downtime_s_per_year),
        ("mean up", figures.mean_up_s),
        ("mean down", figures.mean_down_s),
    ):
        if seconds is not None:
            lines.append((label, duration_text(seconds)))
    if figures.outages_per_year is not None:
        lines.append(("outages", f"{figures.outages_per_year:.3g} a year"))
    if figures.mttf_s is not None:
        mean = figures.mttf_s
        lines.append(("MTTF", mean if isinstance(mean, str) else duration_text(mean)))
    return lines


def measured_text(design: Design, figures: TimeFigures) -> str:
    """What is measured of a choice: "A = 0.99992, down 42.1 min a year"."""
    match design.measure:
        case "availability" if figures.availability is not None:
            down = figures.downtime_s_per_year or 0.0
            shown = reliability_text(figures.availability)
            return f"A = {shown}   down {duration_text(down)} a year"
        case "mttf" if figures.mttf_s is not None:
            if isinstance(figures.mttf_s, str):
                return "MTTF infinite"
            return f"MTTF = {duration_text(figures.mttf_s, 4)}"
        case "reliability" if figures.reliability is not None:
            return f"R = {reliability_text(figures.reliability)}"
        case "safety" if figures.safety is not None:
            unsafe = complement_text(figures.safety)
            return f"S = {reliability_text(figures.safety)}   unsafe {unsafe}"
        case "availability" | "mttf" | "reliability" | "safety":
            return "not solved"


def more_lines(figures: TimeFigures) -> list[str]:
    """How often and how long a choice is down, and how long it lives, as far as that is said."""
    lines = []
    if figures.outages_per_year is not None:
        often = f"{figures.outages_per_year:.3g} outages a year"
        if figures.mean_down_s is not None:
            often += f", {duration_text(figures.mean_down_s)} each"
        lines.append(often)
    if figures.mttf_s is not None and not isinstance(figures.mttf_s, str):
        lines.append(f"first failure after {duration_text(figures.mttf_s)} on average")
    return lines


def mean_life_words(design: Design, report: ChoiceReport) -> list[str]:
    """How a mean life compares with the goal: "lives 43.8 d on average; the goal asks for 1 y"."""
    if not isinstance(design.goal, MeanLife) or report.times is None:
        return []
    mean = report.times[design.choices[report.choice].root].mttf_s
    if mean is None or report.against_goal is None:
        return []
    if isinstance(mean, str):
        return ["may never fail, so that no mean life is longer"]
    goal = float(design.goal.time.seconds)
    for digits in range(3, 17):
        text = duration_text(mean, digits)
        if report.against_goal == "equal" or text != duration_text(goal, digits):
            break
    asks = "asks for just that" if report.against_goal == "equal" else f"asks for {design.goal}"
    return [f"lives {text} on average; the goal {asks}"]


def down_words(unavailability: float, goal: Downtime, sign: int) -> str:
    """How long something is down in the period of a goal: "11.2 min a month".

    In so many digits that it differs from what the goal allows, unless ``sign`` is 0.
    """
    seconds = unavailability * float(SECONDS[goal.per])
    for digits in range(3, 17):
        text = duration_text(seconds, digits)
        if not sign or text != duration_text(float(goal.time.seconds), digits):
            break
    return f"{text} {_PERIODS[goal.per]}"
