"""Random small designs with lifetimes, as the text of a file."""

from __future__ import annotations

from random import Random

from tests.oracle_time.reading import Design
from tests.oracle_time.states import States

MEASURES = ("reliability", "availability", "mttf")


class Writer:
    """One design, from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.measure = self.chance.choice(MEASURES)
        self.parameters: dict[str, str] = {}

    def _time(self, low: float, high: float) -> str:
        """A time between so many hours, the logarithm at random."""
        hours = low * (high / low) ** self.chance.random()
        unit, size = self.chance.choice([("h", 1.0), ("d", 24.0), ("min", 1 / 60), ("y", 8760.0)])
        return f'"{hours / size:.4g} {unit}"'

    def _value(self, kind: str, text: str, low: str, high: str) -> str:
        """The text itself, or the name of a new parameter that has it, perhaps with a range."""
        if self.chance.random() < 0.6:
            return text
        name = f"p{len(self.parameters)}"
        wide = f", range = [{low}, {high}]" if self.chance.random() < 0.5 else ""
        self.parameters[name] = f"{name} = {{ {kind} = {text}{wide} }}"
        return f'"{name}"'

    def _life(self) -> list[str]:
        mean = self._value("time", self._time(100, 20_000), '"1 h"', '"90 y"')
        shape = self._value("number", f"{self.chance.uniform(0.5, 4):.2f}", "0.3", "9")
        sigma = self._value("number", f"{self.chance.uniform(0.3, 2):.2f}", "0.2", "4")
        rate = self._value(
            "rate", f'"{self.chance.uniform(0.5, 40):.3g} /y"', '"1e-3 /y"', '"1 /h"'
        )
        stages = [self._time(100, 9000)] * self.chance.randint(1, 2) + [self._time(100, 9000)]
        return self.chance.choice(
            [
                [f"mttf = {mean}"],
                [f"rate = {rate}"],
                [f"mttf = {mean}", f"shape = {shape}"],
                [f"scale = {mean}", f"shape = {shape}"],
                [f"median = {mean}", f"sigma = {sigma}"],
                [f"stages = [{', '.join(stages)}]"],
            ]
        )

    def component(self, name: str) -> list[str]:
        """The lines of a component."""
        chance = self.chance
        if self.measure != "mttf" and chance.random() < 0.2:
            return [f"[nodes.{name}]", f"reliability = {chance.uniform(0.8, 1):.5f}"]
        lines = [f"[nodes.{name}]", *self._life()]
        if self.measure == "availability" or chance.random() < 0.3:
            mttr = '"0 s"' if chance.random() < 0.1 else self._time(0.05, 80)
            repair = self._value("time", mttr, '"0 s"', '"9 d"')
            lines.append(f"mttr = {repair}")
            if chance.random() < 0.2:
                lines += [f"planned = {self._time(0.1, 5)}", f"every = {self._time(200, 3000)}"]
            elif chance.random() < 0.25:
                takes = chance.choice(['"0 s"', self._time(0.02, 1)])
                lines += [f"rejuvenate = {self._time(50, 3000)}", f"takes = {takes}"]
        return lines

    def text(self) -> str:
        """The whole file, without a goal."""
        chance = self.chance
        names = [f"c{i}" for i in range(chance.randint(1, 3))]
        lines = [line for name in names for line in self.component(name)]
        if chance.random() < 0.3:
            lines.append("shared = true")
        for i in range(chance.randint(1, 3)):
            node = f"g{i}"
            many = chance.randint(1, 3)
            needs = chance.choice(['"any"', '"all"', '"majority"', str(chance.randint(1, many))])
            inside = chance.sample(names, min(many, len(names)))
            if chance.random() < 0.5:
                lines += [f"[nodes.{node}]", f'of = "{inside[0]}"', f"copies = {many}"]
            else:
                needs = needs if needs.startswith('"') else "1"
                parts = ", ".join(f'"{part}"' for part in inside)
                lines += [f"[nodes.{node}]", f"parts = [{parts}]"]
            lines.append(f"needs = {needs}")
            names.append(node)
        lines += ["[choices.first]", f'root = "{names[-1]}"']
        lines += ["[choices.second]", f'root = "{names[-2]}"']
        mission = [f'measure = "{self.measure}"']
        if self.measure == "reliability" or chance.random() < 0.5:
            time = self._value("time", self._time(20, 5000), '"1 h"', '"9 y"')
            mission.append(f"time = {time}")
        known = ["[parameters]", *self.parameters.values()] if self.parameters else []
        start = ["vreltui = 1", *(['baseline = "first"'] if chance.random() < 0.5 else [])]
        return "\n".join([*start, "[mission]", *mission, *known, *lines]) + "\n"


def design(seed: int) -> str:
    """The design of a seed."""
    return Writer(seed).text()


def struck(seed: int) -> str:
    """The design of a seed, with common causes of what it has several of."""
    chance = Random(seed)
    text = design(seed)
    twin = text.partition("[nodes.c0]\n")[2].partition("[nodes.")[0]
    twins = chance.random() < 0.3 and "shared" not in twin
    if twins:
        needs = chance.choice(["any", "all"])
        text = text.replace('root = "', 'root = "top-', 1)
        root = text.partition('root = "top-')[2].partition('"')[0]
        nodes = f"[nodes.twin]\n{twin}[nodes.top-{root}]\n"
        nodes += f'parts = ["{root}", "c0", "twin"]\nneeds = "{needs}"\n'
        text = text.replace("[choices.first]", nodes + "[choices.first]")
    many = max(_members(text, choice, twins=twins) for choice in ("first", "second"))
    strikes = '["c0", "twin"]' if twins else '["c0"]'
    model = chance.choice(["beta", "beta", "mgl", "alpha", "phi"]) if 2 <= many <= 4 else "beta"
    letters = _letters(model, many, chance)
    lines = ["[causes.flaw]", f"strikes = {strikes}"]
    if model == "beta" and chance.random() < 0.5:
        text = _with_parameter(text, f"b0 = {{ value = {letters[0]}, range = [0, 0.5] }}")
        lines.append('beta = "b0"')
    else:
        lines.append(f"{model} = {letters[0] if model == 'beta' else letters}")
    if 'measure = "reliability"' in text and chance.random() < 0.15:
        lines.append('split = "open-psa"')
    elif model == "beta" and chance.random() < 0.3:
        lines += ["[causes.site]", f"strikes = {strikes}", f"beta = {chance.choice([0.1, 0.4])}"]
    return text + "\n".join(lines) + "\n"


def _with_parameter(text: str, line: str) -> str:
    if "[parameters]" in text:
        return text.replace("[parameters]", f"[parameters]\n{line}", 1)
    return text.replace("[nodes.c0]", f"[parameters]\n{line}\n[nodes.c0]", 1)


def _members(text: str, choice: str, *, twins: bool) -> int:
    states = States(Design(text), choice, {})
    return sum(name in (("c0", "twin") if twins else ("c0",)) for name, _ in states.leaves)


def _letters(model: str, many: int, chance: Random) -> list[float]:
    if model == "phi":
        parts = [chance.randrange(1, 20) for _ in range(many)]
        parts[0] += 100 - sum(parts)
        return [part / 100 for part in parts]
    count = {"beta": 1, "mgl": many - 1, "alpha": many}[model]
    return [chance.randrange(1, 20) / 40 for _ in range(count)]
