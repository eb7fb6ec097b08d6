"""Two sessions on one file: one edits, and the other may once the first is gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.workbench.test_open_design import set_hypervisor
from vreltui.storage import ReadOnlyError
from vreltui.storage.keep.locations import state_folder
from vreltui.workbench import open_design


@pytest.fixture
def twin(web: Path) -> Path:
    """Another name of the design's file."""
    path = web.with_name("twin.toml")
    os.link(web, path)
    return path


def test_the_names_of_one_file_share_a_lock(web: Path, twin: Path) -> None:
    first = open_design(web)
    second = open_design(twin)
    assert not first.read_only
    assert f"open in another vreltui, process {os.getpid()}" in second.read_only
    first.close()
    third = open_design(twin)
    assert not third.read_only
    assert open_design(web).read_only
    third.close()
    second.close()
    assert list((state_folder() / "locks").iterdir()) == []


def test_who_is_refused_one_of_two_locks_holds_none(web: Path, twin: Path) -> None:
    first = open_design(web)
    second = open_design(twin)
    names = {path.name for path in (state_folder() / "locks").iterdir()}
    assert not any(name.startswith("twin") for name in names)
    second.close()
    first.close()


def test_two_files_of_one_text_are_two(web: Path) -> None:
    other = web.with_name("other.toml")
    other.write_bytes(web.read_bytes())
    first, second = open_design(web), open_design(other)
    assert not first.read_only
    assert not second.read_only
    first.close()
    second.close()


def test_an_edit_is_done_once_the_other_is_gone(web: Path) -> None:
    first, second = open_design(web), open_design(web)
    assert not second.regain()
    with pytest.raises(ReadOnlyError, match="open in another vreltui"):
        set_hypervisor(second, "0.995")
    first.close()
    set_hypervisor(second, "0.995")
    assert not second.read_only
    second.save()
    assert "0.995" in web.read_text()
    assert open_design(web).read_only, "the lock is the second one's now"
    second.close()


def test_what_the_other_saved_is_read_before_anything_is_edited(web: Path) -> None:
    first, second = open_design(web), open_design(web)
    set_hypervisor(first, "0.991")
    first.save()
    first.close()
    version = second.version
    with pytest.raises(ReadOnlyError, match="gone, and the design is read again"):
        set_hypervisor(second, "0.995")
    assert second.version > version
    assert not second.dirty
    assert second.document.text == web.read_text()
    set_hypervisor(second, "0.995")
    second.save()
    second.close()


def test_what_the_other_left_is_offered(web: Path) -> None:
    first, second = open_design(web), open_design(web)
    set_hypervisor(first, "0.991")
    left = first.document.text
    first.close(keep=True)
    assert second.regain()
    assert second.recovered is not None
    second.accept_recovery()
    assert second.document.text == left
    second.undo()
    assert second.document.text == web.read_text()
    second.close()


def test_a_file_that_is_gone_meanwhile_is_noticed_by_the_next_save(web: Path) -> None:
    first, second = open_design(web), open_design(web)
    text = second.document.text
    web.unlink()
    first.close()
    assert second.regain()
    assert second.document.text == text
    assert second.changed_on_disk()
    second.close()


def test_a_session_that_may_edit_has_nothing_to_regain(web: Path) -> None:
    bench = open_design(web)
    assert not bench.regain()
    bench.close()


def test_where_there_is_no_lock_any_more_it_may_be_edited_as_at_an_opening(web: Path) -> None:
    first, second = open_design(web), open_design(web)
    first.close()
    (state_folder() / "locks").rmdir()
    (state_folder() / "locks").write_text("in the way")
    set_hypervisor(second, "0.995")
    assert "other programs are not kept from this design" in second.warnings[0]
    second.close()


def test_declined_edits_can_be_had_back(web: Path) -> None:
    first = open_design(web)
    set_hypervisor(first, "0.991")
    left = first.document.text
    first.close(keep=True)
    bench = open_design(web)
    bench.decline_recovery()
    set_hypervisor(bench, "0.998")
    mine = bench.document.text
    found = bench.declined()
    assert found is not None
    assert found.text == left
    bench.take_declined(found)
    assert bench.document.text == left
    assert bench.undo() == "take the edits set aside"
    assert bench.document.text == mine
    assert bench.undo() == "set R_V to 0.998"
    bench.close()
