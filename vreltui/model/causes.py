"""Common causes: what makes several components fail at once, stated apart from the tree.

A cause strikes components. Of the failures of each of them it says, by one of four models, which
share is common to how many (NUREG/CR-4780, Mosleh et al. 1988; IEC 61508-6, annex D). What a
component's own figure is stays what is written at the component.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import comb
from typing import Literal

from vreltui.model.base_node import OWN, StatedNumber
from vreltui.model.numbers import Probability
from vreltui.model.quantities import PROBABILITY, Value

Model = Literal["beta", "mgl", "alpha", "phi"]
"""The models of common cause failures, by the key that states their letters."""

MODELS: tuple[Model, ...] = ("beta", "mgl", "alpha", "phi")

MOST_MEMBERS = 8
"""The most members that a cause with several letters may strike: each set of them is an event."""

OPEN_PSA = "open-psa"
"""The one way to split failures that leaves a member's own figure a little smaller."""

Letter = Probability | str
"""A number from 0 to 1, or the name of a parameter."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A common cause, with the letters of one model.

    ``strikes`` names components; ``within`` the node in each copy of which there is one such cause
    instead of one for all.
    """

    name: str
    strikes: tuple[str, ...]
    beta: Letter | None = None
    mgl: tuple[Letter, ...] = ()
    alpha: tuple[Letter, ...] = ()
    phi: tuple[Letter, ...] = ()
    within: str | None = None
    split: str | None = None
    title: str = ""
    description: str = ""
    note: str = ""
    source: str = ""

    @property
    def model(self) -> Model:
        """The model by which failures are shared out: that whose letters are stated."""
        if self.mgl:
            return "mgl"
        if self.alpha:
            return "alpha"
        return "phi" if self.phi else "beta"

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The letters of the model, in its order."""
        match self.model:
            case "beta":
                return () if self.beta is None else (self.beta,)
            case "mgl":
                return self.mgl
            case "alpha":
                return self.alpha
            case "phi":
                return self.phi

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """The number that has a name of its own: beta."""
        if self.beta is None:
            return ()
        return (StatedNumber("beta", PROBABILITY, self.beta, self.name),)

    @property
    def listed(self) -> tuple[StatedNumber, ...]:
        """The letters that stand in a list."""
        if self.model == "beta":
            return ()
        return tuple(
            StatedNumber(self.model, PROBABILITY, letter, self.name) for letter in self.letters
        )

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that it names."""
        return tuple(letter for letter in self.letters if isinstance(letter, str))

    @property
    def structure(self) -> tuple[object, ...]:
        """All that programs are compiled from: everything but words and numbers of its own."""
        letters = tuple(each if isinstance(each, str) else OWN for each in self.letters)
        return (self.name, self.strikes, self.model, letters, self.within, self.split)

    def letters_wanted(self, members: int) -> int:
        """How many letters the model has for so many members.

        >>> Cause("os", ("vm",), mgl=(Probability.of("0.1"),)).letters_wanted(3)
        2
        """
        match self.model:
            case "beta":
                return 1
            case "mgl":
                return members - 1
            case "alpha" | "phi":
                return members

    def with_number(self, key: str, given: Value | str) -> Cause:
        """The same cause with another beta. Raises :class:`KeyError` for another key."""
        if key != "beta" or self.beta is None:
            raise KeyError(f"cause {self.name} states no {key}")
        return replace(self, beta=given if isinstance(given, str) else PROBABILITY.of(given))


def ways(members: int, size: int) -> int:
    """In how many sets of ``size`` out of ``members`` a given member is.

    >>> ways(4, 2)
    3
    """
    return comb(members - 1, size - 1)
