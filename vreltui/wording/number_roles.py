"""What a threshold asks for in the words of what its number does, where it does one thing alone.

"Restart vm every 4.2 d to 11 d" says what to do;
"T_j must be between 4.2 d and 11 d" does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from vreltui.analysis.results import (
    AmountThreshold,
    CountThreshold,
    ProbabilityThreshold,
    Threshold,
)
from vreltui.model import Design, Node, Pool, Probability
from vreltui.model.base_node import StatedNumber
from vreltui.model.goals import Aim
from vreltui.model.lasting import MISSION
from vreltui.wording.numerals import decimal_text, value_words
from vreltui.wording.times import SYMBOLS


def role_sentence(design: Design, threshold: Threshold, choice: str | None) -> str:
    """The threshold as what is done or borne; empty where its number has no such role.

    Digits are rounded into the interval: typed back in, they hold.
    """
    if threshold.undecided or threshold.irrelevant:
        return ""
    match threshold:
        case AmountThreshold():
            said = _longest_mission(design, threshold, choice)
            return said or _restarts(design, threshold, choice)
        case ProbabilityThreshold():
            return _common_failures(design, threshold, choice)
        case CountThreshold():
            return ""


def _longest_mission(design: Design, threshold: AmountThreshold, choice: str | None) -> str:
    """How long it runs before the measure falls below the goal."""
    goal = design.goal
    name = threshold.parameter
    if name not in (MISSION, design.mission.time) or _stated(design, name, choice):
        return ""
    if design.baseline not in (None, choice) or len(threshold.intervals) != 1:
        return ""
    value = goal.value if isinstance(goal, Aim) else goal
    (interval,) = threshold.intervals
    if interval.low is not None or interval.high is None or not isinstance(value, Probability):
        return ""
    falls = f"{SYMBOLS[design.measure]} falls below {value_words(value)}"
    return f"runs {interval.high.text} at most before {falls}"


def _restarts(design: Design, threshold: AmountThreshold, choice: str | None) -> str:
    """Between which ends something is to be rejuvenated."""
    stated = _stated(design, threshold.parameter, choice)
    if len(threshold.intervals) != 1 or {each.key for each in stated} != {"rejuvenate"}:
        return ""
    (interval,) = threshold.intervals
    if interval.low is None or interval.high is None:
        return ""
    restarted = " and ".join(each.of for each in stated)
    return f"restart {restarted} every {interval.low.text} to {interval.high.text}"


def _common_failures(design: Design, threshold: ProbabilityThreshold, choice: str | None) -> str:
    """How many failures may be common, of what one cause strikes."""
    name = threshold.parameter
    causes = [
        cause for cause in design.causes.values() if name in (cause.beta, f"{cause.name}.beta")
    ]
    if len(causes) != 1 or _stated(design, name, choice) or len(threshold.intervals) != 1:
        return ""
    (interval,) = threshold.intervals
    if not interval.low.is_zero or interval.high.is_one or interval.high.source != "goal":
        return ""
    text = decimal_text(interval.high.at)
    if text.startswith("1 - "):  # all but none of them: as a percentage it can't be read
        return ""
    percent = Decimal(text).scaleb(2).normalize()
    struck = " and ".join(causes[0].strikes)
    return f"at most {percent:f} % of the failures of {struck} may be common ({name})"


def why_no_more(design: Design, threshold: CountThreshold, choice: str | None) -> str:
    """Why more copies would not do, where that is plain; begins with a colon."""
    if not threshold.ranges or threshold.ranges[-1][1] == threshold.most:
        return ""
    counted = [
        node
        for node in _nodes(design, choice)
        if any(
            each.key == "copies" and threshold.parameter in (each.parameter, node.name)
            for each in node.numbers
        )
    ]
    contained = [
        isinstance(each, Pool) and each.contained is not None and each.needs != "all"
        for each in counted
    ]
    return ": more let failures escape" if contained and all(contained) else ""


def _stated(design: Design, name: str, choice: str | None) -> list[StatedNumber]:
    """Where a number stands at nodes of the choice: by a parameter's name, or as a node's own."""
    return [
        stated
        for node in _nodes(design, choice)
        for stated in node.numbers
        if name in (stated.parameter, f"{node.name}.{stated.key}")
    ]


def _nodes(design: Design, choice: str | None) -> Iterable[Node]:
    """The nodes of a choice; of none, of the design."""
    if choice is None:
        return design.nodes.values()
    return [design.nodes[name] for name in design.below(design.choices[choice].root)]
