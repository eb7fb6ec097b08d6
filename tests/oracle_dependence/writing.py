"""Random small designs with causes, containment, policies and processes, as the text of a file."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from random import Random

from tests.oracle_dependence.reading import Cause, DependentDesign
from tests.oracle_dependence.structure import Structure
from tests.oracle_time.states import TooMany

LIVES = ('"1 h"', '"90 y"')
RATES = ('"1e-3 /y"', '"9 /h"')
REPAIRS = ('"0 s"', '"9 d"')
SLOW_REPAIRS = ('"1 s"', '"99 d"')
CLOCKS = ('"1 s"', '"9 y"')
"""The ranges of parameters."""

FEATURES = ("causes", "contained", "lives", "policies", "processes", "safety")


class Writer:
    """One design, from one source of chance, of the features that are asked for."""

    def __init__(self, seed: int, features: Collection[str] = FEATURES) -> None:
        self.chance = Random(seed)
        self.features = features
        measures = ["reliability"]
        if {"lives", "policies", "processes"} & set(features):
            measures += ["reliability", "availability", "availability", "mttf"]
        if "safety" in features:
            measures.append("safety")
        self.measure = self.chance.choice(measures)
        self.parameters: dict[str, str] = {}
        self.lines: list[str] = []
        self.names: list[str] = []
        self.families: list[list[str]] = []

    def _time(self, low: float, high: float) -> str:
        """A time between so many hours, the logarithm at random."""
        hours = low * (high / low) ** self.chance.random()
        unit, size = self.chance.choice([("h", 1.0), ("d", 24.0), ("min", 1 / 60), ("y", 8760.0)])
        return f'"{hours / size:.4g} {unit}"'

    def _value(self, kind: str, text: str, low: str, high: str, often: float = 0.4) -> str:
        """The text itself, or the name of a new parameter that has it, perhaps with a range."""
        if self.chance.random() >= often:
            return text
        name = f"p{len(self.parameters)}"
        wide = f", range = [{low}, {high}]" if self.chance.random() < 0.5 else ""
        self.parameters[name] = f"{name} = {{ {kind} = {text}{wide} }}"
        return f'"{name}"'

    def _chance(self, low: float = 0.0, high: float = 1.0) -> str:
        """A probability as a literal or a parameter."""
        text = f"{self.chance.uniform(low, high):.3f}"
        if self.chance.random() < 0.05:
            text = self.chance.choice(["0", "1"])
        return self._value("value", text, "0", "1")

    def _life(self) -> list[str]:
        mean = self._value("time", self._time(100, 20_000), '"1 h"', '"90 y"')
        rate = f'"{self.chance.uniform(0.5, 40):.3g} /y"'
        kind = self.chance.random()
        if kind < 0.5:
            return [f"mttf = {mean}"]
        if kind < 0.65:
            return [f"rate = {self._value('rate', rate, *RATES)}"]
        if kind < 0.8:
            shape = self._value("number", f"{self.chance.uniform(0.5, 3):.2f}", "0.3", "9")
            return [f"{self.chance.choice(['mttf', 'scale'])} = {mean}", f"shape = {shape}"]
        if kind < 0.9:
            sigma = self._value("number", f"{self.chance.uniform(0.3, 2):.2f}", "0.2", "4")
            return [f"median = {mean}", f"sigma = {sigma}"]
        stages = [self._time(100, 9000) for _ in range(self.chance.randint(2, 3))]
        return [f"stages = [{', '.join(stages)}]"]

    def _repair(self) -> str:
        mttr = '"0 s"' if self.chance.random() < 0.05 else self._time(0.05, 80)
        return f"mttr = {self._value('time', mttr, *REPAIRS)}"

    def _figures(self) -> list[str]:
        """The lines of a component, which its likes have as well."""
        chance = self.chance
        lives = "lives" in self.features
        if not lives or (self.measure != "mttf" and chance.random() < 0.2):
            return [f"reliability = {self._chance(0.5, 1)}"]
        lines = self._life()
        if self.measure == "availability" or chance.random() < 0.3:
            lines.append(self._repair())
            if chance.random() < 0.15:
                lines += [f"planned = {self._time(0.1, 5)}", f"every = {self._time(200, 3000)}"]
            elif chance.random() < 0.15:
                takes = chance.choice(['"0 s"', self._time(0.02, 1)])
                lines += [f"rejuvenate = {self._time(50, 3000)}", f"takes = {takes}"]
        if self.measure == "safety" and chance.random() < 0.5:
            lines.append(f"fails_safe = {self._chance()}")
        return lines

    def _node(self, name: str, lines: list[str]) -> None:
        self.lines += [f"[nodes.{name}]", *lines]
        self.names.append(name)

    def _family(self) -> None:
        lines = self._figures()
        family = []
        for _ in range(self.chance.choice([1, 1, 2, 3])):
            name = f"c{len(self.names)}"
            more = ["shared = true"] if self.chance.random() < 0.1 else []
            self._node(name, lines + more)
            family.append(name)
        self.families.append(family)

    def _needs(self, many: int) -> str:
        return self.chance.choice(
            ['"any"', '"any"', '"all"', '"majority"', str(self.chance.randint(1, many))]
        )

    def _policy(self) -> None:
        """A component with an exponential life, and a pool of it with a policy."""
        chance = self.chance
        name, pool = f"c{len(self.names)}", f"s{len(self.names)}"
        life = self._time(100, 20_000)
        lines = [f"mttf = {self._value('time', life, *LIVES)}"]
        repaired = self.measure == "availability" or chance.random() < 0.5
        if repaired:
            lines.append(f"mttr = {self._value('time', self._time(0.05, 900), *SLOW_REPAIRS)}")
        self._node(name, lines)
        many = chance.randint(1, 5)
        lines = [f'of = "{name}"', f"copies = {many}", f"needs = {self._needs(many)}"]
        kind = chance.random()
        if kind < 0.65:
            lines.append(f"dormancy = {self._chance(0, 0.999)}")
            if "dormancy = 1" in lines:
                lines[-1] = "dormancy = 0"
            if chance.random() < 0.6:
                lines.append(f"switch = {self._chance(0.3, 1)}")
        elif kind < 0.85:
            load = self._value("number", f"{chance.uniform(0.1, 3):.2f}", "0.1", "9")
            if chance.random() < 0.4:
                load = str(chance.randint(1, 2))
            lines.append(f"load = {load}")
        if repaired and (kind >= 0.85 or chance.random() < 0.4):
            lines.append(f"repairers = {chance.randint(1, many)}")
        if kind >= 0.85 and not repaired:
            lines.append("dormancy = 1")
        self._node(pool, lines)

    def _process(self) -> None:
        """States at random; every one is left, where the long run is asked for."""
        chance = self.chance
        n = chance.choice([2, 2, 3, 3, 4, 5, 6, 8, 12])
        states = [f"z{i}" for i in range(n)]
        up = states[: chance.randint(1, max(1, n - 1))]
        moves = []
        lasting = self.measure == "availability" or chance.random() < 0.5
        order = states if lasting else states[:-1]
        pairs = [(s, states[(i + 1) % n]) for i, s in enumerate(order)]
        for _ in range(chance.randint(0, n)):
            a, b = chance.choice(order), chance.choice(states)
            if a != b:
                pairs.append((a, b))
        for a, b in pairs:
            if chance.random() < 0.7:
                text = self._time(0.01, 9000)
                speed = f"after = {self._value('time', text, *CLOCKS, 0.15)}"
            else:
                rate = f'"{chance.uniform(0.5, 900):.3g} /y"'
                speed = f"rate = {self._value('rate', rate, *RATES, 0.15)}"
            more = ""
            if chance.random() < 0.3:
                share = self._value("value", f"{chance.uniform(0.05, 0.95):.3f}", "0", "1", 0.3)
                moves.append(f'{{ from = "{a}", to = "{b}", {speed}, with = {share} }}')
                others = [s for s in states if s not in (a, b)]
                if others and chance.random() < 0.7:
                    b, more = chance.choice(others), f", without = {share}"
                else:
                    continue
            elif chance.random() < 0.2:
                more = f", times = {chance.choice([2, 3, 1.5])}"
            moves.append(f'{{ from = "{a}", to = "{b}", {speed}{more} }}')
        chance.shuffle(moves)
        lines = [f"up = [{_listed(up)}]"]
        if chance.random() < 0.3:
            lines.append(f'start = "{chance.choice(up)}"')
        down = states[len(up) :]
        if self.measure == "safety" or chance.random() < 0.3:
            safe = [s for s in down if chance.random() < 0.5]
            lines.append(f"safe = [{_listed(safe)}]")
        if chance.random() < 0.15:
            lines.append("shared = true")
        lines += ["moves = [", *(f"  {move}," for move in moves), "]"]
        self._node(f"m{len(self.names)}", lines)

    def _group(self, last: bool) -> None:
        chance = self.chance
        many = chance.randint(1, 4)
        policies = [n for n in self.names if n.startswith("s")]
        inside = [n for n in self.names if f'of = "{n}"' not in self.lines or not policies]
        chosen = chance.sample(inside, min(many, len(inside)))
        if last:
            chosen = (inside[-2:] + chosen)[:3]
            chosen = list(dict.fromkeys(chosen))
        if chance.random() < 0.5 and not last:
            copies = self._value("count", str(many), "1", "5", 0.2)
            lines = [f'of = "{chosen[0]}"', f"copies = {copies}"]
        else:
            many = len(chosen)
            lines = [f"parts = [{_listed(chosen)}]"]
        needs = self._needs(many)
        if "copies = " in lines[-1] and '"' in lines[-1] and not needs.startswith('"'):
            needs = "1"
        lines.append(f"needs = {needs}")
        may_contain = needs != '"all"' and (needs.startswith('"') or int(needs) < many)
        if "contained" in self.features and may_contain and chance.random() < 0.25:
            lines.append(f"contained = {self._chance(0.5, 1)}")
        self._node(f"g{len(self.names)}", lines)

    def _so_far(self) -> str:
        chance = Random(repr(self.lines))
        mission = [f'measure = "{self.measure}"']
        if self.measure in ("reliability", "safety") or chance.random() < 0.4:
            mission.append("time = MISSION")
        known = ["[parameters]", *self.parameters.values()] if self.parameters else []
        start = ["vreltui = 1", *(['baseline = "first"'] if chance.random() < 0.5 else [])]
        return "\n".join([*start, "[mission]", *mission, *known, *self.lines]) + "\n"

    def _causes(self) -> None:
        """Causes on families, as far as the numbers of members in the choices allow."""
        chance = self.chance
        design = DependentDesign(self._so_far().replace("time = MISSION\n", 'time = "1 h"\n'))
        homes = [n for n in self.names if n.startswith("g")]
        for family in self.families:
            if chance.random() < 0.3:
                continue
            struck = tuple(chance.sample(family, chance.randint(1, len(family))))
            within = chance.choice(homes) if homes and chance.random() < 0.2 else None
            counts = set()
            for choice in design.choices:
                try:
                    structure = Structure(design, choice, {})
                except TooMany:
                    return
                cause = Cause("", struck, "beta", (), within, False)
                counts |= {len(members) for members in structure.groups(cause)}
            counts -= {0, 1}
            model = chance.choice(["beta", "mgl", "alpha", "phi"])
            if len(counts) != 1 or max(counts) > 8:
                model = "beta"
            m = counts.pop() if counts else 2
            times = chance.choice([1, 1, 2]) if model == "beta" else 1
            for _ in range(times):
                name = f"k{len([x for x in self.lines if x.startswith('[causes')])}"
                lines = [f"[causes.{name}]", f"strikes = [{_listed(struck)}]"]
                lines.append(f"{model} = {self._letters(model, m, times)}")
                if within is not None:
                    lines.append(f'within = "{within}"')
                if times == 1 and self.measure == "reliability" and chance.random() < 0.2:
                    lines.append('split = "open-psa"')
                self.lines += lines

    def _letters(self, model: str, m: int, times: int) -> str:
        if model == "beta":
            return self._value(
                "value", f"{self.chance.uniform(0, 1 / times):.3f}", "0", f"{1 / times}", 0.5
            )
        if model == "mgl":
            return f"[{', '.join(self._chance() for _ in range(m - 1))}]"
        if model == "alpha":
            letters = [self._value("value", f"{self.chance.random() + 0.01:.3f}", "0", "1", 0.2)]
            return f"[{', '.join(letters + [f'{self.chance.random():.3f}' for _ in range(m - 1)])}]"
        parts = sorted(self.chance.randint(0, 1000) for _ in range(m - 1))
        shares = [b - a for a, b in zip([0, *parts], [*parts, 1000], strict=True)]
        return f"[{', '.join(str(float(Fraction(share, 1000))) for share in shares)}]"

    def text(self) -> str:
        """The whole file, without a goal."""
        chance = self.chance
        if "policies" in self.features and chance.random() < 0.6:
            self._policy()
        if "processes" in self.features and chance.random() < 0.6:
            self._process()
        for _ in range(chance.randint(0 if self.names else 1, 2)):
            self._family()
        alone = [n for n in self.names if n[0] in "ms"]
        many = chance.randint(0 if len(self.names) > 1 and alone else 1, 3)
        for i in range(many):
            self._group(i == many - 1)
        roots = chance.sample(self.names, 2) if len(self.names) > 1 else self.names * 2
        roots[0] = self.names[-1]
        for choice, root in zip(("first", "second"), roots, strict=True):
            self.lines += [f"[choices.{choice}]", f'root = "{root}"']
        if "causes" in self.features:
            self._causes()
        found = self._so_far()
        if "time = MISSION" in found:
            time = self._value("time", self._time(20, 5000), '"1 h"', '"9 y"')
            found = self._so_far().replace("time = MISSION", f"time = {time}")
        return found


def _listed(names: Collection[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def design(seed: int, features: Collection[str] = FEATURES) -> str:
    """The design of a seed."""
    return Writer(seed, features).text()
