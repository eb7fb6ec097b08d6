"""What a new design can begin as: one machine and nothing else, a pattern, or one that ships."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vreltui.model import Problem
from vreltui.model.rules import nearest
from vreltui.storage.document import Document, parse
from vreltui.storage.errors import FileError
from vreltui.storage.keep.locations import shipped_designs
from vreltui.storage.patterns import PATTERNS
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
    """Something to begin with; ``path`` is None for what is no design that ships."""

    name: str
    title: str
    path: Path | None = None


def templates() -> list[Template]:
    """The blank template, the patterns, then the designs that ship."""
    found = [Template("blank", "One machine, and room for more"), *patterns()]
    for path in shipped_designs():
        try:
            found.append(Template(path.stem, read(path).design.title or path.stem, path))
        except FileError:
            continue
    return found


def patterns() -> list[Template]:
    """The small designs that a first start offers."""
    return [Template(each.name, each.title) for each in PATTERNS]


def begin(template: str = "blank") -> Document:
    """The document of a new design. Raises :class:`FileError` when there is no such template."""
    if template == "blank":
        return parse(BLANK, "new design")
    pattern = next((each for each in PATTERNS if each.name == template), None)
    if pattern is not None:
        return parse(pattern.text, template)
    paths = {path.stem: path for path in shipped_designs()}
    if template not in paths:
        names = ["blank", *(each.name for each in PATTERNS), *paths]
        what = f"there is no template {template}"
        raise FileError(template, None, Problem((), what, nearest(template, names)))
    return read(paths[template])
