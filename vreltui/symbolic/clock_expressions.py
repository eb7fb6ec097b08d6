"""What is renewed by the clock, in symbols: age replacement by its cycle.

With S the chance to reach the age T of a renewal and M the mean time lived by then, a cycle takes
C = M + (1 - S) mttr + S takes. R. Barlow and F. Proschan, *Mathematical Theory of Reliability*,
1965, chapter 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from vreltui.symbolic.life_expressions import Lifetime
from vreltui.symbolic.symbols import Expr, Symbols


@dataclass(frozen=True, slots=True)
class Renewed:
    """A lifetime with a clock; ``survives`` and ``lives`` are the symbols of S and M."""

    lifetime: Lifetime
    survives: Expr
    lives: Expr

    @staticmethod
    def of(lifetime: Lifetime, node: str, symbols: Symbols) -> Renewed | None:
        """The lifetime of a node, if it has a clock."""
        if "rejuvenate" not in lifetime.numbers:
            return None
        return Renewed(lifetime, symbols.part(node, "S"), symbols.part(node, "M"))

    @property
    def parts(self) -> dict[Expr, Expr]:
        """What S and M stand for."""
        age = self.lifetime.numbers["rejuvenate"]
        return {
            self.survives: self.lifetime.survival(age),
            self.lives: self.lifetime.lived(age, self.survives),
        }

    @property
    def figure(self) -> Expr:
        """The share of time up, or the chance to last the mission."""
        numbers = self.lifetime.numbers
        if self.lifetime.law.asked != "availability":
            return self.lasting(numbers["mission"])
        down = (1 - self.survives) * numbers["mttr"]
        if "takes" in numbers:
            down = down + self.survives * numbers["takes"]
        return self.lives / (self.lives + down)

    def lasting(self, time: Expr) -> Expr:
        """S(T)^m S(t - m T), with m whole periods."""
        age = self.lifetime.numbers["rejuvenate"]
        periods = sympy.floor(time / age)
        return self.survives**periods * self.lifetime.survival(time - age * periods)

    @property
    def mean(self) -> Expr:
        """The mean time to the first failure: M / (1 - S)."""
        return self.lives / (1 - self.survives)

    def inverse(self, key: str, figure: Expr) -> tuple[Expr, int] | None:
        """The length of a repair or of a renewal that gives a share of time up; else None.

        With it -1, as a smaller one helps.
        """
        numbers = self.lifetime.numbers
        if self.lifetime.law.asked != "availability" or key not in ("mttr", "takes"):
            return None
        down = self.lives * (1 - figure) / figure
        if key == "takes":
            return (down - (1 - self.survives) * numbers["mttr"]) / self.survives, -1
        if "takes" in numbers:
            down = down - self.survives * numbers["takes"]
        return down / (1 - self.survives), -1
