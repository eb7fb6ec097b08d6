"""Derivatives of figures of lifetimes by a number that they are stated with.

In closed form (:class:`Slopes`), which holds over intervals too. Where there is none, as of the
mean that a Weibull life with a clock has lived, by its shape: central differences at a high
precision, over two steps. For the smooth functions that lifetimes are, the error falls with the
square of the step, so four times what the two differ by bounds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flint import arb, fmpq

from vreltui.engine.balls import ONE, ZERO, precision
from vreltui.engine.lifetimes import Lifetime, Lognormal, Weibull
from vreltui.engine.renewal import Upkeep
from vreltui.model.lasting import Law as Kind

_SIZES = ("mttf", "scale", "median")
"""The keys of numbers in whose unit a life is measured."""


def slope_at(function: Callable[[fmpq], arb], at: fmpq, bits: int) -> arb:
    """The derivative of ``function`` at a positive number, to about ``bits`` bits.

    >>> from vreltui.engine.balls import nearest_double
    >>> nearest_double(slope_at(lambda x: arb(x) ** 3, fmpq(2), 128))
    12.0
    """
    step = at / (1 << (bits // 2 + 8))
    with precision(3 * bits + 64):
        coarse, fine = (
            (function(at + each) - function(at - each)) / (2 * arb(each))
            for each in (step, step / 2)
        )
        return fine + arb(0, 4 * abs(coarse - fine).upper())


@dataclass(frozen=True, slots=True)
class Slopes:
    """Derivatives of one lifetime's figures in closed form, with numbers that may be intervals.

    ``numbers`` holds those of the component, by their keys.
    """

    kind: Kind
    numbers: Mapping[str, arb]
    upkeep: Upkeep

    def survival(self, key: str) -> arb | None:
        """That of the chance to last the mission, by the number under ``key``; None if unknown."""
        if self.upkeep.clock is not None:
            return None
        time = self.numbers["mission"]
        falls = self._falling(time)
        if falls is None:
            return None
        if key == "mission":
            return -falls / time
        moved = self._moved(key, time, falls)
        return None if moved is None else -moved

    def availability(self, key: str) -> arb | None:
        """That of the share of time up, by the number under ``key``; None where it is unknown."""
        repair = self.upkeep.repair
        if repair is None:
            return ZERO
        if self.upkeep.clock is not None:
            return self._with_clock(key)
        mean, mended = self.upkeep.lifetime.mean(), arb(repair)
        length = mean + mended
        planned = self.upkeep.planned
        share = ONE if planned is None else 1 - arb(planned.outage) / arb(planned.every)
        match key:
            case "mttr":
                return -share * mean / length**2
            case "planned" | "every":
                assert planned is not None
                plain, every = mean / length, arb(planned.every)
                return (
                    -plain / every if key == "planned" else plain * arb(planned.outage) / every**2
                )
            case "stages":
                return share * mended / length**2
            case "mttf" | "scale" | "median" | "rate" | "shape" | "sigma":
                return share * self._mean_slope(key) * mended / length**2
            case unknown:
                raise AssertionError(f"{unknown} is no number of a life that is mended")

    def _mean_slope(self, key: str) -> arb:
        """The derivative of the mean life by a number."""
        mean = self.upkeep.lifetime.mean()
        if key in _SIZES:
            return mean / self.numbers[key]
        if key == "rate":
            return -mean / self.numbers[key]
        if key == "sigma":
            return mean * self.numbers[key]
        return ZERO if "mttf" in self.numbers else -mean * self._growth()

    def _growth(self) -> arb:
        """psi(1 + 1/k) / k^2: minus the derivative of ln Gamma(1 + 1/k) by the shape."""
        shape = self.numbers["shape"]
        return (1 + 1 / shape).digamma() / shape**2

    def _falling(self, time: arb) -> arb | None:
        """t f(t): how fast the survival falls with the logarithm of the time."""
        lifetime: Lifetime = self.upkeep.lifetime
        match self.kind:
            case "exponential":
                aged = time / lifetime.mean()
                return aged * (-aged).exp()
            case "weibull":
                assert isinstance(lifetime, Weibull)
                aged = lifetime.exponent(time)
                return self.numbers["shape"] * aged * (-aged).exp()
            case "lognormal":
                assert isinstance(lifetime, Lognormal)
                return _density(lifetime.deviations(time)) / self.numbers["sigma"]
            case "stages":
                return None

    def _moved(self, key: str, time: arb, falls: arb) -> arb | None:
        """The derivative of the chance to have failed by a time, by a number of the lifetime."""
        if key in _SIZES:
            return -falls / self.numbers[key]
        if key == "rate":
            return falls / self.numbers[key]
        lifetime = self.upkeep.lifetime
        if key == "sigma":
            assert isinstance(lifetime, Lognormal)
            deviations = lifetime.deviations(time)
            return -_density(deviations) * deviations / self.numbers["sigma"]
        if key == "shape":
            assert isinstance(lifetime, Weibull)
            aged = lifetime.exponent(time)
            own = aged * (-aged).exp() * aged.log() / self.numbers["shape"]
            return own - falls * self._growth() if "mttf" in self.numbers else own
        return None

    def _with_clock(self, key: str) -> arb | None:
        """A = M / (M + D) with D = F repair + S takes, all at the age of the clock."""
        clock = self.upkeep.clock
        assert clock is not None
        assert self.upkeep.repair is not None
        age, takes, repair = arb(clock.age), arb(clock.takes), arb(self.upkeep.repair)
        lives, fails = self.upkeep.lifetime.survival(age)
        lived = self.upkeep.lifetime.lived(age)
        falls = self._falling(age)
        if falls is None:
            return None
        lived_slope, down_slope = ZERO, ZERO
        match key:
            case "mttr":
                down_slope = fails
            case "takes":
                down_slope = lives
            case "rejuvenate":
                lived_slope, down_slope = lives, falls / age * (repair - takes)
            case "mttf" | "scale" | "median" | "rate":
                sign = -1 if key == "rate" else 1
                lived_slope = sign * (lived - age * lives) / self.numbers[key]
                down_slope = -sign * falls / self.numbers[key] * (repair - takes)
            case "shape" | "sigma" | "stages":
                return None  # no closed form beside a clock
            case unknown:
                raise AssertionError(f"{unknown} is no number of a life with a clock")
        down = fails * repair + lives * takes
        return (lived_slope * down - lived * down_slope) / (lived + down) ** 2


def _density(deviations: arb) -> arb:
    """The density of the standard normal law."""
    return (-(deviations**2) / 2).exp() / (2 * arb.pi()).sqrt()
