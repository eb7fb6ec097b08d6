"""What a file may say of what a pool does with its copies: part of `storage.fields`."""

from __future__ import annotations

from vreltui.storage.cause_fields import a_share
from vreltui.storage.number_shapes import Whole
from vreltui.storage.shapes import Either, Name
from vreltui.storage.tables import Key
from vreltui.storage.time_shapes import a_number

POLICY_KEYS = (
    Key(
        "dormancy",
        a_share(),
        "How often a copy that waits fails, as a fraction of one that runs: 0 for cold spares. So "
        "many run as must work. When left out, 1: all run.",
    ),
    Key(
        "switch",
        a_share(),
        "The chance that a spare is brought in when a running copy fails; if not, the pool is down "
        "until that copy is repaired. When left out, 1.",
    ),
    Key(
        "load",
        a_number(zero=True),
        "How much more often those that are left fail: the power of the number of copies over "
        "theirs. 1 where they share one load, 0 (when left out) where each has its own.",
    ),
    Key(
        "repairers",
        Either((Whole(), Name("parameter")), "a whole number or the name of a count parameter"),
        "How many repairs go on at a time; as many as copies when left out.",
    ),
)
"""The keys of a pool that make it one process."""
