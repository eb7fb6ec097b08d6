"""The arguments that several commands take, and how their texts are read."""

from __future__ import annotations

import argparse
import math

from vreltui.cli.table import Argument

DESIGN = Argument(("design",), "a design file, or -", metavar="DESIGN", is_design=True)
DESIGNS = Argument(("designs",), "a design file, or -", metavar="DESIGN", times="+", is_design=True)
CHOICE = Argument(("--choice",), "this choice alone", metavar="ID", names_of="choices")
JSON = Argument(("--json",), "as JSON, every number in full", flag=True)

USUAL_SECONDS = 60.0
MOST_SECONDS = 1e6


def seconds(text: str) -> float:
    """A time in seconds as typed. Raises :class:`argparse.ArgumentTypeError` where it is none."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 0 < found <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(
            f"{text} is no time; seconds above 0 are right, such as 60"
        )
    return found


SECONDS = Argument(
    ("--seconds",),
    f"answer within this time ({USUAL_SECONDS:g} by default); what is left is undecided",
    metavar="S",
    default=USUAL_SECONDS,
    convert=seconds,
)
