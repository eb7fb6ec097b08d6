"""What is found about importance: plain values, with the reason beside what was not found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vreltui.analysis.results import Figure
from vreltui.model import Value

BY_VALUES = ("birnbaum", "criticality", "fussell_vesely", "diagnostic", "raw", "rrw")
"""What depends on values."""

BY_STRUCTURE = ("structural", "barlow_proschan")
"""What depends on the structure alone."""

OF_COMPONENTS = ("fussell_vesely", *BY_STRUCTURE)
"""What is said of components alone."""

OF_GROUPS = ("birnbaum", "criticality", "raw", "rrw")
"""What is said of several nodes that are replaced together."""


@dataclass(frozen=True, slots=True)
class Importance:
    """Measures by name. None where there is none; ``undecided`` says of which it was not found."""

    figures: Mapping[str, float | None]
    undecided: Mapping[str, str] = field(default_factory=dict)

    def with_reason(self, measure: str, why: str) -> Importance:
        """The same where it is said of a measure why there is none."""
        return replace(self, undecided={**self.undecided, measure: why})


@dataclass(frozen=True, slots=True)
class NodeImportance:
    """The importance of one instance of a node: of several, the one with the largest birnbaum."""

    instances: int
    importance: Importance
    single_point: bool | None


@dataclass(frozen=True, slots=True)
class ParameterImportance:
    """The importance of a parameter, of all the ``instances`` that name it; None of a count."""

    instances: int | None
    importance: Importance


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parameters that are improved together, each to the best that it could be.

    ``sentence`` says that both together meet and neither does alone, where that is proven.
    """

    parameters: tuple[str, str]
    to: tuple[Value, Value]
    importance: Importance
    gains: tuple[float, float]
    together: bool = False


@dataclass(frozen=True, slots=True)
class ImportanceReport:
    """Which part of a choice matters. ``undecided`` says why there is nothing.

    Where a mean life is measured there is no figure; ``mean`` has it in seconds, if it is finite.
    """

    choice: str
    figure: Figure | None
    parameters: Mapping[str, ParameterImportance] = field(default_factory=dict)
    nodes: Mapping[str, NodeImportance] = field(default_factory=dict)
    causes: Mapping[str, NodeImportance] = field(default_factory=dict)
    """Of the shocks of common causes, by their names."""
    groups: Mapping[str, Importance] = field(default_factory=dict)
    pairs: tuple[Pair, ...] | None = None
    mean: float | None = None
    undecided: str = ""
    nodes_undecided: str = ""
    pairs_undecided: str = ""
