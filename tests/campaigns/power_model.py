"""Every state that a loss of power may leave, by the rules of fsync alone; no disk is needed.

The calls of a session are recorded. At any moment a file's data is certain up to its last fsync,
and a folder's names are certain up to the folder's last fsync. What came later may be there or
not, each change for itself, even a later one without an earlier; a write may also be there by
half, or as zeros. Common file systems promise more, so what holds here holds there.
"""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = -1
_MOST_OF_A_MOMENT = 64


@dataclass(frozen=True)
class Data:
    """Bytes written to a file at a place; no bytes set its length to the place."""

    file: int
    at: int
    data: bytes


@dataclass(frozen=True)
class Names:
    """Names that change in one step: each then leads to a file, to :data:`FOLDER`, or to none."""

    folder: str
    names: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Synced:
    """An fsync of a file, by number, or of a folder, by path."""

    what: int | str


@dataclass(frozen=True)
class Said:
    """What was true when an operation had returned."""

    what: Any


Event = Data | Names | Synced | Said


@dataclass
class Disk:
    """What is on a disk: numbered files, the names that lead to them, and folders."""

    files: dict[int, bytes] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)

    def copy(self) -> Disk:
        """Another of the same content."""
        return Disk(dict(self.files), dict(self.names), set(self.folders))

    def apply(self, event: Event) -> None:
        """Let it happen."""
        if isinstance(event, Data):
            old = self.files.get(event.file, b"")
            if not event.data:
                self.files[event.file] = old[: event.at].ljust(event.at, b"\0")
                return
            head = old[: event.at].ljust(event.at, b"\0")
            self.files[event.file] = head + event.data + old[event.at + len(event.data) :]
        elif isinstance(event, Names):
            for name, file in event.names:
                if file is None:
                    self.names.pop(name, None)
                elif file == FOLDER:
                    self.folders.add(name)
                else:
                    self.names[name] = file

    def key(self) -> tuple[Any, ...]:
        """Equal for disks that a person can't tell apart."""
        seen = {name: self.files.get(file, b"") for name, file in self.names.items()}
        return (tuple(sorted(seen.items())), tuple(sorted(self.folders)))

    def write(self, top: Path) -> None:
        """Make it real below ``top``, which is emptied."""
        shutil.rmtree(top)
        top.mkdir()
        for folder in sorted(self.folders, key=len):
            if Path(folder).parent.is_dir():  # one whose folder was lost is lost with it
                Path(folder).mkdir(mode=0o700, exist_ok=True)
        for name, file in self.names.items():
            if Path(name).parent.is_dir():
                Path(name).write_bytes(self.files.get(file, b""))
                Path(name).chmod(0o600)


def moments(start: Disk, events: list[Event], seed: int = 1) -> Iterator[tuple[int, Disk]]:
    """Every state that a cut may leave, each with how many events there had been; none twice.

    Of a moment with very many states some are drawn by chance.
    """
    chance = random.Random(seed)
    certain, pending = start.copy(), list[Event]()
    for number in range(len(events) + 1):
        seen = set()
        for disk in _after(certain, pending, chance):
            key = disk.key()
            if key not in seen:
                seen.add(key)
                yield number, disk
        if number == len(events):
            return
        event = events[number]
        if isinstance(event, Synced):
            for covered in [change for change in pending if _covers(event, change)]:
                certain.apply(covered)
            pending = [change for change in pending if not _covers(event, change)]
        elif isinstance(event, Data | Names):
            pending.append(event)


def _covers(synced: Synced, event: Event) -> bool:
    if isinstance(event, Data):
        return event.file == synced.what
    return isinstance(event, Names) and event.folder == synced.what


def _after(certain: Disk, pending: list[Event], chance: random.Random) -> Iterator[Disk]:
    """The certain state with any part of what is pending."""
    ways = [list(_variants(event)) for event in pending]
    count = 1
    for variants in ways:
        count *= len(variants)
    picks: Iterator[tuple[Event | None, ...]]
    if count <= _MOST_OF_A_MOMENT:
        picks = itertools.product(*ways)
    else:
        drawn = [tuple(map(chance.choice, ways)) for _ in range(_MOST_OF_A_MOMENT - 2)]
        picks = iter([tuple(pending), (None,) * len(pending), *drawn])
    for pick in picks:
        disk = certain.copy()
        for event in pick:
            if event is not None:
                disk.apply(event)
        yield disk


def _variants(event: Event) -> Iterator[Event | None]:
    """What may be left of a change: all, nothing, half of it, zeros."""
    yield event
    yield None
    if isinstance(event, Data) and event.data:
        yield Data(event.file, event.at, event.data[: len(event.data) // 2] or b"\0")
        yield Data(event.file, event.at, bytes(len(event.data)))
