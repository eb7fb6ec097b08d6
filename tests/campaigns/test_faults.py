"""The campaigns of failing calls and of power losses in short, and proof that they can fail."""

from __future__ import annotations

import errno
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.campaigns import power_cuts, power_disk
from tests.campaigns.breakage import BREAKAGES
from tests.campaigns.faults_inside import Faulty, run
from tests.campaigns.faults_scenarios import SAVES, Scenario
from tests.campaigns.faults_sessions import SESSIONS
from tests.campaigns.power_disk import Entry, Flush, Mark, Write
from tests.campaigns.power_states import explore
from vreltui.storage.keep import swap

ROOT = Path(__file__).resolve().parents[2]
ERRORS = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EINTR)
_LOOKS = ("lstat", "stat", "fstat")

linux = pytest.mark.skipif(sys.platform != "linux", reason="files are exchanged on Linux alone")


@pytest.fixture
def new_folder() -> Iterator[Callable[[], Path]]:
    """Folders in memory where there is such a place: hundreds of them, each synced often."""
    base = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=base) as name:
        yield lambda: Path(tempfile.mkdtemp(dir=name))


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenarios say where the state lies; what they say ends with the test."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, "")


def faults_of(calls: list[str], every: bool) -> Iterator[tuple[int, int | None]]:
    """The process ends before each call, and each call fails; of looks in a row, the first."""
    for number, call in enumerate(calls):
        if call in _LOOKS and number and calls[number - 1] in _LOOKS:
            continue
        if every or call not in _LOOKS:
            yield number, None
        yield number, ERRORS[number % len(ERRORS)]


@linux
@pytest.mark.parametrize("scenario", [*SAVES, *SESSIONS], ids=lambda scenario: scenario.name)
def test_whatever_call_fails_or_is_the_last_nothing_is_lost(
    scenario: Scenario, new_folder: Callable[[], Path]
) -> None:
    swap._renameat2()
    undisturbed = Faulty()
    assert run(scenario, new_folder(), undisturbed) == []
    wrong = []
    for number, code in faults_of(undisturbed.calls, scenario in SAVES):
        faulty = Faulty(number, code)
        for text in run(scenario, new_folder(), faulty):
            wrong.append(f"{errno.errorcode.get(code or 0, 'ended')} at {number}, "
                         f"{undisturbed.calls[number]}: {text}")  # fmt: skip
    assert wrong == []


@linux
def test_whatever_a_loss_of_power_takes_nothing_is_lost(new_folder: Callable[[], Path]) -> None:
    outcome = explore(new_folder())
    assert outcome.wrong == []
    assert outcome.states > 100


def _wrong_states(folder: Path, breakage: str) -> list[str]:
    return explore(folder, breakage).wrong


@linux
@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_loss_of_power_is_noticed_without(breakage: str, new_folder: Callable[[], Path]) -> None:
    """In a process of its own, which ends with what was taken out."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        assert pool.submit(_wrong_states, new_folder(), breakage).result()


def _wrong_ends(name: str, folder: Path, breakage: str) -> list[str]:
    BREAKAGES[breakage]()
    scenario = next(each for each in (*SAVES, *SESSIONS) if each.name == name)
    undisturbed = Faulty()
    wrong = run(scenario, Path(tempfile.mkdtemp(dir=folder)), undisturbed)
    for number in range(len(undisturbed.calls)):
        wrong += run(scenario, Path(tempfile.mkdtemp(dir=folder)), Faulty(number))
    return wrong


@linux
@pytest.mark.parametrize(
    ("breakage", "name"),
    [
        ("with_plain_writes", "another text"),
        ("without_the_exchange", "another text"),
        ("with_the_journal_removed_first", "a save"),
        ("without_a_journal", "an edit"),
    ],
)
def test_the_end_of_the_process_is_noticed_without(
    breakage: str, name: str, new_folder: Callable[[], Path]
) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        assert pool.submit(_wrong_ends, name, new_folder(), breakage).result()


def test_a_cut_keeps_what_was_flushed_and_part_of_the_rest() -> None:
    entries: list[Entry] = [Write(0, b"a" * 512), Flush(), Mark("m"), Write(512, b"b" * 1024)]
    image = bytes(2048)
    chance = random.Random(1)

    def after(cut: int, kept: str) -> bytes:
        return power_cuts.after_a_cut(image, entries, cut, kept, chance)[0]

    assert after(1, "nothing") == image
    assert after(2, "nothing").rstrip(b"\0") == b"a" * 512
    assert after(4, "nothing").rstrip(b"\0") == b"a" * 512
    assert after(4, "all").rstrip(b"\0") == b"a" * 512 + b"b" * 1024
    torn = {after(4, "some sectors").count(b"b") for _ in range(40)}
    assert torn == {0, 512, 1024}
    assert {after(4, "some writes").count(b"b") for _ in range(40)} == {0, 1024}


def campaign(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"tests.campaigns.{module}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_real_calls_fail_and_are_the_last() -> None:
    """By strace: the real system calls of the shortest scenario."""
    done = campaign("faults_strace", "12", "", "an edit")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "not met: 0" in done.stdout


@pytest.mark.skipif(not power_disk.possible(), reason="needs root, /dev/fuse and a loop device")
@pytest.mark.parametrize(("breakage", "status"), [("", 0), ("without_fsync", 1)])
def test_the_power_goes_on_a_real_file_system(breakage: str, status: int) -> None:
    done = campaign("power_cuts", "12", "1", *([breakage] if breakage else []))
    assert done.returncode == status, done.stdout + done.stderr
    assert "12 cuts of power" in done.stdout
