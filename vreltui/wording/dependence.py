"""What is said of a choice's independence: as JSON, and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from vreltui.analysis.plot_results import Crossing, PlotPoints, Series
from vreltui.analysis.results import BETAS, ChoiceReport, Dependence, FigureKey, OpenInterval
from vreltui.model import Probability

NOTHING_REDUNDANT = "nothing redundant is without a cause, so that there is nothing to take away"
"""What is said where no common cause can take anything away."""

_ANY_SHARE = "any share"

_LAST_BETA = Fraction(1, 5)
"""How far a curve goes: IEC 61508-6 has 0.01 to 0.1."""

FIGURES: Mapping[FigureKey, str] = {
    "unreliability": "1 - R",
    "unavailability": "1 - A",
    "mttf_s": "MTTF, s",
}
"""What the figures are called for people."""


def dependence_json(report: ChoiceReport) -> dict[str, Any]:
    """The key of a choice, where it was asked for."""
    if report.open_questions.get("dependence"):
        reason = report.open_questions["dependence"]
        return {"dependence": None, "dependence_undecided": reason}
    found = report.dependence
    if found is None:
        return {"dependence": None}
    answer: dict[str, Any] = {
        "sets": list(found.sets),
        "betas": [float(beta.reliability) for beta in BETAS],
        found.key: list(found.figures),
        "kept": None if found.kept is None else list(found.kept),
        "most": None if found.most is None else [_interval(each) for each in found.most],
    }
    if found.undecided:
        answer["most_undecided"] = found.undecided
    return {"dependence": {**answer, "sentence": dependence_sentence(found)}}


def _interval(interval: OpenInterval) -> dict[str, float]:
    low, high = interval.low.figure, interval.high.figure
    return {"low": low.reliability, "high": high.reliability}


def dependence_sentence(found: Dependence) -> str:
    """What independence is worth, and how much of it the choice can do without.

    Digits are rounded into the set of betas with which the choice meets.
    """
    said = _sentence(found)
    if not found.left_out:
        return said
    names = " and ".join(found.left_out)
    is_one = len(found.left_out) == 1
    why = "whose copies are one process"
    return f"{said}; {names} {'is' if is_one else 'are'} left out, {why}"


def _sentence(found: Dependence) -> str:
    where = " and ".join(found.sets)
    if found.kept is None:
        return f"redundancy gains nothing here: {where}"
    if found.undecided:
        return f"how many failures of {where} may be common is undecided: {found.undecided}"
    if found.most is None:
        lost = 1 - found.kept[BETAS.index(Probability.of("0.1"))]
        taken = f"takes away {100 * lost:.3g} % of what redundancy gains"
        return f"that 10 % of the failures of {where} are common {taken}"
    if not found.most:
        return f"does not hold, whatever share of the failures of {where} is common"
    spans = " or ".join(_span(each) for each in found.most)
    return f"holds while {spans} of the failures of {where} are common"


def _span(interval: OpenInterval) -> str:
    low, high = interval.low.at, interval.high.at
    if low.reliability == 0:
        return _ANY_SHARE if high.reliability == 1 else f"at most {_percent(high)} %"
    if high.reliability == 1:
        return f"more than {_percent(low)} %"
    return f"between {_percent(low)} % and {_percent(high)} %"


def _percent(value: Probability) -> str:
    return f"{(value.decimal * 100).normalize():f}"


def most_sentence(found: Dependence | None) -> str:
    """What stands under a report: how many failures may be common, where that is not any number.

    Empty where nothing is known of it, or it fails as it is.
    """
    if found is None or not found.most or _span(found.most[0]) == _ANY_SHARE:
        return ""
    return dependence_sentence(found)


def betas_of_curve(found: Dependence) -> tuple[Probability, ...]:
    """The betas at which the curve of the gain that is kept has its points, in order.

    They reach as far as anybody has measured, and twice that; the most that may be common is one.
    """
    ends = {interval.high.at for interval in found.most or ()}
    inside = {each for each in ends if 0 < each.reliability < _LAST_BETA}
    grid = {Probability.of(f"{step * 5}e-3") for step in range(int(_LAST_BETA * 200) + 1)}
    return tuple(sorted(grid | inside, key=lambda each: each.reliability))


def kept_points(
    found: Dependence, betas: Sequence[Probability], kept: Sequence[float]
) -> PlotPoints:
    """The gain that is kept against the share of failures in common, with where it is too much."""
    crossings = tuple(
        Crossing(high, float(high.reliability), kept[betas.index(high)],
                 float(1 - high.reliability), 1 - kept[betas.index(high)])
        for interval in found.most or ()
        if (high := interval.high.at) in betas
    )  # fmt: skip
    return PlotPoints(
        name="independence",
        title="Gain kept, by the share of failures in common",
        x_label="share of failures in common (beta)",
        y_label="gain kept",
        x=tuple(float(beta.reliability) for beta in betas),
        series=(Series("", tuple(kept), tuple(1 - each for each in kept)),),
        x_complement=tuple(float(1 - beta.reliability) for beta in betas),
        crossings=crossings,
        crossing_label="the most that it holds with",
    )


def dependence_line(report: ChoiceReport) -> str:
    """The same for people; empty where it was not asked for."""
    if not report.asks_dependence:
        return ""
    if reason := report.open_questions.get("dependence"):
        return f"what common causes would do is undecided: {reason}"
    if report.dependence is None:
        return NOTHING_REDUNDANT
    return dependence_sentence(report.dependence)
