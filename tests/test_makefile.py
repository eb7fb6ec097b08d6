"""What make does on a machine that has nothing yet, as make itself tells it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_first_run_says_what_it_does_and_leaves_the_program_to_be_run(tmp_path: Path) -> None:
    done = subprocess.run(
        ["make", "--dry-run", f"VENV={tmp_path / 'fresh'}", "run"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()

    def first(word: str) -> int:
        return next(number for number, line in enumerate(lines) if word in line)

    assert first("Making an environment") < first("-m venv")
    assert first("Installing the libraries") < first("--require-hashes")
    assert "--editable ." in done.stdout
    assert lines[-1].startswith(f"{tmp_path / 'fresh'}/bin/vreltui ")
