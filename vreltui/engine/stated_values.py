"""Values that stand in a design, and the balls that are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from flint import arb, fmpq

from vreltui.engine.balls import PairOfBalls, ball, precision
from vreltui.engine.laws import LeafFigure, Source
from vreltui.engine.program import Program
from vreltui.model import Design, Node, Probability, Value
from vreltui.model.causes import MODELS
from vreltui.model.goals import Share
from vreltui.model.lasting import MISSION
from vreltui.model.times import Duration

Values = Mapping[Source, Value]


Known = Probability | Share | LeafFigure
"""A probability that is known: stated, a goal as a fraction, or the figure of a lifetime."""


def pair_of(value: Known, bits: int) -> PairOfBalls:
    """The pair of balls of a probability at a precision."""
    if isinstance(value, Probability):
        return _stated(value, bits)
    return _fraction(value, bits) if isinstance(value, Share) else value.pair(bits)


def forget_numbers() -> None:
    """Forget the balls of stated numbers, which are kept from walk to walk."""
    _stated.cache_clear()


def _fraction(value: Share, bits: int) -> PairOfBalls:
    with precision(bits):
        return ball(value.reliability), ball(value.unreliability)


@lru_cache(maxsize=65536)
def _stated(value: Probability, bits: int) -> PairOfBalls:
    numerator, denominator = value.written.as_integer_ratio()
    with precision(bits):
        written = arb(fmpq(numerator, denominator))
        other = arb(fmpq(denominator - numerator, denominator))
    return (other, written) if value.complemented else (written, other)


def own_number(node: Node, key: str | None = None) -> Value:
    """The number that a node has under a key, or is known by, where it is no parameter's.

    Raises :class:`LookupError` where there is none.
    """
    stated = node.stated(key)
    if stated is None or stated.own is None:
        raise LookupError(f"{node.sort} {node.name} has no number of its own")
    return stated.own


def own_numbers(node: Node) -> dict[Source, Value]:
    """The numbers of a node's own by the names that programs know them by.

    The one that the node is known by is also called as the node is.
    """
    found: dict[Source, Value] = {}
    for stated in node.numbers:
        if stated.own is not None:
            found[Source(f"{node.name}.{stated.key}", is_parameter=False)] = stated.own
    first = node.stated()
    if first is not None and first.own is not None:
        found[Source(node.name, is_parameter=False)] = first.own
    return found


def own_value(design: Design, name: str) -> Value:
    """The number that stands at a node (``rack``, ``vmm.mttf``), or the mission time."""
    if name == MISSION:
        time = design.mission.time
        assert isinstance(time, Duration)
        return time
    if name in design.nodes:
        return own_number(design.nodes[name])
    letter = own_letter(design, name)
    if letter is not None:
        return letter
    node, _, key = name.rpartition(".")
    if node in design.nodes:
        return own_number(design.nodes[node], key)
    listed = design.nodes[node.rpartition(".")[0]].listed[int(key)].own
    assert listed is not None
    return listed


def own_letter(design: Design, name: str) -> Value | None:
    """The letter of a cause's own that is called ``flaw.beta`` or ``flaw.mgl.0``; None if none."""
    cause, _, key = name.partition(".")
    model, _, number = key.partition(".")
    if cause not in design.causes or model not in MODELS:
        return None
    letter = design.causes[cause].letters[int(number or 0)]
    assert isinstance(letter, Probability)
    return letter


def values_of(design: Design, program: Program, choice: str | None) -> dict[Source, Value]:
    """The value of every source of ``program``, as the choice sees it."""
    values: dict[Source, Value] = {}
    for source in program.sources:
        if source.is_parameter:
            values[source] = design.value(source.name, choice)
            continue
        values[source] = own_value(design, source.name)
    return values
