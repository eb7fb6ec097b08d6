"""Figures in doubles that are certain where they differ, and compared exactly where they may not.

A reliability stands as the logarithm of its odds, which tells figures apart as well next to 1 as
next to 0. Two that are nearer to each other than their errors are compared in balls, and to the
last digit where that is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.contest import Contest
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits
from vreltui.engine.stated_values import Known
from vreltui.model.goals import Target

Odds: TypeAlias = NDArray[np.float64]
"""Logarithms of odds; infinite for 1 and for 0."""

MARGIN = 1e-12
"""The error of a logarithm beyond that of the figures themselves."""

MOST_ODDS = 690.0
"""Beyond this, figures may have left the range of doubles, and are compared exactly."""


def odds_of(pair: tuple[Any, Any]) -> Odds:
    """The logarithms of the odds of reliabilities and their complements."""
    r, q = (np.asarray(side, dtype=np.float64) for side in pair)
    with np.errstate(divide="ignore"):
        found: Odds = np.clip(np.log(r) - np.log(q), -2 * MOST_ODDS, 2 * MOST_ODDS)
    return found


def odds_of_value(value: Known) -> float:
    """The same of one probability."""
    return float(odds_of((float(value.reliability), float(value.unreliability))))


def margin(*errors: float) -> float:
    """How near two logarithms may be and their figures still be in another order."""
    return MARGIN + 4 * sum(errors)


def is_near(one: Odds, other: Odds | float, within: float) -> NDArray[np.bool_]:
    """Where two figures can't be told apart for certain."""
    far = (np.abs(one) > MOST_ODDS) & (np.abs(other) > MOST_ODDS) & (one * other > 0)
    return np.asarray((np.abs(one - other) <= within * (1 + np.abs(one))) | far)


def sign(own: Evaluation, rival: Evaluation | Target, limits: Limits) -> int:
    """1, 0 or -1 where a figure is greater, equal or less: proven.

    Raises :class:`~vreltui.engine.limits.Undecided` past the limits.
    """
    return Contest(own, rival, limits).sign()


Asked: TypeAlias = Callable[[int], int]


def signs(
    own: Odds, rival: Odds | float, within: float, codes: Callable[[], NDArray[Any]], exact: Asked
) -> NDArray[np.int8]:
    """By variant 1, 0 or -1 where its figure is greater, equal or less.

    ``codes`` tells which variants have the same two figures for certain; ``exact`` compares those
    of one variant.
    """
    found = np.sign(own - rival).astype(np.int8)
    near = np.flatnonzero(is_near(own, rival, within))
    if near.size:
        _, first, groups = np.unique(codes()[near], return_index=True, return_inverse=True)
        answers = np.array([exact(int(near[at])) for at in first], dtype=np.int8)
        found[near] = answers[groups]
    return found
