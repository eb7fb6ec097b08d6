"""What is found about minimal cut sets and path sets: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from vreltui.analysis.results import Figure


@dataclass(frozen=True, slots=True)
class CutQuestion:
    """What is asked about the minimal sets of a choice.

    Of ``paths`` instead of cuts; listed are sets of at most ``order`` instances, more probable than
    ``above``, the first ``rows`` rows of them; or ``instances``, every set by itself.
    """

    choice: str
    paths: bool = False
    order: int | None = None
    above: Decimal | None = None
    rows: int | None = None
    instances: bool = False


@dataclass(frozen=True, slots=True)
class SetRow:
    """Minimal sets that look alike: how many instances of which node stand in each.

    ``probability`` is that of each, None where a mean life is measured; ``share`` that of all of
    them, in that of the choice, None where that is 0 or the share is larger than a double.
    """

    events: Mapping[str, int]
    count: int
    probability: float | None
    share: float | None

    @property
    def order(self) -> int:
        """How many instances stand in a set."""
        return sum(self.events.values())


@dataclass(frozen=True, slots=True)
class CutReport:
    """The minimal cuts, or paths, of a choice.

    ``figure`` is None where nothing was found, or a mean life is measured. What else is None was
    not found, for the reason that ``undecided`` has under its name: total, sets, covered,
    remainder, rare_event, mcub. Of a choice that is not coherent the sets are those of its coherent
    ``hull``: each part that does harm when it works is taken to have done so.
    """

    choice: str
    paths: bool
    figure: Figure | None
    total: int | None = None
    orders: Mapping[int, int] | None = None
    single_points: tuple[str, ...] = ()
    sets: tuple[SetRow, ...] | None = None
    listed: int | None = None
    covered: float | None = None
    remainder: float | None = None
    rare_event: float | None = None
    mcub: float | None = None
    hull: bool = False
    undecided: Mapping[str, str] = field(default_factory=dict)
