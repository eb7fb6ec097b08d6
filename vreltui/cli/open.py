"""`vreltui [DESIGN]`: open the application, where there is a terminal for it."""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vreltui.cli.glance import Glance, glance, nothing_configured
from vreltui.cli.output import message
from vreltui.cli.surroundings import ascii_alone, no_terminal
from vreltui.cli.table import UNUSABLE, Argument, Command

if TYPE_CHECKING:
    from vreltui.storage import FileError
    from vreltui.tui.app import Opened, VreltuiApp
    from vreltui.tui.screens.design import DesignScreen
    from vreltui.tui.screens.glance import GlanceScreen
    from vreltui.workbench import Analysis, AnalysisService, Workbench


def _run(arguments: argparse.Namespace) -> int:
    """Open the application; the exit status."""
    reason = no_terminal()
    if reason:
        design = arguments.design or "DESIGN"
        if arguments.design and design != "-" and not os.path.lexists(design):
            message(f"{design}: there is no such file, and {reason}")
            return UNUSABLE
        message(f"{reason}; `vreltui check {design}` gives the same answers as text")
        return UNUSABLE
    return _open(arguments)


def _open(arguments: argparse.Namespace) -> int:
    # Nothing that a start makes is garbage: the application collects once it is on the screen.
    gc.disable()
    from vreltui.tui.terminal_size import bound_environment

    bound_environment()
    if os.environ.get("SSH_CONNECTION"):
        os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    design = arguments.design
    seen = glance(design) if design and nothing_configured() else None
    session = _Session(design)
    try:
        if seen is None:
            opened = session.open()
            settings = opened[2]
            ascii_only = arguments.ascii or _ascii_wanted(settings.ascii)
            from vreltui.tui.app import VreltuiApp

            session.app = VreltuiApp(opened, ascii_only=ascii_only, start=session.start)
            return session.run(mouse=not arguments.no_mouse and settings.mouse is not False)
        return session.run_with(seen, arguments.ascii or _ascii_wanted(None), arguments)
    finally:
        session.close()


class _Session:
    """One run of the application, and what has to be ended after it."""

    def __init__(self, design: str | None) -> None:
        self.app: VreltuiApp | None = None
        self.start: Callable[[DesignScreen], None] | None = None if design else _pick_one
        self._design = design
        self._service: AnalysisService | None = None
        self._bench: Workbench | None = None

    def open(self) -> Opened:
        """Open the design. Raises :class:`vreltui.storage.FileError`."""
        from vreltui.workbench.open.analysis_service import AnalysisService

        # The process that computes starts while the rest is loaded here.
        self._service = AnalysisService(self._receive, on_state=self._changed)
        from vreltui.storage import FileError
        from vreltui.tui.panes import all_actions
        from vreltui.workbench import configuration, new_design, open_design

        try:
            self._bench = open_design(self._design) if self._design else new_design()
        except FileError as error:
            self._bench = self._asking(error)
        return self._bench, self._service, configuration(actions=all_actions())

    def _asking(self, error: FileError) -> Workbench:
        """A new design, before which something is asked about a file of another format."""
        from vreltui.exchange.wishes import WishError, Wishes
        from vreltui.workbench import new_design

        if not isinstance(error, WishError) or self._design == "-":
            raise error
        path = Path(self._design or "")
        self.start = lambda screen: screen.commands.opening.ask(path, Wishes(), error)
        return new_design()

    def run_with(self, seen: Glance, ascii_only: bool, arguments: argparse.Namespace) -> int:
        """Run, with a glance at the design on the screen before it is opened."""
        from vreltui.tui.app import OpeningApp
        from vreltui.tui.screens.glance import GlanceScreen

        def first(app: VreltuiApp, then: Callable[[], None]) -> GlanceScreen:
            return GlanceScreen(*seen, app.glyphs, then)

        self.app = OpeningApp(first, self.open, ascii_only=ascii_only)
        return self.run(mouse=not arguments.no_mouse)

    def run(self, *, mouse: bool) -> int:
        """Run until the end; the exit status. Raises what opening the design raised."""
        from vreltui.tui.ends import run_to_its_end

        assert self.app is not None
        return run_to_its_end(self.app, mouse=mouse)

    def _receive(self, analysis: Analysis) -> None:
        if self.app is not None:
            self.app.receive(analysis)

    def _changed(self) -> None:
        if self.app is not None:
            self.app.state_changed()

    def close(self) -> None:
        """End the process that computes, and let go of the design that is open now.

        Its journal stays: it is gone already where the user left.
        """
        if self._service is not None:
            self._service.close()
        app = self.app
        bench = app.bench if app is not None and app.is_open else self._bench
        if bench is not None:
            bench.close(keep=True)


def _pick_one(screen: DesignScreen) -> None:
    """Begin with the designs of late."""
    screen.commands.opening.recent()


def _ascii_wanted(configured: bool | None) -> bool:
    """ASCII alone: as configured, else where the terminal shows nothing more."""
    if configured is not None:
        return configured
    return ascii_alone()


COMMAND = Command(
    question="open the application",
    description="Open a design in the application; without one, the list of recent designs.",
    arguments=(
        Argument(
            ("design",),
            "a design, a fault tree (Open-PSA, Galileo), or -",
            metavar="DESIGN",
            times="?",
            is_design=True,
        ),
        Argument(("--ascii",), "draw with ASCII alone", flag=True),
        Argument(("--no-mouse",), "leave the mouse to the terminal", flag=True),
    ),
    statuses={0: "it ended as it was asked to", UNUSABLE: "no terminal, or no design to open"},
    run=_run,
)
