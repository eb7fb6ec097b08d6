"""vreltui itself, asked through the rooms that the application asks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

import vreltui
from benchmarks.structure import Structure
from vreltui.analysis.questions.thresholds import threshold
from vreltui.analysis.results import ProbabilityThreshold
from vreltui.analysis.study import Study, forget_programs
from vreltui.engine.balls import nearest_double
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.stated_values import forget_numbers
from vreltui.model import Choice, Component, Design, Group, Node, Parameter, Probability
from vreltui.storage import parse, render

CHOICE = "system"


def design_of(structure: Structure, goal: Decimal) -> Design:
    """The structure as a design, with a parameter for every component."""
    nodes: dict[str, Node] = {
        name: Component(name=name, reliability=name) for name in structure.unreliabilities
    }
    for name, (k, parts) in structure.gates.items():
        nodes[name] = Group(name=name, parts=parts, needs="all" if k == len(parts) else k)
    return Design(
        goal=Probability(goal),
        parameters={
            name: Parameter(name, Probability(value, complemented=True))
            for name, value in structure.unreliabilities.items()
        },
        nodes=nodes,
        choices={CHOICE: Choice(CHOICE, structure.top)},
    )


class Vreltui:
    """Every figure is a ball of 128 bits, rounded to a double only at the end."""

    name: ClassVar[str] = "vreltui"

    def __init__(self, structure: Structure, goal: Decimal) -> None:
        self.design = design_of(structure, goal)
        self.text = ""
        self.study = Study(self.design)

    @staticmethod
    def version() -> str:
        """The version that is measured."""
        return vreltui.__version__

    def prepare(self) -> None:
        """Write the file to load."""
        self.text = render(self.design)

    def reliabilities(self) -> dict[str, float]:
        """The present value of every component."""
        return {
            name: float(value.reliability)
            for name, parameter in self.design.parameters.items()
            if isinstance(value := parameter.value, Probability)
        }

    def forget(self) -> None:
        """Programs are kept by structure, and numbers as balls."""
        forget_programs()
        forget_numbers()

    def load(self) -> None:
        """The design file, with every rule checked."""
        parse(self.text)

    def evaluate(self) -> float:
        """Modules, diagrams, the walk."""
        self.study = Study(self.design)
        return _works(self.study.evaluation(CHOICE))

    def edit(self, component: str, unreliability: Decimal) -> float:
        """What the edit does not touch is kept."""
        return _works(self._edited(component, unreliability).evaluation(CHOICE))

    def edit_and_differentiate(
        self, component: str, unreliability: Decimal
    ) -> tuple[float, dict[str, float]]:
        """One walk backward, for all derivatives."""
        evaluation = self._edited(component, unreliability).evaluation(CHOICE)
        works = _works(evaluation)
        slopes = evaluation.slopes()
        leaves = evaluation.program.leaves
        return works, {
            source.name: nearest_double(slopes[slot]) for source, (slot,) in leaves.items()
        }

    def edit_and_solve(self, component: str, unreliability: Decimal) -> dict[str, float | None]:
        """Certified intervals with their printed digits."""
        study = self._edited(component, unreliability)
        return {
            name: _low(threshold(study, CHOICE, name, True)) for name in study.design.parameters
        }

    def _edited(self, component: str, unreliability: Decimal) -> Study:
        value = Probability(unreliability, complemented=True)
        parameters = {**self.design.parameters, component: Parameter(component, value)}
        return Study(replace(self.design, parameters=parameters), before=self.study)


def _works(evaluation: Evaluation) -> float:
    return nearest_double(evaluation.figures()[0])


def _low(found: object) -> float | None:
    assert isinstance(found, ProbabilityThreshold)
    return found.intervals[0].low.figure.reliability if found.intervals else None
