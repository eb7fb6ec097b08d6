"""The fuzzer's checks without the fuzzer: on its corpus, on changes of it, and with faults."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaigns import input_checks, input_offline
from vreltui.model.rules import names as rules
from vreltui.storage import document
from vreltui.storage.keep import journal as journals


class Seeds(list[bytes]):
    """The corpus; a report on a failing test need not show all of it."""

    def __repr__(self) -> str:
        return f"{len(self)} seeds"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[bytes]]:
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder))
        yield Seeds(input_checks.corpus(folder))


def test_the_corpus_reaches_what_it_is_for(seeds: list[bytes]) -> None:
    assert {seed[0] % len(input_checks.TARGETS) for seed in seeds} == {0, 1, 2, 3}
    for seed in seeds:
        input_checks.exercise(seed)
    (journal,) = (seed for seed in seeds if seed[0] == 1)
    recovered = journals.replay(journal[1:])
    assert recovered is not None
    assert recovered.edits == 7
    assert (len(recovered.done), len(recovered.undone)) == (3, 1)
    lines = [input_checks.PIECES[byte] for byte in next(s for s in seeds if s[0] == 3)[1:]]
    document.parse_bytes(b"vreltui = 1\n" + b"".join(lines))


_CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 12),
        st.one_of(st.binary(max_size=6), st.sampled_from([w.encode() for w in input_checks.WORDS])),
    ),
    max_size=4,
)


@settings(max_examples=400, deadline=None)
@given(number=st.integers(0, 1000), target=st.integers(0, 3), changes=_CHANGES)
def test_changed_designs_and_journals_meet_declared_errors_alone(
    seeds: list[bytes], number: int, target: int, changes: list[tuple[float, int, bytes]]
) -> None:
    own = [seed for seed in seeds if seed[0] % len(input_checks.TARGETS) == target]
    data = own[number % len(own)][1:]
    for where, dropped, put in changes:
        at = int(where * len(data))
        data = data[:at] + put + data[at + dropped :]
    input_checks.exercise(bytes([target]) + data)


def test_a_reader_without_its_gate_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = input_checks.SMALL.replace('"small"', r'"\u001b[2J"').encode()
    input_checks.exercise(b"\x00" + hostile)
    monkeypatch.setattr(rules, "text_fault", lambda text, line_breaks: None)
    with pytest.raises(AssertionError):
        input_checks.exercise(b"\x00" + hostile)


def test_an_undeclared_error_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(data: dict[str, object]) -> None:
        raise KeyError("R")

    monkeypatch.setattr(document, "build", faulty)
    with pytest.raises(KeyError):
        input_checks.exercise(b"\x00" + input_checks.SMALL.encode())


def test_a_replay_that_trusts_a_spoiled_line_is_found(seeds: list[bytes]) -> None:
    (journal,) = (seed for seed in seeds if seed[0] == 1)
    lines = journal[1:].splitlines(keepends=True)
    spoiled = lines[2].replace(b'"label":"edit"', b'"label":"idea"')
    assert spoiled != lines[2]
    data = b"".join([*lines[:2], spoiled, *lines[3:]])
    input_checks.replay_journal(data)
    trusted = journals.replay(b"".join(lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(input_checks, "replay", lambda data: trusted)
        with pytest.raises(AssertionError):
            input_checks.replay_journal(data)


@pytest.mark.skipif(sys.platform != "linux", reason="networks are taken away as Linux does it")
def test_nothing_reaches_for_the_network() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.campaigns.input_offline", "short"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_socket_of_the_internet_is_found(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    code = "import socket; socket.socket(); socket.socket(socket.AF_UNIX)"
    status, calls = input_offline.traced(["-c", code], tmp_path, [])
    assert status == 0
    assert calls
    assert all("AF_INET" in call for call in calls)
