"""The one table of all commands: what each asks, takes and ends with.

A command is a module of :mod:`vreltui.cli.commands` with a :class:`Command` called ``COMMAND``. The
help of each and of all of them, the parsing of arguments and the suggestions for a name that was
mistyped come from there, so that a new command is one new file.
"""

from __future__ import annotations

import argparse
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from keyword import iskeyword
from typing import Any

MET, NOT_MET, UNUSABLE, UNDECIDED = 0, 1, 2, 3
"""Exit statuses: yes or done; a proven no; a file or argument that can't be used; not decided."""

USABLE = {MET: "done", UNUSABLE: "a file or a name can't be used"}
"""The statuses of a command that answers with figures."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: a position where ``names`` is one word without a dash, else an option.

    ``convert`` reads the text and raises :class:`argparse.ArgumentTypeError` where it can't. A
    ``flag`` takes no value. ``times`` is what argparse calls nargs. An option that ``repeats``
    gives a list. ``is_design`` marks what names a design file; ``dest`` is the value's name where
    the option's is too short for one. An option that is ``required`` has to be there.
    ``names_of`` says of what of a design its value is a name ("choices"), for shells to complete.
    """

    names: tuple[str, ...]
    help: str
    metavar: str | None = None
    choices: tuple[str, ...] | None = None
    default: object = None
    convert: Callable[[str], Any] | None = None
    flag: bool = False
    times: str | None = None
    repeats: bool = False
    is_design: bool = False
    dest: str | None = None
    required: bool = False
    names_of: str = ""

    @property
    def is_option(self) -> bool:
        """Whether it is an option, not a position."""
        return self.names[0].startswith("-")

    def add_to(self, parser: argparse.ArgumentParser, *, lenient: bool = False) -> None:
        """Declare it. A lenient parser takes any text as its value."""
        settings: dict[str, Any] = {"help": self.help}
        if self.dest is not None:
            settings["dest"] = self.dest
        if self.flag:
            settings["action"] = "store_true"
        else:
            settings["metavar"] = self.metavar
            settings["default"] = [] if self.repeats else self.default
            if self.repeats:
                settings["action"] = "append"
            if self.times is not None:
                settings["nargs"] = self.times
            if not lenient:
                settings |= {"required": True} if self.required else {}
                settings |= {"choices": self.choices, "type": self.convert}
        parser.add_argument(*self.names, **settings)


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the question it answers, what it takes, and what its exit statuses mean."""

    question: str
    description: str
    arguments: tuple[Argument, ...]
    statuses: Mapping[int, str]
    run: Callable[[argparse.Namespace], int]

    def add_to(self, parser: argparse.ArgumentParser, *, lenient: bool = False) -> None:
        """Declare the arguments."""
        for argument in self.arguments:
            argument.add_to(parser, lenient=lenient)

    @property
    def ending(self) -> str:
        """The exit statuses in words."""
        return "exit status: " + "; ".join(
            f"{status} {means}" for status, means in sorted(self.statuses.items())
        )


def names() -> list[str]:
    """The names of all commands."""
    package = import_module("vreltui.cli.commands")
    return sorted(found.name.rstrip("_") for found in pkgutil.iter_modules(package.__path__))


def find(name: str) -> Command | None:
    """The command of a name; None where there is none."""
    if not name.isidentifier() or not name.islower():
        return None
    # A command whose name is a word of Python has an underscore behind that of its module.
    where = f"vreltui.cli.commands.{name}{'_' if iskeyword(name) else ''}"
    try:
        module = import_module(where)
    except ModuleNotFoundError as error:
        if error.name != where:
            raise
        return None
    command = module.COMMAND
    assert isinstance(command, Command)
    return command


def worst(statuses: list[int]) -> int:
    """The status of several answers, all of which are to be yes.

    A file that can't be used comes first; then one proven no is a no, whatever else is undecided.
    """
    return next((one for one in (UNUSABLE, NOT_MET, UNDECIDED) if one in statuses), MET)
