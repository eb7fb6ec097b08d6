"""How a design was looked at when it was left: places, folds, the pane, and what is in the pane."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vreltui.model.edits import Position

Setting = str | int | bool | None
"""One thing that a pane remembers."""

AS_IT_FITS = ""
"""The pane that is open without having been asked for, where there is room for one."""

_MOST = 2_000
"""The most places and folds that are kept of one design."""


@dataclass(frozen=True, slots=True)
class LeftView:
    """Where a person was in a design.

    ``places`` are the selected ones of the choices, that of the choice in hand last; ``toggled``
    what is folded, or unfolded; ``pane`` the open pane, None for none and :data:`AS_IT_FITS` where
    nobody opened or closed one; ``settings`` what each pane remembers, by its name.
    """

    places: tuple[Position, ...] = ()
    toggled: frozenset[Position] = frozenset()
    pane: str | None = AS_IT_FITS
    zoomed: bool = False
    settings: Mapping[str, Mapping[str, Setting]] = field(default_factory=dict)

    def plain(self) -> dict[str, object]:
        """The same as JSON has it."""
        return {
            "places": _plain_places(self.places),
            "toggled": _plain_places(sorted(self.toggled, key=lambda at: (at.choice, at.steps))),
            "pane": self.pane,
            "zoomed": self.zoomed,
            "settings": {name: dict(each) for name, each in self.settings.items() if each},
        }


def left_view(found: object) -> LeftView | None:
    """What :meth:`LeftView.plain` wrote; None where that can't be read. Never raises.

    >>> left_view(LeftView((Position("vms", (1, 0)),), pane="plot").plain()).places
    (Position(choice='vms', steps=(1, 0)),)
    >>> left_view({"places": 3}) is None
    True
    """
    if not isinstance(found, dict):
        return None
    try:
        pane, settings = found["pane"], found["settings"]
        return LeftView(
            tuple(_places(found["places"])),
            frozenset(_places(found["toggled"])),
            None if pane is None else str(pane),
            bool(found["zoomed"]),
            {str(name): _settings(each) for name, each in settings.items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _plain_places(places: Iterable[Position]) -> list[list[object]]:
    return [[at.choice, *at.steps] for at in places][-_MOST:]


def _places(found: list[list[object]]) -> Iterable[Position]:
    for choice, *steps in found[-_MOST:]:
        if not isinstance(choice, str) or not all(type(s) is int and s >= 0 for s in steps):
            raise ValueError(choice)
        yield Position(choice, tuple(int(str(step)) for step in steps))


def _settings(found: Mapping[str, object]) -> dict[str, Setting]:
    return {
        str(name): value
        for name, value in found.items()
        if value is None or isinstance(value, str | int | bool)
    }
