"""What is struck together: each set of members is an event, and what is a member's own is another.

By the words of docs/design-file.md alone: probabilities are shared out where the measure is a share
of time or a part is a constant, and hazards where a lifetime has to last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, prod
from typing import Any, Protocol

from mpmath import mpf

from tests.oracle_time.amounts import Real, real
from tests.oracle_time.leaves import Constant, Living
from tests.oracle_time.lives import Exponential, Life, Pair, Powered

Instance = tuple[str, tuple[tuple[str, int], ...]]
MODELS = ("beta", "mgl", "alpha", "phi")


def portion(
    model: str, letters: list[Fraction], m: int, k: int, *, whole: bool = False
) -> Fraction:
    """Q_k / Q of a given set of k among m members; phi of independent shares taken as it is."""
    ways = comb(m - 1, k - 1)
    match model:
        case "beta":
            return letters[0] if k == m else 1 - letters[0] if k == 1 else Fraction(0)
        case "mgl":
            rho = [Fraction(1), *letters, Fraction(0)]
            return prod(rho[:k], start=Fraction(1)) * (1 - rho[k]) / ways
        case "alpha":
            total = sum((j * a for j, a in enumerate(letters, 1)), Fraction(0))
            return k * letters[k - 1] / (ways * total)
        case _:
            return letters[k - 1] / (1 if whole else ways)


@dataclass(frozen=True)
class Portion:
    """A share of the failures of a part: of a shock (``own`` is empty), or what is its own.

    ``others`` are the portions of the shocks that strike a member, each as often as there are.
    """

    of: Constant | Living
    part: Fraction
    others: tuple[Fraction, ...] = ()
    is_own: bool = False
    independent: bool = False

    def shared(self, pair: Pair) -> Pair:
        """The share of a part that has this pair."""
        r, q = pair
        if not self.is_own or self.independent:
            return 1 - real(self.part) * q, real(self.part) * q
        spared = prod((1 - real(each) * q for each in self.others), start=mpf(1))
        works = r / spared if spared else mpf(0)
        return works, 1 - works

    def reliability(self, t: Real) -> Pair:
        """The pair where the part has to last so long."""
        if isinstance(self.of, Constant):
            return self.shared(self.of.pair)
        if self.independent:
            return self.shared(self.of.reliability(t))
        return self.lasting.reliability(t) if self.part else (mpf(1), mpf(0))

    @property
    def lasting(self) -> Living:
        """The life with this part of the hazards."""
        assert isinstance(self.of, Living)
        whole = self.of.life
        assert not isinstance(whole, Powered)
        life: Life = Powered(whole, self.part)
        if isinstance(whole, Exponential):
            life = Exponential(whole.rate * self.part)
        return Living(life, rejuvenate=self.of.rejuvenate, takes=self.of.takes)

    @property
    def _unplanned(self) -> Living:
        assert isinstance(self.of, Living)
        one = self.of
        return Living(one.life, one.mttr, None, None, one.rejuvenate, one.takes)

    @property
    def _in_service(self) -> Pair:
        if not self.is_own or not isinstance(self.of, Living) or self.of.planned is None:
            return mpf(1), mpf(0)
        assert self.of.every is not None
        down = real(self.of.planned / self.of.every)
        return 1 - down, down

    @property
    def availability(self) -> Pair:
        """In the long run; planned outages stay the member's own."""
        if isinstance(self.of, Constant):
            return self.shared(self.of.pair)
        r, q = self.shared(self._unplanned.availability)
        up, down = self._in_service
        return r * up, q + r * down

    def availability_at(self, t: Real) -> Pair | None:
        """The same of A(t)."""
        if isinstance(self.of, Constant):
            return self.shared(self.of.pair)
        found = self.of.availability_at(t)
        return None if found is None else self.shared(found)

    @property
    def frequency(self) -> Real:
        """Its unavailability over the member's mean outage."""
        whole = self._unplanned
        w, u = whole.frequency, whole.availability[1]
        works, fails = self.shared(whole.availability)
        mine = fails * w / u if u else real(self.part) * w
        up, down = self._in_service
        if not down:
            return mine
        assert isinstance(self.of, Living)
        assert self.of.every is not None
        return mine * up + works / real(self.of.every)


class Placed(Protocol):
    """What is needed of the states of a choice."""

    instances: list[Instance]

    def value(self, written: Any) -> Fraction:
        """A letter as the choice sees it."""

    def leaf_of(self, node: str) -> Constant | Living:
        """What a component says."""


class Struck:
    """The parts of every member of some cause, and what each part says."""

    def __init__(self, causes: dict[str, dict[str, Any]], placed: Placed) -> None:
        self.parts: dict[Instance, list[Instance]] = {}
        self.leaves: dict[str, Portion] = {}
        hit: dict[Instance, list[tuple[str, Fraction]]] = {}
        own: dict[Instance, tuple[Fraction, bool, str]] = {}
        for name, cause in causes.items():
            (model,) = [key for key in MODELS if key in cause]
            written = cause[model] if model != "beta" else [cause[model]]
            letters = [placed.value(each) for each in written]
            split = "split" in cause
            for home, members in self._groups(cause, placed):
                m = len(members)
                for k in range(2, m + 1):
                    part = portion(model, letters, m, k, whole=split)
                    if not part and model == "beta":
                        continue
                    label = f"{name}~{m}.{k}"
                    for index, chosen in enumerate(combinations(members, k)):
                        of = placed.leaf_of(chosen[0][0])
                        self.leaves[label] = Portion(of, part, independent=split)
                        shock = (label, (*home, ("set", index)))
                        for member in chosen:
                            self.parts.setdefault(member, []).append(shock)
                            hit.setdefault(member, []).append((label, part))
                for member in members if m > 1 else ():
                    before, _, label = own.get(member, (Fraction(1), False, ""))
                    taken = 1 - portion(model, letters, m, 1, whole=split)
                    own[member] = before - taken, split, f"{label}{name}{m},"
        for member, (part, split, label) in own.items():
            others = tuple(each for _, each in hit.get(member, ()))
            named = f"{member[0]}~{label}"
            of = placed.leaf_of(member[0])
            self.leaves[named] = Portion(of, part, others, is_own=True, independent=split)
            self.parts.setdefault(member, []).insert(0, (named, member[1]))

    @staticmethod
    def _groups(
        cause: dict[str, Any], placed: Placed
    ) -> Iterator[tuple[tuple[tuple[str, int], ...], list[Instance]]]:
        members = [each for each in placed.instances if each[0] in cause["strikes"]]
        homes = [each for each in placed.instances if each[0] == cause.get("within")]
        if not homes:
            yield (), members
        for _, place in homes:
            yield (
                (*place, ("home", 0)),
                [each for each in members if each[1][: len(place)] == place],
            )
