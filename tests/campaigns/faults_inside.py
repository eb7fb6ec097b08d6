"""Faults put into the calls of this very process: fast, and without strace.

Every function of the system that a save or a journal calls is counted. One call fails with an
error, or the process "ends" before it: from there on nothing that is called has an effect.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.campaigns.faults_scenarios import Fault, Scenario, Told
from vreltui.storage.keep import journal, swap

CALLS = (
    "open", "read", "pread", "write", "pwrite", "close", "stat", "lstat", "fstat", "access",
    "fsync", "fdatasync", "fchmod", "fchown", "listxattr", "getxattr", "setxattr", "removexattr",
    "replace", "unlink", "mkdir", "ftruncate", "sync", "chmod",
)  # fmt: skip
RENAME = "renameat2"


class _Ended(BaseException):
    """The process is no more."""


class Faulty:
    """The system's functions, of which the call number ``nth`` (from 0) fails, or ends it all."""

    def __init__(self, nth: int = -1, code: int | None = None) -> None:
        self.nth = nth
        self.code = code
        self.calls: list[str] = []
        self.active = False
        self.ended = False
        self.descriptors: set[int] = set()

    def _meet(self, name: str) -> None:
        """Count a call, and raise where it is the one."""
        if not self.active:
            return
        if self.ended:
            raise _Ended
        self.calls.append(name)
        if len(self.calls) - 1 == self.nth:
            if self.code is None:
                self.ended = True
                raise _Ended
            raise OSError(self.code, os.strerror(self.code))

    def wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """A function that fails when its turn has come."""

        def call(*arguments: Any, **options: Any) -> Any:
            self._meet(name)
            result = real(*arguments, **options)
            if name == "open":
                self.descriptors.add(result)
            if name == "close":
                self.descriptors.discard(arguments[0])
            return result

        return call

    def rename(self) -> Any:
        """The function behind exchange and rename, which reports errors in its own way."""
        real = self._rename()
        if real is None:
            return None

        def call(*arguments: Any) -> int:
            import ctypes

            try:
                self._meet(RENAME)
            except OSError as error:
                ctypes.set_errno(error.errno or 0)
                return -1
            return int(real(*arguments))

        return call

    @contextmanager
    def installed(self) -> Iterator[None]:
        """All of it in place of the real functions; afterwards every descriptor is closed."""
        kept = {name: getattr(os, name) for name in CALLS}
        flock, self._rename = fcntl.flock, swap._renameat2
        sizes = {name: vars(journal)[name] for name in ("_COMPACT_AT", "_COMPACT_TIMES")}
        for name, real in kept.items():
            setattr(os, name, self.wrapped(name, real))
        vars(fcntl)["flock"] = self.wrapped("flock", flock)
        vars(swap)["_renameat2"] = self.rename
        try:
            yield
        finally:
            for name, real in kept.items():
                setattr(os, name, real)
            vars(fcntl)["flock"], vars(swap)["_renameat2"] = flock, self._rename
            vars(journal).update(sizes)
            for descriptor in self.descriptors:
                with suppress(OSError):
                    os.close(descriptor)


def run(scenario: Scenario, folder: Path, faulty: Faulty) -> list[str]:
    """What is wrong after the operation has met the fault."""
    scenario.prepare(folder)
    said = Told()
    with faulty.installed():
        operation = scenario.begin(folder)
        faulty.active = True
        with suppress(_Ended):
            said = operation()
        faulty.active = False
    if faulty.ended:
        said = Told()
    call = faulty.calls[faulty.nth] if 0 <= faulty.nth < len(faulty.calls) else ""
    return scenario.check(folder, said, Fault(call, faulty.ended))
