"""Figures of lifetimes as expressions, and which times give a wanted figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sympy

from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.laws import Source
from vreltui.engine.service_law import ServiceLaw
from vreltui.symbolic.results import RefusedError
from vreltui.symbolic.symbols import Expr


@dataclass(frozen=True, slots=True)
class Lifetime:
    """One law with an expression for each of its numbers, by their keys."""

    law: LastingLaw
    numbers: Mapping[str, Expr]
    stages: tuple[Expr, ...] = ()

    @staticmethod
    def of(law: LastingLaw, value: Callable[[Source], Expr]) -> Lifetime:
        """The law, where ``value`` gives the expression of a source."""
        numbers = {role.key: value(role.source) for role in law.roles if role.key != "stages"}
        stages = tuple(value(role.source) for role in law.roles if role.key == "stages")
        return Lifetime(law, numbers, stages)

    @property
    def letter(self) -> str:
        """What its figure is called: A, or R."""
        return "A" if self.law.asked == "availability" else "R"

    @property
    def mean(self) -> Expr:
        """The mean life."""
        numbers = self.numbers
        match self.law.kind:
            case "exponential":
                return numbers["mttf"] if "mttf" in numbers else 1 / numbers["rate"]
            case "weibull" if "mttf" in numbers:
                return numbers["mttf"]
            case "weibull":
                return numbers["scale"] * sympy.gamma(1 + 1 / numbers["shape"])
            case "lognormal":
                return numbers["median"] * sympy.exp(numbers["sigma"] ** 2 / 2)
            case "stages":
                return sympy.Add(*self.stages)

    @property
    def figure(self) -> Expr:
        """The share of time up, or the chance to last the mission."""
        if "rejuvenate" in self.numbers:
            raise RefusedError("a component is renewed by the clock: no closed form is written")
        if self.law.asked != "availability":
            return self.survival(self.numbers["mission"])
        up = self.mean / (self.mean + self.numbers["mttr"])
        if "planned" in self.numbers:
            up = up * (1 - self.numbers["planned"] / self.numbers["every"])
        return up

    def survival(self, time: Expr) -> Expr:
        """The chance to live longer than ``time``."""
        numbers = self.numbers
        match self.law.kind:
            case "exponential":
                return sympy.exp(-time / self.mean)
            case "weibull":
                return sympy.exp(-((time / self._scale) ** numbers["shape"]))
            case "lognormal":
                deviations = sympy.log(time / numbers["median"]) / numbers["sigma"]
                return sympy.erfc(deviations / sympy.sqrt(2)) / 2
            case "stages":
                raise RefusedError("a life in stages has no short form")

    @property
    def _scale(self) -> Expr:
        if "scale" in self.numbers:
            return self.numbers["scale"]
        return self.numbers["mttf"] / sympy.gamma(1 + 1 / self.numbers["shape"])

    def inverse(self, key: str, figure: Expr) -> tuple[Expr, int] | None:
        """The value under ``key`` that gives a figure; None where that is not written.

        With it 1 where a greater value helps, and -1 where a smaller one does.
        T = t / ln(1/R), s = t / ln(1/R)^(1/k), mttr = mttf (1 - A) / A and so on.
        """
        if "rejuvenate" in self.numbers:
            return None
        if self.law.asked == "availability":
            return self._repaired(key, figure)
        lost = sympy.log(1 / figure)
        time = self.numbers["mission"]
        match self.law.kind, key:
            case "exponential", "mttf":
                return time / lost, 1
            case "exponential", "rate":
                return lost / time, -1
            case "exponential", "mission":
                return self.mean * lost, -1
            case "weibull", "scale":
                return time / lost ** (1 / self.numbers["shape"]), 1
            case "weibull", "mttf":
                inverse = 1 / self.numbers["shape"]
                return sympy.gamma(1 + inverse) * time / lost**inverse, 1
            case "weibull", "mission":
                return self._scale * lost ** (1 / self.numbers["shape"]), -1
            case _:
                return None

    def _repaired(self, key: str, figure: Expr) -> tuple[Expr, int] | None:
        if "planned" in self.numbers:
            if key in ("planned", "every"):
                return None
            figure = figure / (1 - self.numbers["planned"] / self.numbers["every"])
        repair = self.numbers["mttr"]
        match key:
            case "mttr":
                return self.mean * (1 - figure) / figure, -1
            case "mttf":
                return repair * figure / (1 - figure), 1
            case "rate":
                return (1 - figure) / (repair * figure), -1
            case "scale":
                factor = sympy.gamma(1 + 1 / self.numbers["shape"])
                return repair * figure / ((1 - figure) * factor), 1
            case "median":
                factor = sympy.exp(self.numbers["sigma"] ** 2 / 2)
                return repair * figure / ((1 - figure) * factor), 1
            case _:
                return None


def in_service(law: ServiceLaw, value: Callable[[Source], Expr]) -> Expr:
    """The share of time in which something is not taken down by plan."""
    return 1 - value(law.planned) / value(law.every)
