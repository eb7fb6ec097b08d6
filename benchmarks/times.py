"""``python -m benchmarks.times``: what an edit of a time costs beside an edit of a reliability.

The same tree twice: of constants, and of exponential lives with repairs; numbers stand at their
nodes. Measured is the answer that a key waits for: every figure of what is measured, the verdict
and its digits. Mean lives and outages follow, from another process where they take long.

With ``--first``: what the first answer about each shipped design takes, once the program is loaded,
in milliseconds of the processor; its figures alone, and with verdicts and thresholds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import median

from benchmarks.structure import Structure, tree
from vreltui.analysis.report import examine_study
from vreltui.analysis.study import Study, forget_programs
from vreltui.analysis.successive import answer
from vreltui.model import (
    Choice,
    Component,
    Design,
    Group,
    LastingComponent,
    Node,
    Probability,
)
from vreltui.model.goals import Downtime
from vreltui.model.times import Duration
from vreltui.storage import read

CHOICE = "system"
EDITED = "c3"
_SHOWN: tuple[str, ...] = ()
"""No component's threshold: those of probabilities alone come with the answer."""


def constants(structure: Structure) -> Design:
    """The tree of constants, with a goal of reliability."""
    nodes: dict[str, Node] = {
        name: Component(name=name, reliability=Probability(value, complemented=True))
        for name, value in structure.unreliabilities.items()
    }
    return _design(structure, nodes)


def lives(structure: Structure) -> Design:
    """The same tree of lives that are down as often, with a goal of time down."""
    repair = Duration(Decimal(1), "h")
    nodes: dict[str, Node] = {
        name: LastingComponent(name=name, mttf=Duration(round(1 / value - 1, 3), "h"), mttr=repair)
        for name, value in structure.unreliabilities.items()
    }
    return replace(_design(structure, nodes), goal=Downtime(Duration(Decimal(30), "d"), "y"))


def _design(structure: Structure, nodes: dict[str, Node]) -> Design:
    for name, (k, parts) in structure.gates.items():
        nodes[name] = Group(name=name, parts=parts, needs="all" if k == len(parts) else k)
    return Design(
        goal=Probability.of("0.9"), nodes=nodes, choices={CHOICE: Choice(CHOICE, structure.top)}
    )


def edited(design: Design, number: int) -> Design:
    """The design with another number at one component."""
    node = design.nodes[EDITED]
    if isinstance(node, LastingComponent):
        changed: Node = node.with_number("mttf", Duration(Decimal(1000 + number), "h"))
    else:
        value = Probability(Decimal(number + 101).scaleb(-6), complemented=True)
        changed = node.with_number("reliability", value)
    return replace(design, nodes={**design.nodes, EDITED: changed})


def seconds_of_an_edit(design: Design, rounds: int) -> float:
    """The median of what the answers to so many edits took."""
    answer((design, CHOICE, _SHOWN))
    taken = []
    for number in range(rounds):
        moved = edited(design, number)
        begun = time.perf_counter()
        answer((moved, CHOICE, _SHOWN))
        taken.append(time.perf_counter() - begun)
    return median(taken)


def first_answers(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Of each design in a folder: its name, and the seconds of its figures and of its report.

    The one before has loaded what the next one needs; of two rounds the second counts.
    """
    designs = {path.stem: read(path).design for path in sorted(folder.glob("*.toml"))}
    for design in designs.values():
        examine_study(Study(design), all_times=False)
    for name, design in designs.items():
        taken = []
        for find in (_figures, lambda study: examine_study(study, all_times=False)):
            forget_programs()
            begun = time.process_time()
            find(Study(design))
            taken.append(time.process_time() - begun)
        yield name, taken[0], taken[1]


def _figures(study: Study) -> None:
    if study.design.measure == "mttf":
        return  # figures of mean lives are part of the report
    for choice in study.design.choices:
        study.figures(choice)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.times", description=__doc__)
    parser.add_argument("--size", type=int, default=1000, help="components")
    parser.add_argument("--rounds", type=int, default=15, help="edits of each")
    parser.add_argument("--first", type=Path, metavar="FOLDER", help="first answers about designs")
    chosen = parser.parse_args(arguments)
    if chosen.first is not None:
        for name, figures, report in first_answers(chosen.first):
            print(f"{name:<28} figures {figures * 1000:7.1f} ms, report {report * 1000:7.1f} ms")
        return 0
    structure = tree(chosen.size)
    plain = seconds_of_an_edit(constants(structure), chosen.rounds)
    timed = seconds_of_an_edit(lives(structure), chosen.rounds)
    print(f"{chosen.size} components, an edit of R {plain * 1000:.2f} ms, of an MTTF", end=" ")
    print(f"{timed * 1000:.2f} ms: {timed / plain:.2f} times")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
