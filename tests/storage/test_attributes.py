"""What surrounds a file's bytes stays as it is, or the save says why it can't be done."""

from __future__ import annotations

import errno
import os
import stat
import struct
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vreltui.storage import ChangedOnDisk, SaveError, UnconfirmedError, save
from vreltui.storage.keep import swap

OLD, NEW = b"old\n", "new\n"
SAVING = sys.modules["vreltui.storage.keep.save"]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "web.toml"
    path.write_bytes(OLD)
    return path


def refused(file: Path, names: int = 1) -> str:
    with pytest.raises(SaveError) as caught:
        save(file, NEW, OLD)
    assert file.read_bytes() == OLD
    assert len(list(file.parent.iterdir())) == names
    return str(caught.value)


def test_a_file_with_two_names_is_not_parted(file: Path) -> None:
    other = file.with_name("other.toml")
    other.hardlink_to(file)
    assert "has 2 names (hard links), which a save would part; save it under" in refused(file, 2)
    assert other.samefile(file)


def test_a_file_that_nobody_may_write_is_refused_for_root_too(file: Path) -> None:
    file.chmod(0o444)
    assert "write-protected" in refused(file)


def test_an_owner_that_cannot_be_kept_is_a_reason(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give files away")
    os.chown(file, 1234, -1)

    def denied(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", denied)
    assert "would get another owner or group; save it under another name" in refused(file)


@as_root
def test_another_user_is_told_that_the_owner_would_change() -> None:
    """For real: a file of root in a folder where everybody may write."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "web.toml"
        file.write_bytes(OLD)
        file.chmod(0o666)
        Path(folder).chmod(0o777)
        swap._renameat2()  # its library is loaded while it can be
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            os.setuid(65534)
            try:
                save(file, NEW, OLD)
            except BaseException as error:
                os.write(writing, str(error).encode())
            os._exit(0)
        os.close(writing)
        said = os.read(reading, 1000).decode()
        os.close(reading)
        os.waitpid(process, 0)
        assert "another owner or group" in said
        assert file.read_bytes() == OLD
        assert len(list(Path(folder).iterdir())) == 1


def test_permissions_that_cannot_be_kept_are_a_reason(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.chmod(0o640)
    monkeypatch.setattr(os, "fchmod", lambda *_: None)
    assert "would get other permissions" in refused(file)


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """An access list as the kernel has it: a version, and for each entry tag, bits and id."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NOBODY_IN_PARTICULAR = 0xFFFFFFFF
ONE_USER_MORE = access_list(
    (0x01, 6, NOBODY_IN_PARTICULAR), (0x02, 4, 4242), (0x04, 4, NOBODY_IN_PARTICULAR),
    (0x10, 4, NOBODY_IN_PARTICULAR), (0x20, 0, NOBODY_IN_PARTICULAR),
)  # fmt: skip
ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"


def given(path: Path, attribute: str, value: bytes) -> None:
    try:
        os.setxattr(path, attribute, value)
    except (AttributeError, OSError):
        pytest.skip("no access lists here")


def test_an_access_list_stays(file: Path) -> None:
    given(file, ACCESS, ONE_USER_MORE)
    mode = file.stat().st_mode
    save(file, NEW, OLD)
    assert os.getxattr(file, ACCESS) == ONE_USER_MORE
    assert file.stat().st_mode == mode


def test_an_access_list_of_the_folder_is_not_laid_on_a_file_without(file: Path) -> None:
    given(file.parent, DEFAULT, ONE_USER_MORE)
    file.chmod(0o640)
    save(file, NEW, OLD)
    assert os.listxattr(file) == []
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def failing(code: int) -> Callable[..., Any]:
    def call(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return call


def test_an_access_list_that_cannot_be_kept_is_a_reason(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(file, ACCESS, ONE_USER_MORE)
    monkeypatch.setattr(os, "setxattr", failing(errno.EPERM))
    assert "access list can't be kept (Operation not permitted); save it under" in refused(file)


def test_attributes_of_the_system_may_differ(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        os, "listxattr", lambda place: ["security.label"] if isinstance(place, str) else []
    )
    monkeypatch.setattr(os, "getxattr", lambda *_: b"x")
    monkeypatch.setattr(os, "setxattr", failing(errno.EPERM))
    save(file, NEW, OLD)
    assert file.read_text() == NEW


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your quota on this disk is used up"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, "the disk reports an error"),
    ],
)
def test_what_is_wrong_with_a_disk_is_said(
    file: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(code))
        assert words in refused(file)


def test_the_owner_and_mode_are_on_the_disk_before_the_rename(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            calls.append(name)
            return real(*arguments)

        return call

    for name in ("write", "fchmod", "fsync"):
        monkeypatch.setattr(os, name, counted(name, getattr(os, name)))
    monkeypatch.setattr(SAVING, "exchange", counted("exchange", swap.exchange))
    save(file, NEW, OLD)
    assert calls == ["write", "fchmod", "fsync", "exchange", "fsync"]


def test_a_folder_that_cannot_be_synced_is_said_unless_none_can_be(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fsync)
    code = errno.EIO
    with pytest.raises(UnconfirmedError, match="saved, but not safe from a power cut"):
        save(file, NEW, OLD)
    assert file.read_text() == NEW
    code = errno.EINVAL
    save(file, "newer\n", NEW.encode())


def test_a_pipe_in_place_of_the_file_is_not_waited_for(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes between the look at the file and its reading."""
    lstat = os.lstat
    swapped = False

    def pipe_after(path: str) -> os.stat_result:
        nonlocal swapped
        state = lstat(path)
        if str(path) == str(file) and not swapped:
            swapped = True
            file.unlink()
            os.mkfifo(file)
        return state

    monkeypatch.setattr(os, "lstat", pipe_after)
    with pytest.raises(SaveError, match="not a regular file"):
        save(file, NEW, OLD)


def test_who_saves_twice_while_a_save_goes_back_loses_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exchange_and_theirs(temporary: str, target: str) -> bool:
        Path(target).write_text("theirs\n")
        done = swap.exchange(temporary, target)
        later = file.with_name("later")
        later.write_text("theirs, later\n")
        later.replace(file)
        monkeypatch.setattr(SAVING, "exchange", swap.exchange)
        return done

    monkeypatch.setattr(SAVING, "exchange", exchange_and_theirs)
    with pytest.raises(SaveError, match=r"their version is kept in .*\.tmp"):
        save(file, NEW, OLD)
    assert sorted(path.read_text() for path in file.parent.iterdir()) == [
        "theirs\n",
        "theirs, later\n",
    ]


def test_who_saves_and_cannot_be_given_back_the_name_is_kept_beside(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exchange_once(temporary: str, target: str) -> bool:
        Path(target).write_text("theirs\n")
        swap.exchange(temporary, target)
        monkeypatch.setattr(SAVING, "exchange", failing(errno.EIO))
        return True

    monkeypatch.setattr(SAVING, "exchange", exchange_once)
    with pytest.raises(SaveError, match="their version is kept in"):
        save(file, NEW, OLD)
    assert "theirs\n" in [path.read_text() for path in file.parent.iterdir()]


def test_a_signal_in_the_middle_interrupts_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vreltui.storage.keep.swap._renameat2", lambda: None)
    interrupted: list[str] = []
    for name in ("replace", "unlink"):
        real = getattr(os, name)

        def once(*arguments: Any, _real: Callable[..., Any] = real, _name: str = name) -> Any:
            if _name not in interrupted:
                interrupted.append(_name)
                raise InterruptedError
            return _real(*arguments)

        monkeypatch.setattr(os, name, once)
    save(file, NEW, OLD)
    assert file.read_text() == NEW
    assert "replace" in interrupted


def test_without_ctypes_a_save_works(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ctypes", None)
    save(file, NEW, OLD)
    with pytest.raises(ChangedOnDisk):
        save(file, NEW, OLD)
