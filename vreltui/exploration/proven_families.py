"""The families of a space that is searched which are out, each with its proof."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from vreltui.analysis.digits import figure
from vreltui.exploration.eliminating import family_of
from vreltui.exploration.families import Options, out_families, part_of
from vreltui.exploration.records import Record
from vreltui.exploration.remaining import Remaining
from vreltui.exploration.results import Back, Elimination, Family
from vreltui.exploration.rounding import rounded_down
from vreltui.exploration.search import Place
from vreltui.exploration.search_families import Proving
from vreltui.exploration.tasks import FAMILIES, AliveTask, ProofTask, Work


@dataclass
class ProvenFamilies:
    """The eliminations of a space; others answer the parts of the search."""

    proving: Proving
    work: Work
    depth: int
    proven: list[Elimination] = field(default_factory=list)

    def found(self) -> tuple[Elimination, ...]:
        """The eliminations, those that cover most first."""
        deque(self.steps(), maxlen=0)
        return tuple(self.proven)

    def steps(self) -> Iterator[float]:
        """Find them one by one; gives how much of it is done."""
        self.proven.clear()
        families = self.proving.families
        out = yield from part_of(out_families(families, self.depth, self._alive), 0.0, 0.7)
        left = Remaining(self.proving.search.space.blocks)
        largest = families.largest(out)
        tasks = [ProofTask(family) for family in largest]
        proofs = self.work.each(tasks)
        for number, (family, proof) in enumerate(zip(largest, proofs, strict=True)):
            yield 0.7 + 0.3 * number / len(largest)
            self.proven.append(self._told(family, proof, out[family], left.without(family)))

    def _alive(self, families: Sequence[Options]) -> Iterator[bool]:
        starts = range(0, len(families), FAMILIES)
        tasks = [AliveTask(tuple(families[at : at + FAMILIES])) for at in starts]
        for found in self.work.each(tasks):
            yield from map(bool, found)

    def _told(
        self, family: Options, proof: Sequence[Any], covers: int, remaining: int
    ) -> Elimination:
        """A proof with its figures, which are found again."""
        kind, resource, witness, back = proof
        search = self.proving.search
        best: Any = None
        needed: Any = None
        lifting: list[Back] = []
        record = None if witness is None else self._record(witness, at_best=True)
        if kind == "limit":
            best, needed = self.proving.least(family, resource), search.space.limits[resource]
            lifting.append(Back("limit", resource, best))
        elif kind in ("goal", "baseline", "together"):
            goal = search.space.goal
            needed = None if goal is None else float(goal.reliability)
            if record is not None:
                pair = record.evaluation.figures()
                best = figure(pair)
                if kind == "goal":
                    lifting.append(Back("goal", "", rounded_down(pair)))
        lifting += [self._lifting(*each) for each in back]
        told = None
        if record is not None:
            variant = record.variant("hopeless")
            told = Family(variant.choice, variant.options)
        return Elimination(
            family_of(family), kind, resource, best, needed, covers, remaining, told,
            tuple(lifting),
        )  # fmt: skip

    def _record(self, ref: Sequence[Any], *, at_best: bool = False) -> Record:
        place: Place = self.proving.search.places[ref[0]]
        return place.record(tuple(ref[1]), place.best if at_best else None)

    def _lifting(self, what: Any, name: str, ref: Sequence[Any]) -> Back:
        """What would lift a proof, by the variant that shows it."""
        search = self.proving.search
        place = search.places[ref[0]]
        bound: float | Fraction | None
        if what == "goal":
            bound = rounded_down(self._record(ref).evaluation.figures())
        elif what == "limit":
            (record,) = place.listed([ref[1]])
            used = record.uses[search.amounts.column(name)]
            bound = Fraction(used, search.amounts.scales[name])
        else:
            bound = self.proving.exactly(place, self._record(ref), name)
        if bound is None:
            raise ValueError(f"the proof does not show what {name} would have to be")
        return Back(what, name, bound)
