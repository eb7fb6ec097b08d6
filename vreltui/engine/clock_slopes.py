"""Whether the share of time up rises or falls with the age at which a clock renews.

With M the mean time lived by the age T, D = F r + S d the mean time down, and h the hazard at T,
the derivative of M / (M + D) is S (d + (r - d) (F - M h)) / (M + D)^2. Its sign is that of the
second factor alone. All in it but h rises or falls with T, and of h there are bounds, so its ends
over an interval of ages are known from those of the interval, however wide that is.
"""

from __future__ import annotations

from flint import arb

from vreltui.engine.balls import ONE
from vreltui.engine.lifetimes import Lifetime, worked_out
from vreltui.engine.renewal import Upkeep

_BITS = 64


def turn(upkeep: Upkeep, early: arb, late: arb | None) -> arb | None:
    """A ball that holds that factor for all ages between two, or from one on; None if unknown."""
    clock = upkeep.clock
    assert clock is not None
    assert upkeep.repair is not None
    takes, repair = arb(clock.takes), arb(upkeep.repair)
    lifetime = upkeep.lifetime
    failed, lived = _failed(lifetime, early), _lived(lifetime, early)
    later = (ONE, lifetime.mean()) if late is None else (
        _failed(lifetime, late), _lived(lifetime, late)
    )  # fmt: skip
    low, high = lifetime.hazard(early, late)
    least = None if high is None else failed - later[1] * high
    most = later[0] - lived * low
    worse = repair - takes
    if worse.is_zero():
        return takes
    ends = [takes + worse * each for each in (least, most) if each is not None]
    if least is not None:
        return ends[0].union(ends[1])
    # No end on one side: the sign is known where the other end has it.
    known = ends[0]
    if worse > 0:
        return known if known < 0 else None
    return known if known > 0 else None


def steepest(upkeep: Upkeep, early: arb, late: arb) -> arb | None:
    """A bound on how steep the share of time up is anywhere between two ages."""
    factor = turn(upkeep, early, late)
    if factor is None:
        return None
    (living,) = worked_out(lambda: (upkeep.lifetime.survival(early)[0],), _BITS)
    return abs(factor).upper() * living / _lived(upkeep.lifetime, early) ** 2


def _failed(lifetime: Lifetime, age: arb) -> arb:
    (found,) = worked_out(lambda: (lifetime.survival(age)[1],), _BITS)
    return found


def _lived(lifetime: Lifetime, age: arb) -> arb:
    (found,) = worked_out(lambda: (lifetime.lived(age),), _BITS)
    return found
