"""What an architect asks: figures, margins, and which values of a parameter meet."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from mpmath import isinf, mp, mpf

from tests.oracle_time.amounts import Real, amount_of, real
from tests.oracle_time.figures import Figures
from tests.oracle_time.lives import Pair
from tests.oracle_time.reading import Design, Setting
from tests.oracle_time.states import States, TooMany

DIGITS = 50


class TimeOracle:
    """Answers about one file, from its text."""

    def __init__(self, text: str) -> None:
        mp.dps = DIGITS
        self.design = Design(text)
        self._known: dict[tuple[str, tuple[tuple[str, Fraction], ...]], Figures] = {}

    def figures(self, choice: str, setting: Setting | None = None) -> Figures:
        """The figures of a choice, with some parameters or numbers replaced."""
        key = (choice, tuple(sorted((setting or {}).items())))
        if key not in self._known:
            self._known[key] = Figures(States(self.design, choice, setting or {}))
        return self._known[key]

    def node_figures(self, choice: str) -> dict[str, list[Figures]]:
        """The figures of every node of a choice.

        There are several of one that stands in several places which share unlike things.
        """
        states = States(self.design, choice, {})
        found: dict[str, list[Figures]] = {}
        for instance in states.instances:
            if {copy for _, copy in instance[1]} <= {0}:  # the other copies are alike
                found.setdefault(instance[0], []).append(Figures(states, instance))
        return found

    def measured(self, choice: str, setting: Setting | None = None) -> Pair | Real | None:
        """The measure: a pair, or a time in seconds."""
        figures = self.figures(choice, setting)
        if self.design.measure == "mttf":
            return figures.mttf
        if self.design.measure == "availability":
            return figures.availability
        return figures.reliability

    def rival(self, choice: str) -> str | None:
        """The baseline that a choice must beat."""
        return None if choice == self.design.baseline else self.design.baseline

    def rivals_setting(self, choice: str, setting: Setting) -> dict[str, Fraction]:
        """What a setting changes in the baseline when it is tried in a choice."""
        assert self.design.baseline is not None
        own = {
            *self.design.choices[choice].get("set", {}),
            *self.design.choices[self.design.baseline].get("set", {}),
        }
        return {name: value for name, value in setting.items() if name not in own}

    def against_goal(self, choice: str, setting: Setting | None = None) -> int | None:
        """1 above, 0 equal, -1 below; None without a goal, or where it isn't told here."""
        goal = self.design.goal
        if goal is None:
            return None
        if self.design.measure == "mttf":
            return _side(self.measured(choice, setting), real(goal))
        return _side(self.measured(choice, setting), (real(goal), real(1 - goal)))

    def against_baseline(self, choice: str, setting: Setting | None = None) -> int | None:
        """1 better, 0 equal, -1 worse; None without a baseline, or where it isn't told here."""
        rival = self.rival(choice)
        if rival is None:
            return None
        theirs = self.rivals_setting(choice, setting or {})
        ours, other = self.measured(choice, setting), self.measured(rival, theirs)
        if self.design.measure == "mttf" and _may_be_equal(ours, other):
            return self._which_lives_longer(choice, setting, rival, theirs)
        return _side(ours, other)

    def _which_lives_longer(
        self, choice: str, setting: Setting | None, rival: str, theirs: Setting
    ) -> int | None:
        """Of two means that quadrature can't tell apart: 0 where both live alike at all times.

        Who is as likely to live at a few times of no common measure, to 40 digits, is so always.
        """
        own, other = self.figures(choice, setting), self.figures(rival, theirs)
        mean = self.measured(choice, setting)
        assert mean is not None
        assert not isinstance(mean, tuple)
        for part in ("0.0717", "0.313", "0.871", "1.93"):
            if _side(own.lasts(mean * mpf(part)), other.lasts(mean * mpf(part))):
                return None
        return 0

    def is_asked(self, choice: str) -> bool:
        """Whether there is anything that the choice has to exceed."""
        return self.design.goal is not None or self.rival(choice) is not None

    def meets(self, choice: str, setting: Setting | None = None) -> bool | None:
        """Whether a choice exceeds the goal and beats the baseline; None where it isn't told."""
        try:
            sides = []
            if self.design.goal is not None:
                sides.append(self.against_goal(choice, setting))
            if self.rival(choice) is not None:
                sides.append(self.against_baseline(choice, setting))
        except TooMany:
            return None
        if any(side is not None and side <= 0 for side in sides):
            return False
        return None if None in sides else True

    def used(self, choice: str) -> set[str]:
        """The parameters that a choice names, the mission time's with them."""
        design = self.design
        found = set[str]()
        for node in design.below(design.choices[choice]["root"]):
            found |= design.named(node)
        if design.mission in design.parameters and self._takes_time(choice):
            found.add(design.mission)
        return found

    def _takes_time(self, choice: str) -> bool:
        return self.design.measure == "reliability" and bool(self.figures(choice).living)

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


def _may_be_equal(ours: Pair | Real | None, theirs: Pair | Real | None) -> bool:
    """Whether two means differ by less than quadrature is known to be right."""
    if isinstance(ours, tuple) or isinstance(theirs, tuple):
        return False
    if ours is None or theirs is None or isinf(ours) or isinf(theirs):
        return False
    return bool(abs(ours - theirs) <= mpf("1e-13") * max(abs(ours), abs(theirs)))


def _side(ours: Pair | Real | None, theirs: Pair | Real | None) -> int | None:
    """On which side of theirs ours is; the smaller of a pair decides, as it has the digits."""
    if ours is None or theirs is None:
        return None
    if isinstance(ours, tuple):
        r, q = ours
        return _sign(r, theirs[0]) if r <= mpf("0.5") else _sign(theirs[1], q)
    if isinf(ours) or isinf(theirs):
        return int(isinf(ours)) - int(isinf(theirs))
    return _sign(ours, theirs)


def _sign(a: Real, b: Real) -> int:
    """The sign of a - b; equal is what quadrature and 50 digits can't tell apart."""
    if abs(a - b) <= mpf(10) ** -40 * max(abs(a), abs(b)):
        return 0
    return 1 if a > b else -1


def witness_of(said: Mapping[str, str]) -> dict[str, Fraction]:
    """The values of a witness as the JSON has them."""
    found = {}
    for name, text in said.items():
        found[name] = amount_of(text) if " " in text else Fraction(text)
    return found
