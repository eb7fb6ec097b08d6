"""A change that is proposed: what it is called, the design after it, and where to look then."""

from __future__ import annotations

from dataclasses import dataclass

from vreltui.model import Design
from vreltui.model.edits import Position


@dataclass(frozen=True, slots=True)
class Change:
    """A design after an edit, with a label for the undo history ("set R_V to 0.99").

    It changes nothing by itself: :meth:`vreltui.workbench.Workbench.apply` does. To show what
    would come of it, post ``design`` to the analysis. ``position`` is where to look then; None
    leaves the selection where it is. ``keeps`` says that what was selected is kept for pasting.
    """

    label: str
    design: Design
    position: Position | None = None
    keeps: bool = False
