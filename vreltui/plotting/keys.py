"""Letters on curves, so that they can be told apart without colour."""

from __future__ import annotations

import string
from collections.abc import Sequence
from itertools import pairwise

from vreltui.plotting.canvas import Point

KEYS = string.ascii_lowercase + string.ascii_uppercase + string.digits + "@!"
"""The letter of each curve."""

_TRIED = 24
"""How many places across are tried for a letter."""

_REACH = 0.04
"""How far to either side a place counts as taken by another letter, of the whole width."""


def key_places(curves: Sequence[Sequence[Sequence[Point]]]) -> dict[int, Point]:
    """A place on each curve for its letter: where it is farthest from the others and their letters.

    >>> key_places([[[(0.0, 0.5), (1.0, 0.5)]], [[(0.0, 0.4), (1.0, 1.0)]]])[0][0] > 0.8
    True
    """
    sampled = [_sampled(curve) for curve in curves]
    places: dict[int, Point] = {}
    for number, own in enumerate(sampled):
        best: tuple[float, Point] | None = None
        for index, up in own.items():
            if not 0 < index < _TRIED:
                continue
            across = index / _TRIED
            others = [
                abs(up - theirs[index])
                for other, theirs in enumerate(sampled)
                if other != number and index in theirs
            ]
            letters = [
                abs(up - place[1]) for place in places.values() if abs(across - place[0]) < _REACH
            ]
            room = min([0.5, *others, *(gap / 2 for gap in letters)])
            if best is None or room > best[0] + 1e-9:
                best = room, (across, up)
        if best is not None:
            places[number] = best[1]
    return places


def _sampled(curve: Sequence[Sequence[Point]]) -> dict[int, float]:
    """Heights at evenly spaced places across, where the curve has any."""
    found: dict[int, float] = {}
    for piece in curve:
        for (left, low), (right, high) in pairwise(piece):
            first, last = int(left * _TRIED), int(right * _TRIED) + 1
            for index in range(first, last + 1):
                across = index / _TRIED
                if left <= across <= right and right > left:
                    found[index] = low + (high - low) * (across - left) / (right - left)
    return found
