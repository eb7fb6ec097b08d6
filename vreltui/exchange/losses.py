"""What another format can't take along, or a design can't: nothing is lost in silence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from vreltui.model import VreltuiError, shown

Kind = Literal["dropped", "computed", "bounded"]
"""Dropped: no figure depends on it. Computed: a figure was evaluated to 17 digits. Bounded: the
model is a proven bound and not the same."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that is lost: where it stood, what it is called, and what became of it."""

    line: int | None
    name: str
    kind: Kind
    what: str
    file: str = ""

    def at(self, line: int | None) -> Loss:
        """The same loss, at a line."""
        return replace(self, line=line)

    def told(self, file: str) -> str:
        """The loss as a line for people; ``file`` is where it stood, unless it says so itself.

        >>> Loss(3, "tank", "dropped", "its attribute colour").told("plant.xml")
        'plant.xml:3: lost: tank: its attribute colour (dropped)'
        """
        where = shown(self.file or file) + ("" if self.line is None else f":{self.line}")
        name = f"{shown(self.name)}: " if self.name else ""
        return f"{where}: lost: {name}{shown(self.what, most=400)} ({self.kind})"


class CannotExportError(VreltuiError):
    """A design has something that another format can't say; the text names it, and says why."""
