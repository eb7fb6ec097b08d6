"""Files that a command writes: new ones alone, whole or not at all."""

from __future__ import annotations

from vreltui.model import VreltuiError


class CannotWriteError(VreltuiError):
    """The new file could not be written; the text says why, and what would be right."""


def write_new(file: str, text: str) -> None:
    """Write a file that does not exist. Raises :class:`CannotWriteError`."""
    from vreltui.storage import ChangedOnDisk, SaveError, save

    try:
        save(file, text, None)
    except ChangedOnDisk:
        raise CannotWriteError(f"{file} exists; choose another name") from None
    except SaveError as error:
        raise CannotWriteError(f"{file} can't be written: {error.why}") from None
