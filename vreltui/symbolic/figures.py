"""Which figures of lifetimes a program reads."""

from __future__ import annotations

from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.program import Program, Source
from vreltui.engine.steps import Leaf


def figures_of(program: Program) -> dict[Source, tuple[LastingLaw, str]]:
    """The figures of lifetimes that a program reads, each with its law and the first such node."""
    found: dict[Source, tuple[LastingLaw, str]] = {}
    for node, slot in program.nodes.items():
        step = program.steps[slot]
        if isinstance(step, Leaf) and isinstance(step.law, LastingLaw):
            found[step.law.figure_source] = step.law, node
    for step in program.steps:
        if isinstance(step, Leaf) and isinstance(step.law, LastingLaw):
            found.setdefault(step.law.figure_source, (step.law, f"#{len(found) + 1}"))
    return found
