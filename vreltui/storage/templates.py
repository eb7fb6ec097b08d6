"""What a new design can begin as: one machine and nothing else, or a design that ships."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vreltui.model import Problem
from vreltui.model.rules import nearest
from vreltui.storage.document import Document, parse
from vreltui.storage.errors import FileError
from vreltui.storage.keep.locations import shipped_designs
from vreltui.storage.reading import read

BLANK = """\
vreltui = 1
title   = "New design"

[nodes.hardware]
kind = "hardware"
reliability = 0.9999

[nodes.system]
parts = ["hardware"]

[choices.first]
title = "First choice"
root = "system"
"""


@dataclass(frozen=True, slots=True)
class Template:
    """Something to begin with; ``path`` is None for the blank one."""

    name: str
    title: str
    path: Path | None = None


def templates() -> list[Template]:
    """The blank template, then the designs that ship."""
    found = [Template("blank", "One machine, and room for more")]
    for path in shipped_designs():
        try:
            found.append(Template(path.stem, read(path).design.title or path.stem, path))
        except FileError:
            continue
    return found


def begin(template: str = "blank") -> Document:
    """The document of a new design. Raises :class:`FileError` when there is no such template."""
    if template == "blank":
        return parse(BLANK, "new design")
    paths = {path.stem: path for path in shipped_designs()}
    if template not in paths:
        names = ["blank", *paths]
        what = f"there is no template {template}"
        raise FileError(template, None, Problem((), what, nearest(template, names)))
    return read(paths[template])
