"""A new entry of a folder is on the disk only once the folder is synced: what is, and when."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vreltui.storage import UnconfirmedError, save
from vreltui.storage.keep.journal import Journal
from vreltui.storage.keep.locations import state_folder, state_subfolder

Seen = list[tuple[Path, str]]


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Path], str]], Seen]:
    """What is synced from now on, each with what ``look`` sees in it at that moment."""

    def begin(look: Callable[[Path], str]) -> Seen:
        seen: Seen = []

        def noted(real: Callable[[int], None]) -> Callable[[int], None]:
            def sync(descriptor: int) -> None:
                path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))  # noqa: PTH115
                seen.append((path, look(path)))
                real(descriptor)

            return sync

        for name in ("fsync", "fdatasync"):
            monkeypatch.setattr(os, name, noted(getattr(os, name)))
        return seen

    return begin


@pytest.mark.parametrize("old", ["old\n", None], ids=["another text", "a new file"])
@pytest.mark.parametrize("offered", [True, False], ids=["renameat2", "without"])
def test_a_save_syncs_the_file_and_then_the_folder_that_has_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    watch: Callable[[Callable[[Path], str]], Seen],
    old: str | None,
    offered: bool,
) -> None:
    file = tmp_path / "web.toml"
    if old is not None:
        file.write_text(old)
    if not offered:
        monkeypatch.setattr("vreltui.storage.keep.swap._renameat2", lambda: None)

    def look(path: Path) -> str:
        if path == tmp_path:
            return file.read_text()
        return path.read_text()

    seen = watch(look)
    save(file, "new\n", None if old is None else old.encode())
    (temporary, text), (folder, then) = seen
    assert (temporary.parent, text) == (tmp_path, "new\n")
    assert (folder, then) == (tmp_path, "new\n")


@pytest.mark.parametrize(
    ("code", "confirmed"),
    [(errno.EIO, False), (errno.ENOSPC, False), (errno.EINVAL, True), (errno.ENOTSUP, True)],
)
def test_a_folder_that_is_not_synced_is_said_unless_the_file_system_has_no_such_thing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, confirmed: bool
) -> None:
    file = tmp_path / "web.toml"
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if os.path.samestat(os.fstat(descriptor), tmp_path.stat()):
            raise OSError(code, os.strerror(code))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    if confirmed:
        save(file, "new\n", None)
    else:
        with pytest.raises(UnconfirmedError, match="not safe from a power cut"):
            save(file, "new\n", None)
    assert file.read_text() == "new\n"


def test_folders_that_are_made_are_synced_into_those_above(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    watch: Callable[[Callable[[Path], str]], Seen],
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home" / "state"))

    def look(path: Path) -> str:
        return " ".join(entry.name for entry in path.iterdir())

    seen = watch(look)
    state_subfolder("journals")
    assert seen == [
        (tmp_path, "home"),
        (tmp_path / "home", "state"),
        (tmp_path / "home" / "state", "vreltui"),
        (state_folder(), "journals"),
    ]
    state_subfolder("journals")
    assert len(seen) == 4


def test_a_journal_is_synced_before_it_has_its_name_and_its_folder_after(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    watch: Callable[[Callable[[Path], str]], Seen],
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    folder = state_subfolder("journals")

    def look(path: Path) -> str:
        return " ".join(entry.name for entry in folder.iterdir())

    seen = watch(look)
    journal = Journal("key", None)
    journal.record("one", "two", "edit")
    begun = list(seen)
    journal.record("two", "three", "edit")
    journal.close()
    unfinished = (folder / ".key.new", ".key.new")
    assert begun[0] == unfinished
    assert begun[1] == (folder, "key.journal")
    # The edit itself is in it only then, and synced like each one after.
    assert begun[2:] == [(folder / "key.journal", "key.journal")]
    assert seen[3:] == [(folder / "key.journal", "key.journal")]
