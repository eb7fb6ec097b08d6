"""How a design is looked at first: as it was left, else where there is something to see or do."""

from __future__ import annotations

from typing import Protocol

from vreltui.tui.panes.host import PaneHost
from vreltui.tui.screens.shown_tree import ShownTree
from vreltui.workbench import Workbench
from vreltui.workbench.open.left_view import AS_IT_FITS, LeftView
from vreltui.workbench.view.beginning import first_place

ROOMY = 34
"""From this many lines a pane is open from the beginning."""


HEADED = 24
"""From this many lines the choices stand below headings."""

WIDE = 120
"""From this many columns that pane is a plot."""


class Looked(Protocol):
    """What looking at a design needs of its screen."""

    shown_tree: ShownTree
    panes: PaneHost

    @property
    def bench(self) -> Workbench:
        """The open design."""


def look_first(screen: Looked, width: int, lines: int) -> None:
    """Look at a design as it was left; a new one where something can be done."""
    bench, panes = screen.bench, screen.panes
    left, bench.left = bench.left, None  # it was so when the file was opened
    if left is not None:
        screen.shown_tree.toggled = left.toggled
        bench.go_back(left.places)
    elif bench.position.is_root and bench.choice == next(iter(bench.design.choices)):
        bench.select(first_place(bench.design, bench.choice, is_new=bench.path is None))
    if left is not None and left.pane != AS_IT_FITS:
        panes.recall(left)
    elif lines >= ROOMY:
        panes.show_as_it_fits(drawn=width >= WIDE)


def looked_at(screen: Looked) -> LeftView:
    """How a design is looked at now."""
    panes = screen.panes
    return LeftView(
        screen.bench.places,
        screen.shown_tree.toggled,
        AS_IT_FITS if panes.as_it_fits else panes.current,
        panes.zoomed and not panes.as_it_fits,
        {name: pane.settings() for name, pane in panes.panes.items()},
    )
