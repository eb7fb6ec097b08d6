"""`vreltui schema`: the JSON Schema of the design file."""

from __future__ import annotations

import argparse
import json
from typing import Any


def add_parser(subparsers: Any) -> None:
    """Declare the arguments: none."""
    subparsers.add_parser(
        "schema",
        allow_abbrev=False,
        help="the JSON Schema of the design file",
        description="Print the JSON Schema (2020-12) of the design file.",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the schema."""
    from vreltui.storage import schema

    del arguments
    print(json.dumps(schema(), indent=2))
    return 0
