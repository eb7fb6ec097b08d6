"""Symbolic work in a process of its own, which can be stopped at any moment.

sympy can't be interrupted in a thread, and holds the interpreter while it works; a process is
killed in milliseconds.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from vreltui.symbolic.results import Answer, Refusal, Request

SECONDS = 20.0
"""How long one request may take."""


class Derivation:
    """One request under way. Stop it with :meth:`stop`; it blocks nobody until asked to."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "vreltui.symbolic.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )

    def answers(self, seconds: float = SECONDS) -> tuple[Answer, ...]:
        """Wait for the answers; refusals, when they take longer or the process has ended."""
        try:
            output, _ = self._process.communicate(pickle.dumps(self.request), timeout=seconds)
        except subprocess.TimeoutExpired:
            self.stop()
            return self._refusals(f"symbolic work took more than {seconds:g} s")
        except (OSError, ValueError):
            self.stop()
            return self._refusals("symbolic work was stopped")
        if self._process.returncode != 0:
            return self._refusals("symbolic work was stopped")
        answers: tuple[Answer, ...] = pickle.loads(output)  # noqa: S301 - from our own process
        return answers

    def stop(self) -> None:
        """End the process now."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def _refusals(self, reason: str) -> tuple[Answer, ...]:
        return tuple(Refusal(choice, reason) for choice in self.request.choices)


def derive(request: Request, seconds: float = SECONDS) -> tuple[Answer, ...]:
    """The answers to a request, within a time limit; refusals, where no process can be started."""
    try:
        work = Derivation(request)
    except OSError as error:
        reason = f"no process can be started: {error.strerror or error}"
        return tuple(Refusal(choice, reason) for choice in request.choices)
    return work.answers(seconds)


def _environment() -> dict[str, str]:
    """This process's environment, with this very package where the other one finds it."""
    package = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{package}{os.pathsep}{known}" if known else package}
