"""Formulas and conditions in symbols, derived from the trees. Heavy imports are made when asked."""

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
from vreltui.symbolic.service import Derivation, derive

__all__ = [
    "Answer",
    "Condition",
    "Derivation",
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
