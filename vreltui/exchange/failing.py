"""How probable it is that a component fails: as it stands, or as it is worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import cached_property

from vreltui.analysis.study import Study
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.exchange.losses import CannotExportError
from vreltui.exchange.numbers import NumberError, rounded
from vreltui.model import (
    Component,
    Design,
    LastingComponent,
    PolicyPool,
    Probability,
    Process,
    Share,
)
from vreltui.model.quantities import PROBABILITY


@dataclass
class Figures:
    """The probabilities of a choice's components; ``computed`` are those that were worked out."""

    design: Design
    choice: str
    computed: dict[str, Decimal] = field(default_factory=dict)

    def failing(self, node: Component | LastingComponent | Process | Share | PolicyPool) -> Decimal:
        """The probability that a component fails. Raises :class:`CannotExportError`."""
        if isinstance(node, Component):
            given = node.reliability
            if isinstance(given, str):
                given = PROBABILITY.of(self.design.value(given, self.choice))
            return _exactly(given)
        if node.name not in self.computed:
            self.computed[node.name] = self._worked_out(node)
        return self.computed[node.name]

    def _worked_out(self, node: LastingComponent | Process | Share | PolicyPool) -> Decimal:
        if self.design.measure == "mttf":
            raise CannotExportError(
                f"node {node.name} has a lifetime, and what is measured is a mean life: an event "
                "has a probability, so a goal of reliability or availability is right"
            )
        try:
            slot = self._evaluation.program.nodes[node.name]
            found = rounded(self._evaluation.figures(slot)[1])
        except (Undecided, NumberError) as reason:
            raise CannotExportError(f"the figure of node {node.name}: {reason}") from None
        if found is None:
            raise CannotExportError(f"the figure of node {node.name} is not certain to 17 digits")
        return found

    @cached_property
    def _evaluation(self) -> Evaluation:
        return Study(self.design).whole(self.choice)


def _exactly(value: Probability) -> Decimal:
    """The probability of failing as an exact decimal."""
    with localcontext() as context:
        context.prec = 2000
        return value.written if value.complemented else 1 - value.written
