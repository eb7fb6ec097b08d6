"""Plain words for figures, thresholds and verdicts, with the design's own titles."""

from __future__ import annotations

from collections.abc import Iterable

from vreltui.analysis.results import (
    CountThreshold,
    Figure,
    OpenInterval,
    ProbabilityThreshold,
    Threshold,
)
from vreltui.model import Design, Node, Probability, Value
from vreltui.model.goals import Goal

_PLURALS = {
    "host": "hosts",
    "hardware": "machines",
    "hypervisor": "hypervisors",
    "vm": "VMs",
    "os": "operating systems",
    "application": "applications",
    "function": "functions",
    "network": "networks",
    "storage": "storage units",
    "power": "power supplies",
    "software": "programs",
}


def shown(figure: Figure, digits: int = 6) -> str:
    """A probability with enough digits: of its complement where it is near 1.

    >>> shown(Figure(0.998865145, 0.001134855)), shown(Figure(1.0, 2.5e-14))
    ('0.998865', '1 - 2.5e-14')
    """
    r, q = figure.reliability, figure.unreliability
    if figure.tiny:
        return f"1 - {figure.tiny}" if q == 0 else figure.tiny
    if q == 0 or r == 0:
        return "1" if q == 0 else "0"
    if q < 1e-12:
        return f"1 - {q:.{4}g}"
    if r < 1e-4:
        return f"{r:.{4}g}"
    # Four significant digits of the complement, and never fewer places than asked for.
    places = max(digits, 4)
    threshold = 10.0 ** -(places - 3)
    while q < threshold and places < 16:
        places += 1
        threshold /= 10
    text = f"{r:.{places}f}"
    return text.rstrip("0") if "." in text and not text.startswith("1.") else text


def parameter_words(design: Design, parameter: str) -> str:
    """How people call a parameter: its title or what it belongs to, and its name.

    "Hypervisor R_V" where the parameter or the one node that uses it has a title, "hypervisor R_V"
    from the kind of that node, else "R_V".
    """
    title = design.parameters[parameter].title
    if title:
        return title if title == parameter else f"{title} {parameter}"
    users = _users(design).get(parameter, [])
    titles = {node.title for node in users}
    kinds = {node.kind for node in users}
    if len(titles) == 1 and (title := titles.pop()):
        return f"{title} {parameter}"
    if len(kinds) == 1 and (kind := kinds.pop()) not in ("component", "group"):
        return f"{'VM' if kind == 'vm' else kind} {parameter}"
    return parameter


_last_users: tuple[Design, dict[str, list[Node]]] | None = None


def _users(design: Design) -> dict[str, list[Node]]:
    """By parameter: the components that have its value, or the nodes that it copies.

    The answer for the last design is kept, as one is asked about each of its parameters in turn.
    """
    global _last_users  # noqa: PLW0603
    if _last_users is None or _last_users[0] is not design:
        users: dict[str, list[Node]] = {}
        for node in design.nodes.values():
            for stated in node.numbers:
                if stated.parameter is not None:
                    users.setdefault(stated.parameter, []).append(design.nodes[stated.of])
        _last_users = design, users
    return _last_users[1]


def copies_words(design: Design, parameter: str) -> str:
    """What a count counts: "VMs" where every pool that uses it copies VMs, else "copies"."""
    kinds = {node.kind for node in _users(design).get(parameter, [])}
    return _PLURALS.get(kinds.pop(), "copies") if len(kinds) == 1 else "copies"


def threshold_sentence(design: Design, threshold: Threshold, best: str = "") -> str:
    """A threshold in words. ``best`` says, for an empty one, what the best value would give.

    Digits are rounded into the interval: typed back in, they hold.
    """
    words = parameter_words(design, threshold.parameter)
    if threshold.undecided:
        return f"{words}: undecided, {threshold.undecided}"
    if isinstance(threshold, CountThreshold):
        return _count_sentence(design, threshold, words)
    return _probability_sentence(threshold, words, best)


def _probability_sentence(threshold: ProbabilityThreshold, words: str, best: str) -> str:
    intervals = threshold.intervals
    if not intervals:
        return f"no {words} can save this" + (f": {best}" if best else "")
    if threshold.irrelevant:
        if not threshold.satisfied and isinstance(threshold.value, Probability):
            # It stands at an end, which is the one value that will not do.
            at_zero = threshold.value.reliability == 0
            return f"{words} must {'exceed 0' if at_zero else 'stay below 1'}"
        return f"{words} may have any value"
    if len(intervals) == 1:
        low, high = intervals[0].low, intervals[0].high
        if high.figure.unreliability == 0:
            return f"{words} must exceed {low.text}"
        if low.figure.reliability == 0:
            return f"{words} must stay below {high.text}"
        return f"works only while {words} is between {low.text} and {high.text}"
    return f"works only while {words} is {_joined(map(_interval_words, intervals))}"


def _interval_words(interval: OpenInterval) -> str:
    if interval.high.figure.unreliability == 0:
        return f"above {interval.low.text}"
    if interval.low.figure.reliability == 0:
        return f"below {interval.high.text}"
    return f"between {interval.low.text} and {interval.high.text}"


def _count_sentence(design: Design, threshold: CountThreshold, words: str) -> str:
    things = copies_words(design, threshold.parameter)
    most = threshold.most
    if not threshold.ranges:
        return f"no number of {things} can save this; the host holds {most}"
    if threshold.irrelevant:
        return f"any number of {things} will do ({words})"
    parts = [_range_words(low, high, most) for low, high in threshold.ranges[:6]]
    if len(threshold.ranges) > 6:
        parts.append(f"more, {len(threshold.ranges)} ranges in all")
    limit = f"; the host holds {most}" if threshold.ranges[-1][1] == most else ""
    return f"{_joined(parts)} {things}{limit}"


def _range_words(low: int, high: int, most: int) -> str:
    if low == high:
        return f"exactly {low}"
    if high == most:
        return f"at least {low}"
    if low == 1:
        return f"at most {high}"
    return f"{low} to {high}"


def _joined(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} or {last}" if first else last


def settings_words(values: dict[str, Value]) -> str:
    """Values of parameters as people list them: "R_V = 0.9991 and n = 5"."""
    parts = [f"{name} = {value_words(value)}" for name, value in values.items()]
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def goal_words(goal: Goal) -> str:
    """A goal as people write it, exactly."""
    return value_words(goal) if isinstance(goal, Probability) else str(goal)


def value_words(value: Value) -> str:
    """A value as people write it, exactly.

    >>> from vreltui.model import Probability
    >>> value_words(Probability.from_unreliability("5e-4")), value_words(3)
    ('0.9995', '3')
    """
    if not isinstance(value, Probability) or (value.complemented and value.places > 12):
        return str(value).replace("E", "e")
    return f"{value.decimal:f}" if value.complemented else f"{value.written}".replace("E", "e")
