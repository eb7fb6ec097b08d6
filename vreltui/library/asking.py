"""Names that callers give, checked before anything is computed."""

from __future__ import annotations

from collections.abc import Collection

from vreltui.library.designs import Design
from vreltui.model import DesignError, Problem
from vreltui.model.rules import nearest


def choices_of(design: Design, choice: str | None) -> tuple[str, ...]:
    """All choices, or the one that is named. Raises :class:`~vreltui.VreltuiError`."""
    return design.choices if choice is None else (known(choice, "choice", design.choices),)


def known(name: str, what: str, names: Collection[str]) -> str:
    """A name that is there. Raises :class:`~vreltui.VreltuiError`, with the nearest one."""
    if name not in names:
        raise DesignError(Problem((), f'there is no {what} "{name}"', nearest(name, names)))
    return name
