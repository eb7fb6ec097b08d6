"""What a file says of pools with a policy, nodes with moves, common causes and containment."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import comb, prod

from tests.oracle_dependence.chains import Chain
from tests.oracle_time.amounts import real
from tests.oracle_time.leaves import Constant, Leaf, Living
from tests.oracle_time.lives import Exponential
from tests.oracle_time.reading import Design, Setting
from tests.oracle_time.states import needed

POLICY = ("dormancy", "switch", "load", "repairers")
MODELS = ("beta", "mgl", "alpha", "phi")
OWN = ("contained", "fails_safe", *POLICY)
"""Keys of one number each, beside those of a life."""


class Unlike(Exception):
    """With this setting the page gives the cause no meaning: a wrong number of letters, a sum."""


@dataclass(frozen=True)
class Cause:
    """One cause with its letters as they are in a choice."""

    name: str
    strikes: tuple[str, ...]
    model: str
    letters: tuple[Fraction, ...]
    within: str | None
    is_split: bool

    def share(self, m: int, k: int) -> Fraction:
        """Q_k / Q: of one set of k among m members, k = 1 the member by itself."""
        many = {"beta": 1, "mgl": m - 1, "alpha": m, "phi": m}[self.model]
        if len(self.letters) != many or (self.model != "beta" and m > 8):
            raise Unlike(self.name)
        ways = comb(m - 1, k - 1)
        if self.model == "beta":
            (b,) = self.letters
            return {m: b, 1: 1 - b}.get(k, Fraction(0))
        if self.model == "mgl":
            rho = (Fraction(1), *self.letters, Fraction(0))
            return prod(rho[:k], start=Fraction(1)) * (1 - rho[k]) / ways
        if self.model == "alpha":
            total = sum((j * a for j, a in enumerate(self.letters, 1)), Fraction(0))
            if not total:
                raise Unlike(self.name)
            return k * self.letters[k - 1] / (ways * total)
        if sum(self.letters) != 1:
            raise Unlike(self.name)
        return self.letters[k - 1] / (1 if self.is_split else ways)


class DependentDesign(Design):
    """One file."""

    def causes_in(self, choice: str, setting: Setting) -> list[Cause]:
        """The causes in a choice."""
        found = []
        for name, said in self.causes.items():
            (model,) = set(MODELS) & set(said)
            written = said[model] if isinstance(said[model], list) else [said[model]]
            letters = tuple(self.amount_in(letter, choice, setting) for letter in written)
            if f"{name}.beta" in setting:
                letters = (setting[f"{name}.beta"],)
            found.append(
                Cause(
                    name,
                    tuple(said["strikes"]),
                    model,
                    letters,
                    said.get("within"),
                    "split" in said,
                )
            )
        for node in self.nodes:
            those = [cause for cause in found if node in cause.strikes]
            if sum(c.letters[0] for c in those if c.model == "beta") > 1:
                raise Unlike(node)
        return found

    def has_policy(self, node: str) -> bool:
        """Whether a pool is a process."""
        return bool(set(POLICY) & set(self.nodes[node]))

    def is_chain(self, node: str) -> bool:
        """Whether a node is a process."""
        return "moves" in self.nodes[node] or self.has_policy(node)

    def is_component(self, node: str) -> bool:
        """Whether nothing below a node fails by itself."""
        return self.is_chain(node) or super().is_component(node)

    def leaf(self, node: str, choice: str, setting: Setting) -> Leaf:
        """What a component says in a choice; its own probability may be set by its name."""
        said = self.nodes[node]
        stated = {"reliability", "unreliability"} & set(said)
        if stated:
            if node in setting and node not in self.parameters:
                return Constant(setting[node])
            if f"{node}.reliability" in setting:
                return Constant(setting[f"{node}.reliability"])
            (key,) = stated
            value = self.amount_in(said[key], choice, setting)
            return Constant(value if key == "reliability" else 1 - value)
        return super().leaf(node, choice, setting)

    def chain(self, node: str, choice: str, setting: Setting) -> Chain:
        """The states of a process and what leads from one to another."""
        if self.has_policy(node):
            return self._policy(node, choice, setting)
        said = self.nodes[node]
        rates: dict[tuple[str, str], Fraction] = {}
        states: dict[str, None] = {}
        for move in said["moves"]:
            for key in ("from", "to"):
                states[move[key]] = None
            rate = (
                1 / self.amount_in(move["after"], choice, setting)
                if "after" in move
                else self.amount_in(move["rate"], choice, setting)
            )
            if "with" in move:
                rate *= self.amount_in(move["with"], choice, setting)
            if "without" in move:
                rate *= 1 - self.amount_in(move["without"], choice, setting)
            if "times" in move:
                rate *= self.amount_in(move["times"], choice, setting)
            way = (move["from"], move["to"])
            rates[way] = rates.get(way, Fraction(0)) + rate
        up = frozenset(said["up"])
        safe = said.get("safe")
        unsafe = frozenset() if safe is None else frozenset(states) - up - frozenset(safe)
        return Chain(tuple(states), rates, said.get("start", said["up"][0]), up, unsafe)

    def _policy(self, node: str, choice: str, setting: Setting) -> Chain:
        """How many copies have failed, one more or less at a time; stuck where a spare fails."""
        said = self.nodes[node]
        copy = self.leaf(said["of"], choice, setting)
        assert isinstance(copy, Living)
        assert isinstance(copy.life, Exponential)
        rate, mttr = copy.life.rate, copy.mttr
        n = self.copies(node, choice, setting)
        k = needed(said.get("needs", "all"), n)
        if k > n:
            raise Unlike(node)
        values = {key: self.amount(node, key, choice, setting) for key in POLICY}
        d = Fraction(1) if values["dormancy"] is None else values["dormancy"]
        c = Fraction(1) if values["switch"] is None else values["switch"]
        repairers = n if values["repairers"] is None else int(values["repairers"])
        rates: dict[tuple[str, str], Fraction] = {}
        states = [str(j) for j in range(n + 1)]
        for j in range(n):
            left = n - j
            running = min(k, left) if d < 1 else left
            fails = running * rate + (left - running) * d * rate
            if values["load"] is not None:
                fails = left * rate * _power(Fraction(n, left), values["load"])
            elif left > k and d < 1 and c < 1:
                stuck = f"stuck_{j}"
                states.append(stuck)
                fails -= (1 - c) * running * rate
                rates[str(j), stuck] = (1 - c) * running * rate
                if mttr is not None:
                    rates[stuck, str(j)] = 1 / mttr
            rates[str(j), str(j + 1)] = fails
            if mttr is not None:
                rates[str(j + 1), str(j)] = min(j + 1, repairers) / mttr
        up = frozenset(str(j) for j in range(n - k + 1))
        return Chain(tuple(states), rates, "0", up)

    def named(self, node: str) -> set[str]:
        """The parameters that a node names."""
        said = self.nodes[node]
        written = [said[key] for key in (*OWN, "unreliability") if key in said]
        for move in said.get("moves", ()):
            written += [v for k, v in move.items() if k not in ("from", "to")]
        own = {value for value in written if isinstance(value, str) and value in self.parameters}
        return own | super().named(node)

    @cached_property
    def measure(self) -> str:
        """What the design measures."""
        if {"safety", "unsafety"} & set(self.file.get("goal", {})):
            return "safety"
        return super().measure


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    """Exact where the exponent is whole, else with all the digits that are worked with."""
    if exponent.denominator == 1:
        return base ** int(exponent)
    found = real(base) ** real(exponent)
    return Fraction(str(found))
