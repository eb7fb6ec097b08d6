"""`vreltui [DESIGN]`: open the application, where there is a terminal for it."""

from __future__ import annotations

import argparse
import gc
import locale
import os
import sys
from typing import TYPE_CHECKING

from vreltui.cli.output import message

if TYPE_CHECKING:
    from vreltui.workbench import Analysis

UNUSABLE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("design", nargs="?", metavar="DESIGN", help="a design file, or -")
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII alone")
    parser.add_argument("--no-mouse", action="store_true", help="leave the mouse to the terminal")


def run(arguments: argparse.Namespace) -> int:
    """Open the application; the exit status."""
    reason = _no_terminal()
    if reason:
        design = arguments.design or "DESIGN"
        message(f"{reason}; `vreltui check {design}` gives the same answers as text")
        return UNUSABLE
    return _open(arguments)


def _no_terminal() -> str:
    """Why no application can be shown here; empty when one can."""
    # Textual draws on standard error.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return "the application needs a terminal for its input and output"
    if os.environ.get("TERM", "") in ("", "dumb"):
        return f"the terminal can't place text (TERM={os.environ.get('TERM', '')})"
    return ""


def _open(arguments: argparse.Namespace) -> int:
    from vreltui.workbench import AnalysisService, configuration, new_design, open_design

    # Nothing that a start makes is garbage: the application collects once it is on the screen.
    gc.disable()
    settings = configuration()
    app = None

    def receive(analysis: Analysis) -> None:
        if app is not None:
            app.receive(analysis)

    def changed() -> None:
        if app is not None:
            app.state_changed()

    bench = open_design(arguments.design) if arguments.design else new_design()
    service = AnalysisService(receive, on_state=changed)
    try:
        if os.environ.get("SSH_CONNECTION"):
            os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
        from vreltui.tui.app import VreltuiApp

        app = VreltuiApp(
            bench,
            service,
            settings,
            ascii_only=arguments.ascii or _ascii_wanted(settings.ascii),
            start=not arguments.design,
        )
        app.run(mouse=not arguments.no_mouse and settings.mouse is not False)
        return app.return_code or 0
    finally:
        service.close()
        current = bench if app is None else app.bench
        current.close(keep=app is not None and app.killed)


def _ascii_wanted(configured: bool | None) -> bool:
    """ASCII alone: as configured, else where the terminal's encoding has nothing more."""
    if configured is not None:
        return configured
    encoding = (sys.stdout.encoding or locale.getpreferredencoding(False)).lower()
    return "utf" not in encoding
