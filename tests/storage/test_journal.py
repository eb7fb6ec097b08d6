"""The journal: what it gives back, however it was cut short or spoiled."""

from __future__ import annotations

import json
import os
import random
import tracemalloc
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vreltui.storage.keep import journal
from vreltui.storage.keep.journal import Journal, recover, replay, unsaved
from vreltui.storage.keep.lock import key_of, lock
from vreltui.storage.keep.replay import REDO, UNDO, edit, edit_line, line

TEXTS = [
    "a = 1\n",
    "a = 1\nb = 2\n",
    "a = 10\nb = 2\n",
    "b = 2\n",
    'b = "\u00e9\u4e2d\U0001f600"\n',
]


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def written(path: Path | None, texts: list[str], key: str = "") -> Path:
    entry = Journal(key or ("new-1" if path is None else key_of(path)), path)
    for before, after in pairwise(texts):
        entry.record(before, after, "edit")
    entry.close()
    (file,) = Path(os.environ["XDG_STATE_HOME"]).glob("vreltui/journals/*.journal")
    return file


def test_the_newest_text_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    assert recover(path) is None
    written(path, TEXTS)
    found = recover(path)
    assert found is not None
    assert (found.base, found.text, found.edits) == (TEXTS[0], TEXTS[-1], len(TEXTS) - 1)
    assert found.path == path
    assert not found.damaged


def test_a_journal_is_the_owners_alone(tmp_path: Path) -> None:
    file = written(tmp_path / "d.toml", TEXTS)
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_cut_at_every_byte_it_gives_the_last_whole_edit(tmp_path: Path) -> None:
    data = written(tmp_path / "d.toml", TEXTS).read_bytes()
    ends = [i + 1 for i, byte in enumerate(data) if byte == 0x0A]
    for length in range(len(data) + 1):
        found = replay(data[:length])
        whole = sum(end <= length for end in ends)
        if whole == 0:
            assert found is None
            continue
        assert found is not None
        assert found.text == TEXTS[whole - 1]
        assert found.damaged == (length not in ends)


def test_any_single_spoiled_byte_is_noticed(tmp_path: Path) -> None:
    data = written(tmp_path / "d.toml", TEXTS).read_bytes()
    rng = random.Random(7)
    for place in range(len(data)):
        spoiled = bytearray(data)
        spoiled[place] ^= rng.randrange(1, 256)
        found = replay(bytes(spoiled))
        whole = data[:place].count(b"\n")
        if whole == 0:
            assert found is None
        else:
            assert found is not None
            assert found.text == TEXTS[whole - 1]
            assert found.damaged


@given(st.binary(max_size=300))
def test_rubbish_gives_nothing_and_raises_nothing(data: bytes) -> None:
    assert replay(data) is None


def test_a_whole_line_that_lies_is_not_believed() -> None:
    base = line({"journal": 1, "path": None, "base": "abc", "when": 0})
    for record in (
        {"at": 2, "drop": 5, "put": "x", "sum": 0, "when": 1},
        {"at": 0, "drop": 1, "put": "x", "sum": 0, "when": 1},
        {"at": "0", "drop": 1, "put": "x", "sum": 0},
        {"at": -1, "drop": 0, "put": "", "sum": 0},
        {},
    ):
        found = replay(base + line(record))
        assert found is not None
        assert found.text == "abc"
        assert found.damaged
    assert replay(line({"journal": 2, "base": "abc"})) is None
    assert replay(line({"journal": 1, "base": 5})) is None


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=2))
def test_every_chain_of_texts_comes_back(texts: list[str]) -> None:
    data = line({"journal": 1, "path": None, "base": texts[0], "when": 0})
    for before, after in pairwise(texts):
        data += edit_line(edit(before, after, "edit"), after)
    found = replay(data)
    assert found is not None
    assert found.text == texts[-1]


def test_a_journal_that_goes_on_elsewhere_begins_again(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    entry = Journal(key_of(path), path)
    entry.record("one", "two", "edit")
    entry.record("other", "third", "edit")
    entry.close()
    found = recover(path)
    assert found is not None
    assert (found.base, found.text, found.edits) == ("other", "third", 1)


def test_clearing_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    entry = Journal(key_of(path), path)
    entry.record("one", "two", "edit")
    entry.clear()
    assert recover(path) is None
    assert not list(Path(os.environ["XDG_STATE_HOME"]).glob("vreltui/journals/*"))


def test_a_journal_that_is_a_folder_or_unreadable_prevents_nothing(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    file = written(path, TEXTS)
    file.unlink()
    file.mkdir()
    assert recover(path) is None


def test_unsaved_designs_are_those_whose_process_is_gone() -> None:
    written(None, TEXTS, "new-1")
    assert [found.text for found in unsaved()] == [TEXTS[-1]]
    held = lock("new-1")
    assert unsaved() == []
    held.release()
    assert len(unsaved()) == 1


def test_long_journals_are_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_COMPACT_AT", 500)
    path = tmp_path / "d.toml"
    texts = [f"value = {i}\n" for i in range(100)]
    file = written(path, texts)
    assert file.stat().st_size < 2000
    found = recover(path)
    assert found is not None
    assert found.text == texts[-1]


def test_compacting_leaves_out_the_older_half_and_keeps_the_newer_edits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_COMPACT_AT", 4000)
    path = tmp_path / "d.toml"
    texts = [f"value = {i}\n" for i in range(300)]
    written(path, texts)
    found = recover(path)
    assert found is not None
    assert found.text == texts[-1]
    assert len(found.done) > 15
    text = found.text
    for number, change in enumerate(reversed(found.done), 2):
        text = change.backward(text)
        assert text == texts[-number]
    assert text == found.base


def test_undo_and_redo_are_known_as_such(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    entry = Journal(key_of(path), path)
    entry.record("one", "two", "a")
    entry.record("two", "three", "b")
    entry.record("three", "two", "undo b", UNDO)
    entry.record("two", "one", "undo a", UNDO)
    entry.record("one", "two", "redo a", REDO)
    entry.close()
    found = recover(path)
    assert found is not None
    assert ([e.label for e in found.done], [e.label for e in found.undone]) == (["a"], ["b"])
    assert found.undone[0].forward(found.text) == "three"
    assert found.done[0].backward(found.text) == "one"


def test_a_journal_that_another_process_left_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    written(path, ["one", "two", "three"])
    found = recover(path)
    assert found is not None
    entry = Journal(key_of(path), path, b"one")
    entry.resume(found, "one")
    entry.record("three", "four", "edit")
    entry.close()
    again = recover(path)
    assert again is not None
    assert (again.base, again.text, len(again.done)) == ("one", "four", 3)
    assert again.fits("one")
    assert not again.fits("two")


def test_what_another_process_left_becomes_an_edit_of_a_newer_file(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    file = written(path, ["one", "two", "three"])
    with file.open("ab") as more:
        more.write(b"torn")
    found = recover(path)
    assert found is not None
    assert found.damaged
    entry = Journal(key_of(path), path, b"theirs")
    entry.resume(found, "theirs")
    entry.close()
    again = recover(path)
    assert again is not None
    assert not again.damaged
    text = again.text
    for change in reversed(again.done):
        text = change.backward(text)
    assert (again.base, again.text, text) == ("theirs", "three", "theirs")


def test_a_journal_tells_of_the_file_beside_it_also_after_that_was_read_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "d.toml"
    entry = Journal(key_of(path), path, b"one")
    entry.record("one", "two", "edit")
    entry.beside = b"theirs"
    entry.record("two", "theirs", "reload")
    entry.close()
    found = recover(path)
    assert found is not None
    assert found.fits("theirs")
    assert [change.label for change in found.done] == ["edit", "reload"]


def test_what_is_set_aside_is_there_or_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    file = written(path, TEXTS)
    aside = file.with_suffix(".declined")
    aside.mkdir()
    with pytest.raises(OSError, match="irectory"):
        journal.set_aside(key_of(path))
    aside.rmdir()
    journal.set_aside(key_of(path))
    journal.set_aside(key_of(path))
    assert aside.is_file()


def test_a_pipe_in_place_of_a_journal_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    file = written(path, TEXTS)
    file.unlink()
    os.mkfifo(file)
    assert recover(path) is None


def test_what_a_crash_left_of_a_compaction_goes_with_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    file = written(path, TEXTS)
    (file.parent / f".{key_of(path)}.new").write_text("unfinished")
    Journal(key_of(path), path).clear()
    assert list(file.parent.iterdir()) == []


def test_folders_of_the_state_are_private_whoever_made_them(tmp_path: Path) -> None:
    top = Path(os.environ["XDG_STATE_HOME"]) / "vreltui"
    (top / "journals").mkdir(parents=True)
    top.chmod(0o755)
    (top / "journals").chmod(0o755)
    file = written(tmp_path / "d.toml", TEXTS)
    assert {place.stat().st_mode & 0o777 for place in (top, file.parent)} == {0o700}
    assert file.stat().st_mode & 0o777 == 0o600


def many(base: str, edits: int) -> tuple[list[str], list[bytes]]:
    """The texts that edits lead to, and the lines of their journal."""
    texts = [base]
    lines = [line({"journal": 1, "path": None, "base": base, "when": 0})]
    for index in range(edits):
        at = index * 37 % len(base)
        texts.append(texts[-1][:at] + str(index) + texts[-1][at + 2 :])
        lines.append(edit_line(edit(texts[-2], texts[-1], f"edit {index}"), texts[-1]))
    return texts, lines


def test_reading_back_needs_room_for_the_journal_not_for_each_text() -> None:
    texts, lines = many("x" * 400_000, 200)
    data = b"".join(lines)
    tracemalloc.start()
    try:
        found = replay(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found is not None
    assert found.text == texts[-1]
    assert list(islice(found.texts(), 5)) == texts[:-6:-1]
    assert peak < 10 * len(texts[0])


@pytest.mark.parametrize("base", ["x" * 500, "\u20ac" * 500])
@pytest.mark.parametrize("lie", [1, 5, 1_999, 2_000, 2_001, 2_500])
def test_what_stands_before_a_lie_among_many_edits_still_counts(base: str, lie: int) -> None:
    texts, lines = many(base, 2_500)
    body = json.loads(lines[lie].partition(b" ")[2])
    lines[lie] = line(body | {"put": body["put"] + "?"})
    found = replay(b"".join(lines))
    assert found is not None
    assert (found.edits, found.damaged) == (lie - 1, True)
    assert found.text == texts[lie - 1]
    assert len(found.done) == lie - 1


def test_a_text_becomes_wider_where_an_edit_needs_that() -> None:
    texts = ["plain", "pl\u00e4in", "pl\u20acin", "pl\U0001f600in", "pl\U0001f600in\ud800"]
    data = line({"journal": 1, "path": None, "base": texts[0], "when": 0})
    for before, after in pairwise(texts):
        data += edit_line(edit(before, after, "edit"), after)
    found = replay(data)
    assert found is not None
    assert list(found.texts()) == texts[::-1]


def test_a_journal_that_would_take_long_to_read_back_is_compacted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_COMPACT_AT_COST", 40_000)
    path = tmp_path / "d.toml"
    texts = ["x" * 100 + f"value = {i}\n" for i in range(1000)]
    file = written(path, texts)
    assert file.stat().st_size < 100_000
    found = recover(path)
    assert found is not None
    assert found.text == texts[-1]
    assert 150 < len(found.done) < 450
    text = found.text
    for number, change in enumerate(reversed(found.done), 2):
        text = change.backward(text)
        assert text == texts[-number]
