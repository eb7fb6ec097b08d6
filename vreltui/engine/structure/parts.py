"""The parts of a structure: each knows how it depends on the independent parts below it.

An event fails by itself. What several parts depend on together is inside one :class:`Diagram`, so
that the parts directly below anything are always independent.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.ball_arithmetic import BallArithmetic, exactly_among_others
from vreltui.engine.gate_graph import Gate

if TYPE_CHECKING:
    from vreltui.engine.structure.counting import Algebra

E = TypeVar("E")
F = TypeVar("F")

Pairs = Sequence[tuple[E, E]]
"""The chance that each part below works, and that it does not."""

Certain = bool | None
"""Whether something certainly works, certainly fails, or may do either."""

Possible = Sequence[tuple[bool, bool]]
"""Whether each part below may work, and whether it may fail."""


class Part(ABC):
    """Something that works or fails, as a function of independent parts.

    ``gate`` is the node that it is, where it is one.
    """

    gate: Gate | None
    children: tuple[Part, ...]

    @abstractmethod
    def pair(self, arithmetic: Arithmetic[E], pairs: Pairs[E]) -> tuple[E, E]:
        """The chance that it works, and that it does not."""

    @abstractmethod
    def critical(
        self, arithmetic: Arithmetic[E], pairs: Pairs[E], wanted: Collection[int] | None = None
    ) -> Sequence[E]:
        """For each part below, the chance that it alone decides; of copies, for one of them.

        Of parts that are not ``wanted`` it need not be found.
        """

    @abstractmethod
    def idle(self, index: int, possible: Possible) -> bool:
        """Whether the part at ``index`` certainly decides nothing.

        ``possible`` says of each part below whether it may work, and whether it may fail.
        """

    @abstractmethod
    def saved_by(self, index: int, possible: Possible) -> bool:
        """Whether it certainly works where the part at ``index`` does."""

    @abstractmethod
    def lost_with(self, index: int, possible: Possible) -> bool:
        """Whether it certainly fails where the part at ``index`` does."""

    @abstractmethod
    def cut_beside(self, index: int, pairs: Pairs[arb], lost: arb) -> arb:
        """The chance that the rest of some minimal cut with the part at ``index`` has failed.

        ``lost`` is the chance that this fails where that part does. What never works counts as
        failed, and is in no minimal cut.
        """

    @abstractmethod
    def minimal(
        self, algebra: Algebra[F], below: Sequence[F], known: Sequence[Certain], *, paths: bool
    ) -> F:
        """What an algebra says of its minimal cuts, or paths, from what it says of those below.

        Asked of what is not certain itself; ``known`` says which parts below are.
        """

    @abstractmethod
    def alone(self, known: Sequence[Certain], *, paths: bool) -> Sequence[int]:
        """Which of the parts below are enough by themselves to fail it (or to make it work)."""


class Event(Part):
    """A component: what fails by itself."""

    gate: Gate

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.children = ()

    def pair(self, arithmetic: Arithmetic[E], pairs: Pairs[E]) -> tuple[E, E]:
        """Never asked for: it is given."""
        raise NotImplementedError

    def critical(
        self, arithmetic: Arithmetic[E], pairs: Pairs[E], wanted: Collection[int] | None = None
    ) -> Sequence[E]:
        """Nothing is below."""
        return ()

    def idle(self, index: int, possible: Possible) -> bool:
        """Never asked for: nothing is below."""
        raise IndexError(index)

    def saved_by(self, index: int, possible: Possible) -> bool:
        """Never asked for: nothing is below."""
        raise IndexError(index)

    def lost_with(self, index: int, possible: Possible) -> bool:
        """Never asked for: nothing is below."""
        raise IndexError(index)

    def cut_beside(self, index: int, pairs: Pairs[arb], lost: arb) -> arb:
        """Never asked for: nothing is below."""
        raise IndexError(index)

    def minimal(
        self, algebra: Algebra[F], below: Sequence[F], known: Sequence[Certain], *, paths: bool
    ) -> F:
        """Itself."""
        return algebra.event(self.gate.node)

    def alone(self, known: Sequence[Certain], *, paths: bool) -> Sequence[int]:
        """Nothing is below."""
        return ()


class AtLeast(Part):
    """Works when ``k`` of its parts do."""

    def __init__(self, gate: Gate | None, k: int, children: Sequence[Part]) -> None:
        self.gate = gate
        self.k = k
        self.children = tuple(children)

    def pair(self, arithmetic: Arithmetic[E], pairs: Pairs[E]) -> tuple[E, E]:
        """The two tails of the number of parts that work."""
        if self.k > len(pairs):
            return arithmetic.zero, arithmetic.one
        if self.k == len(pairs):
            return arithmetic.all_of(pairs)
        return arithmetic.any_of(pairs) if self.k == 1 else arithmetic.at_least(self.k, pairs)

    def critical(
        self, arithmetic: Arithmetic[E], pairs: Pairs[E], wanted: Collection[int] | None = None
    ) -> Sequence[E]:
        """Exactly one too few of the others work."""
        if self.k > len(pairs):
            return [arithmetic.zero] * len(pairs)
        if self.k == len(pairs):
            return _products_of_others(arithmetic.one, [r for r, _ in pairs])
        if self.k == 1:
            return _products_of_others(arithmetic.one, [q for _, q in pairs])
        balls: Any = pairs
        if isinstance(arithmetic, BallArithmetic):
            return exactly_among_others(self.k - 1, balls)
        return _exactly_among_others(arithmetic, self.k - 1, pairs)

    def idle(self, index: int, possible: Possible) -> bool:
        """Enough of the others can't fail, or too few can work."""
        others = [each for at, each in enumerate(possible) if at != index]
        able, steady = sum(works for works, _ in others), sum(not fails for _, fails in others)
        return not steady <= self.k - 1 <= able

    def saved_by(self, index: int, possible: Possible) -> bool:
        """Enough of the others can't fail."""
        steady = sum(not fails for at, (_, fails) in enumerate(possible) if at != index)
        return steady >= self.k - 1

    def lost_with(self, index: int, possible: Possible) -> bool:
        """Too few of the others can work."""
        able = sum(works for at, (works, _) in enumerate(possible) if at != index)
        return able < self.k

    def cut_beside(self, index: int, pairs: Pairs[arb], lost: arb) -> arb:
        """Where any set of enough parts is a cut, it is the chance that too few others work."""
        able = sum(not r.is_zero() for r, _ in pairs)
        return lost if able >= self.k and not pairs[index][0].is_zero() else arb(0)

    def minimal(
        self, algebra: Algebra[F], below: Sequence[F], known: Sequence[Certain], *, paths: bool
    ) -> F:
        """Any set of enough parts."""
        rest = [family for family, given in zip(below, known, strict=True) if given is not paths]
        return algebra.some(self._wanted(known, paths), rest)

    def alone(self, known: Sequence[Certain], *, paths: bool) -> Sequence[int]:
        """All, where one more is enough."""
        return range(len(known)) if self._wanted(known, paths) == 1 else ()

    def _wanted(self, known: Sequence[Certain], paths: bool) -> int:
        """How many parts that are not certain a set takes."""
        all_in_all = self.k if paths else len(known) - self.k + 1
        return all_in_all - sum(given is paths for given in known)


class CopiesOf(Part):
    """Works when ``k`` of ``n`` independent copies of one part do."""

    def __init__(self, gate: Gate | None, k: int, n: int, part: Part) -> None:
        self.gate = gate
        self.k, self.n = k, n
        self.children = (part,)

    def pair(self, arithmetic: Arithmetic[E], pairs: Pairs[E]) -> tuple[E, E]:
        """The two tails of the number of copies that work."""
        return arithmetic.copies(self.k, self.n, pairs[0])

    def critical(
        self, arithmetic: Arithmetic[E], pairs: Pairs[E], wanted: Collection[int] | None = None
    ) -> Sequence[E]:
        """Exactly one too few of the other copies work."""
        if self.k > self.n:
            return [arithmetic.zero]
        r: Any
        q: Any
        ways = 1
        for chosen in range(min(self.k - 1, self.n - self.k)):
            ways = ways * (self.n - 1 - chosen) // (chosen + 1)
        r, q = pairs[0]
        works, fails = r ** (self.k - 1), q ** (self.n - self.k)
        return [arithmetic.scale(works * fails, ways)]

    def idle(self, index: int, possible: Possible) -> bool:
        """The other copies can't fail, or can't work, whichever matters."""
        works, fails = possible[0]
        others = self.n - 1
        return not (0 if fails else others) <= self.k - 1 <= (others if works else 0)

    def saved_by(self, index: int, possible: Possible) -> bool:
        """The other copies can't fail, or none of them has to work."""
        return self.k == 1 or (self.k <= self.n and not possible[0][1])

    def lost_with(self, index: int, possible: Possible) -> bool:
        """All copies have to work, or none can."""
        return self.k >= self.n or not possible[0][0]

    def cut_beside(self, index: int, pairs: Pairs[arb], lost: arb) -> arb:
        """As of parts that are each their own."""
        return lost if self.k <= self.n and not pairs[0][0].is_zero() else arb(0)

    def minimal(
        self, algebra: Algebra[F], below: Sequence[F], known: Sequence[Certain], *, paths: bool
    ) -> F:
        """Any set of enough copies."""
        return algebra.copies(below[0], self.k if paths else self.n - self.k + 1, self.n)

    def alone(self, known: Sequence[Certain], *, paths: bool) -> Sequence[int]:
        """One copy, where that is enough."""
        return (0,) if (self.k if paths else self.n - self.k + 1) == 1 else ()


def _products_of_others(one: E, values: Sequence[E]) -> list[E]:
    """For each value, the product of all others, without dividing."""
    after: list[Any] = [one] * len(values)
    for i in range(len(values) - 2, -1, -1):
        after[i] = after[i + 1] * values[i + 1]
    products: list[E] = []
    before: Any = one
    for i, value in enumerate(values):
        products.append(before * after[i])
        before = before * value
    return products


def _exactly_among_others(arithmetic: Arithmetic[E], k: int, pairs: Pairs[E]) -> list[E]:
    """For each part, the chance that exactly ``k`` of the others work."""
    before = _numbers_working(arithmetic, k, pairs)
    after = _numbers_working(arithmetic, k, pairs[::-1])[::-1]
    found = []
    for first, rest in zip(before, after, strict=True):
        total: Any = arithmetic.zero
        for j in range(max(0, k - len(rest) + 1), min(k + 1, len(first))):
            total = total + first[j] * rest[k - j]
        found.append(total)
    return found


def _numbers_working(arithmetic: Arithmetic[E], k: int, pairs: Pairs[E]) -> list[list[Any]]:
    """For each part, the chances that 0, 1, ... k of the parts before it work."""
    working: list[Any] = [arithmetic.one]
    found = []
    for r, q in pairs:
        found.append(working)
        grown = [working[0] * q]
        grown.extend(working[j] * q + working[j - 1] * r for j in range(1, len(working)))
        if len(working) <= k:
            grown.append(working[-1] * r)
        working = grown
    return found
