"""Whether the figures, verdicts and thresholds of ``check --json`` are the reference's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from mpmath import isinf, mpf

from tests.oracle_dependence.figures import Figures
from tests.oracle_dependence.questions import DependenceOracle
from tests.oracle_dependence.reading import Unlike
from tests.oracle_time.amounts import real
from tests.oracle_time.questions import witness_of
from tests.oracle_time.states import TooMany

RELATIVE = mpf("1e-11")

LEAST = mpf("1e-300")
"""What is smaller need only be small."""

MISSION = ("reliability", "unreliability")

SIDES = {None: None, 1: "above", 0: "equal", -1: "below"}
BESIDE = {None: None, 1: "better", 0: "equal", -1: "worse"}

NEAR = Fraction(1, 10**8)
"""How far beside an end, relatively, the other side is looked at."""

LONG_RUN = ("availability", "unavailability", "downtime_s_per_year")

HOUR = 3600


def agrees(oracle: DependenceOracle, answer: Mapping[str, Any], chance: Random) -> None:
    """Assert that everything that is said is right, and that what the page has is said."""
    assert answer.get("measure", "reliability") == oracle.design.measure
    for choice, said in answer["choices"].items():
        _figures_agree(said, oracle.figures(choice), choice)
        for node, those in oracle.node_figures(choice).items():
            if len(those) == 1:
                _figures_agree(said["nodes"][node], those[0], f"{choice}/{node}")
        _sides_agree(oracle, said, choice)
        _verdict_holds(oracle, said, choice, chance)
        for where, name, threshold in thresholds_of(said):
            threshold_holds(oracle, choice, name, threshold, where, chance)
        for where, name, importance in importances_of(said):
            _importance_agrees(oracle, choice, name, importance, where)


def _close(found: Any, true: Any, where: str, relative: Any = RELATIVE) -> None:
    true = real(true) if isinstance(true, Fraction) else mpf(true)
    if found == "infinite" or isinf(true):
        assert (found == "infinite") == bool(isinf(true)), f"{where} is {true}, not {found!r}"
    elif abs(true) < LEAST:
        assert abs(found) < LEAST, f"{where} is {true}, not {found!r}"
    else:
        wrong = abs(mpf(found) - true)
        assert wrong <= relative * abs(true), f"{where} is {true}, not {found!r}"


def _figures_agree(said: Mapping[str, Any], figures: Figures, where: str) -> None:
    for key, true in figures.said().items():
        found = said.get(key)
        if true is None:
            continue
        if found is None:
            names = (key, key.removeprefix("un"))
            excused = "undecided" in said or any(
                name in said.get("missing", {}) or f"{name}_undecided" in said for name in names
            )
            asked = key in said or (key == "availability_over" and figures.chain)
            meant = LONG_RUN if figures.measure != "availability" else MISSION
            if key in meant and figures.has_constants:
                continue  # a constant is a chance of what is measured alone
            assert excused or not asked, f"{where}: {key} is {true}, and is not said"
            continue
        _close(found, true, f"{where}: {key}")
    for key, shares in (("states", figures.shares()), ("states_at", figures.shares_at())):
        if shares is not None and said.get(key) is not None:
            if "moves" in figures.structure.design.nodes[figures.node[0]]:
                for state, true in shares.items():
                    _close(said[key][state], true, f"{where}: {key} {state}")
            else:
                pairs = zip(
                    sorted(said[key].values()),
                    sorted(v for v in shares.values()),
                    strict=True,
                )
                for found, true in pairs:
                    _close(found, true, f"{where}: {key}")


def _sides_agree(oracle: DependenceOracle, said: Mapping[str, Any], choice: str) -> None:
    goal = oracle.against_goal(choice)
    if "against_goal_undecided" not in said and (goal is not None or oracle.design.goal is None):
        assert said["against_goal"] == SIDES[goal], f"{choice} against the goal: {goal}"
    beside = oracle.against_baseline(choice)
    # Equal figures of different trees may be left open; nothing else may.
    is_open = "against_baseline_undecided" in said and (beside == 0 or "undecided" in said)
    if beside is not None and not is_open:
        if oracle.against_goal(choice) in (0, -1) and said["against_baseline"] is None:
            return
        assert said["against_baseline"] == BESIDE[beside], f"{choice} beside the baseline: {beside}"


def _verdict_holds(
    oracle: DependenceOracle, said: Mapping[str, Any], choice: str, chance: Random
) -> None:
    meets, verdict = oracle.meets(choice), said["verdict"]
    asked = oracle.design.goal is not None or oracle.rival(choice) is not None
    assert (verdict is None) == (not asked), choice
    if meets is None or verdict is None:
        return
    if verdict != "undecided":
        assert (verdict == "meets") == meets, f"{choice} {verdict}, meets is {meets}"
    ranges = oracle.open(choice)
    if verdict == "short" and "witness" in said:
        witness = witness_of(said["witness"])
        assert oracle.meets(choice, witness) in (True, None), f"{choice}: {said['witness']}"
    if verdict == "hopeless":
        for _ in range(6):
            tried = {}
            for name, (low, high) in ranges.items():
                whole = oracle.design.kind(name) == "count"
                share = Fraction(chance.choice([0.0, 0.0, 1.0, 1.0, chance.random()]))
                tried[name] = low + (high - low) * share
                if whole:
                    tried[name] = Fraction(round(tried[name]))
            assert not oracle.meets(choice, tried), f"{choice} hopeless, but {tried}"


def thresholds_of(said: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Where each threshold stands, what it is of, and itself."""
    for name, threshold in said["thresholds"].items():
        if threshold:
            yield "thresholds", name, threshold
    for node, entry in said["nodes"].items():
        if entry.get("threshold"):
            yield "nodes", node, entry["threshold"]
        for key, threshold in (entry.get("thresholds") or {}).items():
            if threshold:
                yield "nodes", f"{node}.{key}", threshold
    for cause, entry in said.get("causes", {}).items():
        for key, threshold in (entry.get("thresholds") or {}).items():
            if threshold:
                yield "causes", f"{cause}.{key}", threshold


def importances_of(said: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Where each derivative stands, what it is by, and itself."""
    for name, found in said["importance"].items():
        yield "importance", name, found
    for node, entry in said["nodes"].items():
        if "birnbaum" in entry:
            yield "nodes", node, {"birnbaum": entry["birnbaum"]}
        for key, found in (entry.get("importance") or {}).items():
            yield "nodes", f"{node}.{key}", found
    for cause, entry in said.get("causes", {}).items():
        for key, found in (entry.get("importance") or {}).items():
            yield "causes", f"{cause}.{key}", found


def threshold_holds(
    oracle: DependenceOracle,
    choice: str,
    name: str,
    threshold: dict[str, Any],
    where: str,
    chance: Random,
) -> None:
    """Assert that both sides of every end, and some values anywhere, are as they are said to be."""
    if "undecided" in threshold or (
        threshold.get("intervals") is None and "ranges" not in threshold
    ):
        return
    met = oracle.meets(choice)
    if met is not None:
        assert threshold["satisfied"] == met, f"{choice} {where} {name}: satisfied {threshold}"
    if threshold["kind"] == "count":
        top = max([4, *(b for _, b in threshold["ranges"] if b < 8)])
        for n in range(1, top + 1):
            inside = any(a <= n <= b for a, b in threshold["ranges"])
            found = _try(oracle, choice, name, Fraction(n))
            assert found is None or found == inside, f"{choice} {name} = {n}: {found}, {threshold}"
        return
    for value, inside in _probes(threshold, chance):
        found = _try(oracle, choice, name, value)
        assert found is None or found == inside, (
            f"{choice} {where} {name} = {float(value)!r}: meets is {found}, {threshold}"
        )


def _try(oracle: DependenceOracle, choice: str, name: str, value: Fraction) -> bool | None:
    try:
        return oracle.meets(choice, {name: value})
    except (ZeroDivisionError, Unlike, TooMany):
        return None


def _probes(threshold: dict[str, Any], chance: Random) -> Iterator[tuple[Fraction, bool]]:
    if threshold["kind"] == "probability":
        ends = []
        for interval in threshold["intervals"]:
            low = _near_one(interval["low"], interval["low_complement"])
            high = _near_one(interval["high"], interval["high_complement"])
            ends.append((low, high))
            for end, sign in ((low, 1), (high, -1)):
                step = NEAR * min(end, 1 - end)
                if step:
                    yield end + sign * step, True
                    yield end - sign * step, False
        for _ in range(4):
            value = Fraction(chance.random())
            if all(abs(value - end) > NEAR for pair in ends for end in pair):
                yield value, any(low < value < high for low, high in ends)
        return
    scale = Fraction(1, HOUR) if threshold["kind"] == "rate" else Fraction(1)
    here = Fraction(str(threshold["value"])) * scale if threshold["value"] else Fraction(1)
    spans = []
    for interval in threshold["intervals"]:
        low, high = Fraction(interval["low"] or 0), interval["high"]
        span = (low * scale, None if high is None else Fraction(high) * scale)
        spans.append(span)
        if span[0]:
            yield span[0] * (1 + NEAR), True
            yield span[0] * (1 - NEAR), False
        if span[1]:
            yield span[1] * (1 - NEAR), True
            yield span[1] * (1 + NEAR), False
    for _ in range(4):
        value = here * Fraction(10 ** chance.uniform(-2, 2))
        ends_near = [e for pair in spans for e in pair if e]
        if all(abs(value - end) > NEAR * end for end in ends_near):
            yield value, any(low < value and (high is None or value < high) for low, high in spans)


def _near_one(value: float, complement: float) -> Fraction:
    return Fraction(value) if value <= 0.5 else 1 - Fraction(complement)


STEP = Fraction(1, 10**17)


def _importance_agrees(
    oracle: DependenceOracle, choice: str, name: str, said: Mapping[str, Any], where: str
) -> None:
    """The derivative of the measure, by a difference so small that 50 digits are needed."""
    design = oracle.design
    if oracle.figures(choice).mttf_is_rough and design.measure == "mttf":
        return
    if said.get("birnbaum") is None and said.get("per_log") is None:
        return
    if name in design.parameters:
        here = design.parameter(name, choice, {})
        kind = design.kind(name)
    elif "." in name and name.split(".", maxsplit=1)[0] in design.nodes:
        node, key = name.split(".")
        found = design.amount(node, key, choice, {})
        if found is None:
            return
        here, kind = found, "number"
    elif "." in name:
        (here,) = next(
            c for c in design.causes_in(choice, {}) if c.name == name.split(".", maxsplit=1)[0]
        ).letters
        kind = "probability"
    else:
        leaf: Any = design.leaf(name, choice, {})
        here, kind = leaf.reliability, "probability"

    def measured(value: Fraction) -> Any:
        found = oracle.figures(choice, {name: value})
        measure = getattr(found, design.measure)
        return measure if design.measure == "mttf" or measure is None else measure[0]

    try:
        if kind == "count":
            low, high = measured(here), measured(here + 1)
            true = _number(high) - _number(low)
        else:
            above = min(here + STEP, Fraction(1)) if "birnbaum" in said else here * (1 + STEP)
            below = max(here - STEP, Fraction(0)) if "birnbaum" in said else here * (1 - STEP)
            low, high = measured(below), measured(above)
            if low is None or high is None:
                return
            width = above - below if "birnbaum" in said else 2 * STEP
            true = (_number(high) - _number(low)) / real(width)
    except (Unlike, TooMany, ZeroDivisionError):
        return
    found = said.get("birnbaum", said.get("per_log"))
    scale = max(abs(true), mpf(10) ** -14 * abs(_number(measured(here))))
    wrong = abs(mpf(found) - true)
    assert wrong <= mpf("1e-10") * scale + 100 * real(STEP), (
        f"{choice} {where}: derivative by {name} is {true}, not {found!r}"
    )


def _number(value: Any) -> Any:
    return real(value) if isinstance(value, Fraction) else value
