"""Symbols made by the program, and what each of them stands for.

A name from a file never reaches sympy: symbols are called x0001, x0002 and so on, and are mapped
back to the design's names only when an expression is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from vreltui.symbolic.algebra import Algebra, Expr

__all__ = ["Expr", "Kind", "Meaning", "Symbols"]

Kind = Literal["probability", "count", "amount", "constant", "part", "goal", "index"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a symbol stands for.

    ``name`` is a parameter's, or the part's or goal's; a constant has a ``value`` instead, and the
    goal has both, as an amount has that stands in the design by itself: "2654 h". An index is what
    a sum counts by. ``letter`` is what the figure of a part is called.
    """

    kind: Kind
    name: str = ""
    value: Fraction | None = None
    letter: str = "R"


class Symbols:
    """The symbols of one piece of work, in the order in which they were first needed."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self.meanings: dict[Expr, Meaning] = {}
        self._known: dict[Meaning, Expr] = {}

    def parameter(self, name: str, *, is_count: bool) -> Expr:
        """The symbol of a parameter."""
        return self._symbol(Meaning("count" if is_count else "probability", name))

    def constant(self, value: Fraction) -> Expr:
        """The symbol of a given probability; equal values are one symbol, 0 and 1 are numbers.

        A constant stays a symbol while expressions are built, so that sympy does not multiply it
        into the sums that it stands before.
        """
        if value in (0, 1):
            return self.algebra.whole(int(value))
        return self._symbol(Meaning("constant", "", value))

    def goal(self, name: str, value: Fraction) -> Expr:
        """The symbol of the goal."""
        return self._symbol(Meaning("goal", name, value))

    def amount(self, name: str, value: Fraction | None = None) -> Expr:
        """The symbol of a time, a rate or a plain number: a parameter's, or one with a value."""
        return self._symbol(Meaning("amount", name, value))

    def part(self, name: str, letter: str = "R") -> Expr:
        """A symbol for a subtree; the caller sees to it that no two share a name."""
        return self._symbol(Meaning("part", name, letter=letter))

    def numbered_part(self, number: int) -> Expr:
        """A symbol for a subtree without a name: P1, P2, ..., from ``number`` on.

        A number is passed over where a subtree has it, or where a parameter is called like that.
        """
        taken = {meaning.name for meaning in self.meanings.values()}
        while not taken.isdisjoint((f"#{number}", f"P{number}", f"P_{number}")):
            number += 1
        return self._symbol(Meaning("part", f"#{number}"))

    def rank(self, symbol: Expr) -> int:
        """The place of a symbol: that of its first use in the tree."""
        return int(symbol.name[1:])

    def _symbol(self, meaning: Meaning) -> Expr:
        symbol = self._known.get(meaning)
        if symbol is None:
            name = f"x{len(self.meanings) + 1:05d}"
            symbol = self.algebra.symbol(name, is_count=meaning.kind == "count")
            self._known[meaning] = symbol
            self.meanings[symbol] = meaning
        return symbol
