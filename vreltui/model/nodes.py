"""What a node is: each kind answers for itself what it holds, what it reads and what it demands.

A kind is a dataclass below :class:`~vreltui.model.base_node.BaseNode`, and stands in :data:`Node`.
A match over nodes ends in ``assert_never``, so that a type checker names every place that has to
know of another kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self, assert_never

from vreltui.model.base_node import (
    KINDS,
    WORDS,
    BaseNode,
    Counted,
    LeafNode,
    Needs,
    Sort,
    StatedNumber,
    counted,
    needed,
    needs_faults,
    no_number,
    one_key,
)
from vreltui.model.decision_nodes import Bought, Structure
from vreltui.model.errors import Path, Problem
from vreltui.model.lasting import LastingComponent
from vreltui.model.limits import MOST_PARTS
from vreltui.model.numbers import PlainNumber, Probability
from vreltui.model.policies import POLICY, Policy, PolicyPool
from vreltui.model.process_node import Process
from vreltui.model.quantities import COUNT, PROBABILITY, Value
from vreltui.model.shares import Share

__all__ = [
    "KINDS",
    "BaseNode",
    "Bought",
    "Component",
    "Counted",
    "Group",
    "LastingComponent",
    "Needs",
    "Node",
    "PolicyPool",
    "Pool",
    "Process",
    "Share",
    "Sort",
    "StatedNumber",
    "Structure",
    "counted",
    "needed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(LeafNode):
    """A module that works with a probability: a number of its own, or a parameter's name."""

    sort = "component"
    copies_below = False
    plain_kind = "component"

    reliability: Probability | str
    fails_safe: Probability | str | None = None

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """Its reliability, and the share of its failures that are safe where it is said."""
        own = StatedNumber("reliability", PROBABILITY, self.reliability, self.name)
        if self.fails_safe is None:
            return (own,)
        return (own, StatedNumber("fails_safe", PROBABILITY, self.fails_safe, self.name))

    def with_number(self, key: str, given: Value | str) -> Self:
        """The same component with another reliability, or share of safe failures."""
        own = given if isinstance(given, str) else PROBABILITY.of(given)
        if key == "fails_safe" and self.fails_safe is not None:
            return replace(self, fails_safe=own)
        one_key(self, key, "reliability")
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
    contained: Probability | str | None = None
    kind: str = field(default="group", metadata=WORDS)

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
        """The chance that a failure stays a part's own, where it is said."""
        return _contained(self.name, self.contained)

    def with_number(self, key: str, given: Value | str) -> Self:
        """The same group with another chance of containing. Raises :class:`KeyError`."""
        if self.contained is None:
            raise no_number(self, key)
        one_key(self, key, "contained")
        return replace(self, contained=given if isinstance(given, str) else PROBABILITY.of(given))

    def faults(self) -> Iterator[Problem]:
        """What it needs is said in a known word, and it has parts, but not too many."""
        yield from needs_faults(self.name, self.needs)
        all_needed = self.needs in ("all", len(self.parts))
        yield from _contained_faults(self.name, self.contained, self.needs, all_needed=all_needed)
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
    contained: Probability | str | None = None
    dormancy: Probability | str | None = None
    switch: Probability | str | None = None
    load: PlainNumber | str | None = None
    repairers: int | str | None = None
    kind: str = field(default="group", metadata=WORDS)

    @property
    def policy(self) -> Policy | None:
        """What it does with its copies; None where they are independent."""
        found = Policy(self.dormancy, self.switch, self.load, self.repairers)
        return found if found.stated else None

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
        """How many copies there are, what is contained, and the numbers of a policy."""
        copies = StatedNumber("copies", COUNT, self.copies, self.of)
        policy = () if self.policy is None else self.policy.numbers(self.name)
        return (copies, *_contained(self.name, self.contained), *policy)

    def with_number(self, key: str, given: Value | str) -> Self:
        """The same pool with another number of copies, of its policy, or chance of containing."""
        if self.policy is not None and key in self.policy.stated:
            own = given if isinstance(given, str) else POLICY[key].of(given)
            return replace(self, **{key: own})  # type: ignore[arg-type]
        if key == "contained" and self.contained is not None:
            return replace(
                self, contained=given if isinstance(given, str) else PROBABILITY.of(given)
            )
        one_key(self, key, "copies")
        return replace(self, copies=given if isinstance(given, str) else COUNT.of(given))

    def faults(self) -> Iterator[Problem]:
        """What it needs is said in a known word, and what is contained may fail."""
        yield from needs_faults(self.name, self.needs)
        all_needed = self.needs == "all"
        yield from _contained_faults(self.name, self.contained, self.needs, all_needed=all_needed)
        if self.policy is not None:
            contains = self.contained is not None
            yield from self.policy.faults(self.name, self.needs, contains=contains)


def _contained(node: str, given: Probability | str | None) -> tuple[StatedNumber, ...]:
    """The chance that a failure stays the part's own, as a number of the node above."""
    return () if given is None else (StatedNumber("contained", PROBABILITY, given, node),)


def _contained_faults(
    node: str, given: Probability | str | None, needs: Needs, *, all_needed: bool
) -> Iterator[Problem]:
    if given is not None and (all_needed or needs == "none"):
        needed_of = "none" if needs == "none" else "all"
        what = f"node {node} has contained and needs {needed_of} of its parts"
        right = "there is nothing to contain: leave contained out, or need any, a majority or fewer"
        yield Problem(("nodes", node, "contained"), what, right)


def inverts(node: Node) -> bool:
    """Whether a node works when what is below it does not."""
    match node:
        case Group(needs=needs) | Pool(needs=needs) | Bought(needs=needs):
            return needs == "none"
        case Component() | LastingComponent() | Process() | Structure() | Share() | PolicyPool():
            return False
        case unknown:
            assert_never(unknown)


Node = (
    Component | LastingComponent | Process | Group | Pool | Bought | Structure | Share | PolicyPool
)
"""Every kind of node."""
