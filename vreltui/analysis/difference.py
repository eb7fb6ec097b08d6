"""What differs in meaning between two designs: entries, keys and words, before any figure.

Comments, order, layout and the way in which a number is spelled are no difference; titles and notes
are one in words alone. What was renamed has the same content and place under another name.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from vreltui.analysis.renames import Renames, find_renames, renamed_plot
from vreltui.model import Design, Problem
from vreltui.model.edits.choices import rename_choice
from vreltui.model.edits.nodes import rename_node
from vreltui.model.edits.parameters import rename_parameter
from vreltui.model.exactly import exactly
from vreltui.model.rules import problems
from vreltui.storage.fields import DESIGN, ENTRIES
from vreltui.storage.statements import Entry, Stated, Statements, statements

Kind = Literal["added", "removed", "renamed", "changed"]

MOST_WORK = 2_000_000
"""The most renames times entries that are followed; beyond, what was renamed is removed and added.
"""


@dataclass(frozen=True)
class Change:
    """What became of one entry. ``keys`` holds the keys that differ, each as it was and as it is.

    A key that is not there, or an entry that is not, is None. ``to`` is the new name of what was
    renamed.
    """

    kind: Kind
    keys: Mapping[str, tuple[Stated | None, Stated | None]] = field(default_factory=dict)
    to: str = ""


@dataclass(frozen=True)
class Difference:
    """All that differs between two designs, but figures.

    ``top`` has the keys at the top of the file, ``tables`` the changed entries of each table by
    their old names (what was added by its new one), ``words`` the texts that differ by where they
    stand. ``old`` is the old design under the new names of what was renamed.
    """

    old: Design
    new: Design
    top: Mapping[str, tuple[Stated, Stated]]
    tables: Mapping[str, Mapping[str, Change]]
    words: Mapping[str, Mapping[str, Mapping[str, tuple[str, str]]]]

    @property
    def same_meaning(self) -> bool:
        """Whether nothing differs on which an answer depends."""
        return not self.top and not any(self.tables.values())

    @property
    def choice_pairs(self) -> list[tuple[str | None, str | None]]:
        """The choices of both, each with its name in :attr:`old` and in :attr:`new`."""
        news = self.new.choices
        pairs: list[tuple[str | None, str | None]] = [
            (name, name if name in news else None) for name in self.old.choices
        ]
        return [*pairs, *((None, name) for name in news if name not in self.old.choices)]

    def old_name(self, table: str, name: str) -> str:
        """The name that an entry of :attr:`old` has in the old file."""
        changes = self.tables.get(table, {})
        return next((was for was, each in changes.items() if each.to == name), name)


def difference(old: Design, new: Design) -> Difference:
    """What differs between two designs that keep the rules.

    >>> from vreltui.storage import parse
    >>> text = '''
    ... vreltui = 1
    ... [nodes.host]
    ... reliability = 0.99
    ... [choices.bare]
    ... root = "host"
    ... '''
    >>> one, other = parse(text).design, parse(text.replace("0.99", "0.9900")).design
    >>> difference(one, other).same_meaning
    True
    """
    was, now = statements(old), statements(new)
    renames = find_renames(was, now)
    entries = sum(map(len, was.tables.values())) + sum(map(len, now.tables.values()))
    if renames.count * entries > MOST_WORK:
        renames = Renames({})
    while True:
        moved = _renamed(old, renames)
        was = statements(moved)
        wrong = renames.wrong(was, now)
        if not wrong.count:
            break
        renames = renames.without(wrong)
    tables = {
        table: _entries(was.tables.get(table, {}), now.tables.get(table, {}), renames.of(table))
        for table in {**was.tables, **now.tables}
    }
    top = {
        name: (one, now.top[name])
        for name, one in was.top.items()
        if exactly(one.value) != exactly(now.top[name].value)
    }
    return Difference(moved, new, top, tables, _words(was, now))


def _renamed(design: Design, renames: Renames) -> Design:
    for was, now in renames.of("parameters").items():
        design = rename_parameter(design, was, now)
    for was, now in renames.of("nodes").items():
        design = rename_node(design, was, now)
    for was, now in renames.of("choices").items():
        design = rename_choice(design, was, now)
    for was, now in renames.of("plots").items():
        design = renamed_plot(design, was, now)
    return design


def meaning(entry: Entry) -> dict[str, Hashable]:
    """What each key of an entry means; the order of a group's parts means nothing."""
    found = {name: exactly(stated.value) for name, stated in entry.keys.items()}
    parts, needs = found.get("parts"), found.get("needs")
    if isinstance(parts, tuple) and isinstance(needs, str | tuple) and needs[0] != "consecutive":
        found["parts"] = tuple(sorted(map(repr, parts)))
    return found


def _entries(
    was: Mapping[str, Entry], now: Mapping[str, Entry], renames: Mapping[str, str]
) -> dict[str, Change]:
    before = {new: old for old, new in renames.items()}
    found: dict[str, Change] = {}
    for name, entry in was.items():
        other = now.get(name)
        if other is None:
            found[name] = Change("removed", _keys(entry, None))
        elif name in before:
            found[before[name]] = Change("renamed", to=name)
        elif (one := meaning(entry)) != (two := meaning(other)):
            keys = [key for key in {**one, **two} if one.get(key) != two.get(key)]
            found[name] = Change("changed", _keys(entry, other, keys))
    for name, entry in now.items():
        if name not in was:
            found[name] = Change("added", _keys(None, entry))
    return found


def _keys(
    was: Entry | None, now: Entry | None, names: list[str] | None = None
) -> dict[str, tuple[Stated | None, Stated | None]]:
    one = {} if was is None else was.keys
    other = {} if now is None else now.keys
    wanted = {**one, **other} if names is None else names
    return {name: (one.get(name), other.get(name)) for name in wanted}


def _words(was: Statements, now: Statements) -> dict[str, dict[str, dict[str, tuple[str, str]]]]:
    found: dict[str, dict[str, dict[str, tuple[str, str]]]] = {}
    own = _texts(was.words, now.words)
    if own:
        found["design"] = {"": own}
    for table, entries in was.tables.items():
        others = now.tables.get(table, {})
        said = {
            name: texts
            for name, entry in entries.items()
            if name in others and (texts := _texts(entry.words, others[name].words))
        }
        if said:
            found[table] = said
    return found


def _texts(was: Mapping[str, str], now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    names = [*was, *(name for name in now if name not in was)]
    pairs = {name: (was.get(name, ""), now.get(name, "")) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


# One change alone


def alone(found: Difference, table: str, name: str) -> Design | Problem:
    """The old design with one change made to it, or the rule that this would break.

    What the changed entry names and the old design lacks is brought along.
    """
    design = found.old
    wanted = [(table, name)]
    now = statements(found.new).tables
    while wanted:
        place, entry = wanted.pop()
        design = _with_entry(design, found.new, place, entry)
        for reference in _named(now[place][entry]):
            if reference.name not in _held(design, reference.table):
                wanted.append((reference.table, reference.name))
    return next(problems(design), design)


def _named(entry: Entry) -> Iterator[Any]:
    for stated in entry.keys.values():
        yield from stated.references


def _held(design: Design, table: str) -> Mapping[str, Any]:
    held: Mapping[str, Any] = DESIGN.known[table].held(design)
    return held


def _with_entry(design: Design, new: Design, table: str, name: str) -> Design:
    """The design with one entry, or one table that has none, as another design has it."""
    key = DESIGN.known[table]
    whole = key.held(new)
    if table in ENTRIES:
        whole = {**key.held(design), name: whole[name]}
    return replace(design, **{key.attribute: whole})
