"""Which gate is above which: cycles, tops, and what nothing refers to."""

from __future__ import annotations

from collections.abc import Mapping

from vreltui.exchange.fault_model import FaultModel
from vreltui.exchange.formulas import Formula
from vreltui.exchange.markup import refused
from vreltui.model import Problem, shown
from vreltui.model.rules import nearest
from vreltui.storage import FileError

MOST_SHOWN = 12


def names_in(formula: Formula) -> list[str]:
    """The names that a formula refers to, in their order."""
    found: list[str] = []
    stack = [formula]
    while stack:
        each = stack.pop()
        if each.word == "name":
            found.append(each.name)
        stack.extend(reversed(each.arguments))
    return found


def children_first(model: FaultModel) -> list[str]:
    """The gates of a model, none before those below it. Raises :class:`FileError` at a cycle."""
    below = {path: names_in(gate.formula) for path, gate in model.gates.items()}
    done: dict[str, None] = {}
    for root in model.gates:
        way: list[str] = []
        on_way: set[str] = set()
        stack = [(root, False)]
        while stack:
            path, is_left = stack.pop()
            if is_left:
                done[path] = None
                on_way.discard(way.pop())
            elif path in on_way:
                raise _cycle(model, [*way[way.index(path) :], path])
            elif path in below and path not in done:
                way.append(path)
                on_way.add(path)
                stack.append((path, True))
                stack.extend((child, False) for child in reversed(below[path]))
    return list(done)


def _cycle(model: FaultModel, way: list[str]) -> FileError:
    if len(way) > MOST_SHOWN:
        way = [*way[: MOST_SHOWN // 2], "...", *way[-MOST_SHOWN // 2 :]]
    place = model.gates[way[0]].place
    what = f"gates go round in a circle: {' -> '.join(map(shown, way))}"
    return refused(place.file, place.line, what, "a gate is never below itself")


def tops_of(model: FaultModel, wanted: str | None) -> list[str]:
    """The gates that nothing refers to, or the one that is wanted. Raises :class:`FileError`."""
    if wanted is not None:
        found = [path for path in model.gates if wanted in (path, path.rpartition(".")[2])]
        if len(found) != 1:
            file = next(iter(model.gates.values())).place.file if model.gates else "<none>"
            what = f'there is no gate "{shown(wanted)}"'
            if found:
                what = f'"{shown(wanted)}" is several gates'
            raise FileError(file, None, Problem((), what, nearest(wanted, list(model.gates))))
        return found
    if model.top:
        return [model.top]
    used = {name for gate in model.gates.values() for name in names_in(gate.formula)}
    return [path for path in model.gates if path not in used]


def below(model: FaultModel, tops: list[str]) -> Mapping[str, None]:
    """All paths of gates and events at and below some gates, parents first."""
    seen: dict[str, None] = {}
    stack = list(reversed(tops))
    while stack:
        path = stack.pop()
        if path not in seen:
            seen[path] = None
            gate = model.gates.get(path)
            if gate is not None:
                stack.extend(reversed(names_in(gate.formula)))
    return seen
