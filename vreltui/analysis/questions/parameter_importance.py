"""What a parameter does to a choice, with every instance that names it at once."""

from __future__ import annotations

from flint import arb

from vreltui.analysis.importance_results import Importance, ParameterImportance
from vreltui.analysis.questions.importance import importance
from vreltui.analysis.questions.replacing import extremes
from vreltui.analysis.quotients import double_of
from vreltui.analysis.study import Study
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.gate_graph import Gates
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.engine.second_derivatives import SecondDerivatives
from vreltui.engine.structure.building import counts_of
from vreltui.engine.structure.instances import instances
from vreltui.model import Probability


def parameter_importances(study: Study, choice: str) -> dict[str, ParameterImportance]:
    """The importance of every parameter that the choice reads. Raises :class:`Undecided`."""
    evaluation = study.evaluation(choice)
    curvature = Curvature(evaluation)
    times = instances_naming(study, choice)
    found: dict[str, ParameterImportance] = {}
    for name in study.parameters(choice):
        source = Source(name, is_parameter=True)
        if source in evaluation.program.leaves:
            if not isinstance(evaluation.values[source], Probability):
                measures = _of_amount(study, evaluation, choice, name)
                found[name] = ParameterImportance(times.get(name, 0), measures)
                continue
            measures = _measures(study, evaluation, choice, source, curvature)
            found[name] = ParameterImportance(times.get(name, 0), measures)
        elif source in evaluation.program.pools:
            found[name] = ParameterImportance(None, _of_count(study, evaluation, choice, name))
    return found


class Curvature:
    """The second derivatives of a choice, found row by row and kept."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._derivatives: dict[int, SecondDerivatives] = {}
        self._rows: dict[tuple[Source, int], dict[Source, arb]] = {}

    def of(self, one: Source, other: Source) -> float:
        """The second derivative by two sources. Raises :class:`Undecided`."""
        if one == other and self._evaluation.degree(one) in (0, 1):
            return 0.0
        return double_of(lambda bits: self._row(one, bits)[other])

    def _row(self, source: Source, bits: int) -> dict[Source, arb]:
        row = self._rows.get((source, bits))
        if row is None:
            derivatives = self._derivatives.get(bits)
            if derivatives is None:
                derivatives = SecondDerivatives(self._evaluation, bits)
                self._derivatives[bits] = derivatives
            row = self._rows[source, bits] = derivatives.row(source)
        return row


def _measures(
    study: Study, evaluation: Evaluation, choice: str, source: Source, curvature: Curvature
) -> Importance:
    works = evaluation.changed({source: Probability.of("1")})
    fails = evaluation.changed({source: Probability.of("0")})
    whole = extremes(study, evaluation, works, fails)
    figures: dict[str, float | None] = {"birnbaum": None, "second_derivative": None}
    undecided = {key: why for key, why in whole.undecided.items() if key != "birnbaum"}
    try:
        figures["birnbaum"] = importance(study, evaluation, choice, source.name)
    except Undecided as reason:
        undecided["birnbaum"] = str(reason)
    try:
        study.budget.check_time("finding second derivatives")
        figures["second_derivative"] = curvature.of(source, source)
    except Undecided as reason:
        undecided["second_derivative"] = str(reason)
    rest = {key: found for key, found in whole.figures.items() if key != "birnbaum"}
    return Importance(figures | rest, undecided)


def _of_amount(study: Study, evaluation: Evaluation, choice: str, name: str) -> Importance:
    """Of a time, a rate or a number, which has no best value: by its logarithm."""
    try:
        return Importance({"per_log": importance(study, evaluation, choice, name)})
    except Undecided as reason:
        return Importance({"per_log": None}, {"per_log": str(reason)})


def _of_count(study: Study, evaluation: Evaluation, choice: str, name: str) -> Importance:
    try:
        return Importance({"birnbaum": importance(study, evaluation, choice, name)})
    except Undecided as reason:
        return Importance({"birnbaum": None}, {"birnbaum": str(reason)})


def instances_naming(study: Study, choice: str) -> dict[str, int]:
    """How many instances name each parameter."""
    design = study.settled(choice)
    gates = Gates(design, design.choices[choice].root, study.budget)
    found: dict[str, int] = {}
    for node, times in instances(gates, counts_of(design, choice)).items():
        for parameter in design.nodes[node].parameters:
            found[parameter] = found.get(parameter, 0) + times
    return found
