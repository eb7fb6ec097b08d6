"""What a crash left comes back with its history; what is not safe is said while it is so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.workbench.test_open_design import set_hypervisor
from vreltui.model.edits import Position
from vreltui.storage import ChangedOnDisk, FileError, UnconfirmedError
from vreltui.storage.keep.journal import Journal, recover
from vreltui.storage.keep.locations import state_folder
from vreltui.storage.keep.lock import key_of
from vreltui.storage.keep.replay import Edit
from vreltui.workbench import Workbench, open_design, recover_unsaved, unsaved_designs
from vreltui.workbench.open import history
from vreltui.workbench.view.difference import on_disk, recovery_is_stale

VALUES = ["0.991", "0.992", "0.993", "0.994", "0.995"]


def edited(web: Path) -> tuple[Workbench, list[str]]:
    """A design with five edits, and its texts, the oldest first."""
    bench = open_design(web)
    texts = [bench.document.text]
    for value in VALUES:
        set_hypervisor(bench, value)
        texts.append(bench.document.text)
    return bench, texts


def killed(bench: Workbench, web: Path) -> Workbench:
    """The same design after a crash, with what was left taken."""
    bench.close(keep=True)
    again = open_design(web)
    again.accept_recovery()
    return again


def test_undo_and_redo_are_where_they_were_before_two_crashes(web: Path) -> None:
    bench, texts = edited(web)
    bench.undo()
    bench.undo()
    again = killed(killed(bench, web), web)
    assert again.document.text == texts[3]
    assert (again.undo_label, again.redo_label) == ("set R_V to 0.993", "set R_V to 0.994")
    for text in (texts[4], texts[5]):
        again.redo()
        assert again.document.text == text
    assert again.redo() is None
    for text in reversed(texts[:5]):
        again.undo()
        assert again.document.text == text
    assert again.undo() is None
    assert not again.dirty
    again.redo()
    set_hypervisor(again, "0.99")
    assert again.redo_label is None
    once_more = killed(again, web)
    assert [once_more.undo(), once_more.undo(), once_more.undo()] == [
        "set R_V to 0.99",
        "set R_V to 0.991",
        None,
    ]
    assert once_more.document.text == texts[0]
    once_more.close()


def test_edits_beside_a_newer_file_are_undone_down_to_that_file(web: Path) -> None:
    bench, texts = edited(web)
    bench.close(keep=True)
    theirs = web.read_text() + "# theirs\n"
    web.write_text(theirs)
    again = open_design(web)
    assert recovery_is_stale(again)
    again.accept_recovery()
    # A second crash, and still nothing is missing.
    again = killed(again, web)
    for text in (*reversed(texts[:5]), theirs):
        again.undo()
        assert again.document.text == text
    assert again.undo() is None
    again.close()


def test_a_reloaded_file_is_the_one_that_edits_are_beside(web: Path) -> None:
    bench, _ = edited(web)
    web.write_text(web.read_text() + "# theirs\n")
    bench.reload()
    set_hypervisor(bench, "0.99")
    bench.close(keep=True)
    again = open_design(web)
    assert not recovery_is_stale(again)
    again.close()


def test_a_journal_with_a_text_that_is_no_design_breaks_nothing(web: Path) -> None:
    text = web.read_text()
    journal = Journal(key_of(web), web, text.encode())
    journal.record(text, "rubbish", "spoil")
    journal.record("rubbish", text + "# more\n", "mend")
    journal.close()
    bench = open_design(web)
    bench.accept_recovery()
    with pytest.raises(FileError):
        bench.undo()
    assert bench.document.text == text + "# more\n"
    assert bench.undo_label == "mend"
    bench.close()


def test_the_warning_stays_while_edits_are_not_kept_and_goes_when_they_are(web: Path) -> None:
    bench = open_design(web)
    (state_folder() / "journals").write_text("in the way")
    set_hypervisor(bench, "0.995")
    set_hypervisor(bench, "0.996")
    (warning,) = bench.warnings
    assert "edits are not kept for a crash" in warning
    (state_folder() / "journals").unlink()
    set_hypervisor(bench, "0.997")
    assert bench.warnings == ()
    found = recover(web)
    assert found is not None
    assert found.text == bench.document.text
    assert found.fits(web.read_text())
    bench.close()


def test_a_save_that_the_disk_does_not_confirm_keeps_the_journal(
    web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").readlink() == web.parent:
            raise OSError(5, "Input/output error")
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(UnconfirmedError, match="not safe from a power cut: the disk reports"):
            bench.save()
    assert web.read_text() == bench.document.text
    assert bench.dirty
    assert recover(web) is not None
    bench.save()
    assert not bench.dirty
    assert recover(web) is None
    bench.close()


def test_only_what_was_seen_is_replaced(web: Path) -> None:
    bench = open_design(web)
    set_hypervisor(bench, "0.995")
    web.write_text("theirs")
    seen = on_disk(bench)
    web.write_text("theirs, later")
    bench.acknowledge(seen)
    with pytest.raises(ChangedOnDisk):
        bench.save()
    bench.acknowledge(on_disk(bench))
    bench.save()
    assert web.read_text() == bench.document.text
    bench.close()


def test_a_pipe_in_place_of_the_file_is_not_waited_for(web: Path) -> None:
    bench = open_design(web)
    web.unlink()
    os.mkfifo(web)
    assert bench.changed_on_disk()
    bench.close()


def test_a_new_design_that_is_of_no_use_is_not_held(web: Path) -> None:
    text = web.read_text()
    journal = Journal("new-1", None)
    journal.record(text, "rubbish", "spoil")
    journal.close()
    (left,) = unsaved_designs()
    for _ in range(2):
        with pytest.raises(FileError):
            recover_unsaved(left)
    assert [found.text for found in unsaved_designs()] == ["rubbish"]


def test_a_long_history_lets_go_of_documents_and_still_has_every_text(
    web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "READY", 3)
    bench = open_design(web)
    values = [f"0.99{digit}" for digit in range(1, 9)]
    bench.select(Position(bench.choice, (0,)))
    texts = [bench.document.text]
    for value in values:
        set_hypervisor(bench, value)
        texts.append(bench.document.text)
    kept = [step for step in bench._history._done if isinstance(step, history.Step)]
    assert len(kept) == 3
    for text in reversed(texts[:-1]):
        bench.undo()
        assert bench.document.text == text
    kept = [step for step in bench._history._undone if isinstance(step, history.Step)]
    assert len(kept) == 3
    assert bench.position == Position(bench.choice, (0,))
    for text in texts[1:]:
        bench.redo()
        assert bench.document.text == text


def test_opening_after_a_crash_makes_no_text_that_nobody_asks_for(
    web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, texts = edited(web)
    bench.close(keep=True)
    made: list[Edit] = []
    backward = Edit.backward

    def counted(self: Edit, after: str) -> str:
        made.append(self)
        return backward(self, after)

    monkeypatch.setattr(Edit, "backward", counted)
    again = open_design(web)
    again.accept_recovery()
    assert again.document.text == texts[-1]
    assert made == []
    again.undo()
    assert len(made) == 1
