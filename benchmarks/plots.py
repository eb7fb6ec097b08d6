"""``python -m benchmarks.plots``: the points of a large plot, beside numpy on the same formula.

Both give plain values, which can be sent to another process. Ours are both ends of each point, R
and 1 - R, each from products and sums alone; numpy is measured with R alone, as a person would
write it, and with both ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from vreltui.analysis.plots import points
from vreltui.storage import parse

SERIES, POINTS, ROUNDS = 64, 10_000, 7
VALUES = [f"0.9{number:03d}" for number in range(100, 100 + SERIES)]

DESIGN = f"""
vreltui = 1
[parameters]
R_H = 0.999
R_V = 0.99
R_M = 0.95
[nodes.hardware]
reliability = "R_H"
[nodes.hypervisor]
reliability = "R_V"
[nodes.vm]
reliability = "R_M"
[nodes.vms]
of = "vm"
copies = 3
needs = "any"
[nodes.host]
parts = ["hardware", "hypervisor", "vms"]
[choices.host]
root = "host"
[plots.all]
choice = "host"
x = {{ parameter = "R_V", from = 0.5, to = 1, points = {POINTS} }}
y = "reliability"
series = {{ R_M = [{", ".join(VALUES)}] }}
"""


def with_numpy(*, both: bool) -> float:
    """The same curves by the formula as a person would write it; the last point."""
    across = np.linspace(0.5, 1.0, POINTS)
    curves = [0.999 * across * (1 - (1 - float(value)) ** 3) for value in VALUES]
    found = [curve.tolist() for curve in curves]
    if both:
        found += [(1 - curve).tolist() for curve in curves]
    return float(found[SERIES - 1][-1])


def best(run: Callable[[], object]) -> float:
    """The least processor time of several rounds, in seconds."""
    found = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        run()
        found.append(time.process_time() - begun)
    return min(found)


def main() -> None:
    """Check that both agree, and print the two times and their ratio."""
    design = parse(DESIGN).design

    def with_vreltui() -> float | None:
        return points(design, design.plots["all"]).series[-1].y[-1]

    ours, theirs = with_vreltui(), with_numpy(both=False)
    assert ours is not None
    assert abs(ours - theirs) < 1e-14, (ours, theirs)
    mine = best(with_vreltui)
    alone, both = best(lambda: with_numpy(both=False)), best(lambda: with_numpy(both=True))
    print(f"{SERIES} series of {POINTS:,} points")
    for name, taken in (("vreltui", mine), ("numpy, R", alone), ("numpy, R and 1 - R", both)):
        rate = SERIES * POINTS / taken / 1e6
        ratio = f", {mine / taken:.1f} times" if taken != mine else ""
        print(f"{name}: {taken * 1000:.0f} ms, {rate:.1f} million points a second{ratio}")


if __name__ == "__main__":
    main()
