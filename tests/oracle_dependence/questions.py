"""What an architect asks: figures, margins, and which values of a parameter meet."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from mpmath import isinf, mp, mpf

from tests.oracle_dependence.figures import Figures
from tests.oracle_dependence.reading import DependentDesign, Unlike
from tests.oracle_dependence.structure import Structure
from tests.oracle_time.amounts import amount_of, real
from tests.oracle_time.reading import Setting
from tests.oracle_time.states import TooMany

DIGITS = 50


class DependenceOracle:
    """Answers about one file, from its text."""

    def __init__(self, text: str) -> None:
        mp.dps = DIGITS
        self.design = DependentDesign(text)
        self._known: dict[tuple[str, tuple[tuple[str, Fraction], ...]], Figures] = {}

    def figures(self, choice: str, setting: Setting | None = None) -> Figures:
        """The figures of a choice, with some parameters or numbers replaced."""
        key = (choice, tuple(sorted((setting or {}).items())))
        if key not in self._known:
            self._known[key] = Figures(Structure(self.design, choice, setting or {}))
        return self._known[key]

    def node_figures(self, choice: str) -> dict[str, list[Figures]]:
        """The figures of every node of a choice; several where it shares unlike things."""
        structure = self.figures(choice).structure
        found: dict[str, list[Figures]] = {}
        for instance in structure.instances:
            if {copy for _, copy in instance[1]} <= {0}:  # the other copies are alike
                found.setdefault(instance[0], []).append(Figures(structure, instance))
        return found

    def measured(self, choice: str, setting: Setting | None = None) -> Any:
        """The measure: a pair, or a time in seconds."""
        figures = self.figures(choice, setting)
        return getattr(figures, self.design.measure)

    def rival(self, choice: str) -> str | None:
        """The baseline that a choice must beat."""
        return None if choice == self.design.baseline else self.design.baseline

    def rivals_setting(self, choice: str, setting: Setting) -> dict[str, Fraction]:
        """What a setting changes in the baseline when it is tried in a choice."""
        assert self.design.baseline is not None
        choices = self.design.choices
        own = {*choices[choice].get("set", {}), *choices[self.design.baseline].get("set", {})}
        return {name: value for name, value in setting.items() if name not in own}

    def against_goal(self, choice: str, setting: Setting | None = None) -> int | None:
        """1 above, 0 equal, -1 below; None without a goal, or where it isn't told here."""
        goal = self.design.goal
        if goal is None:
            return None
        measured = self.measured(choice, setting)
        return _side(measured, goal if self.design.measure == "mttf" else (goal, 1 - goal))

    def against_baseline(self, choice: str, setting: Setting | None = None) -> int | None:
        """1 better, 0 equal, -1 worse; None without a baseline, or where it isn't told here."""
        rival = self.rival(choice)
        if rival is None:
            return None
        theirs = self.rivals_setting(choice, setting or {})
        return _side(self.measured(choice, setting), self.measured(rival, theirs))

    def meets(self, choice: str, setting: Setting | None = None) -> bool | None:
        """Whether a choice exceeds the goal and beats the baseline; None where it isn't told."""
        sides = []
        try:
            if self.design.goal is not None:
                sides.append(self.against_goal(choice, setting))
            if (self.rival(choice) is not None and self.design.goal is None) or (
                self.rival(choice) is not None and sides[0] != -1
            ):
                sides.append(self.against_baseline(choice, setting))
        except (TooMany, Unlike):
            return None
        if any(side is not None and side <= 0 for side in sides):
            return False
        return None if None in sides else True

    def used(self, choice: str) -> set[str]:
        """The parameters that a choice names, its causes' and the mission time's with them."""
        design = self.design
        below = design.below(design.choices[choice]["root"])
        found = set[str]().union(*(design.named(node) for node in below))
        for said in design.causes.values():
            if set(said["strikes"]) & below:
                for model in ("beta", "mgl", "alpha", "phi"):
                    letters = said.get(model, [])
                    for letter in letters if isinstance(letters, list) else [letters]:
                        if isinstance(letter, str):
                            found.add(letter)
        in_time = design.measure in ("reliability", "safety")
        if design.mission in design.parameters and in_time and self.figures(choice).takes_time:
            found.add(design.mission)
        return found

    def open(self, choice: str) -> dict[str, tuple[Fraction, Fraction]]:
        """The parameters that may still be chosen, with their ranges."""
        rival = self.rival(choice)
        names = self.used(choice) | (set() if rival is None else self.used(rival))
        found = {}
        for name in names:
            said = self.design.parameters[name]
            if "range" in said and name not in self.design.choices[choice].get("set", {}):
                low, high = said["range"]
                found[name] = (amount_of(low), amount_of(high))
        return found


def _side(ours: Any, theirs: Any) -> int | None:
    """On which side of theirs ours is; the smaller of a pair decides, as it has the digits."""
    if ours is None or theirs is None:
        return None
    if isinstance(ours, tuple):
        r, q = ours
        return _sign(r, theirs[0]) if r <= 0.5 else _sign(theirs[1], q)
    if isinstance(theirs, Fraction):
        theirs = real(theirs)
    if isinf(ours) or isinf(theirs):
        return int(isinf(ours)) - int(isinf(theirs))
    return _sign(ours, theirs)


def _sign(a: Any, b: Any) -> int:
    """The sign of a - b; equal is what 50 digits, or quadrature's, can't tell apart."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return (a > b) - (a < b)
    a, b = (real(x) if isinstance(x, Fraction) else x for x in (a, b))
    if abs(a - b) <= mpf(10) ** -40 * max(abs(a), abs(b)):
        return 0
    return 1 if a > b else -1
