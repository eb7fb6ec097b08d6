"""What is made from the table of commands beside --help: reference, man page, shell completion."""

from __future__ import annotations

from vreltui.cli import open as opening
from vreltui.cli import table
from vreltui.cli.table import Argument, Command


def commands() -> dict[str, Command]:
    """Every command by its name; the application has none."""
    found = {"": opening.COMMAND}
    for name in table.names():
        command = table.find(name)
        assert command is not None
        found[name] = command
    return found


def written(argument: Argument) -> str:
    """An argument as it is written: "--choice ID", "DESIGN...", "-o FILE".

    >>> written(Argument(("--choice",), "this one", "ID")), written(Argument(("x",), "", times="+"))
    ('--choice ID', 'X...')
    """
    if not argument.is_option:
        name = argument.metavar or argument.names[0].upper()
        more = {"+": f"{name}...", "?": f"[{name}]", "*": f"[{name}...]"}
        return more.get(argument.times or "", name)
    names = ", ".join(argument.names)
    return names if argument.flag else f"{names} {value_name(argument)}"


def value_name(argument: Argument) -> str:
    """What the value of an option is called."""
    if argument.metavar is not None:
        return argument.metavar
    if argument.choices is not None:
        return "|".join(argument.choices)
    return argument.names[-1].lstrip("-").upper()


def usage(name: str, command: Command) -> str:
    """The line that shows how a command is called."""
    words = ["vreltui", *([name] if name else [])]
    for argument in command.arguments:
        text = written(argument)
        words.append(f"[{text}]" if argument.is_option and not argument.required else text)
    return " ".join(words)


def one_line(text: str) -> str:
    """Help as one sentence of a table; argparse's %% is a sign of per cent."""
    return " ".join(text.replace("%%", "%").split())
