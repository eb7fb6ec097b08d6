"""What would make a choice meet: single changes, the smallest first, or else two together.

Each becomes a choice beside the one in hand where it is made: another setting of the same tree,
or a tree with one node replaced. :mod:`vreltui.workbench.commands.find_remedies` finds them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from vreltui.model import Design, Value, edits
from vreltui.model.edits import Edited, Position
from vreltui.wording.numerals import value_words
from vreltui.workbench.open.change import Change


@dataclass(frozen=True, slots=True)
class Remedy(ABC):
    """One change: its words, by how many nines it moves something, and the nodes it is about."""

    words: str
    nines: float
    nodes: tuple[str, ...]

    @abstractmethod
    def edited(self, design: Design) -> Edited:
        """The design with a new choice beside the one in hand, in which the change is made."""

    def change(self, design: Design) -> Change:
        """The same as an edit that can be tried and made."""
        edited = self.edited(design)
        return Change(self.words, edited.design, edited.position)


@dataclass(frozen=True, slots=True)
class OtherNumbers(Remedy):
    """Other values of one number, or of two."""

    choice: str
    values: tuple[tuple[str, Value], ...]

    def edited(self, design: Design) -> Edited:
        """Another setting of the same tree; a node's own number becomes a parameter for it."""
        wish = "-".join((self.choice, *(given for given, _ in self.values)))
        name = edits.fresh_name(wish[:56], design.choices)
        set_here: list[tuple[str, Value]] = []
        for given, value in self.values:
            parameter = given
            if given not in design.parameters:
                parameter = edits.fresh_name(f"R_{given}"[:56], design.parameters)
                design = edits.extract_parameter(design, given, parameter)
            set_here.append((parameter, value))
        design = edits.duplicate_choice(design, self.choice, name)
        for parameter, value in set_here:
            design = edits.set_in_choice(design, name, parameter, value)
        title = ", ".join(f"{given} {value_words(value)}" for given, value in self.values)
        design = edits.set_text(design, ("choices", name, "title"), title)
        return Edited(design, Position(name))


@dataclass(frozen=True, slots=True)
class Second(Remedy):
    """Two of a node in the place of one."""

    position: Position

    def edited(self, design: Design) -> Edited:
        """A tree with a pair in that place."""
        return edits.second(design, self.position)


@dataclass(frozen=True, slots=True)
class IntoHypervisor(Remedy):
    """A function that serves all copies from the hypervisor."""

    position: Position

    def edited(self, design: Design) -> Edited:
        """A tree in which it does."""
        return edits.move_into_hypervisor(design, self.position)


@dataclass(frozen=True)
class Remedies:
    """What would make ``choice`` meet, smallest first; ``why`` there is none, where that is known.

    ``more`` others would, too.
    """

    choice: str
    found: tuple[Remedy, ...] = ()
    more: int = 0
    why: str = ""

    @property
    def together(self) -> bool:
        """Whether two numbers have to move, since no single change does it."""
        return any(isinstance(each, OtherNumbers) and len(each.values) > 1 for each in self.found)
