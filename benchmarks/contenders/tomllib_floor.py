"""tomllib alone, on the file that vreltui reads: what reading TOML costs before any meaning."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

from benchmarks.measure import Task

FLOOR = "tomllib"


def floor_task(file: Path) -> Task:
    """Parse the text of ``file``, with decimals kept as written."""
    text = file.read_text(encoding="utf-8")
    return Task(lambda: tomllib.loads(text, parse_float=Decimal))
