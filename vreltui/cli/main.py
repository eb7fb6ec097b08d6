"""The command line as a whole: which sub-command, and what every one of them shares."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from vreltui import __version__
from vreltui.cli.output import message, say_what_the_encoding_lacks

OK, NOT_MET, UNUSABLE = 0, 1, 2
"""Exit statuses: done or met, not met, and a file or argument that can't be used."""

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Command:
    """A sub-command: the module that has ``add_parser`` and ``run``, and a line of help."""

    module: str
    help: str


COMMANDS = {
    "check": Command("vreltui.cli.check", "verdict, reliability, thresholds and reasons"),
    "formula": Command("vreltui.cli.formula", "the reliability, or a condition, in symbols"),
    "plot": Command("vreltui.cli.plot", "a plot in the terminal, or its points"),
    "new": Command("vreltui.cli.new", "a design from a template"),
    "schema": Command("vreltui.cli.schema", "the JSON Schema of the design file"),
}


def run(arguments: Sequence[str]) -> int:
    """Run the command line with these arguments; the exit status. Nothing ends in a traceback."""
    if sys.stdout is None:
        message("standard output is closed: there is nowhere to answer to")
        return UNUSABLE
    say_what_the_encoding_lacks()
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader went away, as with `| head`: nothing is left to say to it.
        _write_no_more()
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except (MemoryError, RecursionError):
        message("it is too much for the memory of this machine")
        return UNUSABLE
    except OSError as error:
        # Files that can't be used are declared errors; this is standard output, as on a full disk.
        _write_no_more()
        message(f"the answer can't be written: {error.strerror or error}")
        return UNUSABLE
    except Exception as error:
        # Loaded here alone: most of the program begins without it.
        from vreltui.model import VreltuiError

        if not isinstance(error, VreltuiError):
            raise
        message(str(error))
        return UNUSABLE


def _write_no_more() -> None:
    """What Python still holds for standard output goes nowhere, or its end would fail too."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Sequence[str]) -> int:
    command = arguments[0] if arguments else ""
    if command in COMMANDS:
        module = import_module(COMMANDS[command].module)
        parser = _parser()
        module.add_parser(parser.add_subparsers(dest="command", required=True))
        return int(module.run(parser.parse_args(arguments)))
    if command in ("-h", "--help"):
        print(_help(), end="")
        return OK
    if command == "--version":
        print(f"vreltui {__version__}")
        return OK
    from vreltui.cli import open as opening

    parser = _parser()
    opening.add_arguments(parser)
    return int(opening.run(parser.parse_args(arguments)))


class _Parser(argparse.ArgumentParser):
    """Errors in one line; what would be right is in the line."""

    def error(self, text: str) -> None:  # type: ignore[override]
        message(f"{text}; see vreltui --help")
        raise SystemExit(UNUSABLE)


def _parser() -> argparse.ArgumentParser:
    return _Parser(prog="vreltui", allow_abbrev=False, add_help=False)


def _help() -> str:
    lines = [
        "usage: vreltui [DESIGN]             open the application",
        "       vreltui COMMAND [ARGUMENTS]  the same answers without a terminal",
        "",
        "commands (vreltui COMMAND --help tells more):",
        *(f"  {name:<9}{command.help}" for name, command in COMMANDS.items()),
        "",
        "options:",
        "  --version  the version of the program",
        "  --help     this text",
        "",
        "DESIGN is a design file, or - for standard input.",
        "",
    ]
    return "\n".join(lines)
