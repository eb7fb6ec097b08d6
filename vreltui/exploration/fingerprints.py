"""Fingerprints of 128 bits that tell how a figure is made, the same whatever the order of parts."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Marks: TypeAlias = NDArray[np.uint64]
"""Two words for each label, equal where their reliabilities are made alike."""


@lru_cache(maxsize=4096)
def mark(text: str) -> NDArray[np.uint64]:
    """The fingerprint of what a text tells apart; not to be written to."""
    return np.frombuffer(blake2b(text.encode(), digest_size=16).digest(), dtype=np.uint64)


def mixed(marks: Marks) -> Marks:
    """Other words for the same, so that sums of them tell what they are sums of."""
    found = marks ^ (marks >> np.uint64(31))
    found = found * np.uint64(0x9E3779B97F4A7C15)
    found = found ^ (found >> np.uint64(29))
    return np.asarray(found * np.uint64(0xBF58476D1CE4E5B9), dtype=np.uint64)


def salted(marks: Marks, word: str) -> Marks:
    """The fingerprints of what a word makes of what has these."""
    return mixed(marks + mark(word))


@lru_cache(maxsize=1024)
def marks_of_counts(text: str, most: int) -> Marks:
    """Of none, of one, of two of a thing and so on: what sums of them tell what they are sums of.

    Not to be written to.
    """
    return mixed(np.array([mark(f"{each} of {text}") for each in range(most + 1)]))
