"""The answer about one design, as the screen shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vreltui.analysis.results import ProbabilityThreshold, Report
from vreltui.model import Design

if TYPE_CHECKING:
    from vreltui.analysis.successive import Aside


@dataclass(frozen=True)
class Analysis:
    """The answer about one design.

    ``own`` holds the thresholds of the components of ``choice`` that have a number of their own.
    ``seconds`` is what the computing took. ``aside`` is what is said beside the figures of the
    choice, where that was found on the way; None where it was not looked for.
    """

    design: Design
    report: Report
    choice: str | None = None
    own: Mapping[str, ProbabilityThreshold] = field(default_factory=dict)
    seconds: float = 0.0
    aside: Aside | None = None
