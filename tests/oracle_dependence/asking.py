"""A random design with a goal near to what it has, and what the program says of it."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

from mpmath import isinf, mpf

from tests.oracle_dependence import DependenceOracle
from tests.oracle_dependence.figures import _real
from tests.oracle_dependence.writing import design


def with_goal(seed: int, features: Collection[str]) -> str:
    """The design of a seed with a goal near to what one of its choices has; sometimes none."""
    text, chance = design(seed, features), Random(seed)
    oracle = DependenceOracle(text)
    measured = oracle.measured(chance.choice(["first", "second"]))
    measure = oracle.design.measure
    if measured is None or chance.random() < 0.15:
        return text
    factor = mpf(chance.choice([0.3, 0.9, 1.2, 3]))
    if measure == "mttf":
        if isinf(measured) or not measured:
            return text
        goal = f'mttf = "{float(measured * factor / 3600):.6g} h"'
    else:
        q = min(_real(measured[1]) * factor, mpf("0.99"))
        if q < mpf("1e-200"):
            return text
        name = {"safety": "unsafety"}.get(measure, f"un{measure}")
        goal = f"{name} = {float(q):.6g}"
        if measure == "availability" and chance.random() < 0.5:
            goal = f'downtime = "{float(q * 730 * 60):.6g} min/mo"'
    return text.replace(f'measure = "{measure}"\n', "").replace(
        "[mission]\n", f"[goal]\n{goal}\n[mission]\n"
    )
