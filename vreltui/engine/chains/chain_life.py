"""How long a chain stays among the states that are up, as a lifetime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flint import acb, arb

from vreltui.engine.chains.chain import END, Chain
from vreltui.engine.chains.chain import Number as Rate
from vreltui.engine.chains.complex_time import survival_complex
from vreltui.engine.chains.elimination import mean_time_within
from vreltui.engine.chains.transient import within_all_along
from vreltui.engine.exponential_sums import ExponentialSum
from vreltui.engine.lifetimes import Ageing, Exponential, Number
from vreltui.engine.renewal import Upkeep
from vreltui.engine.stages import Stages


def two_states(by_key: Mapping[str, Rate], *, repaired: bool) -> Chain | None:
    """Up and down, of an exponential life by its keys; None where more is done about failures."""
    if by_key.keys() - {"mttf", "rate", "mttr", "mission"}:
        return None
    fails = by_key["rate"] if "rate" in by_key else 1 / by_key["mttf"]
    if not repaired:
        return Chain.of(2, [(0, 1, fails)], [0])
    if "mttr" not in by_key or by_key["mttr"] == 0:
        return None
    return Chain.of(2, [(0, 1, fails), (1, 0, 1 / by_key["mttr"])], [0])


def chain_of(life: Upkeep) -> Chain | None:
    """A life without repair as a chain; None where it is none."""
    lifetime = life.lifetime
    if life.clock is not None:
        return None
    if isinstance(lifetime, ChainLife):
        return lifetime.chain
    if isinstance(lifetime, Exponential):
        return Chain.of(2, [(0, 1, 1 / lifetime.mean_time)], [0])
    if isinstance(lifetime, Stages):
        moves = [(index, index + 1, 1 / mean) for index, mean in enumerate(lifetime.means)]
        return Chain.of(len(moves) + 1, moves, range(len(moves)))
    return None


@dataclass(frozen=True)
class ChainLife:
    """How long a chain stays among the states that are up, as a lifetime."""

    chain: Chain

    def survival(self, time: Number) -> tuple[Number, Number]:
        """The chances to have worked all along until ``time``, and not to have."""
        if isinstance(time, acb):
            return survival_complex(self.chain, time)
        return within_all_along(self.chain, self.chain.up, time)

    def mean(self) -> Number:
        """The mean time to the first failure."""
        return arb(self.exact_mean())

    def exact_mean(self) -> Number:
        """The same exactly, of exact rates; of what must fail some time."""
        mean = mean_time_within(self.chain, self.chain.up)
        assert mean is not None
        return mean

    def lived(self, time: Number) -> Number:
        """Never asked for: a process has no clock that renews it."""
        raise TypeError(f"a process is not renewed at {time}")

    def beyond(self, time: Number) -> Number:
        """A bound: who lives at ``time`` has at most as long as from the best of states."""
        rest = [
            mean
            for state in self.chain.up & self.chain.reached
            if (mean := mean_time_within(self.chain.begun_in(state), self.chain.up)) is not None
        ]
        return self.survival(time)[0] * max((arb(each) for each in rest), key=float)

    def ageing(self) -> Ageing | None:
        """None: the rates out of the states that are up may be any."""
        return None

    def hazard(self, early: arb, late: arb | None) -> tuple[arb, arb | None]:
        """From 0 to the greatest rate at which a state that is up is left for one that is not."""
        del early, late
        leaving = {origin: arb(0) for origin in self.chain.up}
        for (origin, target), rate in self.chain.stopped(self.chain.up).items():
            if target == END:
                leaving[origin] = leaving[origin] + arb(rate)
        return arb(0), max(leaving.values(), key=float)

    def as_exponentials(self) -> ExponentialSum | None:
        """None: its rates of decay need not be fractions."""
        return None
