"""Nodes at which something is left to choose: what is bought, and which structure is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from vreltui.model.base_node import (
    WORDS,
    BaseNode,
    LeafNode,
    Needs,
    StatedNumber,
    needs_faults,
    no_number,
    one_key,
)
from vreltui.model.errors import Path, Problem
from vreltui.model.limits import MOST_PARTS
from vreltui.model.options import Mix, Taken
from vreltui.model.quantities import COUNT, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought(LeafNode):
    """An item of a catalogue; with ``copies`` a pool of such, which with ``mix`` may differ.

    ``chosen`` is what it takes now, None the first item.
    """

    sort = "bought"
    copies_below = False
    plain_kind = "component"

    catalogue: str
    chosen: Taken | None = None
    copies: int | str | None = None
    mix: bool = False
    needs: Needs = "all"

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """How many there are, where it says so."""
        if self.copies is None:
            return ()
        return (StatedNumber("copies", COUNT, self.copies, self.name),)

    def with_number(self, key: str, given: Value | str) -> Self:
        """The same with another number of copies."""
        one_key(self, key, "copies")
        return replace(self, copies=given if isinstance(given, str) else COUNT.of(given))

    def faults(self) -> Iterator[Problem]:
        """A mix is one of several copies, and only copies need so many of them."""
        yield from needs_faults(self.name, self.needs)
        path: Path = ("nodes", self.name)
        if self.copies is None and self.mix:
            what = f"bought node {self.name} is a mix, and has no copies"
            yield Problem((*path, "mix"), what, "add copies = ..., or leave mix out")
        elif self.copies is None and self.needs != "all":
            what = f"bought node {self.name} needs {self.needs}, and has no copies"
            yield Problem((*path, "needs"), what, "add copies = ..., or leave needs out")
        if isinstance(self.chosen, Mix) and not self.mix:
            what = f"bought node {self.name} takes a mix, and all its copies are one item"
            yield Problem((*path, "chosen"), what, "name one item, or add mix = true")
        elif isinstance(self.chosen, str) and self.mix:
            what = f"bought node {self.name} is a mix, and takes {self.chosen}"
            right = f"say how many of each, as chosen = {{ {self.chosen} = 2 }}"
            yield Problem((*path, "chosen"), what, right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure(BaseNode):
    """One of several nodes is there, and no other; ``chosen`` which it is now, None the first."""

    sort = "structure"
    copies_below = False
    plain_kind = "group"

    one_of: tuple[str, ...]
    chosen: str | None = None
    kind: str = field(default="group", metadata=WORDS)

    @property
    def children(self) -> tuple[str, ...]:
        """The nodes of which one is there."""
        return self.one_of

    def child_path(self, index: int) -> Path:
        """Where the node at ``index`` is named."""
        return ("nodes", self.name, "one_of", index)

    def with_children(self, children: Sequence[str]) -> Self:
        """The same over other nodes; what was chosen stays so in its place."""
        after = tuple(children)
        chosen = self.chosen
        if chosen is not None and chosen not in after:
            place = self.one_of.index(chosen)
            chosen = after[place] if len(after) == len(self.one_of) else None
        return replace(self, one_of=after, chosen=chosen)

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """None: what is there has."""
        return ()

    def with_number(self, key: str, given: Value | str) -> Self:
        """Never asked for: it states no number."""
        del given
        raise no_number(self, key)

    def faults(self) -> Iterator[Problem]:
        """There is something to choose, nothing is named twice, and what is chosen is among it."""
        path: Path = ("nodes", self.name, "one_of")
        if not self.one_of:
            yield Problem(path, f"structure {self.name} has no nodes", "name at least one node")
        if len(self.one_of) > MOST_PARTS:
            what = f"structure {self.name} has {len(self.one_of)} nodes"
            yield Problem(path, what, f"at most {MOST_PARTS} are allowed")
        for index, name in enumerate(self.one_of):
            if name in self.one_of[:index]:
                what = f"structure {self.name} names {name} twice"
                yield Problem((*path, index), what, "name each node once")
