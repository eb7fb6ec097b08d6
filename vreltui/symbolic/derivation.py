"""A program read as an expression, with large subtrees named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, assert_never

from vreltui.engine.laws import Source
from vreltui.engine.program import FALSE, TRUE, Program
from vreltui.engine.steps import (
    AllOf,
    AnyOf,
    AtLeast,
    Constant,
    ContainedCopies,
    Copies,
    Decision,
    Leaf,
    SharedParts,
    Step,
    Struck,
)
from vreltui.engine.walk import update
from vreltui.symbolic.arithmetic import DISTINCT, SymbolicArithmetic
from vreltui.symbolic.reading_cost import cost
from vreltui.symbolic.results import RefusedError
from vreltui.symbolic.symbols import Expr, Symbols

WHOLE = 45
"""An expression that costs at most this much to read needs no names."""

NAMED = 25
"""Where names are needed, a subtree of this cost gets one."""

NAMED_AGAIN = 6
"""The same for a subtree that is read more than once."""

MOST_REUSED = 30
"""The most named products that are looked for in other products."""

MOST_DECISIONS = 1500
"""The most pivots that are written; each takes about a millisecond, and most of them a name."""

MOST_PARTS = 400
MOST_COST = 20_000


class _TooLongError(Exception):
    """Without names the expression is too long."""


@dataclass(frozen=True, slots=True)
class Derived:
    """An expression, and the named subtrees that it uses, each in terms of earlier ones."""

    root: Expr
    parts: dict[Expr, Expr] = field(default_factory=dict)


@dataclass(slots=True)
class Reader:
    """Reads one program. ``value`` gives the expression of a source, ``inline`` those not to hide.

    A subtree that depends on a symbol of ``inline`` is never named. Readers that share ``parts``
    call equal subtrees by one name.
    """

    program: Program
    symbols: Symbols
    value: Callable[[Source], Any]
    inline: frozenset[Expr] = frozenset()
    whole: float = WHOLE
    parts: dict[Expr, Expr] = field(default_factory=dict)

    def read(self) -> Derived:
        """The root's expression. Raises :class:`RefusedError` where it would be too long."""
        steps = self.program.steps
        below = steps[: self.program.root + 1]
        decisions = sum(isinstance(step, Decision) for step in below)
        decisions += sum(step.size for step in below if isinstance(step, SharedParts | Struck))
        if decisions > MOST_DECISIONS:
            raise RefusedError(
                f"what it shares takes {decisions} pivots, and a formula of more than "
                f"{MOST_DECISIONS} can't be read"
            )
        try:
            return _Walk(self, naming=False).derived()
        except _TooLongError:
            return _Walk(self, naming=True).derived()


class _Walk:
    """One pass over the program, slot by slot."""

    def __init__(self, reader: Reader, *, naming: bool) -> None:
        self.reader = reader
        self.naming = naming
        self.arithmetic = SymbolicArithmetic(reader.symbols.algebra)
        steps = reader.program.steps
        self.r: list[Any] = [self.arithmetic.zero] * len(steps)
        self.q: list[Any] = [self.arithmetic.zero] * len(steps)
        self.parts = reader.parts
        self.products = {name: value for name, value in self.parts.items() if value.is_Mul}
        self.uses = self._count_uses()
        self.called = {slot: node for node, slot in reversed(list(reader.program.nodes.items()))}

    def derived(self) -> Derived:
        program = self.reader.program
        for slot in sorted(self.uses):
            self._compute(slot)
            if slot != program.root:
                self._shorten(slot)
        root = self.r[program.root]
        self._check(cost(root))
        used = _used(root, self.parts)
        return Derived(root, {name: self.parts[name] for name in self.parts if name in used})

    def _count_uses(self) -> dict[int, int]:
        """The slots below the root, and how often each would be written."""
        program = self.reader.program
        uses = {program.root: 1}
        for slot in range(program.root, -1, -1):
            if slot in uses:
                for read, times in _written(program.steps[slot]):
                    uses[read] = uses.get(read, 0) + times
        return uses

    def _compute(self, slot: int) -> None:
        match self.reader.program.steps[slot]:
            case Decision(on, high, low):
                for read in (on, high, low):
                    self._reuse(read)
                pair = self.arithmetic.pivot(self.r[on], self.r[high], self.r[low])
                self.r[slot], self.q[slot] = pair
            case AtLeast(k, parts) if self._is_long(parts):
                self.r[slot], self.q[slot] = self._table(k, parts)
            case (
                Constant()
                | Leaf()
                | AllOf()
                | AnyOf()
                | AtLeast()
                | Copies()
                | ContainedCopies()
                | SharedParts()
                | Struck()
            ):
                # The walk asks for a count's number, and gets its symbol where it has one.
                update(
                    self.reader.program,
                    self.arithmetic,
                    self._leaf,
                    self.reader.value,
                    self.r,
                    self.q,
                    (slot,),
                )
                self._reuse(slot)
            case step:
                assert_never(step)

    def _reuse(self, slot: int) -> None:
        """Write a product by the name of a part of it, where it has one."""
        product = self.r[slot]
        if not (product.is_Mul and self.products):
            return
        for name, value in self.products.items():
            factors = set(product.args)
            if factors.issuperset(value.args):
                product = self.reader.symbols.algebra.product(name, *(factors - set(value.args)))
        if product is not self.r[slot]:
            self.r[slot], self.q[slot] = product, 1 - product

    def _leaf(self, source: Source) -> tuple[Expr, Expr]:
        value = self.reader.value(source)
        return value, 1 - value

    def _is_long(self, parts: tuple[int, ...]) -> bool:
        return len(parts) > DISTINCT and any(self.r[part] != self.r[parts[0]] for part in parts)

    def _table(self, k: int, parts: tuple[int, ...]) -> tuple[Expr, Expr]:
        """k out of many different parts: at least j of the first i, each of them named.

        R. Barlow and K. Heidtmann, "Computing k-out-of-n system reliability", IEEE Transactions on
        Reliability R-33, 1984.
        """
        if not self.naming:
            raise _TooLongError
        reached: list[Expr] = [self.arithmetic.one] + [self.arithmetic.zero] * k
        for seen, part in enumerate(parts, 1):
            r, q = self.r[part], self.q[part]
            # Fewer than these would leave too few parts to reach k.
            least = max(1, k - (len(parts) - seen))
            for j in range(min(k, seen), least - 1, -1):
                reached[j] = self._named(r * reached[j - 1] + q * reached[j])
        return reached[k], 1 - reached[k]

    def _shorten(self, slot: int) -> None:
        """Name a slot where that makes what reads it shorter."""
        value = self.r[slot]
        length = cost(value)
        again = self.uses[slot] > 1 and length > NAMED_AGAIN
        if not self.naming:
            if length > self.reader.whole or (again and self.reader.whole <= WHOLE):
                raise _TooLongError
        elif again or length > NAMED:
            self.r[slot] = self._named(value, self.called.get(slot))
            self.q[slot] = 1 - self.r[slot]

    def _check(self, length: float) -> None:
        if not self.naming and length > self.reader.whole:
            raise _TooLongError
        if length > MOST_COST or len(self.parts) > MOST_PARTS:
            raise RefusedError(
                f"the formula would need more than {MOST_PARTS} named parts, or parts too long to "
                "read"
            )

    def _named(self, value: Expr, node: str | None = None) -> Expr:
        if value.is_Number or value.is_Symbol or value.free_symbols & self.reader.inline:
            return value
        for name, known in self.parts.items():
            if known == value:
                return name
        name = None if node is None else self.reader.symbols.part(node)
        if name is None or name in self.parts:
            name = self.reader.symbols.numbered_part(len(self.parts) + 1)
        self.parts[name] = value
        if value.is_Mul and len(self.products) < MOST_REUSED:
            self.products[name] = value
        self._check(0)
        return name


def _written(step: Step) -> Iterator[tuple[int, int]]:
    """The slots that a step reads, and how often its formula repeats each."""
    match step:
        case Decision(on, high, low):
            yield on, 1 if high == TRUE or low == FALSE else 2
            yield high, 1
            yield low, 1
        case ContainedCopies():
            for read in step.inputs:
                yield read, 2
        case AtLeast() | SharedParts() | Struck() | Copies(needs=int() | "majority"):
            for read in step.inputs:
                yield read, 2
        case Constant() | Leaf() | AllOf() | AnyOf() | Copies():
            for read in step.inputs:
                yield read, 1
        case _:
            assert_never(step)


def _used(root: Expr, parts: dict[Expr, Expr]) -> set[Expr]:
    """The named parts that the root needs."""
    used: set[Expr] = set()
    stack = [root]
    while stack:
        for name in stack.pop().free_symbols:
            if name in parts and name not in used:
                used.add(name)
                stack.append(parts[name])
    return used
