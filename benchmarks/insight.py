"""Where the nines go at 1,000 components: bars and changes after a nudge, and all importances.

Processor time, the median of some rounds. What a nudge brings is asked as the screen asks for it.
"""

from __future__ import annotations

import itertools
import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from benchmarks.contenders.ours import CHOICE, Vreltui, design_of
from benchmarks.measure import Task, in_turns
from benchmarks.report import as_line
from benchmarks.structure import Structure, shared, tree
from vreltui.analysis import successive
from vreltui.analysis.kept_structures import forget_structures
from vreltui.analysis.questions.node_importance import node_importances
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, PairOfBalls
from vreltui.engine.gate_graph import Gate
from vreltui.engine.structure.building import structure_of
from vreltui.engine.structure.measures import Reading
from vreltui.model import Design, Probability, edits
from vreltui.workbench.commands.find_remedies import find

SIZE = 1000
FRAME = 0.03
"""Seconds: what the screen takes for a frame."""

PATIENCE = 30.0
"""Seconds after which SCRAM is ended."""

ROOT = Path(__file__).parent.parent


FIGURES = "figures, verdicts, thresholds, after a nudge, ms"
BARS = "bars, once the figures are there, ms"
CHANGES = "changes that would make it meet, after a nudge, ms"
WALK = "one walk up and down, ms"
FIRST = "all measures of all nodes, the first time, ms"
MEASURES = "all measures of all nodes, after a nudge, ms"
OURS = "`vreltui importance --json`, a process, ms"
SCRAM = "SCRAM's probability and importance, a process, ms"

MOST_WALKS = 5
"""So many walks all measures of all nodes may take."""


def tables(*, size: int = SIZE, seconds: float = 3.0) -> str:
    """What was measured, of a tree that shares nothing and of one that shares much; the aims."""
    columns = [_measured(make(size), seconds) for make in (tree, shared)]
    names = (FIGURES, BARS, CHANGES, WALK, FIRST, MEASURES, OURS, SCRAM)
    lines = [
        as_line(["what", "tree", "shared"]),
        as_line(["---", "---:", "---:"]),
        *(as_line([name, *(_text(column, name) for column in columns)]) for name in names),
    ]
    aims = [as_line(["aim", "tree", "shared"]), as_line(["---", "---", "---"])]
    frame = f"within a frame ({FRAME * 1000:g} ms) of the figures"
    for words, name in ((f"bars {frame}", BARS), (f"changes {frame}", CHANGES)):
        aims.append(as_line([words, *(_held(c[name] <= FRAME) for c in columns)]))
    walks = [column[MEASURES] / column[WALK] for column in columns]
    told = [f"{_held(each <= MOST_WALKS)}: {each:.1f}" for each in walks]
    aims.append(as_line([f"all measures after a nudge in at most {MOST_WALKS} walks", *told]))
    return "\n".join(lines) + "\n\n" + "\n".join(aims)


def _with_goal(design: Design, unreliability: Decimal) -> Design:
    """The design that may fail with this probability: told as such, since 1 less it may be 1."""
    allowed = Decimal(f"{unreliability:.1e}")
    return edits.set_goal(design, Probability(allowed, complemented=True))


def _held(is_held: bool) -> str:
    return "met" if is_held else "missed"


def _text(column: Mapping[str, float], name: str) -> str:
    if name not in column:
        return "-"
    if math.isinf(column[name]):
        return f"more than {PATIENCE * 1000:,.0f}"
    return f"{column[name] * 1000:,.1f}"


def _measured(structure: Structure, seconds: float) -> dict[str, float]:
    """The median seconds of each task."""
    base = design_of(structure, Decimal("0.5"))
    missing = Decimal(float(Study(base).evaluation(CHOICE).figures()[1]))
    met, failed = (_with_goal(base, missing * each) for each in map(Decimal, ("1.5", "0.8")))
    study = Study(base)

    def measured(study: Study) -> object:
        study.start_budget()
        return node_importances(study, CHOICE)

    latest = [study]

    def measures(design: Design) -> object:
        latest[0] = Study(design, latest[0])
        return measured(latest[0])

    # Each by itself: what is kept from nudge to nudge is kept of one design.
    asked: dict[str, Callable[[], Task]] = {
        FIGURES: lambda: _nudged(met, _figures),
        BARS: lambda: _nudged(met, _bars, before=_figures),
        CHANGES: lambda: _nudged(failed, _changes),
        WALK: lambda: Task(_walk(study)),
        FIRST: lambda: Task(lambda: measured(Study(base)), before=forget_structures),
        MEASURES: lambda: _nudged(base, measures),
    }
    found = {}
    for name, task in asked.items():
        found[name] = in_turns({name: task()}, seconds, 7)[name].median
        print(f"{structure.name:<7} {name}: {found[name] * 1000:.2f}", flush=True)
    return {**found, **_processes(structure, met)}


def _values() -> Iterator[Decimal]:
    return (Decimal(number).scaleb(-6) for number in itertools.count(101))


def _nudged(
    design: Design,
    ask: Callable[[Design], object],
    before: Callable[[Design], object] | None = None,
) -> Task:
    """A question about the design after one more nudge; all that was known before is kept."""
    values = _values()
    present = [design]
    for _ in successive.beginning((design, CHOICE, ())):
        pass

    def nudge() -> None:
        value = Probability(next(values), complemented=True)
        present[0] = edits.set_value(present[0], "c3", value)
        if before is not None:
            before(present[0])

    return Task(lambda: ask(present[0]), before=nudge)


def _figures(design: Design) -> object:
    return successive.answer((design, CHOICE, tuple(f"c{n}" for n in range(16))))


def _bars(design: Design) -> object:
    return successive.aside(design, CHOICE)


def _changes(design: Design) -> object:
    return find((design, CHOICE))


def _walk(study: Study) -> Callable[[], object]:
    """A walk over the structure that importances are read from, up and down."""
    structure = structure_of(study.design, CHOICE, study.budget)
    order = structure.children_first()
    evaluation = study.evaluation(CHOICE)
    slot_of = evaluation.program.slot_of

    def given(gate: Gate, bits: int) -> PairOfBalls:
        return evaluation.pair(slot_of(gate.node), bits)

    return lambda: Reading(structure, order, given, WORKING_BITS)


def _processes(structure: Structure, design: Design) -> dict[str, float]:
    """Whole processes: `vreltui importance --json`, and SCRAM's on the exported fault tree."""
    with tempfile.TemporaryDirectory() as name:
        file, exported = Path(name) / "design.toml", Path(name) / "tree.xml"
        ours = Vreltui(structure, Decimal("0.5"))
        ours.design = design
        ours.prepare()
        file.write_text(ours.text, encoding="utf-8")
        found = {OURS: _once(lambda: _ended(_vreltui("importance", "--json", str(file))))}
        scram = shutil.which("scram")
        if scram is not None:
            _ended(_vreltui("export", "--to", "open-psa", str(file), "-o", str(exported)))
            command = [scram, "--bdd", "--probability", "1", "--importance", "1", str(exported)]
            try:
                found[SCRAM] = _once(lambda: _ended(command, PATIENCE))
            except subprocess.TimeoutExpired:
                found[SCRAM] = math.inf
        return found


def _once(run: Callable[[], object]) -> float:
    """The seconds of a process that takes long: once."""
    return in_turns({"": Task(run)}, 0.0, 1)[""].median


def _vreltui(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "vreltui", *arguments]


def _ended(command: list[str], seconds: float = 600.0) -> None:
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=seconds,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}")
