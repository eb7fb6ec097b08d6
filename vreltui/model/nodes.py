"""What a node is: each kind answers for itself what it holds, what it reads and what it demands.

A kind is a dataclass below :class:`BaseNode`, and stands in :data:`Node`. A match over nodes ends
in ``assert_never``, so that a type checker names every place that has to know of another kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Literal, NamedTuple, Self

from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.limits import MOST_PARTS
from vreltui.model.numbers import Probability
from vreltui.model.quantities import COUNT, PROBABILITY, Quantity, Value

KINDS = (
    "host",
    "hardware",
    "hypervisor",
    "vm",
    "os",
    "application",
    "function",
    "network",
    "storage",
    "power",
    "software",
    "component",
    "group",
)
"""What a node may be called; it changes icon and wording only."""

Needs = Literal["all", "any", "majority"] | int
"""How many parts or copies must work."""

Sort = Literal["component", "group", "pool"]
"""The word for a kind of node."""

_WORDS = {"words": True}
"""Marks a field that no figure depends on. Every other field belongs to the structure."""


def needed(needs: Needs, of: int) -> int:
    """How many of ``of`` parts must work.

    >>> needed("all", 3), needed("any", 3), needed("majority", 4), needed(2, 3)
    (3, 1, 3, 2)
    """
    if needs == "all":
        return of
    if needs == "any":
        return 1
    if needs == "majority":
        return of // 2 + 1
    return needs


class StatedNumber(NamedTuple):
    """A number that a node states: under which key, of which quantity, and what stands there.

    ``given`` is a value of the node's own, or the name of the parameter that gives it; ``of`` is
    the node that the number says something of: the node itself, or what it counts.
    """

    key: str
    quantity: Quantity[Any]
    given: Value | str
    of: str

    @property
    def parameter(self) -> str | None:
        """The parameter that gives it; None for a number of the node's own."""
        return self.given if isinstance(self.given, str) else None

    @property
    def own(self) -> Value | None:
        """The number of the node's own; None where a parameter gives it."""
        return None if isinstance(self.given, str) else self.given


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseNode(ABC):
    """What all nodes have, and what each kind has to answer."""

    sort: ClassVar[Sort]
    """The word for this kind of node."""

    copies_below: ClassVar[bool]
    """Whether what is directly below is copied, each copy failing by itself."""

    plain_kind: ClassVar[str]
    """The ``kind`` of a node that does not say which it is."""

    name: str
    kind: str = field(default="component", metadata=_WORDS)
    title: str = field(default="", metadata=_WORDS)
    description: str = field(default="", metadata=_WORDS)
    note: str = field(default="", metadata=_WORDS)
    source: str = field(default="", metadata=_WORDS)
    shared: bool = False

    @property
    @abstractmethod
    def children(self) -> tuple[str, ...]:
        """The nodes directly below."""

    @abstractmethod
    def child_path(self, index: int) -> Path:
        """Where in the design the child at ``index`` is named."""

    @abstractmethod
    def with_children(self, children: Sequence[str]) -> Self:
        """The same node over other children, as many as before unless it is a group."""

    @property
    @abstractmethod
    def numbers(self) -> tuple[StatedNumber, ...]:
        """The numbers that it states, the one that it is known by first."""

    @abstractmethod
    def with_number(self, key: str, given: Value | str) -> Self:
        """The same node with another number, or parameter, under ``key``.

        Raises :class:`TypeError` for a value of another quantity.
        """

    @abstractmethod
    def faults(self) -> Iterator[Problem]:
        """What is wrong with it as it stands, whatever else the design holds."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that it names."""
        return tuple([stated.given for stated in self.numbers if isinstance(stated.given, str)])

    @property
    def structure(self) -> tuple[object, ...]:
        """All that programs are compiled from: every field but words and the node's own numbers.

        >>> one = Component(name="vm", reliability=Probability.of("0.9"), note="measured")
        >>> one.structure == Component(name="vm", reliability=Probability.of("0.8")).structure
        True
        >>> one.structure == replace(one, shared=True).structure
        False
        """
        names, read = _structural(type(self))
        own = [stated.key for stated in self.numbers if not isinstance(stated.given, str)]
        held = zip(names, read(self), strict=True)
        return (self.sort, *[None if name in own else value for name, value in held])

    def stated(self, key: str | None = None) -> StatedNumber | None:
        """The number under ``key``, or the one that it is known by; None where there is none."""
        for number in self.numbers:
            if key in (None, number.key):
                return number
        return None


@cache
def _structural(kind: type[BaseNode]) -> tuple[tuple[str, ...], Callable[[BaseNode], Any]]:
    """The fields of a kind of node that are no words, and what reads them all."""
    names = tuple(entry.name for entry in fields(kind) if "words" not in entry.metadata)
    return names, attrgetter(*names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(BaseNode):
    """A module that works with a probability: a number of its own, or a parameter's name."""

    sort = "component"
    copies_below = False
    plain_kind = "component"

    reliability: Probability | str

    @property
    def children(self) -> tuple[str, ...]:
        """The nodes directly below: none."""
        return ()

    def child_path(self, index: int) -> Path:
        """Never asked for: there is no child."""
        raise IndexError(f"component {self.name} has no child {index}")

    def with_children(self, children: Sequence[str]) -> Self:
        """The component itself, which has none."""
        if children:
            raise ValueError(f"component {self.name} has no children")
        return self

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """Its reliability."""
        return (StatedNumber("reliability", PROBABILITY, self.reliability, self.name),)

    def with_number(self, key: str, given: Value | str) -> Self:
        """The same component with another reliability."""
        _one_key(self, key, "reliability")
        own = given if isinstance(given, str) else PROBABILITY.of(given)
        return replace(self, reliability=own)

    def faults(self) -> Iterator[Problem]:
        """None beyond those of its number."""
        yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(BaseNode):
    """Works when all, any, a majority or k of its parts work."""

    sort = "group"
    copies_below = False
    plain_kind = "group"

    parts: tuple[str, ...]
    needs: Needs = "all"
    kind: str = field(default="group", metadata=_WORDS)

    @property
    def children(self) -> tuple[str, ...]:
        """The nodes directly below."""
        return self.parts

    def child_path(self, index: int) -> Path:
        """Where the part at ``index`` is named."""
        return ("nodes", self.name, "parts", index)

    def with_children(self, children: Sequence[str]) -> Self:
        """The same group of other parts."""
        return replace(self, parts=tuple(children))

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """None: its parts have."""
        return ()

    def with_number(self, key: str, given: Value | str) -> Self:
        """Never asked for: it states no number."""
        del given
        raise _no_number(self, key)

    def faults(self) -> Iterator[Problem]:
        """What it needs is said in a known word, and it has parts, but not too many."""
        yield from _needs_faults(self.name, self.needs)
        path = ("nodes", self.name, "parts")
        if not self.parts:
            yield Problem(path, f"group {self.name} has no parts", "name at least one node")
        if len(self.parts) > MOST_PARTS:
            what = f"group {self.name} has {len(self.parts)} parts"
            yield Problem(path, what, f"at most {MOST_PARTS} are allowed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool(BaseNode):
    """Independent copies of one node, of which all, any, a majority or k must work.

    Everything below is copied, except what is ``shared``, of which one instance serves all copies.
    """

    sort = "pool"
    copies_below = True
    plain_kind = "group"

    of: str
    copies: int | str
    needs: Needs = "all"
    kind: str = field(default="group", metadata=_WORDS)

    @property
    def children(self) -> tuple[str, ...]:
        """The node that is copied."""
        return (self.of,)

    def child_path(self, index: int) -> Path:
        """Where what is copied is named."""
        del index
        return ("nodes", self.name, "of")

    def with_children(self, children: Sequence[str]) -> Self:
        """The same number of copies of another node."""
        (of,) = children
        return replace(self, of=of)

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """How many copies there are."""
        return (StatedNumber("copies", COUNT, self.copies, self.of),)

    def with_number(self, key: str, given: Value | str) -> Self:
        """The same pool with another number of copies."""
        _one_key(self, key, "copies")
        return replace(self, copies=given if isinstance(given, str) else COUNT.of(given))

    def faults(self) -> Iterator[Problem]:
        """What it needs is said in a known word."""
        yield from _needs_faults(self.name, self.needs)


Node = Component | Group | Pool
"""Every kind of node."""


def _one_key(node: BaseNode, key: str, known: str) -> None:
    if key != known:
        raise _no_number(node, key)


def _no_number(node: BaseNode, key: str) -> KeyError:
    return KeyError(f"{node.sort} {node.name} states no {key}")


def _needs_faults(node: str, needs: Needs) -> Iterator[Problem]:
    if isinstance(needs, str) and needs not in ("all", "any", "majority"):
        path: Path = ("nodes", node, "needs")
        right = '"all", "any", "majority" or a whole number is right'
        yield Problem(path, f'{spoken(path)} is "{needs}"', right)
