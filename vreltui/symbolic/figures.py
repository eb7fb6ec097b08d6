"""Which figures of lifetimes and processes a program reads."""

from __future__ import annotations

from fractions import Fraction

from vreltui.engine.chain_laws import ChainLaw
from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.program import Program, Source
from vreltui.engine.service_law import ServiceLaw
from vreltui.engine.share_laws import ShareLaw
from vreltui.engine.steps import Leaf
from vreltui.model import Value
from vreltui.model.quantities import quantity_of
from vreltui.model.struck import event_name

FigureLaw = LastingLaw | ServiceLaw | ChainLaw


def figures_of(program: Program) -> dict[Source, tuple[FigureLaw, str]]:
    """The figures of lifetimes that a program reads, each with its law and the first such node."""
    found: dict[Source, tuple[FigureLaw, str]] = {}
    for node, slot in program.nodes.items():
        step = program.steps[slot]
        if isinstance(step, Leaf) and not (isinstance(step.law, ShareLaw) and step.law.size != 1):
            for law in step.law.figure_laws:
                if isinstance(law, FigureLaw):
                    found.setdefault(law.figure_source, (law, event_name(node)))
    for step in program.steps:
        for law in step.law.figure_laws if isinstance(step, Leaf) else ():
            if isinstance(law, FigureLaw):
                found.setdefault(law.figure_source, (law, f"#{len(found) + 1}"))
    return found


def whole_number(value: Value) -> int | None:
    """A value that is a whole number; None where it is none."""
    exact = Fraction(quantity_of(value).exact(value))
    return int(exact) if exact.denominator == 1 else None
