from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui import idle


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journals, recent designs and configuration of a test are its own."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def idle_as_the_event_loop_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the application is done does not depend on what else the machine does."""
    for place in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{place}.wait_for_idle", idle.wait_for_idle)


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A copy of the web design, to edit and save."""
    source = Path(__file__).parents[2] / "designs" / "web-node.toml"
    copy = tmp_path / "web-node.toml"
    copy.write_bytes(source.read_bytes())
    return copy


@pytest.fixture(autouse=True)
def forked(processes_are_forked: None) -> None:
    """An application's processes take no time to start."""
