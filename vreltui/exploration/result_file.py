"""The file of a search: the parts that were answered, so that it can go on where it was stopped.

It is a database of SQLite with two tables. What it says of a part names variants and no figures,
which are found again. It may come from anybody, so it is looked at before anything is believed: its
shape, its size, and that every variant it names is there.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from vreltui import __version__
from vreltui.exploration.question import Question
from vreltui.exploration.search_families import Proving
from vreltui.exploration.tasks import Task, Work, decided
from vreltui.model import VreltuiError

FORMAT = "vreltui exploration 2"

MOST_BYTES = 4 << 30
"""A larger file is none of ours."""

MOST_TEXT = 256 << 20
"""The longest text of one part."""

EVERY = 1.0
"""Seconds after which what was answered is on the disk."""

_TABLES = {
    "said": "CREATE TABLE said (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "parts": (
        "CREATE TABLE parts (key TEXT PRIMARY KEY, result TEXT NOT NULL, seal TEXT NOT NULL) "
        "WITHOUT ROWID"
    ),
}


def about(
    question: Question, text: str, settings: Sequence[str] = (), *, robust: bool = False
) -> dict[str, str]:
    """What a file is about: the version, the design's text, and the question."""
    asked = json.dumps([question.words, list(settings), robust])
    return {"version": __version__, "design": text, "question": asked}


class ResultFileError(VreltuiError):
    """A result file can't be written, or can't be used; the text says why and what is right."""


class ResultFile:
    """An open result file. ``said`` names what it is about: the design, the question, the version.

    Made by :meth:`created` or :meth:`resumed`.
    """

    def __init__(self, path: str, database: sqlite3.Connection, said: Mapping[str, str]) -> None:
        self.path = path
        self._said = dict(said)
        self._database = database
        self._committed = time.monotonic()

    @classmethod
    def created(cls, path: str, said: Mapping[str, str]) -> ResultFile:
        """A new file. Raises :class:`ResultFileError` where there is one, or none can be."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
        except FileExistsError:
            right = f"--resume {path} goes on with it; or choose another name"
            raise ResultFileError(f"{path} exists; {right}") from None
        except OSError as error:
            raise ResultFileError(f"{path} can't be written: {error.strerror}") from None
        database = _opened(path, "rw")
        with _told(path):
            for statement in _TABLES.values():
                database.execute(statement)
            rows = {"format": FORMAT, **said}.items()
            database.executemany("INSERT INTO said VALUES (?, ?)", rows)
            database.commit()
        return cls(path, database, said)

    @classmethod
    def resumed(cls, path: str, said: Mapping[str, str]) -> ResultFile:
        """A file that was left. Raises :class:`ResultFileError` where it is about another thing."""
        if not Path(path).is_file():
            raise ResultFileError(f"{path} is no file; -o {path} begins one")
        if Path(path).stat().st_size > MOST_BYTES:
            raise ResultFileError(f"{path} is larger than any result file")
        with _told(path), closing(_opened(path, "ro")) as database:
            _refuse_another(path, database, said)
        return cls(path, _opened(path, "rw"), said)

    def kept(self, key: str) -> Any:
        """What a part came to; None where that is not known."""
        with _told(self.path):
            row = self._database.execute("SELECT result, seal FROM parts WHERE key = ?", (key,))
            found = row.fetchone()
        if found is None:
            return None
        try:
            if found[1] != self._seal(key, found[0]):
                raise self.damaged()
            known = json.loads(found[0])
        except (AttributeError, TypeError, ValueError, RecursionError):
            raise self.damaged() from None
        if known is None:
            raise self.damaged()
        return known

    def keep(self, key: str, result: Any) -> None:
        """Keep what a part came to; it is on the disk within a second or so."""
        with _told(self.path):
            text = json.dumps(result, separators=(",", ":"))
            row = key, text, self._seal(key, text)
            self._database.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", row)
            if time.monotonic() - self._committed > EVERY:
                self.commit()

    def _seal(self, key: str, text: str) -> str:
        """What tells that a part stands as it was kept, for this design and this question.

        No signature: whoever means to can make another one.
        """
        words = [key, text, *(f"{name} {value}" for name, value in sorted(self._said.items()))]
        return blake2b("\0".join(words).encode(), digest_size=16).hexdigest()

    def commit(self) -> None:
        """Have all that was kept on the disk."""
        self._database.commit()
        self._committed = time.monotonic()

    def damaged(self) -> ResultFileError:
        """The error that the file says what can't be."""
        return ResultFileError(f"{self.path} is damaged, or was not written by vreltui")

    def close(self) -> None:
        """Have all on the disk, and let go of the file."""
        with _told(self.path):
            self.commit()
            self._database.close()


class Kept:
    """Answers parts out of a file where it has them, and keeps what others answer.

    ``about`` tells apart several questions that one file is about.
    """

    def __init__(self, file: ResultFile, proving: Proving, work: Work, about: str = "") -> None:
        self._about = about
        self._file = file
        self._proving = proving
        self._work = work

    def each(self, tasks: Sequence[Task]) -> Iterator[Any]:
        """What each comes to, in the order of the tasks. Raises :class:`Undecided`."""
        known = [self._sound(task) for task in tasks]
        missing = [task for task, found in zip(tasks, known, strict=True) if found is None]
        rest = iter(self._work.each(missing))
        for task, before in zip(tasks, known, strict=True):
            found = before
            if before is None:
                found = next(rest)
                self._file.keep(self._about + task.key, found)
            yield decided(found)

    def _sound(self, task: Task) -> Any:
        found = self._file.kept(self._about + task.key)
        if found is not None and not task.is_sound(found, self._proving):
            raise self._file.damaged()
        return found


def _opened(path: str, mode: str) -> sqlite3.Connection:
    """A database that runs nothing out of the file."""
    uri = f"{Path(path).absolute().as_uri()}?mode={mode}"
    try:
        database = sqlite3.connect(uri, uri=True, isolation_level="DEFERRED")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_TEXT)
        database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
            database.execute(f"PRAGMA {pragma}")
    except sqlite3.Error as error:
        raise ResultFileError(f"{path} can't be opened: {error}") from None
    return database


def _refuse_another(path: str, database: sqlite3.Connection, said: Mapping[str, str]) -> None:
    """Raise :class:`ResultFileError` for a file of another shape, design, question or version."""
    tables = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    if tables != _TABLES:
        raise ResultFileError(f"{path} is no result file of vreltui")
    if list(database.execute("PRAGMA quick_check")) != [("ok",)]:
        raise ResultFileError(f"{path} is damaged; begin again with -o")
    found = dict(database.execute("SELECT name, value FROM said LIMIT 100"))
    if found.pop("format", None) != FORMAT:
        raise ResultFileError(f"{path} is no result file of vreltui")
    for name, value in said.items():
        if found.get(name) != value:
            what = f"{path} is about another {name}"
            if name == "version":
                what = f"{path} was written by vreltui {found.get(name)!s:.40}, and this is {value}"
            elif name == "question":
                what += f": {found.get(name)!s:.300}"
            raise ResultFileError(f"{what}; begin another file with -o")


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Inside, an error of the database is one of the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise ResultFileError(f"{path} can't be used: {error}") from None
