"""Redundancy allocation by others: HiGHS, CP-SAT, RePyability, and a table over cost and weight.

Each is a function of a cost, a weight, and by subsystem the kinds of component (reliability, cost,
weight), of which at most so many stand in parallel, mixed at will. It gives the reliability of the
best that is within both. The solvers see logarithms, and of the mixes of a subsystem those that no
other equals in all and beats in one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import product

import numpy as np

Kinds = tuple[tuple[str, int, int], ...]
Solver = Callable[[Sequence[Kinds], int, int, int], float]

_SCALE = 10**13


@cache
def mixes(kinds: Kinds, most: int) -> list[tuple[float, int, int]]:
    """Reliability, cost and weight of the undominated mixes of a subsystem."""
    found = []
    for counts in product(range(most + 1), repeat=len(kinds)):
        if 1 <= sum(counts) <= most:
            q = math.prod((1 - float(r)) ** n for (r, _, _), n in zip(kinds, counts, strict=True))
            cost = sum(c * n for (_, c, _), n in zip(kinds, counts, strict=True))
            weight = sum(w * n for (_, _, w), n in zip(kinds, counts, strict=True))
            found.append((1 - q, cost, weight))
    kept: list[tuple[float, int, int]] = []
    for each in sorted(found, key=lambda mix: (-mix[0], mix[1], mix[2])):
        if not any(other[1] <= each[1] and other[2] <= each[2] for other in kept):
            kept.append(each)
    return kept


def table(subsystems: Sequence[Kinds], most: int, cost: int, weight: int) -> float:
    """By dynamic programming over cost and weight in numpy, in floats and without proof of ties."""
    best = np.zeros((cost + 1, weight + 1))
    for kinds in subsystems:
        after = np.full_like(best, -np.inf)
        for r, c, w in mixes(kinds, most):
            if c <= cost and w <= weight:
                moved = best[: cost + 1 - c, : weight + 1 - w] + math.log(r)
                np.maximum(after[c:, w:], moved, out=after[c:, w:])
        best = after
    return math.exp(best[cost, weight])


def highs(subsystems: Sequence[Kinds], most: int, cost: int, weight: int) -> float:
    """By HiGHS: one binary variable a mix."""
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-12)
    chosen = []
    for kinds in subsystems:
        own = [(solver.addBinary(), mix) for mix in mixes(kinds, most)]
        solver.addConstr(sum(x for x, _ in own) == 1)
        chosen += own
    solver.addConstr(sum(x * mix[1] for x, mix in chosen) <= cost)
    solver.addConstr(sum(x * mix[2] for x, mix in chosen) <= weight)
    solver.maximize(sum(x * math.log(mix[0]) for x, mix in chosen))
    return math.exp(solver.getObjectiveValue())


def cp_sat(subsystems: Sequence[Kinds], most: int, cost: int, weight: int) -> float:
    """By CP-SAT of OR-Tools: the same, logarithms as whole numbers."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = []
    for kinds in subsystems:
        own = [(model.new_bool_var(""), mix) for mix in mixes(kinds, most)]
        model.add_exactly_one(x for x, _ in own)
        chosen += own
    model.add(sum(x * mix[1] for x, mix in chosen) <= cost)
    model.add(sum(x * mix[2] for x, mix in chosen) <= weight)
    model.maximize(sum(x * round(math.log(mix[0]) * _SCALE) for x, mix in chosen))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.solve(model)
    return math.exp(solver.objective_value / _SCALE)


def repyability(subsystems: Sequence[Kinds], most: int, cost: int, weight: int) -> float:
    """By RePyability: its exact search of a series of nodes with options."""
    from repyability import ComponentOption, NonRepairableRBD
    from surpyval import FixedEventProbability

    nodes = [f"x{number}" for number in range(len(subsystems))]
    edges = list(zip(["in", *nodes], [*nodes, "out"], strict=True))
    unused = FixedEventProbability.from_params(0.5)  # options stand in its place
    diagram = NonRepairableRBD(edges, dict.fromkeys(nodes, unused))
    options = {
        node: [
            ComponentOption(f"T{number}", float(r), {"cost": c, "weight": w})
            for number, (r, c, w) in enumerate(kinds)
        ]
        for node, kinds in zip(nodes, subsystems, strict=True)
    }
    found = diagram.allocate_redundancy(
        options, budget={"cost": cost, "weight": weight}, max_units=most
    )
    return float(found.reliability)


PEERS: dict[str, tuple[str, Solver]] = {
    "HiGHS": ("highspy", highs),
    "CP-SAT": ("ortools", cp_sat),
    "RePyability": ("repyability", repyability),
}
"""The peers, each with the package that it needs."""


def installed() -> dict[str, Solver]:
    """The peers that can be asked."""
    return {name: solve for name, (package, solve) in PEERS.items() if find_spec(package)}
