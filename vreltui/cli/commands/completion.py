"""`vreltui completion`: what a shell completes by, and the names of a design that it asks for."""

from __future__ import annotations

import argparse

from vreltui.cli.output import message, write
from vreltui.cli.table import MET, UNUSABLE, Argument, Command

SHELLS = ("bash", "zsh", "fish")
NAMES = ("choices", "parameters", "nodes", "plots")


def _run(arguments: argparse.Namespace) -> int:
    if arguments.names is not None:
        return _names(arguments.names, arguments.of)
    if arguments.of not in SHELLS:
        message(f"completion is for {', '.join(SHELLS)}, such as: vreltui completion bash")
        return UNUSABLE
    write(_script(arguments.of))
    return MET


def _script(shell: str) -> str:
    if shell == "bash":
        from vreltui.cli.pages.bash import bash

        return bash()
    if shell == "zsh":
        from vreltui.cli.pages.zsh import zsh

        return zsh()
    from vreltui.cli.pages.fish import fish

    return fish()


def _names(what: str, file: str) -> int:
    """The names that a design has of something, a line each."""
    from vreltui.storage import read

    design = read(file).design
    names = {
        "choices": design.choices,
        "parameters": design.parameters,
        "nodes": design.nodes,
        "plots": design.plots,
    }
    write("".join(f"{name}\n" for name in names[what]))
    return MET


COMMAND = Command(
    question="completion for bash, zsh or fish",
    description="Print what a shell completes commands, options and names by. "
    'In bash: eval "$(vreltui completion bash)".',
    arguments=(
        Argument(("of",), "bash, zsh or fish; with --names, a design file", metavar="SHELL"),
        Argument(
            ("--names",),
            "instead, the names of a design; the script asks for them",
            metavar="WHAT",
            choices=NAMES,
        ),
    ),
    statuses={MET: "done", UNUSABLE: "no such shell, or the design can't be used"},
    run=_run,
)
