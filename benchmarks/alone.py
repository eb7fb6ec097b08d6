"""A peer as a process of its own: ``python -m benchmarks.alone NAME FILE``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.contenders import peer
from benchmarks.contenders.base import linear_thresholds
from benchmarks.structure import Structure


def main(name: str, file: str) -> None:
    """Write reliability, derivatives and thresholds of the structure in a JSON file."""
    structure, goal = Structure.from_plain(json.loads(Path(file).read_text(encoding="utf-8")))
    program = peer(name)(structure, goal)
    program.evaluate()
    component, unreliability = next(iter(structure.unreliabilities.items()))
    works, derivatives = program.edit_and_differentiate(component, unreliability)
    thresholds = linear_thresholds(works, derivatives, program.reliabilities(), float(goal))
    json.dump({"works": works, "derivatives": derivatives, "thresholds": thresholds}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
