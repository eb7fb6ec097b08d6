"""The picture that is there from the start: against what matters most and can make it meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vreltui.analysis.results import ChoiceReport, ProbabilityThreshold
from vreltui.model import Design, Probability
from vreltui.model.own_numbers import name_of_number
from vreltui.workbench.view.plot_frame import ends_of


def what_matters_most(
    design: Design,
    report: ChoiceReport,
    own: Mapping[str, ProbabilityThreshold],
    shares: Mapping[str, float],
) -> str | None:
    """The parameter, or the number of a node's own, whose change would do most for a choice.

    Only of those with a value at which the choice begins or ceases to meet; None where there is
    none. What it would do is what R would gain if it were perfect; by one copy more of a count, and
    by the logarithm of a time, rate or number.
    """
    found = [*_parameters(report), *_own_numbers(design, report, own, shares)]
    return max(found, key=lambda pair: pair[1], default=(None, 0.0))[0]


def _parameters(report: ChoiceReport) -> Iterator[tuple[str, float]]:
    for name, threshold in report.thresholds.items():
        if ends_of(threshold):
            value, weight = threshold.value, abs(report.importance.get(name, 0.0))
            missing = float(value.unreliability) if isinstance(value, Probability) else 1.0
            yield name, weight * missing


def _own_numbers(
    design: Design,
    report: ChoiceReport,
    own: Mapping[str, ProbabilityThreshold],
    shares: Mapping[str, float],
) -> Iterator[tuple[str, float]]:
    root = report.figure
    lacks = 0.0 if root is None else root.unreliability
    for node, threshold in own.items():
        if node in design.nodes and ends_of(threshold):
            yield name_of_number(design, node), shares.get(node, 0.0) * lacks
