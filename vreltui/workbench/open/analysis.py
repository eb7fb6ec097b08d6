"""The answer about one design, as the screen shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vreltui.analysis.results import ProbabilityThreshold, Report
from vreltui.model import Design


@dataclass(frozen=True)
class Analysis:
    """The answer about one design.

    ``own`` holds the thresholds of the components of ``choice`` that have a number of their own.
    ``seconds`` is what the computing took. ``shares`` has how much of the unreliability each node
    of the choice has, where that was found on the way; None where it was not looked for.
    """

    design: Design
    report: Report
    choice: str | None = None
    own: Mapping[str, ProbabilityThreshold] = field(default_factory=dict)
    seconds: float = 0.0
    shares: Mapping[str, float] | None = None
