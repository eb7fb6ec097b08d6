"""`vreltui plot`: a plot in the terminal, or its points."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from vreltui.cli.output import clean, colours, message
from vreltui.model import Plot, Problem, VreltuiError
from vreltui.model.rules import nearest
from vreltui.storage import Document, FileError, read

if TYPE_CHECKING:
    from vreltui.analysis.plots import PlotPoints
    from vreltui.plotting import Colours

LEAST_WIDTH, MOST_WIDTH = 40, 1000
LEAST_HEIGHT, MOST_HEIGHT = 10, 500

_USUAL_WIDTH, _USUAL_HEIGHT = 100, 30


class SizeError(VreltuiError):
    """A size that no plot can have; the text says what would be right."""


def add_parser(subparsers: Any) -> None:
    """Declare the arguments."""
    parser = subparsers.add_parser(
        "plot",
        allow_abbrev=False,
        help="a plot in the terminal, or its points",
        description="Draw a plot of a design; without NAME all of them, in the order of the file. "
        "With --csv print the points: a header x,<series>..., then a row for each point, empty "
        "where there is no value; an empty line divides several plots.",
    )
    parser.add_argument("design", metavar="DESIGN", help="a design file, or -")
    parser.add_argument("name", nargs="?", metavar="NAME", help="this plot alone")
    parser.add_argument("--csv", action="store_true", help="the points instead of a drawing")
    parser.add_argument("--width", type=int, metavar="W", help="columns (default: the terminal's)")
    parser.add_argument("--height", type=int, metavar="H", help="rows (default: the terminal's)")
    parser.add_argument(
        "--color",
        choices=("auto", "truecolor", "16", "never"),
        default="auto",
        help="colours to send; auto: what the terminal is known to take, none with NO_COLOR",
    )
    parser.add_argument("--ascii", action="store_true", help="no characters beyond ASCII")
    parser.add_argument(
        "--axis",
        choices=("auto", "linear", "nines"),
        default="auto",
        help="vertical axis; nines: each power of ten of 1 - R takes the same room",
    )


def run(arguments: argparse.Namespace) -> int:
    """Draw or print the plots; the exit status."""
    width, height = _size(arguments)
    document = read(arguments.design)
    for note in document.notes:
        message(f"{document.file}: note: {note}")
    found = _points(document, _chosen(document, arguments.name))
    if arguments.csv:
        from vreltui.plotting import csv_text

        print("\n".join(csv_text(points) for points in found), end="")
        return 0
    from vreltui.plotting import Style, draw

    style = Style(ascii_only=arguments.ascii or not _takes_braille(), axis=arguments.axis)
    for position, points in enumerate(found):
        picture = draw(points, width, height, style)
        print("\n" if position else "", end="")
        print("\n".join(picture.lines(_colours(arguments.color))))
    return 0


def _chosen(document: Document, name: str | None) -> Sequence[Plot]:
    plots = document.design.plots
    if name is None:
        if not plots:
            problem = Problem(
                ("plots",), "the design has no plots", "add a table [plots.NAME] to draw one"
            )
            raise FileError(document.file, None, problem)
        return tuple(plots.values())
    if name not in plots:
        problem = Problem(("plots",), f'there is no plot "{clean(name)}"', nearest(name, plots))
        raise FileError(document.file, None, problem)
    return (plots[name],)


def _points(document: Document, plots: Sequence[Plot]) -> list[PlotPoints]:
    from vreltui.analysis.plots import points
    from vreltui.analysis.study import Study
    from vreltui.engine.limits import Undecided
    from vreltui.wording.plots import labelled

    study = Study(document.design)
    found = []
    for plot in plots:
        try:
            found.append(labelled(document.design, plot, points(study, plot)))
        except Undecided as reason:
            problem = Problem(("plots", plot.name), f"plot {plot.name} is undecided: {reason}")
            raise FileError(document.file, None, problem) from None
    return found


def _size(arguments: argparse.Namespace) -> tuple[int, int]:
    """The size asked for, else the terminal's, less a row for the prompt."""
    there = shutil.get_terminal_size((_USUAL_WIDTH, _USUAL_HEIGHT + 1))
    width = _within("--width", arguments.width, LEAST_WIDTH, MOST_WIDTH, there.columns)
    height = _within("--height", arguments.height, LEAST_HEIGHT, MOST_HEIGHT, there.lines - 1)
    return width, height


def _within(option: str, asked: int | None, least: int, most: int, usual: int) -> int:
    if asked is None:
        return min(max(usual, least), most)
    if not least <= asked <= most:
        raise SizeError(f"{option} {asked} can't be drawn; {least} to {most} are right")
    return asked


def _colours(wish: str) -> Colours:
    if wish == "never":
        return "none"
    if wish == "16":
        return "16"
    if wish == "truecolor":
        return "truecolor"
    if not colours(sys.stdout):
        return "none"
    return "truecolor" if os.environ.get("COLORTERM") in ("truecolor", "24bit") else "16"


def _takes_braille() -> bool:
    """Whether the output's encoding has the characters of a drawing."""
    try:
        "│└─┤┬╌◆⣿…".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
