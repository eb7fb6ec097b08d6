"""``python -m benchmarks.spaces``: spaces of variants, beside those who can answer some of it.

Everything in one run on one core, in processor time. ``--write`` keeps the tables in
docs/exploration.md.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import report
from benchmarks.allocation_peers import installed, table
from tests.exploration.fyffe import MOST, PROVEN, SUBSYSTEMS, fyffe
from vreltui.engine.limits import Limits, Undecided
from vreltui.exploration.best_of_space import BestOfSpace
from vreltui.exploration.exploring import explore
from vreltui.exploration.part import Part
from vreltui.exploration.question import Question, question_of
from vreltui.exploration.results import Exploration
from vreltui.exploration.search_families import proving_of
from vreltui.exploration.space import Space
from vreltui.exploration.tasks import InProcess
from vreltui.storage import parse, read

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "exploration.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

COST = 130
THREE = (191, 175, 159)
"""The instances that peers are asked."""

POINTS = 1_000_000
"""How many variants numpy evaluates at once, to tell how many it does in a second."""

MODULES = (10, 30, 100, 300, 1000)
WIDTHS = (2, 4, 6, 8, 10)


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The least processor time of several rounds."""
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def best(text: str) -> float:
    """The reliability of the best variant of a design that is searched."""
    question = question_of(parse(text).design)
    proving = proving_of(question, Limits())
    (found,) = BestOfSpace(proving.search, InProcess(proving)).top(1)
    return found.figure.reliability


def allocation() -> Iterator[str]:
    """The 33 instances of redundancy allocation, ties proven, beside those asked for three."""
    ours = {weight: best(fyffe(14, weight, COST)) for weight in PROVEN}
    assert all(f"{r:.6f}"[1:] == PROVEN[weight] for weight, r in ours.items())
    all_of_ours = seconds(lambda: [best(fyffe(14, weight, COST)) for weight in PROVEN], 1)
    three_of_ours = seconds(lambda: [best(fyffe(14, weight, COST)) for weight in THREE])
    floor = seconds(lambda: [table(SUBSYSTEMS, MOST, COST, weight) for weight in PROVEN])
    yield "| who | instances | s | ours of the same / theirs |"
    yield "| --- | ---: | ---: | ---: |"
    yield f"| vreltui, proven with ties | 33 | {all_of_ours:.2f} | |"
    yield f"| vreltui, proven with ties | 3 | {three_of_ours:.2f} | |"
    yield f"| numpy, a table of floats | 33 | {floor:.2f} | {all_of_ours / floor:.2g} |"
    for name, solve in installed().items():

        def three(solve: Callable[..., float] = solve) -> None:
            for weight in THREE:
                found = solve(SUBSYSTEMS, MOST, COST, weight)
                assert abs(found - ours[weight]) < 1e-9, (weight, found)

        taken = seconds(three, 2)
        yield f"| {name} | 3 | {taken:.2f} | {three_of_ours / taken:.2g} |"


def whole(name: str) -> Iterator[str]:
    """All that is asked of a large space, beside numpy trying every variant of the same tree."""
    question = question_of(read(ROOT / "designs" / f"{name}.toml").design)
    answers: list[Exploration] = []
    ours = seconds(lambda: answers.append(explore(question, Limits())), 1)
    assert answers[0].is_complete
    rate = tried_in_a_second(question)
    total = answers[0].total
    yield f"| {name} | {total:.2e} | {ours:.2f} | {total / rate:.2e} | {ours * rate / total:.1e} |"


def tried_in_a_second(question: Question) -> float:
    """How many variants of its largest block numpy evaluates in a second, in floats."""
    space = Space(question.design, question.choices, question.goal, question.limits)
    side = Part(space, max(space.blocks, key=lambda block: block.size), Limits()).own
    dice = np.random.default_rng(1)
    numbers = {
        name: dice.integers(len(axis.options), size=POINTS) for name, axis in side.free.items()
    }
    return POINTS / seconds(lambda: side.pairs(numbers, {}))


def modules(count: int) -> str:
    """So many nodes in series, each one of ten items, within a budget."""
    items = [
        f"i{n} = {{ reliability = {1 - 0.05 / (n + 1):.6f}, uses = {{ euro = {3 * n + 1} }} }}"
        for n in range(10)
    ]
    nodes = [f'[nodes.n{n}]\nfrom = "s"' for n in range(count)]
    parts = ", ".join(f'"n{n}"' for n in range(count))
    head = ["vreltui = 1", f"[resources]\neuro = {{ limit = {12 * count} }}", "[catalogues.s]"]
    tail = [f"[nodes.all]\nparts = [{parts}]", '[choices.c]\nroot = "all"\n']
    return "\n".join([*head, *items, *nodes, *tail])


def ring(width: int) -> str:
    """So many nodes, each one of four items, of which any two neighbours need one: all share."""
    items = [
        f"i{n} = {{ reliability = {1 - 0.1 / (n + 1):.6f}, uses = {{ euro = {2 * n + 1} }} }}"
        for n in range(4)
    ]
    nodes = [f'[nodes.n{n}]\nfrom = "s"' for n in range(width)]
    pairs = [
        f'[nodes.p{n}]\nparts = ["n{n}", "n{(n + 1) % width}"]\nneeds = "any"' for n in range(width)
    ]
    parts = ", ".join(f'"p{n}"' for n in range(width))
    head = ["vreltui = 1", f"[resources]\neuro = {{ limit = {4 * width} }}", "[catalogues.s]"]
    tail = [f"[nodes.all]\nparts = [{parts}]", '[choices.c]\nroot = "all"\n']
    return "\n".join([*head, *items, *nodes, *pairs, *tail])


def growth() -> Iterator[str]:
    """How the time of the best grows with decisions in modules, and with what shares."""
    yield "| decisions in series | variants | s | | nodes that share | variants | s |"
    yield "| ---: | ---: | ---: | --- | ---: | ---: | ---: |"
    for count, width in zip(MODULES, WIDTHS, strict=True):
        one, other = found_in(modules(count)), found_in(ring(width))
        yield f"| {count:,} | 1e{count} | {one} | | {width} | {4**width:,} | {other} |"


def found_in(text: str) -> str:
    """How long it takes to find the best, or that it is given up."""
    try:
        return f"{seconds(partial(best, text), 1):.2f}"
    except Undecided:
        return "given up"


def tables() -> Iterator[str]:
    """All tables, with the machine that they were measured on."""
    yield f"Machine: {report.machine()}.\n"
    yield from allocation()
    yield "\n| the whole answer | variants | s | numpy trying all, s | ratio |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    yield from whole("three-zones")
    yield ""
    yield from growth()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and keep where that is asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spaces", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write the tables into {DOCUMENT}")
    chosen = parser.parse_args(arguments)
    lines = []
    for line in tables():
        print(line, flush=True)
        lines.append(line)
    if chosen.write:
        before, rest = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)
        _, after = rest.split(END)
        text = "\n".join(lines)
        DOCUMENT.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
