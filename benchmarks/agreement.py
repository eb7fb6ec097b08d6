"""Programs are compared only where they give the same answers."""

from __future__ import annotations

from decimal import Decimal
from math import isclose

from benchmarks.case import Case

CHANGED = Decimal("0.000123")
"""The unreliability that the edited component gets."""

TOLERANCE = 1e-7
"""The peers answer in floats; relibmss' derivatives were seen to be off by up to 8e-9."""


class Disagreement(Exception):
    """Two programs give different answers to one question."""


def check_agreement(case: Case, derivatives: tuple[str, ...]) -> None:
    """Raise :class:`Disagreement` unless all programs agree on the reliability before an edit.

    The programs named in ``derivatives`` must agree on derivatives and thresholds after it as well.
    Thresholds of components that hardly matter are left out: floats do not carry them.
    """
    ours, *peers = case.contenders
    works = ours.evaluate()
    slopes = ours.edit_and_differentiate(case.edited, CHANGED)
    lows = ours.edit_and_solve(case.edited, CHANGED)
    for peer in peers:
        where = f"{peer.name} on {case.structure.name} {case.size}"
        _same(f"reliability, {where}", works, peer.evaluate())
        if peer.name not in derivatives:
            _same(f"reliability after an edit, {where}", slopes[0], peer.edit(case.edited, CHANGED))
            continue
        theirs = peer.edit_and_differentiate(case.edited, CHANGED)
        _same(f"reliability after an edit, {where}", slopes[0], theirs[0])
        their_lows = peer.edit_and_solve(case.edited, CHANGED)
        for name, slope in slopes[1].items():
            _same(f"derivative by {name}, {where}", slope, theirs[1][name])
            if slope > 1e-2:
                _same(f"threshold of {name}, {where}", lows[name], their_lows[name])


def _same(what: str, ours: float | None, theirs: float | None) -> None:
    if ours is None or theirs is None:
        agree = ours is theirs
    else:
        agree = isclose(ours, theirs, rel_tol=0, abs_tol=TOLERANCE)
    if not agree:
        raise Disagreement(f"{what}: {ours} here, {theirs} there")
