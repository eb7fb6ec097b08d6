"""A fault tree as a design: what fails turned into what works.

A tree of failure becomes a tree of working by duality: a gate that fails when any part does works
when all do, one that fails when k of n do works when n - k + 1 do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from vreltui.exchange.design_names import DesignNames
from vreltui.exchange.event_numbers import EventNumbers
from vreltui.exchange.fault_graph import below, children_first, names_in, tops_of
from vreltui.exchange.fault_model import Entry, FaultModel, Place
from vreltui.exchange.fault_model import Group as StatedGroup
from vreltui.exchange.formulas import Form, Forms, Formula, pushed
from vreltui.exchange.losses import Loss
from vreltui.exchange.markup import refused
from vreltui.exchange.wishes import asked
from vreltui.model import Cause, Choice, Component, Design, Group, Needs, Node, Probability, shown
from vreltui.model.causes import OPEN_PSA
from vreltui.model.design import Mission
from vreltui.model.limits import MOST_CHOICES, MOST_NODES
from vreltui.model.rules import problems
from vreltui.storage import FileError

_NEGATED = "\0"
"""Stands behind the path of a gate, or of a house event, whose negation is meant."""


@dataclass
class Imported:
    """A design with what was lost on the way to it."""

    design: Design
    losses: list[Loss] = field(default_factory=list)


def design_of(model: FaultModel, numbers: EventNumbers, top: str | None, title: str) -> Imported:
    """The design of a model. Raises :class:`~vreltui.storage.FileError`."""
    return _Builder(model, numbers).build(top, title)


_LETTERS = {"MGL": "mgl", "alpha-factor": "alpha", "phi-factor": "phi"}
"""The key of the letters of each model with several; beta-factor has one."""


def _stated(group: StatedGroup, letters: list[Probability]) -> dict[str, Any]:
    key = _LETTERS.get(group.model)
    return {"beta": letters[0]} if key is None else {key: tuple(letters)}


class _Builder:
    """Makes nodes of gates and events, each when it is first needed."""

    def __init__(self, model: FaultModel, numbers: EventNumbers) -> None:
        self._model = model
        self._numbers = numbers
        self._names = DesignNames()
        self._nodes: dict[str, Node] = {}
        self._places: dict[str, Place] = {}
        self._forms: dict[str, Forms] = {}
        self._built: dict[str, str] = {}
        self._losses = list(model.losses)

    def build(self, top: str | None, title: str) -> Imported:
        """The whole design."""
        order = children_first(self._model)
        tops = tops_of(self._model, top)
        used = below(self._model, tops)
        self._check_sizes(tops, len(used))
        self._lose_unused(used)
        self._names.keep([path for path in used if self._known(path)])
        for path in order:
            if path in used:
                self._forms[path] = pushed(self._model.gates[path].formula, self._dual)
        needed = self._needed(tops, order)
        for path in order:
            for which in (path, path + _NEGATED):
                if which in needed:
                    self._gate(which)
        choices = {}
        for path in tops:
            name = self._built[path]
            choices[name] = Choice(name, name, title=self._model.titles.get(path, ""))
        roots = [choices[name].root for name in choices]
        design = Design(
            title=title,
            description=self._numbers.description,
            mission=Mission(self._numbers.time) if self._numbers.lasts else Mission(),
            parameters=self._numbers.parameters,
            nodes=self._ordered(roots),
            choices=choices,
            causes=self._causes(choices),
        )
        self._check(design)
        return Imported(design, self._losses + self._numbers.losses)

    def _needed(self, tops: list[str], order: list[str]) -> set[str]:
        """The gates and negations of gates that the tops come to need."""
        needed = set(tops)
        for path in reversed(order):
            if path in needed:
                needed.update(names_in(self._forms[path].plain.formula))
            if path + _NEGATED in needed:
                needed.update(names_in(self._forms[path].negated.formula))
        return needed

    def _known(self, path: str) -> bool:
        return path in self._model.gates or path in self._model.events

    def _check_sizes(self, tops: list[str], count: int) -> None:
        if not tops:
            entries = [*self._model.gates.values(), *self._model.events.values()]
            file = entries[0].place.file if entries else "<none>"
            raise refused(file, None, "there is no gate, and so nothing to ask about")
        place = self._model.gates[tops[0]].place
        if len(tops) > MOST_CHOICES:
            what = f"{len(tops)} gates are at the top, and a design has at most {MOST_CHOICES}"
            raise asked(place.file, None, what, "pick one with --top", "top")
        if count > MOST_NODES:
            what = f"{count} gates and events are used, and a design has at most {MOST_NODES}"
            raise refused(place.file, None, what)

    def _lose_unused(self, used: Iterable[str]) -> None:
        wanted = set(used)
        for entry in (*self._model.gates.values(), *self._model.events.values()):
            if entry.path not in wanted:
                sort = "a gate" if entry.path in self._model.gates else "an event"
                self._model.lose(entry.place, entry.path, f"{sort} that no choice uses")
        self._losses = list(self._model.losses)

    def _dual(self, path: str) -> str | None:
        """The negation of a gate or a house event, where it is coherent."""
        event = self._model.events.get(path)
        if event is not None:
            return path + _NEGATED if event.happens is not None else None
        return path + _NEGATED if self._forms[path].negated.is_coherent else None

    # Nodes

    def _node(self, path: str) -> str:
        """The node of a gate or an event, or of its negation."""
        if path not in self._built:
            if path.removesuffix(_NEGATED) in self._model.events:
                self._event(path)
            else:
                self._gate(path)
        return self._built[path]

    def _event(self, path: str) -> None:
        event = self._model.events[path.removesuffix(_NEGATED)]
        name = self._name(path)
        title, note = self._texts(event, name)
        if event.happens is None:
            node = self._numbers.node_of(event, name, title, note)
        else:
            happens = event.happens != path.endswith(_NEGATED)
            value = Probability.of(0 if happens else 1)
            node = Component(name=name, reliability=value, title=title, note=note)
        self._add(node, event.place, path)

    def _gate(self, path: str) -> None:
        if path in self._built:
            return
        plain = path.removesuffix(_NEGATED)
        gate, forms = self._model.gates[plain], self._forms[plain]
        form: Form = forms.negated if path != plain else forms.plain
        name = self._name(path)
        title, note = self._texts(gate, name)
        if gate.bound:
            note = "\n".join(filter(None, (note, gate.bound)))
        # Whatever is below has a name before the node itself is added, so that order is no matter.
        parts, needs = self._parts(form.formula, name, gate.place)
        self._add(
            Group(name=name, parts=tuple(parts), needs=needs, title=title, note=note),
            gate.place,
            path,
        )

    def _parts(self, formula: Formula, name: str, place: Place) -> tuple[list[str], Needs]:
        """The parts of the group that works when a formula does not happen."""
        word, arguments = formula.word, formula.arguments
        if word in ("name", "constant"):
            return [self._inner(formula, name, place)], "all"
        if word in ("xor", "iff"):
            return self._parity(formula, name, place)
        if word == "not":
            return self._negation(formula, name, place)
        parts = []
        for argument in arguments:
            parts.append(self._inner(argument, name, place))
        if word == "or":
            return parts, "all"
        return parts, "any" if word == "and" else len(parts) - formula.low + 1

    def _inner(self, formula: Formula, name: str, place: Place) -> str:
        """The node of a formula within the gate of a name."""
        if formula.word == "name":
            return self._node(formula.name)
        if formula.word == "constant":
            return self._constant(formula, place)
        parts, needs = self._parts(formula, name, place)
        return self._group(name, parts, needs, Place(place.file, formula.line or place.line))

    def _constant(self, formula: Formula, place: Place) -> str:
        key = f"\1{formula.low}"
        if key not in self._built:
            name = self._names.free("always-fails" if formula.low else "never-fails")
            value = Probability.of(0 if formula.low else 1)
            self._add(Component(name=name, reliability=value), place, key)
        return self._built[key]

    def _negation(self, formula: Formula, name: str, place: Place) -> tuple[list[str], Needs]:
        """What does not happen when the formula within does: none of what works may work."""
        (inner,) = formula.arguments
        if inner.word == "and":
            # It works when all parts of the gate within have failed.
            return [self._inner(each, name, place) for each in inner.arguments], "none"
        return [self._inner(inner, name, place)], "none"

    def _parity(self, formula: Formula, name: str, place: Place) -> tuple[list[str], Needs]:
        """Of two: both or neither, where one alone happening is the failure; else one alone."""
        parts = [self._inner(each, name, place) for each in formula.arguments]
        if formula.word == "xor":
            both = self._group(name, parts, "all", place)
            return [both, self._group(name, parts, "none", place)], "any"
        some = self._group(name, parts, "any", place)
        both = self._group(name, parts, "all", place)
        return [some, self._group(name, [both], "none", place)], "all"

    def _group(self, name: str, parts: list[str], needs: Needs, place: Place) -> str:
        """A further group within the gate of a name."""
        own = self._names.free(f"{name}-1")
        self._nodes[own] = Group(name=own, parts=tuple(parts), needs=needs)
        self._places[own] = place
        return own

    def _causes(self, choices: dict[str, Choice]) -> dict[str, Cause]:
        """Groups that are kept as causes. Raises :class:`FileError` where one can't be."""
        names, causes = DesignNames(), dict[str, Cause]()
        for group in self._model.groups:
            letters = [self._numbers.letter(each, group) for each in group.letters]
            if len(choices) > 1 or not all(path in self._built for path in group.members):
                what = f"some of group {shown(group.path)} are in no choice, or not in all"
                raise refused(group.place.file, group.place.line, what)
            name = names.of(group.path)
            strikes = tuple(self._built[path] for path in group.members)
            title = group.path if name != group.path else ""
            causes[name] = Cause(
                name, strikes, split=OPEN_PSA, title=title, **_stated(group, letters)
            )
        return causes

    # What is around them

    def _name(self, path: str) -> str:
        if path.endswith(_NEGATED):
            return self._names.free(f"not-{path.removesuffix(_NEGATED)}")
        return self._names.of(path)

    def _add(self, node: Node, place: Place, path: str) -> None:
        self._nodes[node.name] = node
        self._places[node.name] = place
        self._built[path] = node.name

    def _texts(self, entry: Entry, name: str) -> tuple[str, str]:
        if entry.title:
            more = f"in its file: {entry.path}" if name != entry.path else ""
            return entry.title, "\n".join(filter(None, (more, entry.note)))
        return (entry.path if name != entry.path else ""), entry.note

    def _ordered(self, roots: list[str]) -> dict[str, Node]:
        """Nodes from the top down."""
        design = Design(nodes=self._nodes)
        names = dict.fromkeys(name for root in roots for name in design.below(root))
        return {name: self._nodes[name] for name in names}

    def _check(self, design: Design) -> None:
        for problem in problems(design):
            name = str(problem.path[1]) if len(problem.path) > 1 else ""
            place = self._places.get(name) or self._numbers.places.get(name)
            if place is None:
                place = next(iter(self._places.values()))
            raise FileError(place.file, place.line, problem)
