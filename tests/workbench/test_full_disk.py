"""A disk that is really full: the old file stays, edits go on, and what is not safe is said."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.workbench.test_open_design import set_hypervisor
from vreltui.storage import SaveError
from vreltui.storage.keep.journal import recover
from vreltui.workbench import open_design


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as more, suppress(OSError):
        while True:
            more.write(b"x" * 4096)


def test_a_full_disk_keeps_the_old_file_and_the_edits(
    web: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(small / "state"))
    path = Path(shutil.copy(web, small / "web.toml"))
    old = path.read_text()
    bench = open_design(path)
    set_hypervisor(bench, "0.995")
    filler = small / "filler"
    fill(filler)
    for number in range(100):
        set_hypervisor(bench, f"0.99{number:03}")
    assert any("edits are not kept for a crash: No space left" in text for text in bench.warnings)
    with pytest.raises(SaveError, match="the disk is full"):
        bench.save()
    assert path.read_text() == old
    recovered = recover(path)
    assert recovered is not None
    assert recovered.done[0].label == "set R_V to 0.995"
    filler.unlink()
    set_hypervisor(bench, "0.996")
    assert bench.warnings == ()
    recovered = recover(path)
    assert recovered is not None
    assert recovered.text == bench.document.text
    bench.save()
    assert path.read_text() == bench.document.text
    assert {found.name for found in small.iterdir()} == {"state", "web.toml"}
    bench.close()
