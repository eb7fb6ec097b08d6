"""What a crash left, while nobody has said yet what is to become of it: it is never destroyed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.workbench.test_open_design import set_hypervisor
from vreltui.storage import ChangedOnDisk
from vreltui.storage.keep.journal import replay
from vreltui.storage.keep.locations import state_folder
from vreltui.workbench import Change, open_design


def set_aside(text: str) -> bool:
    """Whether a text lies where recovered edits go that nobody took."""
    files = state_folder().rglob("*.declined")
    return text in [found.text for file in files if (found := replay(file.read_bytes()))]


def left_by_a_crash(web: Path) -> str:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    bench.close(keep=True)
    return bench.document.text


def test_saving_before_the_question_is_answered_sets_aside_what_was_recovered(web: Path) -> None:
    left = left_by_a_crash(web)
    bench = open_design(web)
    bench.save()
    assert bench.recovered is None
    assert set_aside(left)
    bench.close()
    assert open_design(web).recovered is None


def test_reloading_before_the_question_is_answered_sets_it_aside_too(web: Path) -> None:
    left = left_by_a_crash(web)
    bench = open_design(web)
    web.write_text(web.read_text() + "# theirs\n")
    bench.reload()
    assert bench.recovered is None
    assert set_aside(left)
    bench.close()


def test_saving_elsewhere_leaves_what_was_recovered_for_the_old_file(web: Path) -> None:
    left = left_by_a_crash(web)
    other = web.with_name("other.toml")
    assert left_by_a_crash(Path(shutil.copy(web, other))) == left
    bench = open_design(web)
    bench.save_as(other, replace=True)
    assert set_aside(left), "what was left of the file that was replaced"
    bench.close()
    again = open_design(web)
    assert again.recovered is not None
    assert again.recovered.text == left
    again.close()


def test_a_file_that_somebody_removed_can_be_saved_under_its_own_name(web: Path) -> None:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    web.unlink()
    with pytest.raises(ChangedOnDisk):
        bench.save_as(web)
    bench.save_as(web.parent / "." / web.name, replace=True)
    assert web.read_text() == bench.document.text
    bench.close()


def test_an_edit_that_changes_nothing_is_no_answer(web: Path) -> None:
    left = left_by_a_crash(web)
    bench = open_design(web)
    bench.apply(Change("rename it to what it is called", bench.design))
    assert bench.recovered is not None
    set_hypervisor(bench, "0.9985")
    assert bench.recovered is None
    assert set_aside(left)
    bench.close()
