"""Thresholds of counts: the whole numbers of copies for which a choice meets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vreltui.analysis.results import CountThreshold
from vreltui.analysis.study import Study
from vreltui.engine.contest import Contest
from vreltui.engine.dominance import dominance, enough_copies
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Direction
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.program import Source

Ranges = tuple[tuple[int, int], ...]

SignAtCount = Callable[[Source, int, tuple[bool, bool]], int]
"""The sign of a contest where a count has another value."""


def count_threshold(
    study: Study, choice: str, source: Source, value: int, satisfied: bool | None
) -> CountThreshold:
    """The threshold of a count, up to the most copies that the host holds."""
    most = study.design.most_copies
    try:
        ranges: Ranges = ((1, most),)
        for contest in study.contests(choice):
            won = winning_counts(contest, source, study.moves(choice, source), most)
            ranges = _intersect(ranges, won)
    except Undecided as reason:
        return CountThreshold(source.name, value, satisfied, (), most, str(reason))
    return CountThreshold(source.name, value, satisfied, ranges, most)


def winning_counts(contest: Contest, source: Source, moves: tuple[bool, bool], most: int) -> Ranges:
    """The counts from 1 to ``most`` with which the contest is won.

    Where the structure proves that more copies only help, or only harm, by bisection; where it
    proves that one of the two is the better one with any count, by that; else by trying every
    number.
    """
    rival = contest.rival.program if isinstance(contest.rival, Evaluation) else None
    own_direction = contest.own.program.direction(source) if moves[0] else 0
    rival_direction = rival.direction(source) if moves[1] and rival is not None else 0

    def wins(count: int) -> bool:
        contest.limits.check_time("trying every count")
        return contest.sign_at_count(source, count, moves) > 0

    if own_direction == rival_direction == 0:
        return ((1, most),) if wins(1) else ()
    if own_direction is not None and rival_direction == 0:
        return _monotone(wins, most, rising=own_direction > 0)
    if own_direction == 0 and rival_direction is not None:
        return _monotone(wins, most, rising=rival_direction < 0)
    way = _dominance(contest, source, moves)
    if way is None:
        return _every(wins, most)
    return _from_some_count_on(wins, contest, source, most) if way > 0 else ()


def _dominance(contest: Contest, source: Source, moves: tuple[bool, bool]) -> Direction | None:
    if not (moves[0] and moves[1] and isinstance(contest.rival, Evaluation)):
        return None
    return dominance(contest.own, contest.rival, source)


def _from_some_count_on(
    wins: Callable[[int], bool], contest: Contest, source: Source, most: int
) -> Ranges:
    """Counts that win, where none loses: all from enough copies on, or none, and those before."""
    enough = min(enough_copies(contest.own.program, source), most)
    found = _every(wins, enough)
    if found and found[-1][1] == enough:
        return (*found[:-1], (found[-1][0], most))
    return found


def ranges_won(
    contests: Sequence[tuple[SignAtCount, Direction | None, Limits]],
    source: Source,
    moves: tuple[bool, bool],
    most: int,
) -> Ranges:
    """The counts with which all contests are won, given how each goes with more copies."""
    ranges: Ranges = ((1, most),)
    for sign_at, way, limits in contests:

        def wins(count: int, sign_at: SignAtCount = sign_at, limits: Limits = limits) -> bool:
            limits.check_time("trying every count")
            return sign_at(source, count, moves) > 0

        if way == 0:
            won: Ranges = ((1, most),) if wins(1) else ()
        elif way is None:
            won = _every(wins, most)
        else:
            won = _monotone(wins, most, rising=way > 0)
        ranges = _intersect(ranges, won)
    return ranges


def _monotone(wins: Callable[[int], bool], most: int, *, rising: bool) -> Ranges:
    """Counts that win, when they are all those from some number on (or up to some number)."""
    if not rising:
        lost = _monotone(lambda count: not wins(count), most, rising=True)
        first_lost = lost[0][0] if lost else most + 1
        return ((1, first_lost - 1),) if first_lost > 1 else ()
    high = 1
    low = 0  # the greatest count known to lose
    while not wins(high):
        low = high
        if high == most:
            return ()
        high = min(2 * high, most)
    while high - low > 1:
        middle = (low + high) // 2
        if wins(middle):
            high = middle
        else:
            low = middle
    return ((high, most),)


def _every(wins: Callable[[int], bool], most: int) -> Ranges:
    ranges: list[tuple[int, int]] = []
    for count in range(1, most + 1):
        if not wins(count):
            continue
        if ranges and ranges[-1][1] == count - 1:
            ranges[-1] = (ranges[-1][0], count)
        else:
            ranges.append((count, count))
    return tuple(ranges)


def _intersect(one: Ranges, other: Ranges) -> Ranges:
    common = [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) <= min(b, d)]
    return tuple(sorted(common))
