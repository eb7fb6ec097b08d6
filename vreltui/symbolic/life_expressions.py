"""Figures of lifetimes as expressions, and which times give a wanted figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sympy

from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.laws import Source
from vreltui.engine.service_law import ServiceLaw
from vreltui.engine.stages import partial_fractions
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
                return stages_not_over(self.stages, time)

    def lived(self, time: Expr, survives: Expr) -> Expr:
        """The mean time lived by ``time``, which it survives with the chance given."""
        numbers = self.numbers
        match self.law.kind:
            case "exponential":
                return self.mean * (1 - survives)
            case "weibull":
                inverse = 1 / numbers["shape"]
                aged = (time / self._scale) ** numbers["shape"]
                return self._scale * inverse * sympy.lowergamma(inverse, aged)
            case "lognormal":
                beyond = numbers["sigma"] - sympy.log(time / numbers["median"]) / numbers["sigma"]
                return self.mean * sympy.erfc(beyond / sympy.sqrt(2)) / 2 + time * survives
            case "stages":
                over = [1 - stages_not_over(self.stages[:n], time) for n in self._but_last]
                over.append(1 - survives)
                return sympy.Add(*(m * each for m, each in zip(self.stages, over, strict=True)))

    @property
    def _but_last(self) -> range:
        return range(1, len(self.stages))

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


_MOST_TERMS = 6
"""Stages of more different means are too long to read."""


def stages_not_over(means: Sequence[Expr], time: Expr) -> Expr:
    """The chance that the last of some exponential stages is not over: by partial fractions.

    Equal means give Erlang's law, two unequal ones (S e^(-t/S) - T e^(-t/T)) / (S - T).
    """
    counted = Counter(means)
    if len(counted) > _MOST_TERMS:
        raise RefusedError(f"a life in stages of more than {_MOST_TERMS} means has no short form")
    if len(counted) == len(means):
        return sympy.Add(*(_stage_alone(mean, means) * sympy.exp(-time / mean) for mean in means))
    terms = partial_fractions({1 / mean: times for mean, times in counted.items()})
    return sympy.Add(
        *(
            sympy.factor(factor) * time**power * sympy.exp(-time * rate)
            for (rate, power), factor in terms.items()
        )
    )


def _stage_alone(mean: Expr, means: Sequence[Expr]) -> Expr:
    others = [other for other in means if other != mean]
    return mean ** len(others) / sympy.Mul(*(mean - other for other in others))


def in_service(law: ServiceLaw, value: Callable[[Source], Expr]) -> Expr:
    """The share of time in which something is not taken down by plan."""
    return 1 - value(law.planned) / value(law.every)
