"""The program as a script runs it: in a shell, with a reader that goes away, with a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def status_with_reader_gone(*arguments: str, cwd: Path = ROOT) -> int:
    """The exit status of the program whose output nobody reads: the pipe is closed before it."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "vreltui", *arguments],
            cwd=cwd, stdout=writing, stderr=subprocess.DEVNULL, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    finally:
        os.close(writing)
    return done.returncode
