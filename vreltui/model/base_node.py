"""What every node is asked, whatever its kind; the kinds are in :mod:`vreltui.model.nodes`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Literal, NamedTuple, Self

from vreltui.model.amounts import NO_AMOUNTS, Amounts
from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.frozen import frozen
from vreltui.model.numbers import PlainNumber
from vreltui.model.quantities import Quantity, Value, quantity_of
from vreltui.model.times import Duration

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

Counted = Literal["all", "any", "majority"] | int
"""How many parts or copies must work, for what works when enough of them do."""

Needs = Counted | Literal["none"]
"""The same, or that none of them may work: the one word beyond coherence, by which a part that
works can do harm."""

Sort = Literal["component", "group", "pool", "bought", "structure", "process"]
"""The word for a kind of node."""

OWN = object()
"""Stands in a structure for a number of the node's own."""

WORDS = {"words": True}
"""Marks a field that no figure depends on. Every other field belongs to the structure."""


def counted(needs: Needs) -> tuple[Counted, bool]:
    """How many must work of what a node looks at, and whether it works when these do *not*.

    >>> counted(2), counted("none")
    ((2, False), ('any', True))
    """
    return ("any", True) if needs == "none" else (needs, False)


def needed(needs: Counted, of: int) -> int:
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
    the node that the number says something of: the node itself, or what it counts. ``bounds`` are
    limits of its own, narrower than those of the quantity; ``zero`` says that 0 is allowed.
    ``at`` is where it stands below the node, by default under its key; ``others`` are quantities
    of which it may be as well.
    """

    key: str
    quantity: Quantity[Any]
    given: Value | str
    of: str
    bounds: tuple[Fraction, Fraction] | None = None
    zero: bool = False
    at: Path = ()
    others: tuple[Quantity[Any], ...] = ()

    @property
    def place(self) -> Path:
        """Where it stands below what states it."""
        return self.at or (self.key,)

    def may_be(self, quantity: Quantity[Any]) -> bool:
        """Whether it may be a number of a quantity."""
        return quantity is self.quantity or quantity in self.others

    def fault(self, most_copies: int) -> str | None:
        """What is wrong with the number of the node's own, as one that stands here."""
        assert self.own is not None
        return self.fault_of(self.own, most_copies)

    def fault_of(self, value: Value, most_copies: int) -> str | None:
        """What is wrong with a value, a parameter's or an own one, in this place."""
        if isinstance(value, Duration | PlainNumber):
            fault = value.fault(zero=self.zero)
        else:
            fault = quantity_of(value).fault(value, most_copies)
        if fault is None and self.bounds is not None:
            low, high = self.bounds
            if not low <= self.quantity.exact(value) <= high:
                return f"must be from {self._span()}, and {self.quantity.text(value)} is not"
        return fault

    def right(self, most_copies: int) -> str:
        """What would be right in the place of a number that has a fault."""
        if self.bounds is not None:
            return f"a number from {self._span()} such as 1.5"
        said: str = self.quantity.right(most_copies)
        return said.removesuffix(" is right")

    def _span(self) -> str:
        assert self.bounds is not None
        return f"{float(self.bounds[0]):g} to {float(self.bounds[1]):g}"

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
    kind: str = field(default="component", metadata=WORDS)
    title: str = field(default="", metadata=WORDS)
    description: str = field(default="", metadata=WORDS)
    note: str = field(default="", metadata=WORDS)
    source: str = field(default="", metadata=WORDS)
    shared: bool = False
    uses: Amounts = field(default_factory=lambda: NO_AMOUNTS, metadata=WORDS)
    provides: Amounts = field(default_factory=lambda: NO_AMOUNTS, metadata=WORDS)
    fits: tuple[str, ...] = field(default=(), metadata=WORDS)

    def __post_init__(self) -> None:
        # Fields of this very class, by their names: one that is not there raises here.
        for name in ("uses", "provides"):
            object.__setattr__(self, name, frozen(getattr(self, name)))

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
        stated = (*self.numbers, *self.listed)
        return tuple([number.given for number in stated if isinstance(number.given, str)])

    @property
    def listed(self) -> tuple[StatedNumber, ...]:
        """Numbers that it states in lists; these have no name and belong to the structure."""
        return ()

    def with_listed(self, index: int, given: Value | str) -> Self:
        """The same node with another number, or parameter, in the place of a listed one.

        Raises :class:`KeyError` where it lists none.
        """
        del given
        raise no_number(self, str(index))

    @property
    def structure(self) -> tuple[object, ...]:
        """All that programs are compiled from: every field but words and the node's own numbers.

        >>> from dataclasses import replace
        >>> from vreltui.model import Component, Probability
        >>> one = Component(name="vm", reliability=Probability.of("0.9"), note="measured")
        >>> one.structure == Component(name="vm", reliability=Probability.of("0.8")).structure
        True
        >>> one.structure == replace(one, shared=True).structure
        False
        """
        names, read = _structural(type(self))
        own = [stated.key for stated in self.numbers if not isinstance(stated.given, str)]
        held = zip(names, read(self), strict=True)
        return (type(self), *[OWN if name in own else value for name, value in held])

    def stated(self, key: str | None = None) -> StatedNumber | None:
        """The number under ``key``, or the one that it is known by; None where there is none."""
        for number in self.numbers:
            if key in (None, number.key):
                return number
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafNode(BaseNode):
    """A node with nothing below it."""

    @property
    def children(self) -> tuple[str, ...]:
        """The nodes directly below: none."""
        return ()

    def child_path(self, index: int) -> Path:
        """Never asked for: there is no child."""
        raise IndexError(f"{self.sort} {self.name} has no child {index}")

    def with_children(self, children: Sequence[str]) -> Self:
        """The node itself, which has none."""
        if children:
            raise ValueError(f"{self.sort} {self.name} has no children")
        return self


@cache
def _structural(kind: type[BaseNode]) -> tuple[tuple[str, ...], Callable[[BaseNode], Any]]:
    """The fields of a kind of node that are no words, and what reads them all."""
    names = tuple(entry.name for entry in fields(kind) if "words" not in entry.metadata)
    return names, attrgetter(*names)


def one_key(node: BaseNode, key: str, known: str) -> None:
    """Raise :class:`KeyError` for another key than the one under which a node states a number."""
    if key != known:
        raise no_number(node, key)


def no_number(node: BaseNode, key: str) -> KeyError:
    """What is raised where a node states no number under a key."""
    return KeyError(f"{node.sort} {node.name} states no {key}")


def needs_faults(node: str, needs: Needs) -> Iterator[Problem]:
    """What is wrong with how much a node needs."""
    if isinstance(needs, str) and needs not in ("all", "any", "majority", "none"):
        path: Path = ("nodes", node, "needs")
        right = '"all", "any", "majority", "none" or a whole number is right'
        yield Problem(path, f'{spoken(path)} is "{needs}"', right)
