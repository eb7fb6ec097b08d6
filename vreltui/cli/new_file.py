"""Files that a command writes: new ones alone, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable

from vreltui.model import VreltuiError


class CannotWriteError(VreltuiError):
    """The new file could not be written; the text says why, and what would be right."""


def write_new(file: str, text: str) -> None:
    """Write a file that does not exist. Raises :class:`CannotWriteError`."""
    _write(file, text, None)


def write_again(file: str, text: str, is_ours: Callable[[bytes], bool]) -> None:
    """Write a file that does not exist, or that was written by this program before.

    Raises :class:`CannotWriteError`.
    """
    from vreltui.storage.reading import load

    try:
        present = load(file)
    except OSError:  # it is not there, or the attempt to write says what is
        present = None
    if present is not None and not is_ours(present):
        raise CannotWriteError(f"{file} is there already, and something else; move it away")
    if present != text.encode("utf-8"):
        _write(file, text, present)


def _write(file: str, text: str, expected: bytes | None) -> None:
    from vreltui.storage import ChangedOnDisk, SaveError, save

    try:
        save(file, text, expected)
    except ChangedOnDisk:
        raise CannotWriteError(f"{file} exists; choose another name") from None
    except SaveError as error:
        raise CannotWriteError(f"{file} can't be written: {error.why}") from None
