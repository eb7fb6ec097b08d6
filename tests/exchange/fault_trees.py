"""Fault trees as the formats' own documents define them, evaluated by enumeration.

Written from the formats alone; knows nothing of the program.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from xml.etree import ElementTree

Formula = tuple[str, int, tuple["str | Formula", ...]]
"""A word, a number for those that have one, and arguments: names or formulas."""


@dataclass
class Tree:
    """Gates and events by name."""

    top: str = ""
    gates: dict[str, Formula | str] = field(default_factory=dict)
    events: dict[str, Fraction] = field(default_factory=dict)

    def probability(self) -> Fraction:
        """The probability of the top, by all combinations of the events."""
        names = list(self.events)
        total = Fraction(0)
        for states in product((False, True), repeat=len(names)):
            weight = Fraction(1)
            for name, failed in zip(names, states, strict=True):
                q = self.events[name]
                weight *= q if failed else 1 - q
            if weight and self._happens(self.top, dict(zip(names, states, strict=True))):
                total += weight
        return total

    def _happens(self, what: str | Formula, known: dict[str, bool]) -> bool:
        if isinstance(what, str):
            if what not in known:
                known[what] = self._happens(self.gates[what], known)
            return known[what]
        word, number, arguments = what
        return holds(word, number, [self._happens(each, known) for each in arguments])


MORE = 1_000
"""The numbers of a cardinality in one: from the number modulo this to the number divided by it."""


def holds(word: str, number: int, found: list[bool]) -> bool:
    """A connective of the Model Exchange Format, as its document defines it."""
    table: Mapping[str, bool] = {
        "and": all(found),
        "or": any(found),
        "atleast": sum(found) >= number,
        "not": not found[0],
        "nand": not all(found),
        "nor": not any(found),
        "xor": sum(found) % 2 == 1,
        "iff": len(set(found)) == 1,
        "imply": (not found[0]) or found[-1],
        "is": found[0],
        "cardinality": number % MORE <= sum(found) <= number // MORE,
    }
    return table[word]


def read_open_psa(text: str) -> Tree:
    """A MEF file with one fault tree and floats alone."""
    tree = Tree()
    used: set[str] = set()

    def formula(element: ElementTree.Element) -> str | Formula:
        name = element.get("name")
        if name is not None:
            used.add(name)
            return name
        number = int(element.get("min", 0)) + MORE * int(element.get("max", 0))
        return element.tag, number, tuple(map(formula, element))

    root = ElementTree.fromstring(text)
    for gate in root.iter("define-gate"):
        (body,) = [child for child in gate if child.tag != "label"]
        found = formula(body)
        tree.gates[gate.get("name", "")] = ("is", 0, (found,)) if isinstance(found, str) else found
    for event in root.iter("define-basic-event"):
        number = event.find("float")
        assert number is not None
        tree.events[event.get("name", "")] = Fraction(number.get("value", ""))
    (tree.top,) = [name for name in tree.gates if name not in used]
    return tree


def read_galileo(text: str) -> Tree:
    """A .dft file of static gates and probabilities."""
    tree = Tree()
    for line in re.sub(r"//.*", "", text).split(";"):
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        if not words:
            continue
        if words[0] == "toplevel":
            tree.top = words[1]
        elif words[1].startswith("prob="):
            tree.events[words[0]] = Fraction(words[1].removeprefix("prob="))
        else:
            vote = re.fullmatch(r"(\d+)of(\d+)", words[1])
            if vote:
                assert int(vote[2]) == len(words) - 2
            word, number = ("atleast", int(vote[1])) if vote else (words[1], 0)
            assert len(words) > 3, "a gate of one part"
            tree.gates[words[0]] = (word, number, tuple(words[2:]))
    return tree
