"""What is no regular file on a disk is refused at once, on every way in and out."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import hostile
from vreltui.model import Probability
from vreltui.model.edits import set_value
from vreltui.storage import FileError, SaveError, read, save
from vreltui.storage.keep import locations
from vreltui.storage.keep.locations import state_folder, state_subfolder
from vreltui.storage.keep.lock import key_of
from vreltui.storage.keep.recent import recent, remember
from vreltui.storage.templates import templates
from vreltui.workbench import Change, configuration, open_design, recent_files, unsaved_designs

KINDS = ("pipe", "folder", "device", "kernel", "link to a pipe", "link to a device", "circle")


def make(kind: str, path: Path) -> None:
    """Put something that is no file of a design where one is expected."""
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "device":
            path.symlink_to("/dev/zero")
        case "kernel":
            path.symlink_to("/proc/self/environ")
        case "link to a pipe":
            pipe = path.with_name(f"{path.name}.pipe")
            os.mkfifo(pipe)
            path.symlink_to(pipe.name)
        case "link to a device":
            path.symlink_to("/dev/tty")
        case "circle":
            path.symlink_to(path.name)
        case _:
            raise ValueError(kind)


@pytest.fixture(autouse=True)
def never_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Who waits for the other end of a pipe is woken, and fails."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))

    def woken(number: int, frame: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, woken)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "design.toml"
    make(request.param, path)
    return path


@pytest.fixture
def design(tmp_path: Path) -> Path:
    path = tmp_path / "good.toml"
    path.write_bytes(hostile.WEB.read_bytes())
    return path


def test_it_is_not_read(place: Path) -> None:
    with pytest.raises(FileError):
        read(place)
    with pytest.raises(FileError):
        open_design(place)


def test_it_is_not_saved_to(place: Path, design: Path) -> None:
    kind = os.lstat(place).st_mode
    for expected in (None, b"", b"a"):
        with pytest.raises(SaveError):
            save(place, "vreltui = 1\n", expected)
    bench = open_design(design)
    try:
        for replace in (False, True):
            with pytest.raises(SaveError):
                bench.save_as(place, replace=replace)
        assert bench.path == design
        assert os.lstat(place).st_mode == kind
        assert not list(place.parent.glob(".*"))
    finally:
        bench.close()


def test_it_takes_the_place_of_an_open_design(place: Path, design: Path) -> None:
    bench = open_design(design)
    bench.apply(Change("edit", set_value(bench.design, "R_V", Probability.of("0.997"))))
    design.unlink()
    place.rename(design)
    try:
        with pytest.raises(SaveError):
            bench.save()
        with pytest.raises(FileError):
            bench.reload()
        assert bench.dirty
    finally:
        bench.close()


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_the_place_of_a_journal_or_a_lock(kind: str, design: Path) -> None:
    for folder, suffix in (("journals", ".journal"), ("locks", ".lock")):
        path = state_subfolder(folder) / f"{key_of(design)}{suffix}"
        make(kind, path)
    make(kind, state_subfolder("journals") / "new-0123456789abcdef.journal")
    bench = open_design(design)
    assert bench.recovered is None
    bench.apply(Change("edit", set_value(bench.design, "R_V", Probability.of("0.997"))))
    bench.save()
    bench.close()
    assert "0.997" in design.read_text()
    assert unsaved_designs() == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_the_place_of_the_configuration(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    make(kind, path)
    found = configuration(path)
    assert found.keys["help"]
    assert found.ascii is None


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_the_place_of_the_recent_designs(kind: str, design: Path) -> None:
    make(kind, state_subfolder("") / "recent.json")
    assert recent() == []
    remember(design, "title")
    assert len(recent()) == (1 if kind == "pipe" else 0)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_among_the_recent_designs_and_the_templates(
    kind: str, design: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(design, "title")
    design.unlink()
    make(kind, design)
    for entry in recent_files():
        with pytest.raises(FileError):
            open_design(entry.path)
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    make(kind, shipped / "one.toml")
    monkeypatch.setattr(locations, "_PACKAGE", tmp_path)
    monkeypatch.setattr(
        "vreltui.storage.templates.shipped_designs", lambda: sorted(shipped.glob("*.toml"))
    )
    assert [template.name for template in templates()] == [
        "blank", "one-host", "n-vms", "vote", "failover-pair", "zones"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "name", "size"),
    [("", "recent.json", 2_000_000), ("journals", "KEY.journal", 200_000_000)],
)
def test_what_is_too_large_is_not_read(folder: str, name: str, size: int, design: Path) -> None:
    path = state_subfolder(folder) / name.replace("KEY", key_of(design))
    with path.open("wb") as file:
        file.truncate(size)
    bench = open_design(design)
    assert bench.recovered is None
    bench.close()
    assert state_folder().is_dir()


@pytest.mark.parametrize("size", [10_000_001, 1 << 40])
def test_a_design_that_is_too_large_is_not_read(size: int, tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    with path.open("wb") as file:
        file.truncate(size)
    with pytest.raises(FileError, match="more than 10 MB"):
        read(path)
