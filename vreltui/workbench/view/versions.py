"""What an open design means otherwise than before: than its file, or than a revision of it."""

from __future__ import annotations

from dataclasses import dataclass

from vreltui.analysis.comparing import all_changes
from vreltui.analysis.difference import difference
from vreltui.storage import FileError, parse
from vreltui.wording.differences import Compared
from vreltui.wording.differences_text import lines


@dataclass(frozen=True)
class Versions:
    """Two texts of a design, each with what it is called, and the seconds to compare them in."""

    old: str
    old_name: str
    new: str
    new_name: str
    seconds: float


def compared(versions: Versions) -> list[str]:
    """What changed in meaning, as `vreltui diff` says it, or why that can't be said."""
    try:
        old = parse(versions.old, versions.old_name)
        new = parse(versions.new, versions.new_name)
    except FileError as error:
        return error.lines()
    found = difference(old.design, new.design)
    choices, alone = all_changes(found, versions.seconds)
    return lines(Compared(old.file, new.file, found, choices, alone), _plain)


def _plain(text: str, *styles: str) -> str:
    del styles
    return text
