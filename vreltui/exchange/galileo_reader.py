"""Fault trees in the notation of Galileo, as Storm reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vreltui.exchange.expressions import Expression
from vreltui.exchange.fault_model import Event, FaultModel, Gate, Place
from vreltui.exchange.formulas import Formula
from vreltui.exchange.galileo_chains import ORDERED, SPARES, chains_of
from vreltui.exchange.galileo_events import ATTRIBUTES, constant, expression_of
from vreltui.exchange.galileo_words import Word, statements
from vreltui.exchange.losses import Loss
from vreltui.exchange.markup import refused
from vreltui.exchange.ordered_gates import Chain
from vreltui.exchange.wishes import asked
from vreltui.model import Problem, shown
from vreltui.storage import FileError

_STATIC = ("and", "or")
_REFUSED = {
    "por": "which of its parts fails first decides, and no bound is known",
    "por-inc": "which of its parts fails first decides, and no bound is known",
    "por-incl": "which of its parts fails first decides, and no bound is known",
    "seq": "it forces an order of failures",
    "seqor": "it forces an order of failures",
    "mutex": "it forbids failures together",
    "inspection": "what is inspected is no part of a tree",
    "repair": "what is repaired is no part of a tree",
    "ri": "what is repaired is no part of a tree",
    "be": "this is Storm's other notation",
}
_VOTE = re.compile(r"(\d{1,7})of(\d{1,7})", re.IGNORECASE)
_THRESHOLD = re.compile(r"vot(\d{1,7})", re.IGNORECASE)
_AT_LEAST = "read as {}, by which reliability is at least what is said"


@dataclass
class _Statement:
    """A gate as its file has it."""

    name: str
    sort: str
    parts: list[Word]
    line: int
    number: str = ""


@dataclass
class GalileoReader:
    """Reads one file. With ``bounds``, gates whose order counts are taken as bounds."""

    file: str
    bounds: bool = False
    model: FaultModel = field(default_factory=FaultModel)
    description: str = ""
    _gates: dict[str, _Statement] = field(default_factory=dict)
    _dependencies: list[_Statement] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)
    _dormancies: dict[str, Expression] = field(default_factory=dict)

    def read(self, data: bytes) -> FaultModel:
        """The model. Raises :class:`FileError`."""
        for words in statements(data, self.file):
            self._statement(words)
        if not self.model.top:
            raise refused(self.file, None, "no statement says the top", 'write toplevel "name";')
        self._refuse_missing()
        chains = chains_of(
            [(each.name, each.sort, [part.text for part in each.parts]) for each in self._all()],
            {name: event.expression for name, event in self.model.events.items()},
            self._dormancies,
        )
        for statement in self._gates.values():
            chain = chains.get(statement.name)
            if chain is None:
                self._gate(statement)
            else:
                self._ordered(statement, chain)
        for name in self._dormancies:
            if name in self.model.events:
                place = self.model.events[name].place
                self.model.lose(place, name, "dorm, which counts in a spare alone")
        for statement in self._dependencies:
            self._depend(statement)
        if self.model.top not in self.model.gates:
            # A single event at the top: a gate of one part, as others have it.
            top, line = self.model.top, self._places[self.model.top]
            name = self._free("top")
            place, formula = Place(self.file, line), Formula("name", name=top, line=line)
            self.model.gates[name] = Gate(name, place, formula=formula)
            self.model.top = name
        return self.model

    def _refused(self, line: int, what: str, right: str = "") -> FileError:
        return refused(self.file, line, what, right)

    def _free(self, name: str) -> str:
        found, number = name, 2
        while found in self._places:
            found, number = f"{name}-{number}", number + 1
        self._places[found] = 0
        return found

    # Statements

    def _statement(self, words: list[Word]) -> None:
        first = words[0]
        if first.text == "toplevel" and not first.quoted and len(words) == 2:
            if self.model.top:
                raise self._refused(first.line, "the top is said twice")
            self.model.top = words[1].text
            return
        if first.text == "param" and not first.quoted:
            what = "param leaves a number open, which no figure can"
            raise self._refused(first.line, what, "write the number")
        if len(words) < 2:
            what = f"{shown(first.text, most=60)} stands alone"
            raise self._refused(first.line, what, "a gate or an event is right")
        self._define(first)
        if len(words) > 2 and words[2].text == "=" and words[1].text in ATTRIBUTES:
            self._event(first, words[1:])
            return
        self._gate_statement(first, words)

    def _define(self, name: Word) -> None:
        if not name.text.strip():
            raise self._refused(name.line, "a name is empty")
        if self._places.get(name.text):
            before = self._places[name.text]
            what = f"{shown(name.text, most=80)} is defined twice, at first in line {before}"
            raise self._refused(name.line, what, "one definition is right")
        self._places[name.text] = name.line

    def _gate_statement(self, name: Word, words: list[Word]) -> None:
        sort = words[1].text.lower()
        if words[1].quoted:
            what = f"{shown(sort, most=60)} is no kind of gate, in quotes"
            raise self._refused(name.line, what)
        number, start = "", 2
        if sort == "pdep" and len(words) > 3 and words[2].text == "=":
            number, start = words[3].text, 4
        parts = words[start:]
        if any(word.text == "=" for word in parts):
            what = f"{shown(name.text, most=60)} has {shown(words[1].text, most=40)}"
            raise self._refused(name.line, what, f"a number of {', '.join(ATTRIBUTES)} is right")
        statement = _Statement(name.text, sort, parts, name.line, number)
        if sort in ("fdep", "pdep"):
            self._dependencies.append(statement)
            return
        self._gates[name.text] = statement

    def _event(self, name: Word, words: list[Word]) -> None:
        numbers: dict[str, Word] = {}
        for index in range(0, len(words), 3):
            three = words[index : index + 3]
            if len(three) != 3 or three[1].text != "=" or three[0].text not in ATTRIBUTES:
                what = f"{shown(name.text, most=60)} has {shown(three[0].text, most=40)}"
                right = f"a number of {', '.join(ATTRIBUTES)} is right"
                raise self._refused(three[0].line, what, right)
            if three[0].text in numbers:
                raise self._refused(three[0].line, f"{three[0].text} is said twice")
            numbers[three[0].text] = three[2]
        place = Place(self.file, name.line)
        expression = expression_of(name.text, numbers, place)
        if "dorm" in numbers:
            self._dormancies[name.text] = constant("dorm", numbers["dorm"], place)
        self.model.events[name.text] = Event(name.text, place, expression=expression)

    def _refuse_missing(self) -> None:
        known = {*self.model.events, *self._gates}
        said: dict[str, int] = {}
        if self.model.top not in known:
            said[self.model.top] = 1
        for statement in (*self._gates.values(), *self._dependencies):
            for part in statement.parts:
                if part.text not in known:
                    said.setdefault(part.text, part.line)
        faults = [
            (line, Problem((), f"{shown(name, most=80)} is used, and defined nowhere"))
            for name, line in said.items()
        ]
        if faults:
            raise FileError(self.file, *faults[0], tuple(faults[1:]))

    # Gates

    def _gate(self, statement: _Statement) -> None:
        name, line, sort = statement.name, statement.line, statement.sort
        if not statement.parts:
            raise self._refused(line, f"gate {shown(name)} has no parts")
        arguments = tuple([Formula("name", name=p.text, line=p.line) for p in statement.parts])
        word, least, bound = self._meaning(statement)
        formula = Formula(word, arguments, low=least, line=line)
        self.model.gates[name] = Gate(name, Place(self.file, line), formula=formula, bound=bound)
        if bound:
            self.model.losses.append(Loss(line, name, "bounded", f"{sort} {bound}", self.file))
            self.description = "Bounded on import: reliability is at least what is said here."

    def _all(self) -> Iterator[_Statement]:
        yield from self._gates.values()
        yield from self._dependencies

    def _ordered(self, statement: _Statement, chain: Chain) -> None:
        """A gate whose order counts, as one event that stands for all of its parts."""
        name, place = statement.name, Place(self.file, statement.line)
        own = self._free(f"{name}-in-order")
        parts = [part.text for part in statement.parts]
        note = f"In its file a {statement.sort} of {', '.join(parts)}, in this order."
        self.model.events[own] = Event(own, place, note=note, chain=chain)
        formula = Formula("name", name=own, line=statement.line)
        self.model.gates[name] = Gate(name, place, formula=formula)
        for part in parts:
            del self.model.events[part]

    def _meaning(self, statement: _Statement) -> tuple[str, int, str]:
        """The connective of a gate, its number, and why it is a bound, where it is."""
        sort, count, line = statement.sort, len(statement.parts), statement.line
        if sort in _STATIC:
            return sort, 0, ""
        vote, threshold = _VOTE.fullmatch(sort), _THRESHOLD.fullmatch(sort)
        if vote or threshold:
            least = int((vote or threshold)[1])  # type: ignore[index]
            if vote and int(vote[2]) != count:
                what = f"gate {shown(statement.name)} is {sort}, and has {count} parts"
                raise self._refused(line, what)
            if not 1 <= least <= count:
                what = f"gate {shown(statement.name)} wants {least} of {count}"
                raise self._refused(line, what, f"1 to {count} is right")
            return "atleast", least, ""
        if sort in SPARES:
            return self._spare(statement)
        if sort in ORDERED:
            return self._bounded(statement, "and", "the order in which its parts fail counts")
        why = _REFUSED.get(sort)
        if why is None:
            what = f"{shown(sort, most=40)} is no kind of gate that is understood here"
            raise self._refused(
                line, what, "and, or, 2of3, fdep, pdep=, hsp and the like are right"
            )
        raise self._refused(line, f"gate {shown(statement.name)} is {sort}: {why}")

    def _spare(self, statement: _Statement) -> tuple[str, int, str]:
        own = {part.text for part in statement.parts[1:]}
        for other in self._gates.values():
            if other is not statement and own & {part.text for part in other.parts}:
                what = f"gate {shown(statement.name)} shares a spare with {shown(other.name)}"
                raise self._refused(statement.line, what, "spares of its own are right")
        if statement.sort == "hsp":
            return "and", 0, ""
        return self._bounded(statement, "hot", "a spare ages less while it waits")

    def _bounded(self, statement: _Statement, as_what: str, why: str) -> tuple[str, int, str]:
        if not self.bounds:
            what = f"gate {shown(statement.name)} is {statement.sort}: {why}"
            right = "--bounds takes it as a bound: reliability is at least what is said then"
            raise asked(self.file, statement.line, what, right, "bounds")
        return "and", 0, _AT_LEAST.format(as_what)

    # Dependencies

    def _depend(self, statement: _Statement) -> None:
        """Dependents fail with the trigger: each is in series with it."""
        if len(statement.parts) < 2:
            what = f"{shown(statement.name)} has a trigger and no dependent"
            raise self._refused(statement.line, what)
        trigger, *dependents = statement.parts
        if statement.sort == "pdep" and len(dependents) > 1:
            what = f"{shown(statement.name)} is pdep of several, which fail together by one chance"
            raise self._refused(statement.line, what, "one dependent is right")
        cause = Formula("name", name=trigger.text, line=statement.line)
        if statement.sort == "pdep":
            cause = self._probable(statement, cause)
        for dependent in dependents:
            self._in_series(dependent, cause)

    def _probable(self, statement: _Statement, cause: Formula) -> Formula:
        place = Place(self.file, statement.line)
        number = Word(statement.number, False, statement.line)
        expression = expression_of(statement.name, {"prob": number}, place)
        self.model.events[statement.name] = Event(statement.name, place, expression=expression)
        chance = Formula("name", name=statement.name, line=statement.line)
        return Formula("and", (cause, chance), line=statement.line)

    def _in_series(self, dependent: Word, cause: Formula) -> None:
        """Wherever the dependent is named, it or its cause failing is enough."""
        gate = self.model.gates.get(dependent.text)
        if gate is None:
            event = self.model.events.pop(dependent.text)
            own = self._free(f"{dependent.text}-itself")
            event.path = own
            self.model.events[own] = event
            formula = Formula("name", name=own, line=dependent.line)
            gate = Gate(dependent.text, event.place, formula=formula)
            self.model.gates[dependent.text] = gate
        gate.formula = Formula("or", (gate.formula, cause), line=dependent.line)
