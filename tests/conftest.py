"""Settings of every test: how hard hypothesis tries, and that a failure can be repeated."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.forked import forking, processes_are_forked

# No test is judged by a clock: two cores shared with other work would make it a coin toss.
settings.register_profile(
    "dev", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
# The same examples in every run: a red CI means the change is at fault.
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True)
# What is drawn depends on the user's locale, which is not that of whoever runs the tests.
os.environ["LC_ALL"] = "C.UTF-8"
settings.load_profile("ci" if os.environ.get("CI") else "dev")

__all__ = ["forking", "processes_are_forked"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that takes every picture of the screen as it is."""
    parser.addoption("--update-snapshots", action="store_true", help="write tests/tui/snapshots")
