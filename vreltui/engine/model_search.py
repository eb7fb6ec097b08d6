"""Where one evaluation beats another as a value moves, by Taylor models over parts of its range.

One walk in :mod:`vreltui.engine.taylor_models` tells the sign of the margin over most of a wide
part at once; what is left of it are narrow parts around roots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flint import arb

from vreltui.engine.balls import precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Source
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.stated_values import pair_of
from vreltui.engine.taylor_models import Model, ModelArithmetic, moving_pair, parts_of
from vreltui.engine.walk import update
from vreltui.model import Probability
from vreltui.model.goals import Share, Target

_BITS = 192
_MOST_STEPS = 20_000
"""The largest walk that is made so; each of its steps takes some 20 microseconds."""

_MOST_WALKS = 48
_HALVINGS = 13
"""How often what one model does not tell is halved."""

_NARROW = arb(2) ** -4
"""Parts of (0, 1) that are as narrow are looked at for a single root."""

_NARROWEST = arb(2) ** -24
"""Parts of (0, 1) that are as narrow are left to who asks."""

Moving = tuple[Evaluation | Target, Source | None]
"""A side, and the source where it follows it."""


@dataclass(frozen=True, slots=True)
class SignOver:
    """A closed part of [0, 1] and the sign of the margin on it; 0 where that was not told.

    Of a part without one, ``is_monotone`` says whether the margin is proven to rise or fall on it.
    """

    low: arb
    high: arb
    sign: int
    is_monotone: bool = False


def signs_by_models(own: Moving, rival: Moving, limits: Limits) -> list[SignOver]:
    """Parts of [0, 1] in order, each with the sign of own's reliability less the rival's.

    Neighbours differ in their signs; where a root is, there is a part without one around it.
    """
    whole = SignOver(arb(0), arb(1), 0)
    if not all(_is_small(*side) for side in (own, rival)):
        return [whole]
    done: list[SignOver] = []
    stack = [whole]
    walks = 0
    with precision(_BITS):
        while stack:
            part = stack.pop()
            if part.sign or walks >= _MOST_WALKS or part.high - part.low < _NARROWEST:
                done.append(part)
                continue
            walks += 1
            limits.check_time("comparing two choices over a range")
            if part.high - part.low < _NARROW and _is_monotone(own, rival, part):
                done.append(replace(part, is_monotone=True))
                continue
            found = _signs_over(own, rival, part)
            stack.extend(reversed(found))
        return _merged(done)


def _signs_over(own: Moving, rival: Moving, part: SignOver) -> Sequence[SignOver]:
    """Smaller parts of a part, with the signs that are told."""
    low, high = part.low, part.high
    middle, half = (low + high) / 2, (high - low) / 2
    halves = [SignOver(low, middle, 0), SignOver(middle, high, 0)]
    try:
        margin = _margin(own, rival, low, high)
    except Undecided:
        return halves
    found = parts_of(margin, _HALVINGS)
    open_ = sum(to - start for start, to, sign in found if not sign)
    if open_ > 1:  # of 2: what is told would not be worth its ends
        return halves
    return [
        SignOver((middle + half * arb(start)).mid(), (middle + half * arb(to)).mid(), sign)
        for start, to, sign in found
    ]


def _is_monotone(own: Moving, rival: Moving, part: SignOver) -> bool:
    """Whether the margin is proven to rise, or to fall, throughout a part.

    What a model lacks is an analytic function of h on the whole unit disc, since nothing but
    absolute values of coefficients bounds it. By Cauchy's estimate its derivative on the disc of
    half the radius is at most twice that bound.
    """
    middle, half = (part.low + part.high) / 2, part.high - part.low
    try:
        margin = _margin(own, rival, middle - half, middle + half)
    except Undecided:
        return False
    if not isinstance(margin, Model):
        return False
    slope = margin.poly.derivative()(arb(0, 0.5))
    lacking = sum((each.rad() for each in margin.poly.coeffs()), arb(0))
    return not (slope + arb(0, (2 * lacking).abs_upper())).contains(0)


def _is_small(side: Evaluation | Target, source: Source | None) -> bool:
    if source is None or not isinstance(side, Evaluation):
        return True
    program = side.program
    if program.size > len(program.steps):
        return program.size < _MOST_STEPS
    return len(program.towards_root(program.changed_by(source))) < _MOST_STEPS


def _margin(own: Moving, rival: Moving, low: arb, high: arb) -> Any:
    """R of own less R of the rival, by what keeps more digits."""
    own_r, own_q = _over(*own, low, high)
    rival_r, rival_q = _over(*rival, low, high)
    return own_r - rival_r if _is_far_from_one(own_r) else rival_q - own_q


def _is_far_from_one(value: Any) -> bool:
    middle = value.over(arb(0)) if isinstance(value, Model) else value
    return bool(middle < arb("0.5"))


def _over(side: Evaluation | Target, source: Source | None, low: arb, high: arb) -> tuple[Any, Any]:
    if isinstance(side, Probability | Share):
        return pair_of(side, _BITS)
    assert isinstance(side, Evaluation)
    if source is None:
        return side.pair(bits=_BITS)
    # Against goal and baseline the same parts are asked about.
    key = source, float(low), float(high)
    found = side.over_parts.get(key)
    if found is None:
        found = side.over_parts[key] = _walked(side, source, low, high)
    return found


def _walked(side: Evaluation, source: Source, low: arb, high: arb) -> tuple[Any, Any]:
    program, moving = side.program, moving_pair(low, high)
    slots = program.towards_root(program.changed_by(source))
    known = side.given(_BITS)
    r: list[Any]
    q: list[Any]
    r, q = (list(each) for each in side.pairs(_BITS))

    def given(wanted: Source) -> tuple[Any, Any]:
        return moving if wanted == source else known(wanted)

    update(program, ModelArithmetic(), given, side.count, r, q, slots)
    return r[program.root], q[program.root]


def _merged(parts: Sequence[SignOver]) -> list[SignOver]:
    found: list[SignOver] = []
    for part in parts:
        if found and part.sign and found[-1].sign == part.sign:
            found[-1] = SignOver(found[-1].low, part.high, part.sign)
        else:
            found.append(part)
    return found
