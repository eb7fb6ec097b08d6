"""Orders of the variables of a decision diagram, on which its size depends most."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from vreltui.engine.boolean_formula import Atom, Formula

FORCE_ROUNDS = 20


ORDERS = 6


def candidate_orders(
    formula: Formula, roots: Sequence[int], wanted: Sequence[int] = range(ORDERS)
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """A few orders of the atoms that between them suit most structures, without repeats.

    Each comes with its number, of which ``wanted`` says some: 0 depth first as written; 1 depth
    first with the lightest operands first; 2 with the heaviest first; 3 FORCE (F. Aloul, I. Markov,
    K. Sakallah, GLSVLSI 2003); 4 breadth first; 5 deepest first.
    Each is made when it is asked for, since the first one mostly does.
    """
    weights = _weights(formula)
    written = _depth_first(formula, roots, lambda _line: 0)
    makers: tuple[Callable[[], list[int]], ...] = (
        lambda: written,
        lambda: _depth_first(formula, roots, lambda line: weights[line]),
        lambda: _depth_first(formula, roots, lambda line: -weights[line]),
        lambda: _force(formula, written),
        lambda: _breadth_first(formula, roots),
        lambda: _deepest_first(formula, roots),
    )
    seen: set[tuple[int, ...]] = set()
    for number in wanted:
        order = tuple(sorted(makers[number](), key=lambda atom: atom not in formula.first))
        if order not in seen:
            seen.add(order)
            yield number, order


def _atom_of(formula: Formula) -> dict[int, int]:
    """The atom number of each line that is an atom."""
    return {
        line: content.number
        for line, content in enumerate(formula.lines)
        if isinstance(content, Atom)
    }


def _depth_first(formula: Formula, roots: Sequence[int], rank: Callable[[int], int]) -> list[int]:
    atoms = _atom_of(formula)
    seen: set[int] = set()
    order: list[int] = []
    stack = list(reversed(roots))
    while stack:
        line = stack.pop()
        if line in seen:
            continue
        seen.add(line)
        if line in atoms:
            order.append(atoms[line])
        stack.extend(sorted(formula.operands(line), key=rank)[::-1])
    # Atoms that no root reaches still need a place.
    placed = set(order)
    return order + [atom for atom in range(formula.atoms) if atom not in placed]


def _breadth_first(formula: Formula, roots: Sequence[int]) -> list[int]:
    """Level by level from the roots, which suits what is layered, such as a grid of links."""
    atoms = _atom_of(formula)
    seen = dict.fromkeys(roots)
    waiting = deque(roots)
    while waiting:
        for part in formula.operands(waiting.popleft()):
            if part not in seen:
                seen[part] = None
                waiting.append(part)
    order = [atoms[line] for line in seen if line in atoms]
    placed = set(order)
    return order + [atom for atom in range(formula.atoms) if atom not in placed]


def _deepest_first(formula: Formula, roots: Sequence[int]) -> list[int]:
    """Of each line what is below its operands before the atoms among them, most read first.

    What parts share stands high, and what is read in one place next to what it is read with.
    """
    atoms = _atom_of(formula)
    readers = formula.readers(roots)
    order: list[int] = []
    seen = set(roots)
    stack = [(root, False) for root in reversed(roots)]
    while stack:
        line, leaving = stack.pop()
        if line in atoms:
            order.append(atoms[line])
            continue
        if not leaving:
            stack.append((line, True))
        operands = [part for part in formula.operands(line) if (part in atoms) is leaving]
        for part in sorted(operands, key=lambda part: readers[part]):
            if part not in seen:
                seen.add(part)
                stack.append((part, False))
    placed = set(order)
    return order + [atom for atom in range(formula.atoms) if atom not in placed]


def _weights(formula: Formula) -> list[int]:
    """The number of atoms below each line, with repetition, bounded."""
    weights: list[int] = []
    for line in range(len(formula.lines)):
        operands = formula.operands(line)
        weights.append(min(sum(weights[part] for part in operands), 1 << 40) if operands else 1)
    return weights


def _force(formula: Formula, start: list[int]) -> list[int]:
    """Move each atom to the mean place of the lines that read it, until that changes nothing."""
    atoms = _atom_of(formula)
    order = start
    read = [formula.operands(line) for line in range(len(formula.lines))]
    readers: dict[int, list[int]] = {}
    for line, operands in enumerate(read):
        for part in operands:
            if part in atoms:
                readers.setdefault(atoms[part], []).append(line)
    for _ in range(FORCE_ROUNDS):
        place = {atom: float(position) for position, atom in enumerate(order)}
        centre: list[float] = []
        for line, operands in enumerate(read):
            if operands:
                centre.append(sum([centre[part] for part in operands]) / len(operands))
            else:
                centre.append(place[atoms[line]] if line in atoms else 0.0)
        pull = {
            atom: sum([centre[line] for line in lines]) / len(lines)
            for atom, lines in readers.items()
        }
        moved = sorted(order, key=(place | pull).__getitem__)
        if moved == order:
            break
        order = moved
    return order
