"""What is put in the place of an own file between two looks at it is refused all the same."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from vreltui.storage.keep.private import NotOursError, own_open
from vreltui.storage.reading import NotOnDiskError


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first look nothing is there yet."""

    def nothing(path: Path) -> NoReturn:
        raise FileNotFoundError(path)

    monkeypatch.setattr(Path, "lstat", nothing)


@pytest.mark.usefixtures("unseen")
def test_a_file_that_others_may_write_is_refused_when_it_is_open(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_bytes(b"theirs")
    path.chmod(0o666)
    with pytest.raises(NotOursError, match="others may write it"):
        own_open(path, os.O_RDWR | os.O_TRUNC)
    assert path.read_bytes() == b"theirs"


@pytest.mark.usefixtures("unseen")
def test_a_fifo_is_refused_when_it_is_open(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    os.mkfifo(path, 0o600)
    with pytest.raises(NotOnDiskError, match="is not a regular file"):
        own_open(path, os.O_RDONLY)
