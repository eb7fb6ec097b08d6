"""What differs between two texts of a design, as lines for the screen, in bounded number."""

from __future__ import annotations

import difflib

from vreltui.model import shown
from vreltui.storage import FileError
from vreltui.storage.keep.journal import Recovered
from vreltui.storage.reading import read_bytes
from vreltui.workbench.open.open_design import Workbench

MOST_LINES = 400
"""The most lines of a difference that are shown; how many more there are is said."""

MOST_COMPARED = 800
"""The most lines of each text that are matched with each other: matching is quadratic."""

_CONTEXT = 3
_MOST_CHARACTERS = 300


def difference(before: str, after: str, before_name: str, after_name: str) -> list[str]:
    r"""A unified difference, harmless to a terminal and bounded in length.

    >>> difference("a\nb\n", "a\nc\n", "theirs", "mine")
    ['--- theirs', '+++ mine', '@@ -1,2 +1,2 @@', ' a', '-b', '+c']
    """
    if before == after:
        return []
    one, two = before.split("\n"), after.split("\n")
    if one[-1] == two[-1] == "":
        del one[-1], two[-1]
    if max(len(one), len(two)) > MOST_COMPARED:
        lines = _plainly(one, two)
    else:
        lines = list(difflib.unified_diff(one, two, lineterm="", n=_CONTEXT))[2:]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [f"... and {len(lines) - MOST_LINES} lines more"]
    clean = [shown(text.expandtabs(4), _MOST_CHARACTERS) for text in lines]
    return [f"--- {shown(before_name)}", f"+++ {shown(after_name)}", *clean]


def _plainly(one: list[str], two: list[str]) -> list[str]:
    """The stretch that both do not begin and end with alike, matched where it is short."""
    start, most = 0, min(len(one), len(two))
    while start < most and one[start] == two[start]:
        start += 1
    end = 0
    while end < most - start and one[-1 - end] == two[-1 - end]:
        end += 1
    first = max(0, start - _CONTEXT)
    last_one = min(len(one), len(one) - end + _CONTEXT)
    last_two = min(len(two), len(two) - end + _CONTEXT)
    piece_one, piece_two = one[first:last_one], two[first:last_two]
    if max(len(piece_one), len(piece_two)) <= MOST_COMPARED:
        found = list(difflib.unified_diff(piece_one, piece_two, lineterm="", n=_CONTEXT))[2:]
        return [f"from line {first + 1}:", *found]
    removed = [f"-{text}" for text in one[start : len(one) - end]]
    added = [f"+{text}" for text in two[start : len(two) - end]]
    half = MOST_LINES // 2
    cut = [f"... and {len(added) - half} lines more"] if len(added) > half else []
    if len(removed) > half - 2:
        removed[half - 2 :] = [f"... and {len(removed) - half + 2} lines more"]
    return [f"from line {start + 1}:", *removed, *added[: half - 2], *cut]


def on_disk(bench: Workbench) -> bytes | None:
    """The bytes of the design's file now; None when there is none that can be read."""
    if bench.path is None:
        return None
    try:
        return read_bytes(str(bench.path))
    except FileError:
        return None


def conflict(bench: Workbench, disk: bytes | None) -> list[str]:
    """What differs between the file, as :func:`on_disk` read it, and the open design."""
    if disk is None:
        return [f"{shown(bench.name)} is gone from the disk, or can't be read there any more"]
    name = f"theirs: {bench.name} on the disk"
    theirs = disk.decode("utf-8", "replace")
    return difference(theirs, bench.document.text, name, "mine: on this screen") or [
        "nothing differs: the file holds what is on this screen"
    ]


def recovery(bench: Workbench) -> list[str]:
    """What the recovered edits would change in the file as it is now."""
    if bench.recovered is None:
        return []
    return difference(
        bench.document.text, bench.recovered.text, f"{bench.name} on the disk", "recovered edits"
    )


def set_aside(bench: Workbench, left: Recovered) -> list[str]:
    """What edits that were set aside would change in the design as it is now."""
    return difference(
        bench.document.text, left.text, f"{bench.name} on this screen", "edits set aside"
    )


def recovery_is_stale(bench: Workbench) -> bool:
    """Whether the file is another than the one that the recovered edits began with."""
    return bench.recovered is not None and not bench.recovered.fits(bench.document.text)
