"""Fault trees in Open-PSA form as structures: ``--aralia FOLDER`` measures all that a folder holds.

A fault tree says how a system fails, a structure how it works: a gate that fails when k of its n
parts fail works while n - k + 1 of them do. Gates that negate are refused: such a tree is not
coherent, and a reliability that falls as a part improves is no structure of parts that must work.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from pathlib import Path

from benchmarks.structure import Structure


class NotCoherentError(ValueError):
    """A fault tree with a gate that no structure of working parts has; the text names it."""


def read_fault_tree(path: Path) -> Structure:
    """The structure of a fault tree. Raises :class:`NotCoherentError`."""
    tree = ElementTree.parse(path).getroot()
    structure = Structure(path.stem)
    gates = {gate.attrib["name"]: gate for gate in tree.iter("define-gate")}
    for event in tree.iter("define-basic-event"):
        number = event.find("float")
        assert number is not None, f"{path.name}: {event.attrib['name']} has no number"
        structure.unreliabilities[event.attrib["name"]] = Decimal(number.attrib["value"])
    named = {part.attrib["name"] for gate in gates.values() for part in gate.iter("gate")}
    (top,) = [name for name in gates if name not in named]
    stack = [top]
    while stack:
        name = stack[-1]
        k, parts = _formula(gates[name])
        missing = [part for part in parts if part in gates and part not in structure.gates]
        if missing and name not in structure.gates:
            stack.extend(missing)
            continue
        stack.pop()
        structure.gates.setdefault(name, (len(parts) - k + 1, parts))
    return structure


def _formula(gate: ElementTree.Element) -> tuple[int, tuple[str, ...]]:
    """How many parts have to fail, and the parts."""
    (formula,) = [child for child in gate if child.tag not in ("label", "attributes")]
    if any("name" not in part.attrib for part in formula):
        raise NotCoherentError(f"{gate.attrib['name']}: a formula within a formula")
    parts = tuple(part.attrib["name"] for part in formula)
    match formula.tag:
        case "and":
            return len(parts), parts
        case "or" | "gate" | "basic-event":
            return (1, parts) if parts else (1, (formula.attrib["name"],))
        case "atleast":
            return int(formula.attrib["min"]), parts
        case other:
            raise NotCoherentError(f"{gate.attrib['name']}: {other}")
