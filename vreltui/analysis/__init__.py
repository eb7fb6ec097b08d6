"""The questions that an architect asks of a design; one plain result for each."""

from typing import TYPE_CHECKING

from vreltui.analysis.results import (
    AmountThreshold,
    Bound,
    ChoiceReport,
    CountThreshold,
    Figure,
    OpenInterval,
    ProbabilityThreshold,
    Report,
    Threshold,
)

if TYPE_CHECKING:
    from vreltui.analysis.report import (
        examine,
        examine_choice,
        examine_study,
        unasked_report,
        undecided_report,
    )
    from vreltui.analysis.study import Study

__all__ = [
    "AmountThreshold",
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
    "unasked_report",
    "undecided_report",
]

_WHERE = {
    "Study": "study",
    "examine": "report",
    "examine_choice": "report",
    "examine_study": "report",
    "unasked_report": "report",
    "undecided_report": "report",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """What computes loads the engine when first asked for: a screen only shows results."""
        from importlib import import_module

        if name not in _WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        # A name of the table alone; one that its file lacks raises here.
        found = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
        globals()[name] = found
        return found
