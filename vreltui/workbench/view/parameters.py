"""The parameters below a node in one table: what each is, may be, must be, and weighs."""

from __future__ import annotations

from dataclasses import dataclass

from vreltui.analysis.results import Report
from vreltui.model import Design
from vreltui.model.edits import Position, node_at
from vreltui.wording.causes import letters_words, strikes_words
from vreltui.wording.measured_weights import weight_text
from vreltui.wording.numerals import engineering, value_text
from vreltui.wording.sentences import threshold_text

HEADINGS = ("parameter", "value", "range", "must be", "Birnbaum", "title")


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter as texts. ``satisfied`` says whether its value is what it must be.

    ``importance`` is Birnbaum's, the derivative of the choice's R by it; for a count the gain of
    one more copy.
    """

    name: str
    value: str
    range: str
    must_be: str
    importance: str
    title: str
    satisfied: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts in the order of :data:`HEADINGS`."""
        return self.name, self.value, self.range, self.must_be, self.importance, self.title


def parameter_rows(design: Design, report: Report | None, position: Position) -> list[ParameterRow]:
    """A row for each parameter that the tree below a node uses, the weightiest first."""
    choice = position.choice
    found = None if report is None else report.choices.get(choice)
    weights = {} if found is None else found.importance
    measured = design.goal is not None or design.baseline not in (None, choice)
    rows = []
    for name in design.parameters_below(node_at(design, position)):
        parameter = design.parameters[name]
        value = value_text(design.value(name, choice))
        if name in design.choices[choice].set:
            value, ends = f"{value} here", ""
        else:
            ends = " to ".join(map(value_text, parameter.range or ()))
        threshold = found.thresholds.get(name) if found is not None and measured else None
        must_be, satisfied = threshold_text(threshold)
        weight = weights.get(name)
        importance = ""
        if weight is not None:
            plain = ("-" if weight < 0 else "") + engineering(abs(weight))
            importance = weight_text(design, weight, plain)
        row = ParameterRow(name, value, ends, must_be, importance, parameter.title, satisfied)
        rows.append((-abs(weight or 0.0), row))
    ordered = [row for _, row in sorted(rows, key=lambda pair: pair[0])]
    return [*ordered, *_cause_rows(design, position)]


def _cause_rows(design: Design, position: Position) -> list[ParameterRow]:
    """A row for each common cause of what is below, behind the parameters."""
    rows = []
    for cause in design.causes_among(design.below(node_at(design, position))):
        title = cause.title or strikes_words(cause)
        rows.append(ParameterRow(cause.name, letters_words(cause), "", "", "", title))
    return rows
