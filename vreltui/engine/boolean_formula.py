"""A Boolean formula over independent atoms: what is left for a decision diagram to solve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import assert_never


@dataclass(frozen=True, slots=True)
class Atom:
    """An independent part; ``number`` counts the atoms of a formula."""

    number: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least k of the operands work."""

    k: int
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """``high`` where ``on`` works, else ``low``; ``None`` never works."""

    on: int
    high: int | None
    low: int | None


Line = Atom | Threshold | Choose


def opposite_line(formula: Formula, line: int | None) -> int:
    """The line of what works where another does not; None stands for what never works."""
    always = formula.add(Threshold(0, ()))
    return always if line is None else formula.add(Choose(line, None, always))


@dataclass(slots=True)
class Formula:
    """Lines, each reading earlier ones. ``first`` are atoms that must stand above all others."""

    lines: list[Line] = field(default_factory=list)
    atoms: int = 0
    first: set[int] = field(default_factory=set)

    def add(self, line: Line) -> int:
        """Append a line and return its number."""
        self.lines.append(line)
        return len(self.lines) - 1

    def add_atom(self, *, first: bool = False) -> tuple[int, int]:
        """Append a new atom; return its line and its atom number."""
        number = self.atoms
        self.atoms += 1
        if first:
            self.first.add(number)
        return self.add(Atom(number)), number

    def operands(self, line: int) -> tuple[int, ...]:
        """The lines that a line reads."""
        match self.lines[line]:
            case Threshold(_, operands):
                return operands
            case Choose(on, high, low):
                return tuple(part for part in (on, high, low) if part is not None)
            case Atom():
                return ()
            case unknown:
                assert_never(unknown)

    def atoms_below(self, line: int) -> frozenset[int]:
        """The numbers of the atoms that a line reads, directly or not."""
        found: set[int] = set()
        seen = {line}
        stack = [line]
        while stack:
            at = stack.pop()
            content = self.lines[at]
            if isinstance(content, Atom):
                found.add(content.number)
            fresh = [part for part in self.operands(at) if part not in seen]
            seen.update(fresh)
            stack.extend(fresh)
        return frozenset(found)

    def readers(self, roots: Sequence[int]) -> list[int]:
        """How often each line is read, by lines that the roots need and as a root itself."""
        times = [0] * len(self.lines)
        for root in roots:
            times[root] += 1
        for line in range(len(self.lines) - 1, -1, -1):
            if times[line]:
                for part in self.operands(line):
                    times[part] += 1
        return times
