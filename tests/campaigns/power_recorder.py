"""The calls of a session, as the events of which a loss of power may take some."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.campaigns.power_model import FOLDER, Data, Disk, Event, Names, Said, Synced
from vreltui.storage.keep import swap

_EXCHANGE = 2


class Recorder:
    """What is done below ``top``, as events, and what was there at the beginning."""

    def __init__(self, top: Path) -> None:
        self.top = str(top)
        self.start = Disk()
        self.events: list[Event] = []
        self._numbers: dict[str, int] = {}
        self._open: dict[int, str | int] = {}
        self._count = 0
        for path in sorted(top.rglob("*")):
            if path.is_dir():
                self.start.folders.add(str(path))
            else:
                number = self._new(str(path))
                self.start.files[number] = path.read_bytes()
                self.start.names[str(path)] = number

    def say(self, what: Any) -> None:
        """An operation has returned."""
        self.events.append(Said(what))

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Record what is called meanwhile."""
        notes: dict[str, Callable[..., None]] = {
            "open": self._opened, "write": self._written, "pwrite": self._written_at,
            "ftruncate": self._cut, "fsync": self._synced, "fdatasync": self._synced,
            "replace": self._replaced, "unlink": self._unlinked, "mkdir": self._made,
        }  # fmt: skip
        real = {name: getattr(os, name) for name in notes}
        rename = swap._renameat2
        for name, function in real.items():
            setattr(os, name, _followed(function, notes[name]))
        vars(swap)["_renameat2"] = lambda: _followed(_there(rename()), self._renamed)
        try:
            yield
        finally:
            for name, function in real.items():
                setattr(os, name, function)
            vars(swap)["_renameat2"] = rename

    def _is_elsewhere(self, name: str) -> bool:
        """Whether a file is none that something is promised of: locks and the list of late ones."""
        return not name.startswith(self.top) or "/locks" in name or "recent.json" in name

    def _new(self, path: str) -> int:
        self._count += 1
        self._numbers[path] = self._count
        return self._count

    def _name(self, *names: tuple[str, int | None]) -> None:
        """Names lead elsewhere from now on."""
        if self._is_elsewhere(names[0][0]):
            return
        for name, number in names:
            if number is None:
                self._numbers.pop(name, None)
            elif number != FOLDER:
                self._numbers[name] = number
        self.events.append(Names(str(Path(names[0][0]).parent), names))

    def _opened(self, descriptor: int, path: Any, flags: int, *_: Any) -> None:
        name = os.fsdecode(path)
        self._open.pop(descriptor, None)
        if self._is_elsewhere(name):
            return
        if Path(name).is_dir():
            self._open[descriptor] = name
            return
        if name not in self._numbers:
            self._name((name, self._new(name)))
        elif flags & os.O_TRUNC:
            self.events.append(Data(self._numbers[name], 0, b""))
        self._open[descriptor] = self._numbers[name]

    def _written(self, count: int, descriptor: int, data: Any) -> None:
        at = os.lseek(descriptor, 0, os.SEEK_CUR) - count if descriptor in self._open else 0
        self._written_at(count, descriptor, data, at)

    def _written_at(self, count: int, descriptor: int, data: Any, at: int) -> None:
        file = self._open.get(descriptor)
        if isinstance(file, int):
            self.events.append(Data(file, at, bytes(data[:count])))

    def _cut(self, _: None, descriptor: int, length: int) -> None:
        file = self._open.get(descriptor)
        if isinstance(file, int):
            self.events.append(Data(file, length, b""))

    def _synced(self, _: None, descriptor: int) -> None:
        if descriptor in self._open:
            self.events.append(Synced(self._open[descriptor]))

    def _replaced(self, _: None, old: Any, new: Any) -> None:
        before, after = os.fsdecode(old), os.fsdecode(new)
        self._name((after, self._numbers.get(before)), (before, None))

    def _renamed(self, status: int, _: int, old: bytes, __: int, new: bytes, flags: int) -> None:
        before, after = os.fsdecode(old), os.fsdecode(new)
        if status != 0:
            return
        if flags == _EXCHANGE:
            self._name((after, self._numbers.get(before)), (before, self._numbers.get(after)))
        else:
            self._replaced(None, old, new)

    def _unlinked(self, _: None, path: Any) -> None:
        self._name((os.fsdecode(path), None))

    def _made(self, _: None, path: Any, *__: Any) -> None:
        self._name((os.fsdecode(path), FOLDER))


def _there(rename: Callable[..., int] | None) -> Callable[..., int]:
    assert rename is not None, "this system can't exchange files"
    return rename


def _followed(real: Callable[..., Any], note: Callable[..., None]) -> Callable[..., Any]:
    """A function after which is noted what it did."""

    def call(*arguments: Any, **options: Any) -> Any:
        result = real(*arguments, **options)
        note(result, *arguments)
        return result

    return call
