"""Locks: one process at a time, and none that outlives its process. The list of recent designs."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vreltui.storage.keep.locations import state_folder
from vreltui.storage.keep.lock import LockedError, key_of, lock
from vreltui.storage.keep.recent import MOST_KEPT, recent, remember

ROOT = Path(__file__).resolve().parent.parent.parent
HOLD = """
import sys
from vreltui.storage.keep.lock import lock
held = lock("k")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_a_second_lock_is_refused_with_the_holder_named() -> None:
    held = lock("k")
    with pytest.raises(LockedError, match=f"open in another vreltui, process {os.getpid()}, since"):
        lock("k")
    lock("other").release()
    held.release()
    lock("k").release()
    assert not list((state_folder() / "locks").iterdir())


def test_a_killed_process_leaves_no_lock_behind() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match=f"process {process.pid}"):
            lock("k")
        process.kill()
        process.wait()
    assert (state_folder() / "locks" / "k.lock").exists()
    lock("k").release()


def test_one_key_for_every_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "d.toml").touch()
    (tmp_path / "link.toml").symlink_to("d.toml")
    assert key_of(tmp_path / "link.toml") == key_of(tmp_path / "x" / ".." / "d.toml")
    assert key_of(tmp_path / "d.toml") != key_of(tmp_path / "e.toml")
    assert "/" not in key_of(tmp_path / "a\nb c.toml")


def test_recent_designs_newest_first_and_each_once(tmp_path: Path) -> None:
    files = [tmp_path / f"{i}.toml" for i in range(MOST_KEPT + 5)]
    for file in files:
        file.touch()
        remember(file, f"design {file.stem}")
    remember(files[0], "first")
    known = recent()
    assert len(known) == MOST_KEPT
    assert (known[0].path, known[0].title) == (files[0], "first")
    files[0].unlink()
    assert recent()[0].path == files[-1]


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"path": 1}]', "null", "[" * 10_000])
def test_a_spoiled_list_is_empty(text: str, tmp_path: Path) -> None:
    (tmp_path / "d.toml").touch()
    remember(tmp_path / "d.toml", "t")
    (state_folder() / "recent.json").write_text(text)
    assert recent() == []
    remember(tmp_path / "d.toml", "t")
    assert len(recent()) == 1


def test_a_lock_holds_on_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        held = lock("k")
    with pytest.raises(LockedError, match="open in another vreltui"):
        lock("k")
    held.release()


def test_the_list_is_its_owners_alone_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "d.toml").touch()
    remember(tmp_path / "d.toml", "t")
    assert (state_folder() / "recent.json").stat().st_mode & 0o077 == 0

    def failing(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing)
        patch.setattr(Path, "replace", failing)
        remember(tmp_path / "d.toml", "other")
    assert [path.name for path in state_folder().iterdir()] == ["recent.json"]


def test_a_lock_that_its_holder_removes_meanwhile_is_taken_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[int] = []
    flock = fcntl.flock

    def removed_at_first(descriptor: int, how: int) -> None:
        flock(descriptor, how)
        taken.append(descriptor)
        if len(taken) == 1:
            (state_folder() / "locks" / "k.lock").unlink()

    monkeypatch.setattr(fcntl, "flock", removed_at_first)
    held = lock("k")
    assert len(taken) == 2
    with pytest.raises(LockedError):
        lock("k")
    held.release()
