"""Fault trees of the Open-PSA Model Exchange Format, 2.0d."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vreltui.exchange.fault_graph import names_in
from vreltui.exchange.fault_model import Event, FaultModel, Gate, Parameter, Place
from vreltui.exchange.formulas import Formula
from vreltui.exchange.markup import Element, refused
from vreltui.exchange.open_psa_causes import CauseGroup, read_group
from vreltui.exchange.open_psa_expressions import read_expression
from vreltui.exchange.open_psa_formulas import read_formula
from vreltui.exchange.open_psa_scopes import Scope, Scopes
from vreltui.model import shown
from vreltui.model.names import text_fault

_CONTAINERS = ("define-fault-tree", "define-component", "model-data")

_BESIDE = frozenset(
    {
        "define-event-tree", "define-initiating-event", "define-functional-event",
        "define-sequence", "define-branch", "define-rule", "define-consequence",
        "define-consequence-group", "define-extern-library", "define-extern-function",
        "import-module", "include",
    }
)  # fmt: skip
"""What stands beside the fault trees, which mean the same without it."""

MOST_DEFINITIONS = 100_000
"""The most gates, events and parameters of all files."""


class OpenPsaReader:
    """Reads several files into one model; :meth:`finish` resolves what they name."""

    def __init__(self) -> None:
        self.model = FaultModel()
        self.scopes = Scopes()
        self._house_settings: list[tuple[str, bool, Scope, Place]] = []
        self._groups: list[CauseGroup] = []
        self._roots: dict[str, str] = {}

    def read(self, root: Element, file: str) -> None:
        """Add what one file says. Raises :class:`FileError`."""
        if root.tag != "opsa-mef":
            what = f"the root of the file is {shown(root.tag, most=60)}"
            raise refused(file, root.line, what, "a fault tree's is opsa-mef")
        for element in root.children:
            self._definition(element, Scope(file))

    def _definition(self, element: Element, scope: Scope) -> None:
        tag = element.tag
        if tag in _CONTAINERS:
            self._container(element, scope)
        elif tag == "define-gate":
            self._gate(element, scope)
        elif tag == "define-basic-event":
            self._event(element, scope)
        elif tag == "define-house-event":
            self._house(element, scope)
        elif tag == "define-parameter":
            self._parameter(element, scope)
        elif tag == "define-CCF-group":
            self._groups.append(read_group(element, scope))
        elif tag == "set-house-event":
            self._set_house(element, scope)
        elif tag in _BESIDE:
            self._lose(element, scope, f"{tag}, which no fault tree needs")
        elif tag == "define-alignment":
            self._alignment(element, scope)
        elif tag not in ("label", "attributes"):
            what = f"{shown(tag, most=60)} is nothing that is understood here"
            right = "it could change a figure, so that the file is not read"
            if tag == "define-substitution":
                what = (
                    f"{_name_or_blank(element)}: a substitution changes which events fail together"
                )
            raise refused(scope.file, element.line, what.removeprefix(": "), right)

    def _container(self, element: Element, scope: Scope) -> None:
        if element.tag == "model-data":
            inner = scope
        else:
            inner = scope.inside(scope.name_of(element), element.get("role"))
            if inner.depth == 1:
                self.scopes.trees[inner.path] = _label(element, inner, self.model)
        for child in element.children:
            self._definition(child, inner)

    # Definitions

    def _place(self, element: Element, scope: Scope) -> Place:
        return Place(scope.file, element.line)

    def _new(self, element: Element, scope: Scope, kind: str) -> tuple[str, Place, str, str]:
        """The full path of what is defined, its place, title and note; refused where taken."""
        name = scope.name_of(element)
        path = self.scopes.define(kind, name, element, scope)
        if self.scopes.count > MOST_DEFINITIONS:
            what = f"there are more than {MOST_DEFINITIONS} definitions"
            raise refused(scope.file, element.line, what)
        title, note = _label(element, scope, self.model), _attributes(element)
        if note and text_fault(note, line_breaks=True):
            self._lose(element, scope, "its attributes, which no design's note can hold")
            note = ""
        return path, self._place(element, scope), title, note

    def _gate(self, element: Element, scope: Scope) -> None:
        path, place, title, note = self._new(element, scope, "event")
        bodies = _bodies(element)
        if len(bodies) != 1:
            what = f"gate {shown(path)} has {len(bodies)} formulas"
            raise refused(scope.file, element.line, what, "one is right")
        formula = read_formula(bodies[0], scope)
        self.model.gates[path] = Gate(path, place, title, note, formula)
        self.scopes.scope_of[path] = scope

    def _event(self, element: Element, scope: Scope) -> None:
        path, place, title, note = self._new(element, scope, "event")
        bodies = _bodies(element)
        if len(bodies) > 1:
            what = f"event {shown(path)} has {len(bodies)} expressions"
            raise refused(scope.file, element.line, what, "one is right")
        expression = read_expression(bodies[0], scope) if bodies else None
        self.model.events[path] = Event(path, place, title, note, expression)

    def _house(self, element: Element, scope: Scope) -> None:
        path, place, title, note = self._new(element, scope, "event")
        constant = element.child("constant")
        happens = constant is not None and _is_true(constant, scope)
        self.model.events[path] = Event(path, place, title, note, happens=happens)

    def _parameter(self, element: Element, scope: Scope) -> None:
        path, place, title, note = self._new(element, scope, "parameter")
        bodies = _bodies(element)
        if len(bodies) != 1:
            what = f"parameter {shown(path)} has {len(bodies)} expressions"
            raise refused(scope.file, element.line, what, "one is right")
        expression = read_expression(bodies[0], scope)
        unit = element.get("unit") or ""
        self.model.parameters[path] = Parameter(path, place, title, note, expression, unit)

    def _set_house(self, element: Element, scope: Scope) -> None:
        constant = element.child("constant")
        if constant is None:
            raise refused(scope.file, element.line, "set-house-event says no constant")
        name = scope.name_of(element, path=True)
        setting = (name, _is_true(constant, scope), scope, self._place(element, scope))
        self._house_settings.append(setting)

    def _alignment(self, element: Element, scope: Scope) -> None:
        stack = [element]
        while stack:
            each = stack.pop()
            if each.tag == "set-house-event":
                what = "an alignment sets house events phase by phase, which no one tree can say"
                raise refused(scope.file, each.line, what)
            stack.extend(each.children)
        self._lose(element, scope, "define-alignment: phases of the mission")

    def _lose(self, element: Element, scope: Scope, what: str) -> None:
        self.model.lose(self._place(element, scope), _name_or_blank(element), what)

    # Once all files are read

    def finish(self, *, as_causes: bool = False) -> FaultModel:
        """The model, in which every name is a full path. Raises :class:`FileError`."""
        for name, happens, scope, place in self._house_settings:
            event = self.model.events.get(self.scopes.find("event", name, scope, place) or "")
            if event is None or event.happens is None:
                what = f"set-house-event names {shown(name)}, which is no house event"
                raise refused(place.file, place.line, what)
            event.happens = happens
        for group in self._groups:
            if as_causes:
                group.keep(self.model, self.scopes)
            else:
                group.expand(self.model, self.scopes)
        for path, gate in self.model.gates.items():
            around = self.scopes.scope_of.get(path)
            if around is not None:
                gate.formula = self._resolved(gate.formula, around)
        self.scopes.refuse_missing()
        used = {name for gate in self.model.gates.values() for name in names_in(gate.formula)}
        self._title_tops(used)
        return self.model

    def _resolved(self, formula: Formula, scope: Scope) -> Formula:
        if formula.word == "name":
            place = Place(scope.file, formula.line)
            path = self.scopes.find("event", formula.name, scope, place)
            if path is None:
                return formula
            return replace(formula, name=self.scopes.instead.get(path, path))
        arguments = []
        for argument in formula.arguments:
            arguments.append(self._resolved(argument, scope))
        return replace(formula, arguments=tuple(arguments))

    def _title_tops(self, used: set[str]) -> None:
        tops: dict[str, list[str]] = {}
        for path in self.model.gates:
            if path not in used and path in self.scopes.scope_of:
                tops.setdefault(self.scopes.scope_of[path].tree, []).append(path)
        for tree, gates in tops.items():
            title = self.scopes.trees.get(tree, "")
            if len(gates) == 1 and title:
                self.model.titles[gates[0]] = title


def _bodies(element: Element) -> Sequence[Element]:
    return [child for child in element.children if child.tag not in ("label", "attributes")]


def _label(element: Element, scope: Scope, model: FaultModel) -> str:
    label = element.child("label")
    if label is None:
        return ""
    text = " ".join(label.text.split())
    if text_fault(text, line_breaks=False):
        what = "its label, which no design's title can be"
        model.lose(Place(scope.file, label.line), _name_or_blank(element), what)
        return ""
    return text


def _attributes(element: Element) -> str:
    found = element.child("attributes")
    said = [] if found is None else [
        f"{each.get('name') or ''}: {each.get('value') or ''}" for each in found.children
    ]  # fmt: skip
    return "\n".join(said)


def _name_or_blank(element: Element) -> str:
    return element.get("name") or ""


def _is_true(constant: Element, scope: Scope) -> bool:
    value = constant.get("value")
    if value in ("true", "1"):
        return True
    if value in ("false", "0"):
        return False
    what = f'the constant is "{shown(value or "", most=40)}"'
    raise refused(scope.file, constant.line, what, "true or false is right")
