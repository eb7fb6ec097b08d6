"""What a threshold asks for in the words of what its number does, where it does one thing alone.

"Restart vm every 4.2 d to 11 d" says what to do;
"T_j must be between 4.2 d and 11 d" does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import localcontext

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
from vreltui.wording.numerals import value_words
from vreltui.wording.times import SYMBOLS

LEAST_EXPONENT = -6
"""Of a share that is still said in percent: 0.000001 is 0.0001 %."""


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
    if threshold.parameter == design.mission.time:
        return ""
    (interval,) = threshold.intervals
    if interval.low is None or interval.high is None:
        return ""
    restarted = " and ".join(each.of for each in stated)
    return f"restart {restarted} every {interval.low.text} to {interval.high.text}"


def _common_failures(design: Design, threshold: ProbabilityThreshold, choice: str | None) -> str:
    """How many failures may be common, of what one cause strikes and no other does."""
    name = threshold.parameter
    causes = [
        cause
        for cause in design.causes.values()
        if name in cause.letters or name == f"{cause.name}.beta"
    ]
    if len(causes) != 1 or _stated(design, name, choice) or len(threshold.intervals) != 1:
        return ""
    (cause,), (interval,) = causes, threshold.intervals
    struck = set(cause.strikes)
    others = [each for each in design.causes.values() if each is not cause]
    if cause.model != "beta" or any(struck.intersection(each.strikes) for each in others):
        return ""
    if not interval.low.is_zero or interval.high.is_one or interval.high.source != "goal":
        return ""
    percent = _percent(interval.high.at)
    of = " and ".join(cause.strikes)
    return percent and f"at most {percent} % of the failures of {of} may be common ({name})"


def _percent(share: Probability) -> str:
    """A share exactly, in percent; empty where nobody could read it so."""
    if share.complemented or share.written.adjusted() < LEAST_EXPONENT:
        return ""
    with localcontext() as context:
        context.prec = len(share.written.as_tuple().digits) + 2
        return f"{share.written.scaleb(2).normalize():f}"


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
    said = counted and all(_lets_escape(design, each, choice) for each in counted)
    return ": more let failures escape" if said else ""


def _lets_escape(design: Design, node: Node, choice: str | None) -> bool:
    """Whether more copies of a pool help in all but that more of their failures escape."""
    if not isinstance(node, Pool) or node.contained is None or node.needs != "any":
        return False
    given = node.contained
    value = design.value(given, choice) if isinstance(given, str) else given
    return isinstance(value, Probability) and value.unreliability != 0


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
