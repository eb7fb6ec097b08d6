"""What breaks a choice: its minimal cut sets; or what makes it work, its minimal path sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from flint import arb, fmpz_poly

from vreltui.analysis.cut_results import CutQuestion, CutReport, SetRow
from vreltui.analysis.digits import figure
from vreltui.analysis.quotients import double_of
from vreltui.analysis.study import Study
from vreltui.engine.balls import ONE, WORKING_BITS, ZERO, PairOfBalls, ball, nearest_double, sharpen
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.structure.building import counts_of, structure_of
from vreltui.engine.structure.counting import Sizes, certain, minimal_sets, single_points
from vreltui.engine.structure.measures import possible
from vreltui.engine.structure.parts import Event, Part
from vreltui.engine.structure.rows_of_sets import CutOff, Look, Rows
from vreltui.engine.structure.unfolded import Unfolded
from vreltui.model.struck import event_name

T = TypeVar("T")

_OF_LISTED = ("listed", "covered", "remainder", "rare_event", "mcub")


def cut_sets(study: Study, asked: CutQuestion, budget: Limits | None = None) -> CutReport:
    """The minimal sets of a choice; what was not found within the budget is undecided."""
    study.start_budget(budget)
    try:
        own = None
        if study.design.measure != "mttf":
            own = figure(study.evaluation(asked.choice).figures())
        study.budget.next_of(4)
        sets = _CutSets(study, asked)
    except Undecided as reason:
        return CutReport(asked.choice, asked.paths, None, undecided={"sets": str(reason)})
    return sets.added_to(CutReport(asked.choice, asked.paths, own))


Listed = list[tuple[SetRow, Look]]
"""The rows that are listed, and what the sets of each look like by node."""


def _told(rows: Iterable[SetRow]) -> tuple[SetRow, ...]:
    """The rows with events as they are called; those that then look alike are one row."""
    found: dict[tuple[object, float | None], SetRow] = {}
    for row in rows:
        events: dict[str, int] = {}
        for name, number in row.events.items():
            events[event_name(name)] = events.get(event_name(name), 0) + number
        if list(events.items()) == list(row.events.items()):
            found[frozenset(events.items()), row.probability] = row
            continue
        key = frozenset(events.items()), row.probability
        before = found.get(key)
        if before is None:
            found[key] = replace(row, events=events)
        else:
            share = None if row.share is None else (before.share or 0.0) + row.share
            found[key] = replace(before, count=before.count + row.count, share=share)
    return tuple(found.values())


class _CutSets:
    def __init__(self, study: Study, asked: CutQuestion) -> None:
        self._study, self._asked = study, asked
        self._has_chances = study.design.measure != "mttf"
        self._evaluation = study.whole(asked.choice)
        self._structure = structure_of(study.design, asked.choice, study.budget)
        self._unfolding: Unfolded | None = None
        self._hull = self._evaluation.program.inverts
        self._order = self._structure.children_first()
        self._possible = self._what_is_possible()
        if self._hull:
            # What a part that works may harm is not told part by part.
            diagram = self._unfolded().diagram
            self._order = [*dict.fromkeys(diagram.children), diagram]
            self._possible = self._what_is_possible()
        self._has_chances = study.design.measure != "mttf"
        above = (
            None if asked.above is None or not self._has_chances else ball(Fraction(asked.above))
        )
        cut_off = CutOff(asked.order, above, asked.rows)
        self._rows = Rows(self._chance, cut_off, study.budget)
        self._undecided: dict[str, str] = {}

    def added_to(self, report: CutReport) -> CutReport:
        """A report with everything that is asked."""
        points = single_points(self._order[-1], self._possible, paths=report.paths)
        found_at = [name for name in self._evaluation.program.nodes if name in points]
        names = tuple(dict.fromkeys(event_name(name) for name in found_at))
        sizes = self._attempt("total", self._sizes)
        total = None if sizes is None else int(sizes(1))
        self._study.budget.next_of(2)
        listed = self._attempt("sets", self._instances if self._asked.instances else self._looks)
        found = replace(
            report,
            total=total,
            orders=None if sizes is None else _orders(sizes),
            single_points=names,
            hull=self._hull,
        )
        if listed is None:
            self._undecided |= dict.fromkeys(_OF_LISTED, self._undecided["sets"])
            return replace(found, undecided=self._undecided)
        self._study.budget.next_of(1)
        number = sum(row.count for row, _ in listed)
        found = replace(found, sets=_told(row for row, _ in listed), listed=number)
        if not self._has_chances:
            return replace(found, undecided=self._undecided)
        covered = self._covered(listed, everything=number == total)
        return replace(
            found,
            covered=None if covered is None else covered[0],
            remainder=None if covered is None else covered[1],
            rare_event=self._attempt("rare_event", lambda: double_of(self._rare_event(listed))),
            mcub=self._attempt("mcub", lambda: double_of(self._upper_bound(listed))),
            undecided=self._undecided,
        )

    def _attempt(self, key: str, find: Callable[[], T]) -> T | None:
        try:
            return find()
        except Undecided as reason:
            self._undecided[key] = str(reason)
            return None

    def _what_is_possible(self) -> dict[Part, tuple[bool, bool]]:
        return possible(self._order, lambda gate: self._pair(gate.node, WORKING_BITS))

    # Chances

    def _pair(self, node: str, bits: int) -> PairOfBalls:
        if not self._has_chances:
            return ball(Fraction(1, 2)), ball(Fraction(1, 2))
        return self._evaluation.pair(self._evaluation.program.slot_of(node), bits)

    def _chance(self, node: str, bits: int) -> arb:
        """The chance that an instance has failed; of paths, that it works.

        Where a mean life is measured, 1/2: sets are then sorted by how few they take.
        """
        if not self._has_chances:
            return ball(Fraction(1, 2))
        return self._pair(node, bits)[0 if self._asked.paths else 1]

    def _whole(self, bits: int) -> arb:
        return self._evaluation.pair(bits=bits)[0 if self._asked.paths else 1]

    # Sets

    def _sizes(self) -> fmpz_poly:
        paths = self._asked.paths
        return minimal_sets(Sizes(), self._order, self._possible, self._study.budget, paths=paths)

    def _looks(self) -> Listed:
        """The rows by node that the cut-off leaves, in order."""
        paths, budget = self._asked.paths, self._study.budget
        family = minimal_sets(self._rows, self._order, self._possible, budget, paths=paths)
        return [(self._row(dict(look), look, n), look) for look, n in self._rows.sorted(family)]

    def _instances(self) -> Listed:
        """Every set by itself, as far as the cut-off leaves it, in order."""
        unfolded = self._unfolded()
        found: list[tuple[Look, tuple[str, ...]]] = []
        for names in unfolded.sets(self._asked.order):
            look = unfolded.look_of(names)
            if self._asked.above is None or self._rows.lists(look):
                found.append((look, names))
        found.sort(key=lambda each: (self._rows.place(each[0]), each[1]))
        return [
            (self._row(dict.fromkeys(names, 1), look, 1), look)
            for look, names in found[: self._asked.rows]
        ]

    def _row(self, events: dict[str, int], look: Look, count: int) -> SetRow:
        if not self._has_chances:
            return SetRow(events, count, None, None)
        share = None
        try:
            if not self._whole(WORKING_BITS).is_zero():
                share = double_of(
                    lambda bits: count * self._rows.probability(look, bits) / self._whole(bits)
                )
        except Undecided:  # larger than any double
            share = None
        return SetRow(events, count, nearest_double(self._rows.probability(look)), share)

    # What the listed sets cover

    def _covered(self, listed: Listed, *, everything: bool) -> tuple[float, float] | None:
        """The chance that a listed set has happened, and that the choice has without one."""
        try:
            if everything and not self._hull:
                (whole,) = sharpen(lambda bits: (self._whole(bits),))
                return nearest_double(whole), 0.0
            if not listed:
                (whole,) = sharpen(lambda bits: (self._whole(bits),))
                return 0.0, nearest_double(whole)
            return self._covered_by(listed)
        except Undecided as reason:
            self._undecided |= dict.fromkeys(("covered", "remainder"), str(reason))
            return None

    def _covered_by(self, listed: Listed) -> tuple[float, float]:
        unfolded = self._unfolded()
        if self._asked.instances:
            family = unfolded.named([tuple(row.events) for row, _ in listed])
        else:
            family = unfolded.chosen([look for _, look in listed])
        happened = unfolded.happened(family)

        def chances(bits: int) -> tuple[arb, arb]:
            return happened.chances([self._pair(node, bits) for node in unfolded.nodes])

        covered, remainder = sharpen(chances)
        return nearest_double(covered), nearest_double(remainder)

    def _unfolded(self) -> Unfolded:
        if self._unfolding is None:
            known = {
                part.gate.node: certain(self._possible[part])
                for part in self._possible
                if isinstance(part, Event)
            }
            counts = counts_of(self._study.design, self._asked.choice)
            gates, budget = self._structure.gates, self._study.budget
            paths = self._asked.paths
            self._unfolding = Unfolded(gates, counts, known, budget, paths=paths, hull=self._hull)
        return self._unfolding

    def _rare_event(self, listed: Listed) -> Callable[[int], arb]:
        """The sum of the probabilities of the listed sets."""
        return lambda bits: sum(
            (row.count * self._rows.probability(look, bits) for row, look in listed), ZERO
        )

    def _upper_bound(self, listed: Listed) -> Callable[[int], arb]:
        """The chance that one had happened if they were independent."""

        def bound(bits: int) -> arb:
            if any(not look for _, look in listed):  # it has failed already
                return ONE
            logarithm = ZERO
            for row, look in listed:
                rest = -self._rows.probability(look, bits)
                logarithm = logarithm + row.count * rest.log1p()
            return -(logarithm.expm1())

        return bound


def _orders(sizes: fmpz_poly) -> dict[int, int]:
    """How many sets there are of each size."""
    return {size: int(number) for size, number in enumerate(sizes.coeffs()) if number != 0}
