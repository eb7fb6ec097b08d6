"""Small random spaces with lifetimes, repair, causes and spares, as design files."""

from __future__ import annotations

import random
from collections.abc import Iterator


class TimedDraft:
    """A file with times being put together, with dice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.lasts = self.dice.random() < 0.3  # a mission, and no repair
        self.races = self.dice.random() < 0.3  # a baseline, beside which nothing is open

    def one_in(self, n: int) -> bool:
        return self.dice.randrange(n) == 0

    def life(self) -> str:
        """The keys of a lifetime."""
        mean = self.dice.choice(["100 h", "200 h", "500 h", "30 d"])
        said = f'mttf = "{mean}"'
        if self.one_in(4):
            said = f'rate = "{self.dice.choice(["2 /y", "1e-3 /h", "5 /mo"])}"'
        if self.lasts:
            return said
        said += f', mttr = "{self.dice.choice(["30 min", "2 h", "0 s", "1 d"])}"'
        if self.one_in(4):
            said += ', planned = "1 h", every = "1 w"'
        return said

    def uses(self) -> str:
        return f"uses = {{ euro = {self.dice.choice(['0', '1', '2', '3', '5'])} }}"

    def text(self) -> str:
        dice = self.dice
        lines = ["vreltui = 1"]
        lines.append(
            "[resources]\neuro = { limit = 14 }" if self.one_in(2) else "[resources]\neuro = {}"
        )
        if self.lasts:
            lines.append('[mission]\ntime = "2 d"')
            lines.append("[goal]\nreliability = 0.7")
        else:
            goal = dice.choice(
                ['downtime = "30 h/mo"', "availability = 0.97", "unavailability = 0.01"]
            )
            lines.append(f"[goal]\n{goal}")
        nodes = list(self.nodes())
        lines.append("[parameters]")
        lines.append(
            f'T = {{ time = "100 h", values = ["100 h", "{dice.choice(["400 h", "2 w"])}"] }}'
        )
        lines.append('r = { time = "2 h", values = ["2 h", "20 min"] }')
        lines.append("n = { count = 2, range = [1, 3] }")
        lines.append(f"b = {{ value = 0.1, values = [0.1, {dice.choice(['0', '0.5'])}] }}")
        said = dice.choice(["range = [0.8, 1]", "values = [0.9, 0.5]"])
        said = "values = [0.9, 0.5]" if self.races else said
        if 'contained = "c"' in nodes:
            lines.append(f"c = {{ value = 0.9, {said} }}")
        if 'mttf = "o"' in nodes:
            lines.append('o = { time = "100 h", range = ["50 h", "300 h"] }')
        if 'mttr = "d"' in nodes:
            lines.append('d = { time = "1 h", range = ["30 min", "3 h"] }')
        lines.append("[catalogues.servers]")
        for name in ("A", "B", "C")[: dice.randint(2, 3)]:
            figure = (
                f"reliability = {dice.choice(['0.95', '0.99'])}" if self.one_in(4) else self.life()
            )
            lines.append(f"{name} = {{ {figure}, {self.uses()} }}")
        lines += nodes
        lines.append('[choices.c0]\nroot = "top"')
        if self.races or self.one_in(3):
            lines.append('[choices.c1]\nroot = "pool"')
        if self.races:
            lines.insert(1, 'baseline = "c1"')
        return "\n".join(lines) + "\n"

    def nodes(self) -> Iterator[str]:
        dice = self.dice
        yield "[nodes.server]"
        yield 'from = "servers"'
        copied = self.one_in(2)
        yield "[nodes.vm]"
        open_life, open_repair = ("T", "r") if self.races else ("o", "d")
        kind = dice.randrange(4)
        # Which way numbers move the long run of a pool with repairers is not known.
        has_policy = kind == 1 and not self.lasts
        open_life, open_repair = ("T", "r") if has_policy else (open_life, open_repair)
        repair = dice.choice(["r", "1 h", open_repair])
        repaired = "" if self.lasts else f'mttr = "{repair}"'
        yield f'mttf = "{dice.choice(["T", "150 h", open_life])}"'
        yield repaired
        yield self.uses()
        yield '[nodes.pool]\nof = "vm"\ncopies = "n"'
        needs = dice.choice(["1", '"any"', "2"])
        yield f"needs = {needs}"
        if kind == 0:
            yield 'contained = "c"'
        elif has_policy:
            yield "repairers = 1"
        any_or_all = ["1", '"all"']
        yield f'[nodes.pair]\nparts = ["server", "lone"]\nneeds = {dice.choice(any_or_all)}'
        if self.one_in(2):
            yield '[nodes.lone]\nfrom = "servers"'
            if copied:
                yield f"copies = {dice.choice(['2', chr(34) + 'n' + chr(34)])}\nneeds = 1"
        else:
            yield f"[nodes.lone]\n{self.life().replace(', ', chr(10))}"
        yield '[nodes.which]\none_of = ["pair", "server"]'
        yield f'[nodes.top]\nparts = ["which", "pool"]\nneeds = {dice.choice(any_or_all)}'
        if not has_policy and self.one_in(2):
            yield '[causes.bug]\nstrikes = ["vm"]\nbeta = "b"'
        if self.one_in(3):
            yield '[causes.flaw]\nstrikes = ["lone"]'
            yield "beta = 0.3"
