"""The parts into which a search is divided: each is answered by itself, anywhere, in any order.

What a part comes to is plain data (lists, numbers, texts) that names variants and no figure of
theirs: whoever takes it finds the figures again. So it can come from another process or out of a
file, and the answer to the whole question is the same bytes whoever found its parts, and when.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Protocol

from vreltui.engine.limits import Undecided
from vreltui.exploration.families import Options, allowed_in
from vreltui.exploration.fronts import Order, TooManyLabelsError

if TYPE_CHECKING:
    from vreltui.exploration.search_families import Proving

Ref = tuple[int, tuple[int, ...]]
"""A variant: its block, and the number of its option at each axis there."""

MOST_PARTS = 200
"""Into how many parts the blocks of a space are divided at most."""

FAMILIES = 50
"""How many families one part asks about."""

_KINDS = ("rules", "fits", "limit", "goal", "baseline", "together")


class Task(ABC):
    """A part of a search."""

    @abstractmethod
    def run(self, proving: Proving) -> Any:
        """What it comes to."""

    @abstractmethod
    def is_sound(self, result: Any, proving: Proving) -> bool:
        """Whether plain data could be what it comes to."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What is asked, in full; two parts that say the same are the same."""

    @property
    def key(self) -> str:
        """A short name that no other part of any search has."""
        return blake2b(self.words.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class RecordsTask(Task):
    """The variants of the fronts of some blocks that break no rule.

    It comes to a list of blocks, each with the numbers of the options of its variants.
    """

    order: Order
    floor: float
    places: tuple[int, ...]
    best: int = 0

    @property
    def words(self) -> str:
        """The order, the least reliability, and the blocks."""
        order = self.order
        asked = (order.columns, order.tie, order.most, order.must_fit, self.floor, self.places)
        return f"records {asked!r} {self.best}"

    def run(self, proving: Proving) -> Any:
        """Find the fronts, block by block."""
        search = proving.search
        found = []
        for at in self.places:
            place = search.places[at]
            if not place.is_broken:
                front = place.front(self.order, {}, floor=self.floor, best=self.best)
                found.append([at, [list(each) for each in place.numbers(front)]])
        return found

    def is_sound(self, result: Any, proving: Proving) -> bool:
        """Whether it lists each of its blocks once, each with variants within what is asked."""
        if not isinstance(result, list):
            return False
        if not all(isinstance(entry, list) and len(entry) == 2 for entry in result):
            return False
        places = proving.search.places
        if [at for at, _ in result] != [at for at in self.places if not places[at].is_broken]:
            return False
        for at, variants in result:
            if not isinstance(variants, list):
                return False
            if not all(_is_variant([at, numbers], proving) for numbers in variants):
                return False
            if len({tuple(numbers) for numbers in variants}) < len(variants):
                return False
            if self.order.must_fit and not places[at].are_within(variants):
                return False
        return True


@dataclass(frozen=True)
class AliveTask(Task):
    """Which of some families have a variant that meets or could. It comes to a list of 0 and 1."""

    families: tuple[Options, ...]

    @property
    def words(self) -> str:
        """The families."""
        return f"alive {self.families!r}"

    def run(self, proving: Proving) -> Any:
        """Ask about each."""
        return [int(proving.alive(family)) for family in self.families]

    def is_sound(self, result: Any, proving: Proving) -> bool:
        """Whether there is a yes or no for each."""
        del proving
        return (
            isinstance(result, list)
            and len(result) == len(self.families)
            and all(type(each) is int and each in (0, 1) for each in result)
        )


@dataclass(frozen=True)
class ProofTask(Task):
    """Why a family is out.

    It comes to a kind, a resource, a witness, and for each number that would lift the proof the
    variant that shows it.
    """

    family: Options

    @property
    def words(self) -> str:
        """The family."""
        return f"proof {self.family!r}"

    def run(self, proving: Proving) -> Any:
        """Find the proof."""
        return proving.certificate(self.family)

    def is_sound(self, result: Any, proving: Proving) -> bool:
        """Whether it names what there is, and its kind is that of the family."""
        if not (isinstance(result, list) and len(result) == 4 and result[0] in _KINDS):
            return False
        kind, resource, witness, back = result
        if (kind, resource) != proving.kind(self.family):
            return False
        is_shown = kind in ("limit", "goal", "baseline")
        if witness is None and is_shown:
            return False
        if witness is not None and not self._is_of_family(witness, proving):
            return False
        if not isinstance(back, list) or not all(
            isinstance(each, list) and len(each) == 3 for each in back
        ):
            return False
        named = [(what, name) for what, name, _ in back if isinstance(name, str)]
        if len(set(named)) < len(back):
            return False
        return all(self._lifts(what, name, ref, proving) for what, name, ref in back)

    def _is_of_family(self, ref: Any, proving: Proving) -> bool:
        """Whether plain data names a variant of the family."""
        if not _is_variant(ref, proving):
            return False
        allowed = allowed_in(proving.search.space.blocks[ref[0]], self.family)
        return allowed is not None and all(ref[1][at] in some for at, some in allowed.items())

    def _lifts(self, what: Any, name: str, ref: Any, proving: Proving) -> bool:
        """Whether a variant of the family shows what would lift the proof."""
        space = proving.search.space
        known = {
            "goal": {""} if space.goal is not None else set(),
            "limit": set(space.limits),
            "parameter": set(space.design.parameters),
        }
        if not isinstance(what, str) or name not in known.get(what, ()):
            return False
        return self._is_of_family(ref, proving) and (
            what != "parameter" or proving.shows(ref, name) is not None
        )


def _is_variant(ref: Any, proving: Proving) -> bool:
    """Whether plain data names a variant that there is."""
    if not (isinstance(ref, list) and len(ref) == 2 and type(ref[0]) is int):
        return False
    at, numbers = ref
    blocks = proving.search.space.blocks
    if not 0 <= at < len(blocks) or not isinstance(numbers, list):
        return False
    shape = blocks[at].shape
    return len(numbers) == len(shape) and all(
        type(number) is int and 0 <= number < size
        for number, size in zip(numbers, shape, strict=True)
    )


def answered(task: Task, proving: Proving) -> Any:
    """What a part comes to, or {"undecided": why} where it can't be answered."""
    try:
        return task.run(proving)
    except TooManyLabelsError as error:
        return {"undecided": str(error)}
    except MemoryError:
        return {"undecided": "it needs more memory than there is"}
    except Undecided as reason:
        return {"undecided": str(reason)}


def decided(result: Any) -> Any:
    """What a part came to. Raises :class:`Undecided` where that is nothing."""
    if isinstance(result, dict):
        raise Undecided(str(result["undecided"]))
    return result


class Work(Protocol):
    """Whoever answers the parts of a search."""

    def each(self, tasks: Sequence[Task]) -> Iterator[Any]:
        """What each comes to, in the order of the tasks. Raises :class:`Undecided`."""


def in_parts(count: int) -> Iterable[tuple[int, ...]]:
    """The numbers below a count in at most so many runs, which depend on nothing else."""
    size = max(1, -(-count // MOST_PARTS))
    return (tuple(range(at, min(at + size, count))) for at in range(0, count, size))


@dataclass
class InProcess:
    """Answers each part here and now."""

    proving: Proving

    def each(self, tasks: Sequence[Task]) -> Iterator[Any]:
        """What each comes to. Raises :class:`Undecided`."""
        for task in tasks:
            yield decided(answered(task, self.proving))
