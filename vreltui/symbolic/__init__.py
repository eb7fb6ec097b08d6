"""Formulas and conditions in symbols, derived from the trees. Heavy imports are made when asked."""

from vreltui.symbolic.derive import derive
from vreltui.symbolic.results import (
    Answer,
    Condition,
    Formula,
    Interval,
    NamedPart,
    Numeric,
    Refusal,
    RefusedError,
    Request,
    Writing,
)

__all__ = [
    "Answer",
    "Condition",
    "Formula",
    "Interval",
    "NamedPart",
    "Numeric",
    "Refusal",
    "RefusedError",
    "Request",
    "Writing",
    "derive",
]
