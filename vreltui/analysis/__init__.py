"""The questions that an architect asks of a design; one plain result for each."""

from vreltui.analysis.report import examine, examine_choice, examine_study
from vreltui.analysis.results import (
    Bound,
    ChoiceReport,
    CountThreshold,
    Figure,
    OpenInterval,
    ProbabilityThreshold,
    Report,
    Threshold,
)
from vreltui.analysis.study import Study

__all__ = [
    "Bound",
    "ChoiceReport",
    "CountThreshold",
    "Figure",
    "OpenInterval",
    "ProbabilityThreshold",
    "Report",
    "Study",
    "Threshold",
    "examine",
    "examine_choice",
    "examine_study",
]
