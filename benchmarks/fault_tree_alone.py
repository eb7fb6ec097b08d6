"""One program on one fault tree, as a process: ``python -m benchmarks.fault_tree_alone NAME FILE``.

relibmss has no bound on its memory, and a tree that is too hard must not end the run.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.aralia import read_fault_tree

ROUNDS = 3
LONG = 0.3
"""Seconds; what takes longer is measured once."""

LEAST = 0.001
"""Seconds; of the time of a whole process no less can be told."""

Answer = tuple[float, float]
"""The probability that the top fails, and the seconds that it took."""


def main(name: str, file: str) -> None:
    """Write the answer of a program, from the structure in memory to the probability."""
    json.dump(ASKED[name](Path(file)), sys.stdout)


def _least(evaluate: Callable[[], float]) -> Answer:
    """The least processor time of a few rounds."""
    times: list[float] = []
    value = 0.0
    for _ in range(ROUNDS):
        started = time.process_time()
        value = evaluate()
        times.append(time.process_time() - started)
        if times[-1] > LONG:
            break
    return value, min(times)


def _vreltui(path: Path) -> Answer:
    from decimal import Decimal

    from benchmarks.contenders.ours import CHOICE, design_of
    from vreltui.analysis.study import Study, forget_programs
    from vreltui.engine.balls import nearest_double
    from vreltui.engine.limits import Limits
    from vreltui.engine.stated_values import forget_numbers

    design = design_of(read_fault_tree(path), Decimal("0.5"))

    def evaluate() -> float:
        forget_programs()
        forget_numbers()
        study = Study(design, limits=lambda: Limits(seconds=600))
        return nearest_double(study.evaluation(CHOICE).figures()[1])

    return _least(evaluate)


def _relibmss(path: Path, step: int = 1) -> Answer:
    from decimal import Decimal

    from benchmarks.contenders.relibmss_peer import Relibmss, depth_first

    structure = read_fault_tree(path)
    structure.order = depth_first(structure)[::step]
    program = Relibmss(structure, Decimal("0.5"))
    works, seconds = _least(program.evaluate)
    return 1 - works, seconds


def _reversed(path: Path) -> Answer:
    return _relibmss(path, -1)


def _scram(path: Path) -> Answer:
    """SCRAM, by processor time: what an analysis takes beyond a mere check of the same file."""
    found: list[Answer] = []
    checked = min(_process("--validate", str(path)) for _ in range(ROUNDS))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        # Of cut sets no more than those of one event are listed: to list them is another question.
        options = ["--bdd", "--probability", "1", "-l", "1", "-o", str(report)]
        for _ in range(ROUNDS):
            taken = _process(*options, str(path)) - checked
            (value,) = re.findall(
                r'<sum-of-products [^>]*probability="([^"]+)"', report.read_text()
            )
            found.append((float(value), max(taken, LEAST)))
            if taken > LONG:
                break
    return min(found, key=lambda answer: answer[1])


def _process(*words: str) -> float:
    """The processor time of SCRAM with some words."""

    def children() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    before = children()
    subprocess.run(["scram", *words], check=True, capture_output=True)
    return children() - before


ASKED: dict[str, Callable[[Path], Answer]] = {
    "vreltui": _vreltui,
    "relibmss": _relibmss,
    "relibmss-reversed": _reversed,
    "scram": _scram,
}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (8 << 30, 8 << 30))
    main(*sys.argv[1:])
