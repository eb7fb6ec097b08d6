"""What in the state folder is not the user's own is named and left, and never read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbench.test_open_design import set_hypervisor
from vreltui.storage.keep.locations import state_folder, state_subfolder
from vreltui.storage.keep.lock import key_of
from vreltui.storage.keep.private import NotOursError, own_bytes, own_open
from vreltui.storage.keep.recent import recent, remember
from vreltui.tui.crash import LOG, last_words
from vreltui.workbench import open_design, unsaved_designs

Spoil = Callable[[Path], None]


def give_away(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root gives files away")
    os.chown(path, 1234, 1234)


def open_to_all(path: Path) -> None:
    path.chmod(0o666)


def make_link(path: Path) -> None:
    elsewhere = path.parent.parent.parent / f"elsewhere-{path.name}"
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)


FILES = pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (give_away, "another user's"),
        (open_to_all, "others may write it"),
        (make_link, "a symbolic link"),
    ],
    ids=["another user's", "world-writable", "link"],
)


def left_by_a_crash(web: Path) -> Path:
    """A journal, as the process leaves it that is killed."""
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    bench.close(keep=True)
    (journal,) = (state_folder() / "journals").iterdir()
    return journal


@FILES
def test_a_journal_is_not_offered_nor_written_over(web: Path, spoil: Spoil, word: str) -> None:
    journal = left_by_a_crash(web)
    data = journal.read_bytes()
    spoil(journal)
    before = journal.lstat()
    bench = open_design(web)
    assert bench.recovered is None
    assert [text for text in bench.left_alone if word in text and str(journal) in text]
    set_hypervisor(bench, "0.996")
    (warning,) = bench.warnings
    assert warning.startswith("edits are not kept for a crash: ")
    assert word in warning
    bench.decline_recovery()
    bench.save()
    bench.close()
    after = journal.lstat()
    assert (after.st_ino, after.st_mode, after.st_uid) == (
        before.st_ino,
        before.st_mode,
        before.st_uid,
    )
    assert journal.read_bytes() == data


@FILES
def test_a_journal_of_a_design_without_a_file_is_not_offered(
    web: Path, spoil: Spoil, word: str
) -> None:
    journal = left_by_a_crash(web)
    new = journal.rename(journal.with_name("new-0123456789abcdef.journal"))
    assert len(unsaved_designs()) == 1
    spoil(new)
    assert unsaved_designs() == []


@FILES
def test_a_list_of_recent_designs_is_not_read_nor_replaced(
    web: Path, spoil: Spoil, word: str
) -> None:
    remember(web, "title")
    path = state_folder() / "recent.json"
    data = path.read_bytes()
    spoil(path)
    assert recent() == []
    remember(web, "other")
    assert path.read_bytes() == data
    bench = open_design(web)
    assert [text for text in bench.left_alone if word in text and str(path) in text]
    bench.close()


@FILES
def test_a_log_of_a_crash_is_not_written_over(spoil: Spoil, word: str) -> None:
    path = state_subfolder("") / LOG
    path.write_text("theirs")
    path.chmod(0o600)
    spoil(path)
    assert "The details are in" not in last_words(ValueError("fault"), "web.toml")
    assert path.read_text() == "theirs"


@FILES
def test_a_lock_is_not_used(web: Path, spoil: Spoil, word: str) -> None:
    path = state_subfolder("locks") / f"{key_of(web)}.lock"
    path.write_text("theirs")
    path.chmod(0o600)
    spoil(path)
    bench = open_design(web)
    (warning,) = bench.warnings
    assert warning.startswith("other programs are not kept from this design: ")
    assert word in warning
    bench.close()
    assert path.read_text() == "theirs"


@pytest.mark.parametrize("name", ["", "journals"])
@pytest.mark.parametrize(
    ("spoil", "word"),
    [(give_away, "another user's"), (lambda path: path.chmod(0o777), "others may write it")],
    ids=["another user's", "world-writable"],
)
def test_nothing_in_a_folder_is_used_that_is_not_ours(
    web: Path, spoil: Spoil, word: str, name: str
) -> None:
    journal = left_by_a_crash(web)
    data, folder = journal.read_bytes(), state_folder() / name
    spoil(folder)
    before = folder.stat().st_mode
    bench = open_design(web)
    assert bench.recovered is None
    assert [text for text in bench.left_alone if text == f"{text.split(': ')[0]}: {folder}"]
    set_hypervisor(bench, "0.996")
    assert any(text.startswith("edits are not kept") and word in text for text in bench.warnings)
    bench.close()
    assert journal.read_bytes() == data
    assert folder.stat().st_mode == before


def test_a_state_folder_of_another_user_holds_nothing_for_this_one(
    web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_by_a_crash(web)
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    bench = open_design(web)
    assert bench.recovered is None
    assert bench.left_alone == (f"another user's, and left alone: {state_folder()}",)
    assert recent() == []
    bench.close()


def test_a_folder_of_ours_may_lie_behind_a_link_of_ours(web: Path, tmp_path: Path) -> None:
    left_by_a_crash(web)
    state_folder().rename(tmp_path / "elsewhere")
    state_folder().symlink_to(tmp_path / "elsewhere")
    bench = open_design(web)
    assert bench.recovered is not None
    assert bench.left_alone == ()
    bench.close()


def test_what_is_ours_and_others_may_read_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"text")
    path.chmod(0o644)
    assert own_bytes(path, 2) == b"tex"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_not_ours_is_not_emptied(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"text")
    path.chmod(0o666)
    with pytest.raises(NotOursError, match="others may write it"):
        own_open(path, os.O_WRONLY | os.O_TRUNC)
    assert path.read_bytes() == b"text"


def test_many_are_named_in_bounded_number(web: Path) -> None:
    folder = state_subfolder("journals")
    for number in range(100):
        (folder / f"{number}.journal").symlink_to("nowhere")
    bench = open_design(web)
    assert len(bench.left_alone) == 4
    assert "97 more" in bench.left_alone[-1]
    bench.close()
