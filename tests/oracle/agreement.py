"""Whether the program's answer about a design, as ``check --json`` gives it, is the oracle's."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from tests.oracle.polynomials import derivative, margin_polynomials, regions
from tests.oracle.questions import Oracle, exact
from tests.oracle.unfolding import Number

Answer = Mapping[str, Any]
"""One object of ``check --json``, or one of its choices."""

RELATIVE = Fraction(1, 10**12)
"""What is promised of a reliability and of its complement."""

END = Fraction(1, 10**9)
"""How near to the end of an interval, relative to the nearer of 0 and 1, the tests probe."""

MOST_INSTANCES = 18
"""The most instances with which a count is tried."""

_BOUND = re.compile(
    r"(?:exceed|below|above|between|and) (1 - )?(\d+(?:\.\d+)?(?:e-?\d+)?)(?![\w.]*[\w])"
)

SLIVER = Fraction(1, 10**12)
"""Nearer than this, relative to 0 or 1, an end printed in double precision cannot be told apart."""


def agrees(oracle: Oracle, answer: Answer) -> None:
    """Assert that everything in the answer is right."""
    assert list(answer["choices"]) == list(oracle.design.choices)
    for choice, said in answer["choices"].items():
        numbers_agree(oracle, choice, said)
        verdict_agrees(oracle, choice, said)
        listed = oracle.used(choice) if _is_asked(oracle, choice) else set()
        assert set(said["thresholds"]) == listed, "which thresholds are listed"
        for parameter in said["thresholds"]:
            threshold_agrees(oracle, choice, parameter, said)
        importance_agrees(oracle, choice, said)


def numbers_agree(oracle: Oracle, choice: str, said: Answer) -> None:
    """Reliability and complement of the choice and of every node in it."""
    _close(said, {oracle.reliability(choice)}, choice)
    nodes = oracle.node_reliabilities(choice)
    assert set(said["nodes"]) == set(nodes), "which nodes are listed"
    for name, values in nodes.items():
        _close(said["nodes"][name], values, f"{choice}/{name}")


def _close(said: Answer, values: set[Fraction], where: str) -> None:
    both = Fraction(said["reliability"]), Fraction(said["unreliability"])
    assert any(_near(both[0], r) and _near(both[1], 1 - r) for r in values), (
        f"{where}: {said['reliability']!r} and {said['unreliability']!r}, "
        f"not {[(float(r), float(1 - r)) for r in values]}"
    )


def _near(said: Fraction, true: Fraction) -> bool:
    return abs(said - true) <= RELATIVE * true


def verdict_agrees(oracle: Oracle, choice: str, said: Answer) -> None:
    """Verdict, witness, and the comparisons with goal and baseline."""
    reliability = oracle.reliability(choice)
    side = {None: None, 1: "above", 0: "equal", -1: "below"}
    beside = {None: None, 1: "better", 0: "equal", -1: "worse"}
    rival = oracle.rival(choice)
    their = None if rival is None else oracle.reliability(rival)
    assert said["against_goal"] == side[_sign(reliability, oracle.goal)], f"{choice}: the goal"
    assert said["against_baseline"] == beside[_sign(reliability, their)], f"{choice}: baseline"
    if not _is_asked(oracle, choice):
        assert said["verdict"] is None, f"nothing is asked of {choice}"
    elif oracle.meets(choice):
        assert said["verdict"] == "meets", f"{choice} meets"
    elif said["verdict"] == "short":
        _witness_meets(oracle, choice, said.get("witness"))
    else:
        assert said["verdict"] == "hopeless", f"{choice} does not meet: {said['verdict']}"
        for setting in _tries(oracle, choice):
            assert not oracle.meets(choice, setting), f"{choice} is not hopeless: {setting}"


def _is_asked(oracle: Oracle, choice: str) -> bool:
    """Whether there is a goal, or a baseline that the choice has to beat."""
    return oracle.goal is not None or oracle.rival(choice) is not None


def _sign(ours: Fraction, other: Fraction | None) -> int | None:
    return None if other is None else (ours > other) - (ours < other)


def _witness_meets(oracle: Oracle, choice: str, witness: Mapping[str, str] | None) -> None:
    assert witness, f"{choice} is short, and no values are shown with which it meets"
    ranges = oracle.open(choice)
    setting: dict[str, Number] = {}
    for name, text in witness.items():
        assert name in ranges, f"{choice}: the witness sets {name}, which is not open"
        low, high = ranges[name]
        value = int(text) if isinstance(low, int) else Fraction(text)
        assert low <= value <= high, f"{choice}: the witness {name} = {text} is out of range"
        setting[name] = value
    if _enumerable(oracle, choice, setting):
        assert oracle.meets(choice, setting), f"{choice} does not meet with {witness}"


def _tries(oracle: Oracle, choice: str) -> Iterator[dict[str, Number]]:
    """Points of the open ranges: the corners, and where these do not decide, others inside."""
    corners = [c for c in oracle.corners(choice) if _enumerable(oracle, choice, c)]
    yield from corners
    if oracle.corners_decide(choice):
        return
    chance = random.Random(0)
    ranges = oracle.open(choice)
    for _ in range(12):
        setting: dict[str, Number] = {}
        for name, (low, high) in ranges.items():
            if isinstance(low, int):
                setting[name] = chance.randint(low, int(high))
            else:
                setting[name] = low + (high - low) * Fraction(chance.random())
        if _enumerable(oracle, choice, setting):
            yield setting


def _enumerable(oracle: Oracle, choice: str, setting: Mapping[str, Number]) -> bool:
    counts = {name: value for name, value in setting.items() if isinstance(value, int)}
    rival = oracle.rival(choice)
    sizes = [oracle.instances(choice, counts)]
    if rival is not None:
        sizes.append(oracle.instances(rival, oracle.rivals_setting(choice, counts)))
    return max(sizes) <= MOST_INSTANCES


def threshold_agrees(oracle: Oracle, choice: str, parameter: str, said: Answer) -> None:
    """The set of values of one parameter for which the choice meets."""
    threshold = said["thresholds"][parameter]
    where = f"{choice}: threshold of {parameter}"
    assert threshold["satisfied"] == oracle.meets(choice), where
    value = oracle.design.parameters[parameter]
    if parameter in oracle.design.parameters_below(oracle.design.choices[choice].root):
        now = exact(oracle.design.value(parameter, choice))
        assert _near(Fraction(threshold["value"]), Fraction(now)), where
    if value.is_count:
        assert threshold["kind"] == "count"
        _count_agrees(oracle, choice, parameter, threshold["ranges"])
    else:
        assert threshold["kind"] == "probability"
        _intervals_agree(oracle, choice, parameter, threshold["intervals"])
        _sentence_holds(oracle, choice, parameter, threshold["sentence"])


def _count_agrees(oracle: Oracle, choice: str, parameter: str, ranges: list[list[int]]) -> None:
    most = oracle.design.most_copies
    said = {n for low, high in ranges for n in range(low, high + 1)}
    ends = [end for pair in ranges for end in pair]
    assert ends == sorted(ends), "ranges are in order"
    assert said <= set(range(1, most + 1))
    for n in range(1, most + 1):
        if _enumerable(oracle, choice, {parameter: n}):
            meets = oracle.meets(choice, {parameter: n})
            assert meets == (n in said), f"{choice}: {parameter} = {n} meets: {meets}, not {ranges}"


def _intervals_agree(
    oracle: Oracle, choice: str, parameter: str, intervals: list[dict[str, float]]
) -> None:
    ends = [_end(interval, side) for interval in intervals for side in ("low", "high")]
    pairs = list(zip(ends[::2], ends[1::2], strict=True))
    assert ends == sorted(ends), f"{choice}: intervals of {parameter} in order"
    where = f"{choice}: {parameter}"
    for point, meets in regions(margin_polynomials(oracle, choice, parameter)):
        if all(abs(point - end) > SLIVER * min(end, 1 - end) for end in ends):
            inside = any(low < point < high for low, high in pairs)
            assert inside == meets, f"{where} = {float(point)!r} meets: {meets}, not {intervals}"
    for low, high in pairs:
        _end_is_sharp(oracle, choice, parameter, low, high - low, ends)
        _end_is_sharp(oracle, choice, parameter, high, low - high, ends)


def _end_is_sharp(
    oracle: Oracle,
    choice: str,
    parameter: str,
    end: Fraction,
    inward: Fraction,
    ends: list[Fraction],
) -> None:
    """Assert that the choice meets just inside an end and not just outside."""
    if end in (0, 1):
        return
    step = END * min(end, 1 - end)
    others = [*ends, Fraction(0), Fraction(1)]
    room = min(abs(other - end) for other in others if other != end)
    if room <= 2 * step or ends.count(end) > 1:
        return  # another end is as near as the probe
    inside, outside = (end + step, end - step) if inward > 0 else (end - step, end + step)
    where = f"{choice}: the end {float(end)!r} of {parameter}"
    assert oracle.meets(choice, {parameter: inside}), f"{where} does not meet inside"
    assert not oracle.meets(choice, {parameter: outside}), f"{where} meets outside"


def _end(interval: Mapping[str, float], side: str) -> Fraction:
    """An end as exactly as it was printed: from 0 or from 1, whichever is nearer."""
    direct, complement = interval[side], interval[f"{side}_complement"]
    assert abs(float(direct) + float(complement) - 1) < 1e-15, "an end and its complement"
    return Fraction(direct) if direct <= 0.5 else 1 - Fraction(complement)


def _sentence_holds(oracle: Oracle, choice: str, parameter: str, sentence: str) -> None:
    """The numbers of a sentence are rounded into the interval: typed back in, they hold.

    A number that is the end itself is not exceeded by being typed, and ties. Where goal and
    baseline exclude each other, the sentence says what each of them asks for by itself.
    """
    of_goal, apart, of_baseline = sentence.partition(" is beaten only ")
    sides = ((of_goal, 0), (of_baseline, 1)) if apart else ((sentence, None),)
    for part, contest in sides:
        for before, said in _BOUND.findall(part):
            value = 1 - Fraction(said) if before else Fraction(said)
            margins = oracle.margins(choice, {parameter: value})
            least = min(margins) if contest is None else margins[contest]
            assert least >= 0, f"{choice}: with {parameter} = {said}, {sentence!r} is not true"


def importance_agrees(oracle: Oracle, choice: str, said: Answer) -> None:
    """The derivative by every probability, and the gain of one more copy."""
    design = oracle.design
    for parameter in design.parameters_below(design.choices[choice].root):
        birnbaum = Fraction(said["importance"][parameter]["birnbaum"])
        if not design.parameters[parameter].is_count:
            true = derivative(oracle, choice, parameter)
        else:
            more = int(exact(design.value(parameter, choice))) + 1
            if more > design.most_copies or not _enumerable(oracle, choice, {parameter: more}):
                continue
            true = oracle.reliability(choice, {parameter: more}) - oracle.reliability(choice)
        assert abs(birnbaum - true) <= abs(true) / 10**9 + Fraction(1, 10**15), (
            f"{choice}: importance of {parameter} is {float(true)!r}, not {float(birnbaum)!r}"
        )
