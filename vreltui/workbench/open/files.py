"""The file behind an open design: its lock, its journal, and what is known to be on the disk."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path

from vreltui.model import VreltuiError
from vreltui.storage import Document, FileError, SaveError, UnconfirmedError, parse, read, save
from vreltui.storage.keep import journal as journals
from vreltui.storage.keep.journal import Journal, Recovered
from vreltui.storage.keep.leftovers import sweep
from vreltui.storage.keep.locations import state_folder
from vreltui.storage.keep.lock import Lock, LockedError, key_of, lock_all, lock_keys
from vreltui.storage.keep.private import foreign
from vreltui.storage.reading import read_bytes

_MOST_SWEPT = 1_000
NOT_KEPT = "edits are not kept for a crash"


class File:
    """Where a design is kept. ``path`` is None until it is saved for the first time.

    ``disk`` holds the bytes that are on the disk as far as this program knows, ``locked`` the
    reason why the design can't be edited here, ``warnings`` what can't be kept safe and why,
    ``left_alone`` what in the state folder is not the user's own.
    """

    def __init__(self, path: Path | None, disk: bytes | None, key: str | None = None) -> None:
        self.path = path
        self.disk = disk
        self.locked = ""
        self.warnings: list[str] = []
        self.key = key or (journals.new_key() if path is None else key_of(path))
        self.left_alone = foreign(state_folder())
        self._locks: list[Lock] = []
        self._stamp: tuple[int, int, int] | None = None
        self._journal = Journal(self.key, path)
        self._take_lock()

    def _take_lock(self) -> None:
        self.locked = ""
        try:
            self._locks = lock_all(lock_keys(self.key, self.path))
        except LockedError as error:
            self.locked = str(error)
        except (OSError, ImportError) as error:
            self._warn("other programs are not kept from this design", error)

    def retake(self) -> bool:
        """Take over the lock that another process held; whether the design can be edited now."""
        if self.locked:
            self._take_lock()
        return not self.locked

    def _warn(self, what: str, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        text = f"{what}: {reason}"
        if text not in self.warnings:
            self.warnings.append(text)

    def record(self, before: str, after: str, label: str, move: str = "") -> None:
        """Put an edit on the disk. What fails is a warning: the edit itself stands."""
        self._kept(lambda: self._journal.record(before, after, label, move))

    def resume(self, recovered: Recovered, present: str) -> None:
        """Keep the edits of a process that ended, which replace the text ``present``."""
        self._kept(lambda: self._journal.resume(recovered, present))

    def _kept(self, write: Callable[[], None]) -> None:
        """Write to the journal; the warning that it can't be is there for as long as that is so."""
        self._journal.beside = self.disk
        try:
            write()
        except OSError as error:
            self._warn(NOT_KEPT, error)
        else:
            self.warnings[:] = [text for text in self.warnings if not text.startswith(NOT_KEPT)]

    def recovered(self, text: str) -> Recovered | None:
        """What a process that ended without saving left behind, when it differs from ``text``."""
        if self.locked:
            return None
        found = journals.recover_key(self.key)
        if self.path is not None and self._locks:
            # What a save left is the newest text, or one shortly before.
            before = islice(found.texts(), _MOST_SWEPT) if found is not None else ()
            bases = [found.base] if found is not None else []
            sweep(self.path, chain([text], bases, before))
        return found if found is not None and found.text != text else None

    def declined(self) -> Recovered | None:
        """The edits that were offered and not wanted last."""
        return None if self.locked else journals.recover_declined(self.key)

    def decline(self) -> None:
        """Set aside what :meth:`recovered` found."""
        try:
            journals.set_aside(self.key)
        except OSError as error:
            self._warn("what a crash left is not set aside", error)

    def changed_on_disk(self) -> bool:
        """Whether the file on the disk is not what was read or saved last."""
        return self.path is not None and self._present() != self.disk

    def has_news(self) -> bool:
        """Whether the file is another than when this was asked last, and than what is known.

        It is read only where its time or its size is another.
        """
        if self.path is None:
            return False
        try:
            found = self.path.stat()
        except OSError:
            return False
        stamp = found.st_mtime_ns, found.st_size, found.st_ino
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        return self.changed_on_disk()

    def _present(self) -> bytes | None:
        assert self.path is not None
        try:
            return read_bytes(str(self.path))
        except FileError:
            return None

    def reread(self) -> Document:
        """The document on the disk now. Raises :class:`FileError`."""
        if self.path is None:
            raise SaveError("new design", "it has no file yet")
        document = read(self.path)
        self.disk = document.text.encode("utf-8")
        return document

    def save(self, text: str, *, overwrite: bool = False, undecided: bool = False) -> None:
        """Save to the file, and forget the journal. Raises :class:`SaveError`.

        ``undecided`` says that the journal still holds what nobody took; it is set aside.
        """
        if self.path is None:
            raise SaveError("new design", "it has no file yet", "save it under a name")
        expected = self._present() if overwrite else self.disk
        try:
            self.disk = save(self.path, text, expected)
        except UnconfirmedError:
            # It may not be on the disk yet, so the journal stays until a save that is.
            self.disk = text.encode("utf-8")
            raise
        if undecided:
            self.decline()
        self._journal.clear()

    def save_as(
        self, path: Path, text: str, *, replace: bool = False, undecided: bool = False
    ) -> File:
        """Save to another file, which is then the design's. Raises :class:`SaveError`.

        ``replace`` says that a file of that name may go, ``undecided`` that the journal of the
        present one has to stay, for its next opening.
        """
        new = File(path, None)
        try:
            if new.locked:
                raise SaveError(str(path), new.locked)
            if replace and path.exists():
                new.disk = new._present()
            new.save(text, undecided=True)
        except VreltuiError:
            new.close(keep=True)
            raise
        self.close(keep=undecided or bool(self.locked))
        return new

    def close(self, *, keep: bool) -> None:
        """End: free the lock; the journal goes too, unless ``keep`` or it is not ours."""
        if keep or self.locked:
            self._journal.close()
        else:
            self._journal.clear()
        while self._locks:
            self._locks.pop().release()


def offer(recovered: Recovered, document: Document) -> str:
    """What a journal gives back, in words for the question whether to take it."""
    edits = "1 edit" if recovered.edits == 1 else f"{recovered.edits} edits"
    words = f"{edits} not saved, the last on {recovered.when:%Y-%m-%d at %H:%M}"
    if not recovered.fits(document.text):
        words += "; the file has changed since"
    if recovered.damaged:
        words += "; the end of the journal is damaged"
    try:
        parse(recovered.text, document.file)
    except FileError as error:
        words += f"; it can't be used: {error}"
    return words
