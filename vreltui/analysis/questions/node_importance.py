"""What one instance of each node does to a choice: every measure of its importance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flint import arb, fmpq, fmpq_poly, fmpz_poly

from vreltui.analysis.importance_results import (
    BY_STRUCTURE,
    BY_VALUES,
    OF_COMPONENTS,
    Importance,
    NodeImportance,
)
from vreltui.analysis.kept_structures import KeptStructure, kept_structure
from vreltui.analysis.quotients import MOST_BITS, finite
from vreltui.analysis.study import Study
from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import WORKING_BITS, PairOfBalls, accurate, nearest_double, precision
from vreltui.engine.gate_graph import Gate
from vreltui.engine.limits import Undecided
from vreltui.engine.structure.building import Structure, counts_of, structure_of
from vreltui.engine.structure.diagrams import Diagram, Inner
from vreltui.engine.structure.even_chances import PolynomialArithmetic
from vreltui.engine.structure.instances import instances
from vreltui.engine.structure.measures import Effect, Reading, chain, walk_up
from vreltui.engine.structure.parts import Event, Part
from vreltui.model.struck import event_name, is_shock, origin

_HALF = arb(1) / 2

MOST_DEGREE = 20_000
"""The most instances over which importances of the structure alone are found."""


def node_importances(
    study: Study, choice: str, *, by_structure: bool = False
) -> dict[str, NodeImportance]:
    """The importance of every node of a choice. Raises :class:`Undecided`.

    ``by_structure`` leaves out what depends on values, which a design that measures mean lives does
    not have.
    """
    return _Nodes(study, choice, by_structure=by_structure).found()[0]


def node_and_cause_importances(
    study: Study, choice: str
) -> tuple[dict[str, NodeImportance], dict[str, NodeImportance]]:
    """The importance of every node and of every shock of a choice. Raises :class:`Undecided`.

    A shock is called by its cause, of several letters ``NAME/k`` where it strikes k at once. What
    the structure alone says is said of nodes, and of the structure without causes.
    """
    nodes, causes = _Nodes(study, choice, by_structure=False).found()
    if not study.design.causes:
        return nodes, causes
    independent = Study(replace(study.design, causes={}), limits=study.limits)
    independent.start_budget(study.budget)
    plain = node_importances(independent, choice, by_structure=True)
    found = {
        name: replace(node, importance=_with_structure(node.importance, plain[name].importance))
        for name, node in nodes.items()
    }
    return found, causes


def _with_structure(own: Importance, plain: Importance) -> Importance:
    """Measures, of which those of the structure alone are those of another."""
    figures = {key: (plain if key in BY_STRUCTURE else own).figures[key] for key in own.figures}
    kept = {key: why for key, why in own.undecided.items() if key not in BY_STRUCTURE}
    more = {key: why for key, why in plain.undecided.items() if key in BY_STRUCTURE}
    return Importance(figures, {**kept, **more})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the instance of a node stands that decides most: a part, or inside a diagram."""

    part: Part
    inner: Inner | None = None
    line: int = 0
    """The line of the node inside the diagram."""


class _Nodes:
    def __init__(self, study: Study, choice: str, *, by_structure: bool) -> None:
        self._study, self._choice = study, choice
        self._by_structure_alone = by_structure
        self._kept: KeptStructure | None = None
        if by_structure:
            self._structure: Structure = structure_of(study.design, choice, study.budget)
            self._order = self._structure.children_first()
        else:
            self._kept = kept_structure(study, choice)
            self._structure, self._order = self._kept.structure, self._kept.order
        self._readings: dict[int, Reading] = {}
        self._undecided: dict[str, str] = {}

    def found(self) -> tuple[dict[str, NodeImportance], dict[str, NodeImportance]]:
        """What is asked for, node by node, as the design lists them; and shock by shock."""
        design = self._study.settled(self._choice)
        times = instances(self._structure.gates, counts_of(design, self._choice))
        places = self._places()
        single = self._kept_single_points(places)
        shape = self._by_structure()
        answer: dict[str, NodeImportance] = {}
        for name in design.below(design.choices[self._choice].root):
            if name in places:
                importance = self._importance(places[name], shape)
                causes = list(design.causes_among((name,)))
                if causes and not isinstance(places[name].part, Event):
                    importance = self._with_cuts(importance, places[name])
                answer[name] = NodeImportance(times[name], importance, single.get(name))
            else:
                why = self._undecided.get(name, "it stands inside a decision diagram")
                if name not in times:
                    why = "its copies are states of a pool with a policy, which is one part"
                unknown = dict.fromkeys((*BY_VALUES, *BY_STRUCTURE), why)
                figures = dict.fromkeys(unknown)
                many = times.get(name, 0)
                answer[name] = NodeImportance(many, Importance(figures, unknown), None)
        return answer, self._shocks(places, times, shape)

    def _shocks(
        self,
        places: Mapping[str, _Place],
        times: Mapping[str, int],
        shape: Mapping[Part, Importance],
    ) -> dict[str, NodeImportance]:
        """The shocks of common causes by their names; of those alike one that decides most."""
        alike: dict[str, list[str]] = {}
        for name in places:
            if is_shock(name):
                alike.setdefault(event_name(name), []).append(name)
        answer: dict[str, NodeImportance] = {}
        for called, names in alike.items():
            found = {name: self._importance(places[name], shape) for name in names}
            most = max(names, key=lambda name: found[name].figures["birnbaum"] or 0.0)
            figures = {**found[most].figures, **dict.fromkeys(BY_STRUCTURE)}
            kept = {k: v for k, v in found[most].undecided.items() if k not in BY_STRUCTURE}
            is_single = self._single_points({most: places[most]})[most]
            many = sum(times[name] for name in names)
            answer[called] = NodeImportance(many, Importance(figures, kept), is_single)
        return answer

    # Places

    def _places(self) -> dict[str, _Place]:
        """For each node the instance that decides most, at the working precision."""
        reading = self._reading(WORKING_BITS)
        found: dict[str, tuple[arb, _Place]] = {}
        for part in self._order:
            if part.gate is not None:
                _keep_larger(found, part.gate, reading.contexts[part].decides, _Place(part))
        for part in self._order:
            if isinstance(part, Diagram):
                self._inside(reading, part, found)
        return {name: place for name, (_, place) in found.items()}

    def _inside(
        self, reading: Reading, diagram: Diagram, found: dict[str, tuple[arb, _Place]]
    ) -> None:
        stands = [(gate, line) for gate, lines in diagram.inner.items() for line in lines]
        for gate, line in stands:
            try:
                inner = diagram.inside(gate, line)
            except Undecided as reason:
                self._undecided[origin(gate.node)] = str(reason)
                continue
            effect = reading.inner_effect(diagram, inner)
            _keep_larger(found, gate, effect.decides, _Place(diagram, inner, line))

    def _reading(self, bits: int) -> Reading:
        found = self._readings.get(bits)
        if found is None:
            evaluation = self._study.whole(self._choice)
            slot_of = evaluation.program.slot_of

            def given(gate: Gate, at: int) -> PairOfBalls:
                if self._by_structure_alone:
                    return _HALF, _HALF
                return evaluation.pair(slot_of(gate.node), at)

            self._study.budget.check_time("finding importances")
            if self._kept is None:
                found = Reading(self._structure, self._order, given, bits)
            else:
                found = self._kept.reading(given, bits)
            self._readings[bits] = found
        return found

    # Measures

    def _importance(self, place: _Place, shape: Mapping[Part, Importance]) -> Importance:
        is_component = isinstance(place.part, Event)
        undecided: dict[str, str] = {}
        figures: dict[str, float | None] = {}
        try:
            if not self._by_structure_alone:
                bits, effect = self._accurate(place)
                figures = self._quotients(bits, effect, undecided)
        except Undecided as reason:
            undecided |= dict.fromkeys(BY_VALUES, str(reason))
        if is_component and self._by_structure_alone:
            figures |= shape[place.part].figures
            undecided |= shape[place.part].undecided
        elif is_component:
            try:
                figures["fussell_vesely"] = self._fussell_vesely(place)
            except Undecided as reason:
                undecided["fussell_vesely"] = str(reason)
            figures |= shape[place.part].figures
            undecided |= shape[place.part].undecided
        else:
            undecided = {key: why for key, why in undecided.items() if key not in OF_COMPONENTS}
        keys = (*BY_VALUES, *BY_STRUCTURE)
        return Importance({key: figures.get(key) for key in keys}, undecided)

    def _accurate(self, place: _Place) -> tuple[int, Effect]:
        bits = WORKING_BITS
        while bits <= MOST_BITS:
            effect = _effect(self._reading(bits), place).settled()
            if effect.is_accurate and accurate(self._reading(bits).root[1]):
                return bits, effect
            bits *= 2
        raise Undecided(f"it was not certain at {MOST_BITS} bits")

    def _quotients(
        self, bits: int, effect: Effect, undecided: dict[str, str]
    ) -> dict[str, float | None]:
        q = self._reading(bits).root[1]
        found: dict[str, float | None] = {"birnbaum": nearest_double(effect.decides)}
        if q.is_zero():
            return found
        with precision(bits):
            found["criticality"] = nearest_double(effect.gains / q)
            found["diagnostic"] = nearest_double(effect.both_fail / q)
            ratios = ("raw", effect.with_fails[1], q), ("rrw", q, effect.with_works[1])
            for key, more, less in ratios:
                if less.is_zero():
                    continue
                try:
                    found[key] = finite(nearest_double(more / less))
                except Undecided as reason:
                    undecided[key] = str(reason)
        return found

    def _with_cuts(self, own: Importance, place: _Place) -> Importance:
        """Measures, with that of the cuts in which a struck component or a shock of it is."""
        try:
            figures = {**own.figures, "fussell_vesely": self._fussell_vesely(place)}
            return Importance(figures, own.undecided)
        except Undecided as reason:
            return own.with_reason("fussell_vesely", str(reason))

    def _fussell_vesely(self, place: _Place) -> float | None:
        if self._study.evaluation(self._choice).program.inverts:
            return None  # what fails has no minimal cuts where a part that works can do harm
        bits = WORKING_BITS
        while bits <= MOST_BITS:
            self._study.budget.check_time("finding what minimal cuts do")
            reading = self._reading(bits)
            q = reading.root[1]
            if q.is_zero():
                return None
            with precision(bits):
                found = _cut_chance(reading, place) / q
                if accurate(found):
                    return nearest_double(found)
            bits *= 2
        raise Undecided(f"it was not certain at {MOST_BITS} bits")

    def _kept_single_points(self, places: dict[str, _Place]) -> dict[str, bool]:
        """The single points, found once for what is possible and where nodes stand."""
        reading, kept = self._reading(WORKING_BITS), self._kept
        asked = reading.possible, reading.places, places
        if kept is not None and kept.single is not None and kept.single[0] == asked:
            return kept.single[1]
        found = self._single_points(places)
        if kept is not None:
            kept.single = asked, found
        return found

    def _single_points(self, places: dict[str, _Place]) -> dict[str, bool]:
        """Whether each node alone is enough where all that can work does."""
        reading = self._reading(WORKING_BITS)
        ends = Arithmetic(0, 1)
        able = {
            part.gate: works
            for part, (works, _) in reading.possible.items()
            if isinstance(part, Event)
        }
        state = walk_up(self._order, ends, lambda gate: (1, 0) if able[gate] else (0, 1))
        decides = chain(reading, state, ends)
        found = {}
        for name, place in places.items():
            alone = decides[place.part]
            if place.inner is not None:
                below = [state[child] for child in place.part.children]
                given = [below[atom] for atom in place.inner.order]
                _, works, fails, _, _ = place.inner.pairs(ends, given)
                alone *= works[0] - fails[0]
            found[name] = alone == 1
        return found

    def _by_structure(self) -> Mapping[Part, Importance]:
        """What depends on the structure alone, of each component; kept with the structure."""
        kept, places = self._kept, self._reading(WORKING_BITS).places
        if kept is not None and kept.shape and kept.places == places:
            return kept.shape
        parts: list[Part] = [part for part in self._order if isinstance(part, Event)]
        try:
            self._study.budget.check_time("finding importances of the structure")
            chances = self._polynomials()
        except Undecided as reason:
            nothing = Importance(
                dict.fromkeys(BY_STRUCTURE), dict.fromkeys(BY_STRUCTURE, str(reason))
            )
            return dict.fromkeys(parts, nothing)
        found = {part: Importance(_of_structure(chances[part])) for part in parts}
        if kept is not None:
            kept.shape, kept.places = found, places
        return found

    def _polynomials(self) -> dict[Part, fmpz_poly]:
        """For each part, the chance that it decides, where every component works with p."""
        arithmetic = PolynomialArithmetic()
        pairs = walk_up(self._order, arithmetic, lambda _: arithmetic.event)
        if pairs[self._structure.root][0].degree() > MOST_DEGREE:
            raise Undecided(f"there are more than {MOST_DEGREE} instances")
        return chain(self._reading(WORKING_BITS), pairs, arithmetic)


def _cut_chance(reading: Reading, place: _Place) -> arb:
    """The chance that a minimal cut has failed that the instance at a place is in."""
    if place.inner is None:
        return reading.cut_chance(place.part)
    assert isinstance(place.part, Diagram)
    return reading.cut_chance_inside(place.part, place.line)


def _keep_larger(
    found: dict[str, tuple[arb, _Place]], gate: Gate, decides: arb, place: _Place
) -> None:
    name = origin(gate.node)
    known = found.get(name)
    if known is None or decides.mid() > known[0].mid():
        found[name] = decides, place


def _effect(reading: Reading, place: _Place) -> Effect:
    if place.inner is None:
        return reading.effect(place.part)
    assert isinstance(place.part, Diagram)
    return reading.inner_effect(place.part, place.inner)


def _of_structure(chance: fmpz_poly) -> dict[str, float]:
    """The chance where all work with 1/2, and its integral over p."""
    exact = fmpq_poly(chance)
    with precision(WORKING_BITS):
        return {
            "structural": nearest_double(arb(exact(fmpq(1, 2)))),
            "barlow_proschan": nearest_double(arb(exact.integral()(fmpq(1)))),
        }
