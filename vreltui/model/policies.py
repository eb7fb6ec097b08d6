"""A pool with a policy: spares that wait, that have to be brought in, that share a load or repairs.

Its copies then are no independent parts any more, and the pool is one leaf: a process, whose states
say how many copies have failed (K. Trivedi, 2001, chapter 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vreltui.model.base_node import WORDS, LeafNode, Needs, StatedNumber, no_number
from vreltui.model.errors import Path, Problem
from vreltui.model.lasting import LastingComponent
from vreltui.model.numbers import PlainNumber, Probability
from vreltui.model.quantities import COUNT, NUMBER, PROBABILITY, Quantity, Value

if TYPE_CHECKING:  # a pool states a policy
    from vreltui.model.nodes import Pool

POLICY: Mapping[str, Quantity[Any]] = {
    "dormancy": PROBABILITY,
    "switch": PROBABILITY,
    "load": NUMBER,
    "repairers": COUNT,
}
"""The numbers of a policy, by their keys, each with its quantity."""

MOST_POLICY_COPIES = 64
"""The most copies of a pool with a policy whose figures are worked out."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a pool does with its copies; each number is its own, or the name of a parameter.

    ``dormancy`` is how often a copy that waits fails, beside one that runs; ``switch`` the chance
    that a spare is brought in; ``load`` the power by which those that are left fail more often;
    ``repairers`` how many repairs go on at a time.
    """

    dormancy: Probability | str | None = None
    switch: Probability | str | None = None
    load: PlainNumber | str | None = None
    repairers: int | str | None = None

    def numbers(self, pool: str) -> tuple[StatedNumber, ...]:
        """All that it states, as numbers of a pool."""
        return tuple(
            StatedNumber(key, POLICY[key], given, pool, zero=key == "load")
            for key, given in self.stated.items()
        )

    @property
    def stated(self) -> dict[str, Value | str]:
        """What it states, by the keys."""
        found: dict[str, Value | str | None] = {
            "dormancy": self.dormancy,
            "switch": self.switch,
            "load": self.load,
            "repairers": self.repairers,
        }
        return {key: given for key, given in found.items() if given is not None}

    def faults(self, pool: str, needs: Needs, *, contains: bool) -> Iterator[Problem]:
        """What excludes what."""
        path: Path = ("nodes", pool)
        first = next(iter(self.stated))
        if contains:
            what = f"pool {pool} has both contained and {first}"
            right = "a policy says by switch what goes wrong when a spare is brought in"
            yield Problem((*path, "contained"), what, right)
        if needs == "none":
            what = f"pool {pool} has {first} and needs none of its copies"
            yield Problem((*path, first), what, "a policy is one of copies that have to work")
        if self.switch is not None and self.dormancy is None:
            what = f"pool {pool} has switch, and its copies all run"
            right = "nothing is brought in: add dormancy = 0 for cold spares, or use contained"
            yield Problem((*path, "switch"), what, right)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPool(LeafNode):
    """A pool with a policy over a component, as one leaf. No file states one."""

    sort = "pool"
    copies_below = False
    plain_kind = "group"

    pool: Pool
    of: LastingComponent
    kind: str = field(default="group", metadata=WORDS)

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """None: its numbers are those of the pool and of the component."""
        return ()

    @property
    def listed(self) -> tuple[StatedNumber, ...]:
        """The numbers of the pool and of the component, for the parameters among them."""
        return (*self.pool.numbers, *self.of.numbers)

    def with_number(self, key: str, given: Value | str) -> PolicyPool:
        """Never asked for: it states no number."""
        del given
        raise no_number(self, key)

    def faults(self) -> Iterator[Problem]:
        """None: it is made of what keeps the rules."""
        yield from ()

    @property
    def structure(self) -> tuple[object, ...]:
        """All that programs are compiled from."""
        return (PolicyPool, self.name, self.shared, self.pool.structure, self.of.structure)


def policy_states(copies: int, stuck: int) -> tuple[str, ...]:
    """What the states are called: how many copies failed, and those in which the switch did.

    >>> policy_states(2, 1)
    ('0', '1', '2', 'stuck_0')
    """
    failed = tuple(str(number) for number in range(copies + 1))
    return failed + tuple(f"stuck_{number}" for number in range(stuck))
