"""The command line as a whole: which command, and what every one of them shares."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from vreltui import __version__
from vreltui.cli import table
from vreltui.cli.output import message, say_what_the_encoding_lacks, write, write_no_more
from vreltui.cli.surroundings import fill_closed_streams, one_thread_of_algebra
from vreltui.cli.table import MET, UNUSABLE, Command

INTERRUPTED = 130

_NO_THREAD = "can't start new thread"


def run(arguments: Sequence[str]) -> int:
    """Run the command line with these arguments; the exit status. Nothing ends in a traceback."""
    fill_closed_streams()
    one_thread_of_algebra()
    if sys.stdout is None:
        message("standard output is closed: there is nowhere to answer to")
        return UNUSABLE
    say_what_the_encoding_lacks()
    try:
        status = _run(arguments)
        write("")
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except (MemoryError, RecursionError):
        message("it is too much for the memory of this machine")
        return UNUSABLE
    except OSError as error:
        # Files that can't be used are declared errors; this is standard output, as on a full disk.
        write_no_more()
        message(f"the answer can't be written: {error.strerror or error}")
        return UNUSABLE
    except Exception as error:
        # Loaded here alone: most of the program begins without it.
        from vreltui.model import VreltuiError

        if isinstance(error, VreltuiError):
            for line in error.lines():
                message(line)
        elif _NO_THREAD in str(error):
            message("no thread can be started here (ulimit -u says how many may be)")
        else:
            raise
        return UNUSABLE


def _run(arguments: Sequence[str]) -> int:
    first = arguments[0] if arguments else ""
    command = table.find(first)
    if command is not None:
        return command.run(_parsed(first, command, arguments[1:]))
    if first in ("-h", "--help"):
        write(_help())
        return MET
    if first == "--version":
        write(f"vreltui {__version__}\n")
        return MET
    if _is_mistyped(first, arguments[1:]):
        return UNUSABLE
    from vreltui.cli import open as opening

    return opening.COMMAND.run(_parsed("", opening.COMMAND, arguments))


def _is_mistyped(first: str, others: Sequence[str]) -> bool:
    """Whether the first argument was meant as a command, of which the message says the nearest."""
    if not first.isalpha() or os.path.lexists(first):
        return False
    from vreltui.model.rules import nearest

    near = nearest(first, table.names())
    positions = [word for word in others if not word.startswith("-")]
    if not positions and not near.startswith("did"):
        return False  # a design, which is missing
    message(f'there is no command "{first}"; {near}')
    for word in positions:
        _say_missing(word)
    return True


class _UsageError(Exception):
    """Arguments that the command does not take; the text says which."""


class _Parser(argparse.ArgumentParser):
    """Errors in one line; help through the gate that every answer takes."""

    def error(self, message: str) -> NoReturn:
        raise _UsageError(message)

    def print_help(self, file: object = None) -> None:
        del file
        write(self.format_help())


def _parsed(name: str, command: Command, arguments: Sequence[str]) -> argparse.Namespace:
    parser = _parser(name, command)
    command.add_to(parser)
    try:
        return parser.parse_args(arguments)
    except _UsageError as error:
        for word in _designs(command, arguments):
            _say_missing(word)
        message(f"{error}; see {parser.prog} --help")
        raise SystemExit(UNUSABLE) from None


def _parser(name: str, command: Command) -> _Parser:
    return _Parser(
        prog=f"vreltui {name}".rstrip(),
        allow_abbrev=False,
        description=command.description,
        epilog=command.ending,
    )


def _designs(command: Command, arguments: Sequence[str]) -> list[str]:
    """What names a design among arguments that are wrong otherwise."""
    lenient = _Parser(allow_abbrev=False, add_help=False)
    command.add_to(lenient, lenient=True)
    try:
        found, _ = lenient.parse_known_args(arguments)
    except _UsageError:
        return []
    said: list[str] = []
    for argument in command.arguments:
        if argument.is_design:
            # The parser has just set it, by the name that the table of commands gives it.
            value = getattr(found, argument.names[0])
            said += value if isinstance(value, list) else [value] if value else []
    return said


def _say_missing(file: str) -> None:
    """Say of a design file that it is missing, where it is."""
    if file != "-" and not os.path.lexists(file):
        message(f"{file}: there is no such file")


def _help() -> str:
    names = table.names()
    questions = {name: command.question for name in names if (command := table.find(name))}
    width = max(map(len, names)) + 2
    lines = [
        "usage: vreltui [DESIGN]             open the application",
        "       vreltui COMMAND [ARGUMENTS]  the same answers without a terminal",
        "",
        "commands (vreltui COMMAND --help tells more):",
        *(f"  {name:<{width}}{question}" for name, question in questions.items()),
        "",
        "options:",
        "  --version  the version of the program",
        "  --help     this text",
        "",
        "DESIGN is a design file, or - for standard input.",
        "",
    ]
    return "\n".join(lines)
