"""Where a design is looked at first."""

from __future__ import annotations

from vreltui.model import Design
from vreltui.model.edits import Position
from vreltui.workbench.view.rows import tree_rows


def first_place(design: Design, choice: str, *, is_new: bool) -> Position:
    """Where something can be done: in a choice that is not the baseline, at an open value.

    Of a new design nothing is known but the number of its machine.
    """
    choice = next((name for name in design.choices if name != design.baseline), choice)
    rows = tree_rows(design, None, choice)
    row = rows[0]
    if any(parameter.is_open for parameter in design.parameters.values()):
        row = next((row for row in rows if row.is_open and row.role == "component"), row)
    elif is_new:
        row = next((row for row in rows if row.role == "component"), row)
    return row.position
