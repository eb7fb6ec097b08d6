"""The shipped designs, and what is asked of them in tests."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import replace
from functools import cache
from typing import Any

from tests.oracle.asking import ask
from vreltui.model import Design, Probability, Value
from vreltui.storage import read
from vreltui.storage.keep.locations import shipped_designs

DESIGNS = {path.stem: path for path in shipped_designs()}
R_M_GRID = ("0.1", "0.25", "0.5", "0.75", "0.9", "0.99")


@cache
def design(name: str) -> Design:
    return read(DESIGNS[name]).design


def with_values(name: str, *, goal: str | None = None, **values: str | int) -> Design:
    """A shipped design after somebody has typed other values into it."""
    changed = design(name)
    parameters = dict(changed.parameters)
    for parameter, said in values.items():
        value: Value = said if isinstance(said, int) else Probability.of(said)
        parameters[parameter] = replace(parameters[parameter], value=value, range=None)
    changed = replace(changed, parameters=parameters)
    return changed if goal is None else replace(changed, goal=Probability.of(goal))


def choices(answered: Design) -> dict[str, Any]:
    said: dict[str, Any] = ask(answered)["choices"]
    return said


def intervals(choice: dict[str, Any], parameter: str) -> list[tuple[float, float]]:
    return [(i["low"], i["high"]) for i in choice["thresholds"][parameter]["intervals"]]


def least(choice: dict[str, Any], parameter: str) -> int | None:
    """The smallest count that meets, from which on every count does."""
    ranges = choice["thresholds"][parameter]["ranges"]
    assert len(ranges) <= 1
    return ranges[0][0] if ranges else None


def curves(name: str, plot: str) -> dict[str, dict[float, float | None]]:
    """The points of a plot, by series, as `vreltui plot --csv` prints them."""
    command = [sys.executable, "-m", "vreltui", "plot", str(DESIGNS[name]), plot, "--csv"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, dict[float, float | None]] = {}
    for row in csv.DictReader(io.StringIO(printed)):
        x = float(row.pop("x"))
        for series, said in row.items():
            found.setdefault(series, {})[x] = float(said) if said else None
    return found
