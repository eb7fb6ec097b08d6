"""What is done while calls of the system fail: saves of plain texts, and what must hold after each.

A scenario prepares a folder, begins (reads, edits) in the process that is to meet the faults, and
gives the one operation that meets them. Afterwards it says what is wrong, in words.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from vreltui.model import VreltuiError
from vreltui.storage import ChangedOnDisk, SaveError, UnconfirmedError, save
from vreltui.storage.keep import swap

OLD = "# the old text\n" + "x = 1\n" * 20
NEW = "# the new text, with more in it: \u00e9\n" + "x = 22\n" * 40
THEIRS = "# what somebody else wrote\n"
LARGE = "x = 123456789 # and so on\n" * 150_000
TEMPORARY = ".vreltui-"
REFUSED = ("refused", "changed")


@dataclass
class Told:
    """What an operation said: done, refused, changed, unconfirmed or raised; or it was killed.

    ``text`` is what the screen shows then, ``kept`` whether no warning is shown.
    """

    outcome: str = "killed"
    words: str = ""
    text: str = ""
    kept: bool = True

    def record(self) -> dict[str, Any]:
        """As a record for JSON."""
        return asdict(self)


Operation = Callable[[], Told]


def told(action: Callable[[], object]) -> Told:
    """What an action says, with any exception that is not declared as ``raised``."""
    try:
        action()
    except UnconfirmedError as error:
        return Told("unconfirmed", str(error))
    except ChangedOnDisk as error:
        return Told("changed", str(error))
    except VreltuiError as error:
        return Told("refused", str(error))
    except Exception as error:
        return Told("raised", f"{type(error).__name__}: {error}")
    return Told("done")


@dataclass
class Fault:
    """What was done to an operation: a call that failed, or before which the process ended."""

    call: str
    killed: bool = False

    @property
    def may_leave(self) -> bool:
        """Whether a temporary file may stay: nobody was there to remove it, or it can't be."""
        return self.killed or self.call in ("unlink", "unlinkat", "lstat", "newfstatat", "fstat")


@dataclass
class Scenario:
    """Something that is done, by its name."""

    name: str

    def prepare(self, folder: Path) -> None:
        """Make the files that are there before."""
        raise NotImplementedError

    def begin(self, folder: Path) -> Operation:
        """All up to the operation, and the operation."""
        raise NotImplementedError

    def check(self, folder: Path, said: Told, fault: Fault) -> list[str]:
        """What is wrong in the folder after it."""
        raise NotImplementedError


@dataclass
class FileSave(Scenario):
    """A text is saved over another: ``set_up`` arranges the folder, ``names`` what may be in it."""

    before: str | None = OLD
    after: str = NEW
    expected: str | None = OLD
    set_up: Callable[[Path], None] = lambda folder: None
    through: str = "web.toml"
    names: frozenset[str] = frozenset({"web.toml"})
    always: str = ""
    exchanged: bool = True
    surroundings: dict[str, Any] = field(default_factory=dict)

    def prepare(self, folder: Path) -> None:
        if self.before is not None:
            (folder / "web.toml").write_text(self.before)
        self.set_up(folder)
        self.surroundings = _surroundings(folder / "web.toml")

    def begin(self, folder: Path) -> Operation:
        expected = None if self.expected is None else self.expected.encode()
        if not self.exchanged:
            vars(swap)["_renameat2"] = lambda: None
        return lambda: told(lambda: save(folder / self.through, self.after, expected))

    def check(self, folder: Path, said: Told, fault: Fault) -> list[str]:
        wrong = []
        file = folder / "web.toml"
        found = file.read_text() if file.exists() else None
        if found not in (self.before, self.after) or (found == self.after and self.always):
            wrong.append("the file is neither old nor new")
        if said.outcome in ("done", "unconfirmed") and found != self.after:
            wrong.append(f"{said.outcome}, and yet the file is not the new one")
        if said.outcome in REFUSED and found != self.before:
            wrong.append(f"{said.outcome}, and yet the file is not the old one")
        if said.outcome == "raised" or not (said.words.isprintable()):
            wrong.append(f"no declared error: {said.words}")
        if self.always and said.outcome not in ("refused", self.always, "killed"):
            wrong.append(f"{said.outcome} where {self.always} is right")
        if self.before is not None and _surroundings(file) != self.surroundings:
            wrong.append(f"mode, owner, attributes or links differ: {_surroundings(file)}")
        if self.through != "web.toml" and not (folder / self.through).is_symlink():
            wrong.append("the link is gone")
        return wrong + self._left(folder, fault)

    def _left(self, folder: Path, fault: Fault) -> list[str]:
        left = [path for path in folder.iterdir() if path.name not in self.names]
        wrong = [f"{path.name} is left" for path in left if not fault.may_leave]
        if len(left) > 1:
            wrong.append("more than one file is left")
        for path in left:
            text = path.read_bytes()
            whole = self.before is not None and text == self.before.encode()
            if not (whole or self.after.encode().startswith(text)):
                wrong.append("what is left is neither the old text nor a piece of the new one")
            if not path.name.startswith(TEMPORARY):
                wrong.append(f"{path.name} is none of the names that are documented")
        return wrong


def _surroundings(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    state = file.stat()
    attributes = {name: os.getxattr(file, name) for name in os.listxattr(file)}
    return {
        "mode": state.st_mode,
        "owner": (state.st_uid, state.st_gid),
        "links": state.st_nlink,
        "attributes": attributes,
    }


def _link(folder: Path) -> None:
    (folder / "link.toml").symlink_to("web.toml")


def _hard_link(folder: Path) -> None:
    (folder / "other.toml").hardlink_to(folder / "web.toml")


def _owned(folder: Path) -> None:
    file = folder / "web.toml"
    file.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(file, 1234, 5678)
    try:
        os.setxattr(file, "user.origin", b"here")
    except OSError:
        return


SAVES: list[Scenario] = [
    FileSave("a new file", before=None, expected=None),
    FileSave("another text"),
    FileSave("another text, large", after=LARGE),
    FileSave("another text over a large one", before=LARGE, expected=LARGE),
    FileSave(
        "through a symbolic link", set_up=_link, through="link.toml",
        names=frozenset({"web.toml", "link.toml"}),
    ),
    FileSave("a file with owner, mode and attributes", set_up=_owned),
    FileSave(
        "a file with two names", set_up=_hard_link, always="refused",
        names=frozenset({"web.toml", "other.toml"}),
    ),
    FileSave("a file that others changed", before=THEIRS, always="changed"),
    FileSave("a file where there should be none", before=THEIRS, expected=None, always="changed"),
    FileSave("a new file, without exchange", before=None, expected=None, exchanged=False),
    FileSave("another text, without exchange", exchanged=False),
]  # fmt: skip
"""Saves of plain texts."""

__all__ = ["SAVES", "Fault", "Operation", "SaveError", "Scenario", "Told", "told"]
