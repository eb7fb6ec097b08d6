"""What `vreltui check` does not load: it starts fast because nothing heavy is on its way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DESIGNS = Path(__file__).parent.parent / "designs"

PROBE = """
import sys
from vreltui.cli.main import run
run({arguments!r})
heavy = ["numpy", "sympy", "textual", "rich", "plotext", "oxidd", "multiprocessing"]
print(*(name for name in heavy if name in sys.modules), file=sys.stderr)
"""


def loaded(*arguments: str) -> list[str]:
    """The heavy libraries that a command has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(arguments=list(arguments))],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stderr.split()


def test_a_design_without_sharing_needs_no_heavy_library() -> None:
    assert loaded("check", str(DESIGNS / "web-node.toml")) == []
    assert loaded("check", "--json", str(DESIGNS / "vote-2-of-3.toml")) == []


def test_decision_diagrams_are_loaded_only_where_parts_are_shared() -> None:
    assert loaded("check", str(DESIGNS / "two-hosts.toml")) == ["oxidd"]


def test_help_schema_and_templates_need_nothing() -> None:
    assert loaded("--help") == []
    assert loaded("schema") == []
    assert loaded("new") == []
