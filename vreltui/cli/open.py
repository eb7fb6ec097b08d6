"""`vreltui DESIGN`: open the application; without a terminal, print what `check` prints."""

from __future__ import annotations

import argparse

from vreltui.cli import check


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("design", nargs="?", metavar="DESIGN", help="a design file, or -")


def run(arguments: argparse.Namespace) -> int:
    """Print the report on the design."""
    return check.run(argparse.Namespace(designs=[arguments.design], choice=None, json=False))
