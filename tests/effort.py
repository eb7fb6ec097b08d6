"""How much a test with random cases tries: VRELTUI_LONG asks for more than ``make test`` does."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

LONG = bool(os.environ.get("VRELTUI_LONG"))


def cases(few: int, many: int) -> int:
    """How many cases to try."""
    return many if LONG else few


def some_of(every: Iterable[T], few: int, dice: random.Random) -> list[T]:
    """A few of them, drawn with these dice, in their order; every one in a long run."""
    found = list(every)
    if LONG or len(found) <= few:
        return found
    return [found[index] for index in sorted(dice.sample(range(len(found)), few))]
