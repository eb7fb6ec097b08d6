"""Random spaces of variants as design files: small enough to list, wild enough to be wrong."""

from __future__ import annotations

import random

_FIGURES = ("0.9", "0.95", "0.99", "0.8", "0.999", "0.5", "0.75", "0.9", "0.95")
_NEEDS = ("1", '"any"', '"all"')
_EXTREME = ("1", "0", "0.999999999999", "1e-9")


class Draft:
    """A file being put together, with dice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.lines: list[str] = []
        self.resources = self.dice.sample(["euro", "watt", "slot"], self.dice.randint(1, 3))
        self.counts: list[str] = []
        self.chances: list[str] = []
        self.decisions: dict[str, list[str]] = {}
        self.nodes: list[str] = []
        self.tagged: list[str] = []

    def one_in(self, n: int) -> bool:
        return self.dice.randrange(n) == 0

    def figure(self) -> str:
        if self.one_in(14):
            return self.dice.choice(_EXTREME)
        return self.dice.choice(_FIGURES)

    def amounts(self, key: str = "uses") -> str:
        """Some amounts, as a key of a table; or nothing."""
        if self.one_in(3):
            return ""
        found = [
            f"{name} = {self.dice.choice(['0', '1', '2', '3', '1.5', '5'])}"
            for name in self.resources
            if not self.one_in(3)
        ]
        return f"{key} = {{ {', '.join(found)} }}" if found else ""

    def text(self) -> str:
        """The whole file."""
        self._parameters()
        self._catalogues()
        root = self._tree()
        head = ["vreltui = 1"]
        if self.one_in(2):
            head.append('baseline = "c0"')
        if not self.one_in(4):
            head.append(
                f"goal = {{ reliability = {self.dice.choice(['0.9', '0.95', '0.81', '0.99'])} }}"
            )
        head.append("[resources]")
        for name in self.resources:
            limit = f"limit = {self.dice.choice(['4', '6', '7.5', '10'])}" if self.one_in(2) else ""
            head.append(f"{name} = {{ {limit} }}")
        self._rules()
        self._choices(root)
        return "\n".join(head + self.lines) + "\n"

    def _parameters(self) -> None:
        self.lines.append("[parameters]")
        for name in ("p", "q"):
            kind = self.dice.randrange(4)
            if kind == 0:
                values = self.dice.sample(["0.9", "0.95", "0.99"], 2)
                said = f"values = [{', '.join(values)}]"
                if self.one_in(2):
                    prices = ", ".join(f"[{v}, {self.dice.randint(0, 3)}]" for v in values)
                    once = self.dice.choice(["", ", once = true"])
                    resource = self.dice.choice(self.resources)
                    said = f"price = {{ {resource} = {{ table = [{prices}]{once} }} }}"
                self.lines.append(f"{name} = {{ value = {values[0]}, {said} }}")
                self.decisions[name] = values
            elif kind == 1 and self.one_in(2):
                self.lines.append(f"{name} = {{ value = 0.9, range = [0.85, 0.99] }}")
            else:
                self.lines.append(f"{name} = {{ value = {self.dice.choice(['0.9', '0.95'])} }}")
            self.chances.append(name)
        for name in ("n", "m"):
            if self.one_in(2):
                high = self.dice.randint(2, 3)
                self.lines.append(
                    f"{name} = {{ count = {self.dice.randint(1, high)}, range = [1, {high}] }}"
                )
                self.decisions[name] = [str(i) for i in range(1, high + 1)]
            else:
                self.lines.append(f"{name} = {{ count = {self.dice.randint(1, 3)} }}")
            self.counts.append(name)

    def _catalogues(self) -> None:
        for name in ("kinds", "sorts"):
            self.lines.append(f"[catalogues.{name}]")
            for item in self.dice.sample(["A", "B", "C"], self.dice.randint(2, 3)):
                given = f'"{self.dice.choice(self.chances)}"' if self.one_in(6) else self.figure()
                parts = [f"reliability = {given}", self.amounts(), self.amounts("provides")]
                if name == "kinds" or self.one_in(2):
                    parts.append(f'tags = {{ vendor = "{self.dice.choice("xy")}" }}')
                self.lines.append(f"{item} = {{ {', '.join(filter(None, parts))} }}")

    def _node(self, name: str, *lines: str) -> str:
        self.lines.append(f"[nodes.{name}]")
        self.lines += [line for line in lines if line]
        if self.one_in(8):
            self.lines.append("shared = true")
        self.nodes.append(name)
        return name

    def _tree(self) -> str:
        leaves = [self._leaf(f"l{i}") for i in range(self.dice.randint(2, 4))]
        groups: list[str] = []
        for i in range(self.dice.randint(1, 3)):
            groups.append(self._inner(f"g{i}", leaves + groups))
        parts = self.dice.sample(leaves + groups, min(3, len(leaves + groups)))
        needs = self.dice.choice(['"all"', '"all"', '"any"', '"majority"'])
        names = ", ".join(f'"{part}"' for part in parts)
        return self._node("top", f"parts = [{names}]", f"needs = {needs}", self._fits())

    def _fits(self) -> str:
        return f'fits = ["{self.dice.choice(self.resources)}"]' if self.one_in(3) else ""

    def _leaf(self, name: str) -> str:
        if self.one_in(2):
            given = f'"{self.dice.choice(self.chances)}"' if self.one_in(2) else self.figure()
            return self._node(
                name, f"reliability = {given}", self.amounts(), self.amounts("provides")
            )
        catalogue = self.dice.choice(["kinds", "sorts"])
        lines = [f'from = "{catalogue}"', self.amounts()]
        if self.one_in(2):
            copies = f'"{self.dice.choice(self.counts)}"' if self.one_in(2) else "2"
            lines += [
                f"copies = {copies}",
                f"needs = {self.dice.choice(_NEEDS)}",
            ]
            if self.one_in(2):
                lines.append("mix = true")
        else:
            self.decisions[name] = []
            self.tagged.append(name)
        return self._node(name, *lines)

    def _inner(self, name: str, below: list[str]) -> str:
        kind = self.dice.randrange(3)
        if kind == 0:
            copies = f'"{self.dice.choice(self.counts)}"' if not self.one_in(3) else "2"
            needs = self.dice.choice(['"any"', '"all"', '"majority"'])
            of = self.dice.choice(below)
            return self._node(
                name, f'of = "{of}"', f"copies = {copies}", f"needs = {needs}", self._fits()
            )
        parts = self.dice.sample(below, min(2, len(below)))
        names = ", ".join(f'"{part}"' for part in parts)
        if kind == 1:
            self.decisions[name] = [f'"{part}"' for part in parts]
            return self._node(name, f"one_of = [{names}]", self.amounts())
        return self._node(name, f"parts = [{names}]", f"needs = {self.dice.choice(['1', '2'])}")

    def _rules(self) -> None:
        named = [name for name, options in self.decisions.items() if options]
        for number in range(self.dice.randint(0, 2)):
            self.lines.append(f"[rules.r{number}]")
            if len(self.tagged) > 1 and self.one_in(2):
                two = self.dice.sample(self.tagged, 2)
                key = self.dice.choice(["same", "different"])
                self.lines.append(f'{key} = ["{two[0]}", "{two[1]}"]')
                if self.one_in(2) and self._all_tagged():
                    self.lines.append('by = "vendor"')
            elif len(named) > 1:
                one, other = self.dice.sample(named, 2)
                first = f"{{ {one} = {self.dice.choice(self.decisions[one])} }}"
                second = f"{{ {other} = {self.dice.choice(self.decisions[other])} }}"
                if self.one_in(2):
                    self.lines += [f"when = {first}", f"then = {second}"]
                else:
                    self.lines.append(f"never = {first}")
            else:
                self.lines.pop()

    def _all_tagged(self) -> bool:
        return any("tags" in line for line in self.lines)

    def _choices(self, root: str) -> None:
        roots = [root, self.dice.choice(self.nodes), root]
        for number in range(self.dice.randint(1, 3)):
            self.lines.append(f"[choices.c{number}]")
            self.lines.append(f'root = "{roots[number]}"')
            named = [name for name, options in self.decisions.items() if options]
            if named and self.one_in(2):
                name = self.dice.choice(named)
                self.lines.append(f"set = {{ {name} = {self.dice.choice(self.decisions[name])} }}")
