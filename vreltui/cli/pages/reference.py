"""docs/command-line.md, from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.cli.pages import commands, one_line, usage, written
from vreltui.cli.table import Command

_HEAD = """\
# Command line

What the application computes is there without a terminal, too. This page is made from the table of
commands (`make pages`), as are `--help`, the man page and the completion of shells. stdout carries
results alone, stderr messages; `-` reads a design from standard input. Colour is on a terminal
alone, and `NO_COLOR` is obeyed.
"""


def reference() -> str:
    """The whole page."""
    return _HEAD + "".join(_section(name, command) for name, command in commands().items())


def _section(name: str, command: Command) -> str:
    return "\n" + "\n".join(_lines(name, command)) + "\n"


def _lines(name: str, command: Command) -> Iterator[str]:
    yield f"## vreltui {name}".rstrip()
    yield ""
    yield one_line(command.description)
    yield ""
    yield "```sh"
    yield usage(name, command)
    yield "```"
    if command.arguments:
        yield ""
        yield "| argument | |"
        yield "| --- | --- |"
        for argument in command.arguments:
            said = one_line(argument.help)
            if argument.choices is not None:
                said += f" ({', '.join(argument.choices)})"
            cells = [cell.replace("|", "\\|") for cell in (f"`{written(argument)}`", said)]
            yield f"| {' | '.join(cells)} |"
    yield ""
    said = "; ".join(f"{status}: {means}" for status, means in sorted(command.statuses.items()))
    yield f"Ends with {said}."
