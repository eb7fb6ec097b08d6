"""The campaigns of live sessions in a short form, and with a fault that they have to find."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENT = "30"
"""Seconds that an edit may wait: these sessions wait for a state, whatever else a machine does."""


def run(module: str, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.campaigns.{module}", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_killed_sessions_lose_nothing() -> None:
    status, told = run("session_kills", "10", "1", "none", PATIENT)
    assert status == 0, told
    assert "faults: 0" in told


@pytest.mark.parametrize(
    ("fault", "found"),
    [("no-journal", "before the kill is lost"), ("torn-saves", "neither old nor new")],
)
def test_the_kills_find_a_fault(fault: str, found: str) -> None:
    status, told = run("session_kills", "32", "1", fault, "1")
    assert status == 1, told
    assert found in told


def test_sessions_that_are_hung_up_end() -> None:
    status, told = run("session_hangups", "short")
    assert status == 0, told
    assert "faults: 0" in told


@pytest.mark.parametrize(
    ("fault", "found"),
    [("no-handlers", "did not end"), ("no-journal", "never came to the disk")],
)
def test_the_hang_ups_find_a_fault(fault: str, found: str) -> None:
    status, told = run("session_hangups", "short", fault)
    assert status == 1, told
    assert found in told


def test_the_computing_process_may_die_and_its_work_be_cancelled() -> None:
    status, told = run("session_workers", "1", "120")
    assert status == 0, told
    assert "faults: 0" in told


def test_a_computing_process_that_does_not_come_back_is_found() -> None:
    status, told = run("session_workers", "1", "120", "no-restart")
    assert status == 1, told
    assert "faults: 1" in told


def test_bytes_that_no_terminal_should_send_lose_nothing() -> None:
    status, told = run("session_input", "short")
    assert status == 0, told
    assert "faults: 0" in told


@pytest.mark.parametrize(
    ("fault", "found"), [("stock-driver", "it takes no key"), ("forgetful", "the edit is lost")]
)
def test_such_bytes_find_a_fault(fault: str, found: str) -> None:
    status, told = run("session_input", "short", "1", fault)
    assert status == 1, told
    assert found in told
