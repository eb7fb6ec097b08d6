"""An open design: history byte for byte, files, recovery, reading only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from vreltui.model import DesignError, Probability, VreltuiError, edits
from vreltui.storage import ChangedOnDisk, FileError, ReadOnlyError, SaveError
from vreltui.storage.keep.journal import recover
from vreltui.workbench import (
    Change,
    Position,
    Workbench,
    new_design,
    open_design,
    recent_files,
    recover_unsaved,
    templates,
    unsaved_designs,
)

P = Probability.of


def set_hypervisor(bench: Workbench, value: str) -> None:
    design = edits.set_value(bench.design, "R_V", P(value))
    bench.apply(Change(f"set R_V to {value}", design))


def test_an_edit_its_undo_and_its_redo(web: Path) -> None:
    bench = open_design(web)
    original = web.read_text()
    assert (bench.dirty, bench.undo_label, bench.name) == (False, None, "web.toml")
    set_hypervisor(bench, "0.995")
    edited = bench.document.text
    assert (bench.dirty, bench.undo_label, bench.version) == (True, "set R_V to 0.995", 1)
    assert bench.undo() == "set R_V to 0.995"
    assert bench.document.text == original
    assert (bench.dirty, bench.undo_label, bench.redo_label) == (False, None, "set R_V to 0.995")
    assert bench.redo() == "set R_V to 0.995"
    assert bench.document.text == edited
    assert bench.redo() is None
    bench.undo()
    set_hypervisor(bench, "0.996")
    assert bench.redo_label is None
    bench.undo()
    assert bench.undo() is None
    bench.close()


def test_a_refused_change_changes_nothing(web: Path) -> None:
    bench = open_design(web)
    wrong = replace(edits.set_value(bench.design, "R_V", P("0.995")), baseline="nobody")
    with pytest.raises(DesignError, match='"nobody" is not a choice'):
        bench.apply(Change("wrong", wrong))
    assert (bench.dirty, bench.undo_label, bench.version) == (False, None, 0)
    bench.close()


def test_a_change_that_says_the_same_is_no_step(web: Path) -> None:
    bench = open_design(web)
    bench.apply(Change("nothing", bench.design, Position("vms", (1,))))
    assert bench.undo_label is None
    assert bench.node == "hypervisor"
    bench.close()


def test_the_selection_follows_history(web: Path) -> None:
    bench = open_design(web)
    bench.select(Position("vms", (1,)))
    edited = edits.delete(bench.design, bench.position)
    bench.apply(Change("delete hypervisor", edited.design, edited.position))
    assert bench.node == "replicas"
    bench.undo()
    assert bench.node == "hypervisor"
    bench.select_choice("nv")
    assert bench.position == Position("nv")
    bench.select_choice("vms")
    assert bench.node == "hypervisor"
    bench.redo()
    assert bench.node == "replicas"
    bench.close()


def test_listeners_hear_of_everything_until_they_stop(web: Path) -> None:
    bench = open_design(web)
    heard: list[int] = []
    stop = bench.listen(lambda: heard.append(bench.version))
    set_hypervisor(bench, "0.995")
    bench.undo()
    bench.select(Position("vms"))
    assert heard == [1, 2, 2]
    stop()
    bench.redo()
    assert len(heard) == 3
    bench.close()


def test_save_writes_the_text_and_forgets_the_journal(web: Path) -> None:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    assert recover(web) is not None
    bench.save()
    assert web.read_text() == bench.document.text
    assert not bench.dirty
    assert recover(web) is None
    bench.undo()
    assert bench.dirty
    assert recover(web) is not None
    bench.close()
    assert recover(web) is None


def test_an_edit_undone_and_saved_gives_the_same_bytes(web: Path) -> None:
    before = web.read_bytes()
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    bench.undo()
    bench.save()
    bench.close()
    assert web.read_bytes() == before


def test_somebody_elses_save_is_never_lost_silently(web: Path) -> None:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    theirs = web.read_text() + "# theirs\n"
    web.write_text(theirs)
    assert bench.changed_on_disk()
    with pytest.raises(ChangedOnDisk):
        bench.save()
    assert web.read_text() == theirs
    assert bench.dirty
    bench.save(overwrite=True)
    assert web.read_text() == bench.document.text
    assert not bench.changed_on_disk()
    bench.close()


def test_reload_takes_what_is_on_the_disk_and_can_be_undone(web: Path) -> None:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    mine = bench.document.text
    theirs = web.read_text() + "# theirs\n"
    web.write_text(theirs)
    bench.reload()
    assert bench.document.text == theirs
    assert not bench.dirty
    bench.undo()
    assert bench.document.text == mine
    assert bench.dirty
    web.write_text("not toml [")
    with pytest.raises(FileError):
        bench.reload()
    assert bench.document.text == mine
    bench.close()


def test_save_as_goes_on_in_the_new_file(web: Path, tmp_path: Path) -> None:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    other = tmp_path / "other.toml"
    other.write_text("there")
    with pytest.raises(ChangedOnDisk, match="there is a file of this name already"):
        bench.save_as(other)
    assert other.read_text() == "there"
    assert bench.path == web
    bench.save_as(other, replace=True)
    assert (bench.path, bench.dirty) == (other, False)
    assert other.read_text() == bench.document.text
    assert recover(web) is None
    set_hypervisor(bench, "0.996")
    assert recover(other) is not None
    with pytest.raises(SaveError, match="no such folder"):
        bench.save_as(tmp_path / "nowhere" / "x.toml")
    assert bench.path == other
    open_design(web).close()  # its lock is free
    bench.close()


def test_a_second_opening_is_read_only_until_the_first_ends(web: Path, tmp_path: Path) -> None:
    first = open_design(web)
    second = open_design(web)
    assert "open in another vreltui" in second.read_only
    with pytest.raises(ReadOnlyError, match="open in another vreltui"):
        set_hypervisor(second, "0.995")
    with pytest.raises(ReadOnlyError):
        second.save()
    set_hypervisor(first, "0.995")
    second.close()
    assert recover(web) is not None  # it was the first's journal
    third = open_design(web)
    third.save_as(tmp_path / "copy.toml")
    assert not third.read_only
    set_hypervisor(third, "0.996")
    third.close()
    first.close()
    fourth = open_design(web)
    assert not fourth.read_only
    fourth.close()


def test_a_newer_format_is_read_only(web: Path) -> None:
    web.write_text(web.read_text().replace("vreltui  = 1", "vreltui  = 2"))
    bench = open_design(web)
    assert "newer format" in bench.read_only
    with pytest.raises(ReadOnlyError):
        set_hypervisor(bench, "0.995")
    bench.close()


def test_what_a_killed_process_left_is_offered_and_can_be_undone(web: Path) -> None:
    original = web.read_text()
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    set_hypervisor(bench, "0.996")
    newest = bench.document.text
    bench.close(keep=True)
    again = open_design(web)
    assert again.recovered is not None
    assert again.document.text == original
    assert again.recovery_words.startswith("2 edits not saved, the last on ")
    again.accept_recovery()
    assert again.document.text == newest
    assert again.dirty
    assert again.undo() == "set R_V to 0.996"
    assert again.undo() == "set R_V to 0.995"
    assert again.document.text == original
    again.close()
    assert open_design(web).recovered is None


def test_recovery_that_is_neither_taken_nor_declined_stays(web: Path) -> None:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    bench.close(keep=True)
    open_design(web).close()
    again = open_design(web)
    assert again.recovered is not None
    again.decline_recovery()
    again.close()
    assert open_design(web).recovered is None


def test_recovery_says_when_the_file_changed_or_the_text_is_no_use(web: Path) -> None:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    bench.close(keep=True)
    web.write_text(web.read_text() + "# theirs\n")
    again = open_design(web)
    assert "the file has changed since" in again.recovery_words
    again.close()


def test_a_saved_text_is_not_offered_again(web: Path) -> None:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    text = bench.document.text
    bench.close(keep=True)
    web.write_text(text)
    assert open_design(web).recovered is None


def test_new_designs_come_from_templates_and_are_kept_too(tmp_path: Path) -> None:
    names = [template.name for template in templates()]
    assert names[0] == "blank"
    assert "web-node" in names
    with pytest.raises(VreltuiError, match='did you mean "web-node"'):
        new_design("web-nod")
    bench = new_design()
    assert (bench.name, bench.path, bench.dirty) == ("new design", None, False)
    assert unsaved_designs() == []
    bench.apply(Change("goal", edits.set_goal(bench.design, P("0.9"))))
    assert bench.dirty
    with pytest.raises(SaveError, match="save it under a name"):
        bench.save()
    text = bench.document.text
    bench.close(keep=True)
    (left,) = unsaved_designs()
    again = recover_unsaved(left)
    assert again.document.text == text
    assert again.dirty
    again.save_as(tmp_path / "kept.toml")
    again.close()
    assert unsaved_designs() == []
    assert (tmp_path / "kept.toml").read_text() == text


def test_an_undone_new_design_has_nothing_to_save() -> None:
    bench = new_design()
    bench.apply(Change("goal", edits.set_goal(bench.design, P("0.9"))))
    bench.undo()
    assert not bench.dirty
    bench.close()


def test_recent_designs_are_those_that_were_opened(web: Path) -> None:
    open_design(web).close()
    (entry,) = recent_files()
    assert (entry.path, entry.title) == (web, "Web service on one physical server")


def test_a_design_saved_for_the_first_time_is_a_recent_one(tmp_path: Path) -> None:
    bench = new_design()
    bench.save_as(tmp_path / "first.toml")
    assert [entry.path.name for entry in recent_files()] == ["first.toml"]
    bench.save_as(tmp_path / "second.toml")
    assert [entry.path.name for entry in recent_files()] == ["second.toml", "first.toml"]
    bench.close()
    other = open_design(tmp_path / "first.toml")
    bench = open_design(tmp_path / "second.toml")
    other.apply(Change("goal", edits.set_goal(other.design, P("0.9"))))
    other.save()
    assert [entry.path.name for entry in recent_files()] == ["first.toml", "second.toml"]
    other.close()
    bench.close()


def test_a_state_folder_that_cannot_be_made_costs_only_a_warning(
    web: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    assert any("edits are not kept for a crash" in warning for warning in bench.warnings)
    bench.save()
    assert web.read_text() == bench.document.text
    bench.close()


def test_copy_keeps_a_subtree_and_cut_does_too(web: Path) -> None:
    bench = open_design(web)
    bench.select(Position("vms", (2,)))
    bench.copy()
    assert bench.clipping is not None
    assert bench.clipping.root == "replicas"
    edited = edits.delete(bench.design, Position("vms", (1,)))
    bench.select(Position("vms", (1,)))
    bench.apply(Change("cut", edited.design, edited.position, keeps=True))
    assert bench.clipping.root == "hypervisor"
    bench.close()
