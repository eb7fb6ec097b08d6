"""A save is all or nothing, keeps what surrounds the file, and never overwrites others' work."""

from __future__ import annotations

import errno
import multiprocessing
import os
import resource
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vreltui.storage import ChangedOnDisk, SaveError, save

OLD, NEW = "old\n", "new é\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "web.toml"
    path.write_bytes(OLD.encode())
    return path


def only(file: Path) -> bool:
    """Nothing else is in the folder: no temporary file was left."""
    return list(file.parent.iterdir()) == [file]


def test_save_writes_every_byte_as_it_is(file: Path) -> None:
    assert save(file, NEW, OLD.encode()) == NEW.encode()
    assert file.read_bytes() == NEW.encode()
    assert only(file)


def test_save_makes_a_new_file(tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    mask = os.umask(0o027)
    try:
        save(str(file), NEW, None)
    finally:
        os.umask(mask)
    assert file.read_bytes() == NEW.encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_large_text_arrives_whole(file: Path) -> None:
    text = "x = 1\n" * 500_000
    save(file, text, OLD.encode())
    assert file.read_text() == text


def test_short_writes_are_continued(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))
    save(file, NEW * 100, OLD.encode())
    assert file.read_bytes() == (NEW * 100).encode()


def test_mode_and_owner_stay(file: Path) -> None:
    file.chmod(0o604)
    if os.geteuid() == 0:
        os.chown(file, 1234, 5678)
    before = file.stat()
    save(file, NEW, OLD.encode())
    after = file.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )


def test_extended_attributes_stay(file: Path) -> None:
    try:
        os.setxattr(file, "user.origin", b"here")
    except (AttributeError, OSError):
        pytest.skip("no extended attributes here")
    save(file, NEW, OLD.encode())
    assert os.getxattr(file, "user.origin") == b"here"


def test_a_symbolic_link_is_followed_and_stays(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.toml"
    link.symlink_to("../web.toml")
    save(link, NEW, OLD.encode())
    assert link.is_symlink()
    assert str(link.readlink()) == "../web.toml"
    assert file.read_bytes() == NEW.encode()
    assert list(folder.iterdir()) == [link]


def test_a_link_to_nothing_gets_its_file(tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to("real.toml")
    save(link, NEW, None)
    assert link.is_symlink()
    assert (tmp_path / "real.toml").read_bytes() == NEW.encode()


def test_a_change_by_others_is_not_overwritten(file: Path) -> None:
    file.write_text("theirs\n")
    with pytest.raises(ChangedOnDisk, match="changed by somebody else"):
        save(file, NEW, OLD.encode())
    assert file.read_text() == "theirs\n"
    assert only(file)


def test_a_file_that_is_gone_is_not_made_again(file: Path) -> None:
    file.unlink()
    with pytest.raises(ChangedOnDisk, match="gone"):
        save(file, NEW, OLD.encode())
    assert not file.exists()


def test_a_new_file_overwrites_none(file: Path) -> None:
    with pytest.raises(ChangedOnDisk, match="already"):
        save(file, NEW, None)
    assert file.read_text() == OLD
    assert only(file)


@pytest.mark.parametrize("offered", [True, False], ids=["renameat2", "without"])
def test_a_save_by_others_at_the_last_moment_is_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch, offered: bool
) -> None:
    """Between the check and the rename, somebody else saves."""
    fsync = os.fsync

    def fsync_and_theirs(descriptor: int) -> None:
        fsync(descriptor)
        file.write_text("theirs\n")

    monkeypatch.setattr(os, "fsync", fsync_and_theirs)
    if not offered:
        _without_renameat2(monkeypatch)
    with pytest.raises(ChangedOnDisk):
        save(file, NEW, OLD.encode())
    assert file.read_text() == "theirs\n"
    assert only(file)


@pytest.mark.parametrize("offered", [True, False], ids=["renameat2", "without"])
def test_a_new_file_of_others_at_the_last_moment_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offered: bool
) -> None:
    file = tmp_path / "web.toml"
    fsync = os.fsync

    def fsync_and_theirs(descriptor: int) -> None:
        fsync(descriptor)
        file.write_text("theirs\n")

    monkeypatch.setattr(os, "fsync", fsync_and_theirs)
    if not offered:
        _without_renameat2(monkeypatch)
    with pytest.raises(ChangedOnDisk):
        save(file, NEW, None)
    assert file.read_text() == "theirs\n"
    assert only(file)


def test_a_save_works_where_files_cannot_be_exchanged(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_renameat2(monkeypatch)
    save(file, NEW, OLD.encode())
    assert file.read_bytes() == NEW.encode()
    assert only(file)


def _without_renameat2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vreltui.storage.keep.swap._renameat2", lambda: None)


def refused(path: str | Path, expected: bytes | None = None) -> str:
    with pytest.raises(SaveError) as caught:
        save(path, NEW, expected)
    message = str(caught.value)
    assert message.isprintable()
    return message


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "a folder" in refused(tmp_path)
    assert "no such folder" in refused(tmp_path / "none" / "x.toml")
    assert "can't be a file's name" in refused("a\0b")
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    assert "not a regular file" in refused(fifo)
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    assert "circle" in refused(loop)
    file = tmp_path / "file"
    file.write_text("")
    assert "web.toml: not saved" in refused(file / "web.toml")


def test_a_name_in_a_message_is_harmless() -> None:
    assert r"\x1b[2J" in refused("none/\x1b[2J.toml")


def test_text_that_is_no_text_is_refused(file: Path) -> None:
    with pytest.raises(SaveError, match="UTF-8"):
        save(file, "\ud800", OLD.encode())
    assert file.read_text() == OLD


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        assert "permission" in refused(file, OLD.encode())
    finally:
        file.parent.chmod(0o700)
    assert file.read_text() == OLD


def test_a_protected_file_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.chmod(0o444)
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "write-protected" in refused(file, OLD.encode())
    assert file.read_text() == OLD


def _save_with_little_room(path: str, answers: Any) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        save(path, "x" * 5000, OLD.encode())
    except SaveError as error:
        answers.put(str(error))
    else:
        answers.put("saved")


def test_no_room_leaves_the_old_file(file: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_save_with_little_room, args=(str(file), answers))
    process.start()
    assert "larger than is allowed" in answers.get(timeout=60)
    process.join()
    assert file.read_text() == OLD
    assert only(file)


CALLS: list[tuple[Any, str]] = [
    (os, "open"),
    (os, "write"),
    (os, "fsync"),
    (os, "close"),
    (os, "lstat"),
    (os, "stat"),
    (os, "chown"),
    (os, "replace"),
    (os, "unlink"),
    (os, "listxattr"),
    (Path, "read_bytes"),
    (Path, "chmod"),
]


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("offered", [True, False], ids=["renameat2", "without"])
@pytest.mark.parametrize("nth", range(24))
def test_whatever_call_fails_the_file_is_old_or_new(
    file: Path, monkeypatch: pytest.MonkeyPatch, nth: int, offered: bool, code: int
) -> None:
    if not offered:
        _without_renameat2(monkeypatch)
    count = 0

    def failing(real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            if count != nth + 1:
                return real(*args, **kwargs)
            if name == "close":
                real(*args, **kwargs)
            raise OSError(code, os.strerror(code))

        return call

    outcome = "saved"
    with monkeypatch.context() as patch:
        for owner, name in CALLS:
            patch.setattr(owner, name, failing(getattr(owner, name), name))
        try:
            save(file, NEW, OLD.encode())
        except SaveError:
            outcome = "refused"
    found = file.read_bytes()
    assert found == (NEW if outcome == "saved" else OLD).encode()
    left = [path for path in file.parent.iterdir() if path != file]
    # Only when removing the temporary file is what fails may it stay.
    assert len(left) <= (1 if outcome == "saved" else 0)
