"""A glance at a design file: the tree that it seems to state, before anything is loaded to read it.

It is drawn while the program loads, and gone when the design was read through the one gate for
files. Nothing is judged here and nothing kept; only what is a legal name is ever taken.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import NamedTuple

MOST_BYTES = 1_000_000
MOST_ROWS = 200

CHILDREN = ("parts", "of")
"""The keys of a node that name what is below it.

Loading the table of fields, which has them too, would take longer than the glance is seen; a test
holds the two together.
"""

DECIDED = "one_of"
"""The key of a node of which a decision says what is below it: no glance tells that."""

_NAME = r"[A-Za-z0-9_-]{1,64}"
# Linear in the text: a list ends where the next one would begin.
_LINE = re.compile(
    rf"^[ \t]*(?:\[(?P<table>nodes|choices)\.(?P<name>{_NAME})\]|(?P<other>\[)"
    rf"|(?P<key>{'|'.join(CHILDREN)}|{DECIDED}|root|baseline)[ \t]*="
    rf"[ \t]*(?:\"(?P<one>{_NAME})\"|\[(?P<list>[^][]*)))",
    re.MULTILINE,
)
_QUOTED = re.compile(rf"\"({_NAME})\"")


class Glance(NamedTuple):
    """What is drawn first: the file's name, the choices, which one, and its rows with depths."""

    file: str
    choices: tuple[str, ...]
    choice: str
    rows: tuple[tuple[int, str, bool], ...]
    """Depth, name, and whether there is something below."""


def glance(path: str) -> Glance | None:
    """A glance at the file at ``path``; None where it takes more than one to see something."""
    text = _text(path)
    return None if text is None else glance_at(text, Path(path).name)


def nothing_configured() -> bool:
    """Whether there is no configuration file, so that none has to be read first."""
    import platformdirs

    try:
        folder = platformdirs.user_config_dir("vreltui", appauthor=False)
    except RuntimeError:  # a user without a home configures nothing
        return True
    return not (Path(folder) / "config.toml").exists()


def glance_at(text: str, file: str) -> Glance | None:
    """A glance at the text of a file."""
    below: dict[str, list[str]] = {}
    roots: dict[str, str] = {}
    baseline = table = name = ""
    for found in _LINE.finditer(text):
        key, one = found["key"], found["one"] or ""
        if found["name"] or found["other"]:
            table, name = found["table"] or "other", found["name"] or ""
            if table == "nodes":
                below[name] = []
        elif key == "baseline" and not table:
            baseline = one
        elif key == "root" and table == "choices":
            roots[name] = one
        elif key == DECIDED:
            return None
        elif key in CHILDREN and table == "nodes":
            below[name] = [one] if one else _QUOTED.findall(found["list"] or "")
    choice = next((name for name in roots if name != baseline), next(iter(roots), ""))
    if roots.get(choice) not in below or not set().union(*below.values()) <= below.keys():
        return None
    return Glance(file, tuple(roots), choice, tuple(_rows(below, roots[choice])))


def _rows(below: dict[str, list[str]], root: str) -> list[tuple[int, str, bool]]:
    rows: list[tuple[int, str, bool]] = []
    seen: set[str] = set()
    stack = [(0, root)]
    while stack and len(rows) < MOST_ROWS:
        depth, name = stack.pop()
        parts = below[name] if name not in seen else []
        rows.append((depth, name, bool(parts)))
        seen.add(name)
        stack += [(depth + 1, part) for part in reversed(parts)]
    return rows


def _text(path: str) -> str | None:
    try:
        # Neither a pipe nor a device is opened: that could wait for ever, or do something.
        status = Path(path).stat()
        if not stat.S_ISREG(status.st_mode) or not 0 < status.st_size <= MOST_BYTES:
            return None
        return Path(path).read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None
