"""`vreltui schema`: the JSON Schema of the design file."""

from __future__ import annotations

import argparse

from vreltui.cli.output import write
from vreltui.cli.table import MET, Command


def _run(arguments: argparse.Namespace) -> int:
    from vreltui.storage.schema import schema_text

    del arguments
    write(schema_text())
    return MET


COMMAND = Command(
    question="the JSON Schema of the design file",
    description="Print the JSON Schema (2020-12) of the design file.",
    arguments=(),
    statuses={MET: "done"},
    run=_run,
)
