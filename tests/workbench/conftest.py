"""Each test has its own state and configuration folders."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

DESIGNS = Path(__file__).resolve().parent.parent.parent / "designs"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A copy of a shipped design."""
    return Path(shutil.copy(DESIGNS / "web-node.toml", tmp_path / "web.toml"))


@pytest.fixture(autouse=True)
def forked(processes_are_forked: None) -> None:
    """An application's processes take no time to start."""
