"""What stands in the place of a component that a common cause strikes: shares of its failures.

No file states such a node. :mod:`vreltui.model.struck` makes them, so that a cause becomes ordinary
components which several parts share, and everything that computes sees nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from vreltui.model.base_node import WORDS, BaseNode, StatedNumber, no_number
from vreltui.model.causes import Cause
from vreltui.model.errors import Path, Problem
from vreltui.model.quantities import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(BaseNode):
    """A share of the failures of ``of``, a component that ``causes`` strike.

    Of ``members`` in all, ``size`` are struck at once, all of them with a ``size`` of 0; with 1 it
    is what the member has of its own. ``at`` says by which of the causes it is. ``home`` names the
    node in each copy of which there is one such share, where that is neither each copy's own nor
    one for all.
    """

    sort = "component"
    copies_below = False
    plain_kind = "component"

    of: BaseNode
    causes: tuple[Cause, ...]
    members: int
    size: int
    at: int = 0
    home: str | None = None
    falls: bool = False
    """Whether the choice is known to fall as beta grows."""
    kind: str = field(default="component", metadata=WORDS)

    @property
    def children(self) -> tuple[str, ...]:
        """The nodes directly below: none."""
        return ()

    def child_path(self, index: int) -> Path:
        """Never asked for: there is no child."""
        raise IndexError(f"share {self.name} has no child {index}")

    def with_children(self, children: Sequence[str]) -> Self:
        """The share itself, which has none."""
        if children:
            raise ValueError(f"share {self.name} has no children")
        return self

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """None: its numbers are those of the component and of the causes."""
        return ()

    @property
    def listed(self) -> tuple[StatedNumber, ...]:
        """The numbers of the component and of the causes, for the parameters among them."""
        letters = [each for cause in self.causes for each in (*cause.numbers, *cause.listed)]
        return (*self.of.numbers, *self.of.listed, *letters)

    def with_number(self, key: str, given: Value | str) -> Self:
        """Never asked for: it states no number."""
        del given
        raise no_number(self, key)

    def faults(self) -> Iterator[Problem]:
        """None: it is made of what keeps the rules."""
        yield from ()

    @property
    def structure(self) -> tuple[object, ...]:
        """All that programs are compiled from, without numbers of the component or the causes."""
        causes = tuple(cause.structure for cause in self.causes)
        own = (self.name, self.shared, self.members, self.size, self.at, self.home, self.falls)
        return (Share, *own, self.of.structure, causes)

    @property
    def cause(self) -> Cause:
        """The cause by which it is struck."""
        return self.causes[self.at]
