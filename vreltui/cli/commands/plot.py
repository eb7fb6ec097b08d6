"""`vreltui plot`: a plot in the terminal, or its points."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from vreltui.cli.arguments import DESIGN, JSON, SECONDS
from vreltui.cli.budget import Answers, Budget
from vreltui.cli.designs import asked, require, settings_of
from vreltui.cli.output import colours, message, write
from vreltui.cli.settings import SET, Settings
from vreltui.cli.surroundings import ascii_alone
from vreltui.cli.table import USABLE, Argument, Command
from vreltui.model import Plot, Problem, VreltuiError
from vreltui.storage import Document, FileError

if TYPE_CHECKING:
    from vreltui.analysis.plots import PlotPoints
    from vreltui.plotting import Colours

LEAST_WIDTH, MOST_WIDTH = 40, 1000
LEAST_HEIGHT, MOST_HEIGHT = 10, 500

_USUAL_WIDTH, _USUAL_HEIGHT = 100, 30

_POINTS = "vreltui.analysis.piecewise:plot_points"


class SizeError(VreltuiError):
    """A size that no plot can have; the text says what would be right."""


def _run(arguments: argparse.Namespace) -> int:
    """Draw or print the plots; the exit status."""
    budget = Budget(arguments.seconds)
    document = asked(arguments.design, arguments)
    width, height = _size(arguments)
    settings = settings_of(document, arguments)
    found = _points(document, settings, _chosen(document, arguments.name), budget)
    if arguments.json:
        plots: dict[str, Any] = {}
        for name, points in found:
            plots |= _json(name, points)
        write(json.dumps({"file": document.file, "plots": plots}, indent=1, allow_nan=False) + "\n")
        return 0
    for number, (name, points) in enumerate(found):
        if isinstance(points, str):
            message(f"{document.file}: plot {name} is undecided: {points}")
        elif arguments.csv:
            from vreltui.plotting import csv_text

            write(("\n" if number else "") + csv_text(points))
        else:
            _draw(points, arguments, width, height, first=number == 0)
    return 0


def _draw(
    points: PlotPoints, arguments: argparse.Namespace, width: int, height: int, *, first: bool
) -> None:
    from vreltui.plotting import Style, draw

    style = Style(
        ascii_only=arguments.ascii or ascii_alone() or not _takes_braille(), axis=arguments.axis
    )
    lines = draw(points, width, height, style).lines(_colours(arguments.color))
    write(("" if first else "\n") + "\n".join(lines) + "\n")


def _json(name: str, points: PlotPoints | str) -> dict[str, Any]:
    if isinstance(points, str):
        return {name: None, f"{name}_undecided": points}
    series = {one.label: list(one.y) for one in points.series}
    return {name: {"x": list(points.x), "series": series}}


def _chosen(document: Document, name: str | None) -> Sequence[Plot]:
    plots = document.design.plots
    if name is None:
        if not plots:
            problem = Problem(
                ("plots",), "the design has no plots", "add a table [plots.NAME] to draw one"
            )
            raise FileError(document.file, None, problem)
        return tuple(plots.values())
    require(document.file, "plot", name, plots)
    return (plots[name],)


def _points(
    document: Document, settings: Settings, plots: Sequence[Plot], budget: Budget
) -> Iterator[tuple[str, PlotPoints | str]]:
    """The points of each plot; where they are undecided, the reason."""
    from vreltui.engine.limits import Undecided
    from vreltui.wording.plots import labelled

    designs = settings.for_choices(plot.choice for plot in plots)
    with closing(Answers["PlotPoints"](_POINTS, document.design, budget, budget.end)) as answers:
        for number, plot in enumerate(plots):
            answers.turn_to(designs[plot.choice])
            try:
                doing = f"{document.file}: plot {plot.name}"
                points = answers.ask(plot, doing, len(plots) - number)
                yield plot.name, labelled(document.design, plot, points)
            except Undecided as reason:
                yield plot.name, str(reason)


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


COMMAND = Command(
    question="a plot in the terminal, or its points",
    description="Draw a plot of a design; without NAME all of them, in the order of the file. "
    "With --csv print the points: a header x,<series>..., then a row for each point, empty "
    "where there is no value; an empty line divides several plots.",
    arguments=(
        DESIGN,
        Argument(("name",), "this plot alone", metavar="NAME", times="?", names_of="plots"),
        Argument(("--csv",), "the points instead of a drawing", flag=True),
        Argument(("--width",), "columns (default: the terminal's)", metavar="W", convert=int),
        Argument(("--height",), "rows (default: the terminal's)", metavar="H", convert=int),
        Argument(
            ("--color",),
            "colours to send; auto: what the terminal is known to take, none with NO_COLOR",
            choices=("auto", "truecolor", "16", "never"),
            default="auto",
        ),
        Argument(("--ascii",), "no characters beyond ASCII", flag=True),
        Argument(
            ("--axis",),
            "vertical axis; nines: each power of ten of 1 - R takes the same room",
            choices=("auto", "linear", "nines"),
            default="auto",
        ),
        SET,
        SECONDS,
        JSON,
    ),
    statuses=USABLE,
    run=_run,
)
