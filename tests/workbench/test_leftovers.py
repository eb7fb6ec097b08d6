"""What a crash leaves beside a file goes at the next opening, unless it may be somebody's work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.workbench.test_open_design import set_hypervisor
from vreltui.storage.keep.leftovers import temporary_name
from vreltui.workbench import open_design


@pytest.fixture
def texts(web: Path) -> list[str]:
    """The texts of a session that crashed, the file's first."""
    bench = open_design(web)
    found = [bench.document.text]
    for value in ("0.995", "0.996", "0.997"):
        set_hypervisor(bench, value)
        found.append(bench.document.text)
    bench.undo()
    bench.close(keep=True)
    return found


def left(web: Path, data: bytes) -> Path:
    path = Path(temporary_name(str(web)))
    path.write_bytes(data)
    return path


def test_what_is_known_from_the_journal_or_the_file_goes(web: Path, texts: list[str]) -> None:
    pieces = [text[:length].encode() for text in texts for length in (0, 50, 2500, len(text))]
    files = [left(web, piece) for piece in pieces]
    open_design(web).close()
    assert not any(file.exists() for file in files)


def test_what_somebody_else_may_have_written_stays(web: Path, texts: list[str]) -> None:
    theirs = left(web, texts[0].encode() + b"# theirs\n")
    other = left(web.with_name("other.toml"), texts[0].encode())
    folder = Path(temporary_name(str(web)))
    folder.mkdir()
    open_design(web).close()
    assert theirs.exists()
    assert other.exists()
    assert folder.exists()


def test_nothing_goes_while_another_session_has_the_design(web: Path, texts: list[str]) -> None:
    holder = open_design(web)
    beside = left(web, b"")
    open_design(web).close()
    assert beside.exists()
    holder.close(keep=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_what_belongs_to_another_user_stays(web: Path, texts: list[str]) -> None:
    beside = left(web, b"")
    os.chown(beside, 1234, -1)
    open_design(web).close()
    assert beside.exists()
