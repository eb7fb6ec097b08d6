"""How much of what is measured changes with a number, in words: of a mean life it is a time."""

from __future__ import annotations

from vreltui.analysis.amount_bounds import duration_text
from vreltui.model import Design


def weight_text(design: Design, slope: float, plain: str) -> str:
    """An importance; ``plain`` is how it is written where what is measured is a probability."""
    if design.measure != "mttf":
        return plain
    return ("-" if slope < 0 else "") + duration_text(abs(slope))
