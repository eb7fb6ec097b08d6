"""Completion for fish, from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.cli.pages import commands, one_line
from vreltui.cli.table import Argument


def fish() -> str:
    """The script."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Completion of vreltui for fish; names of a design are asked of vreltui itself."
    yield "function __vreltui_names"
    yield "  for word in (commandline -opc)[3..-1]"
    yield "    if test -f $word"
    yield "      vreltui completion --names $argv[1] $word 2>/dev/null"
    yield "      return"
    yield "    end"
    yield "  end"
    yield "end"
    for name, command in commands().items():
        if not name:
            continue
        said = _quoted(one_line(command.question))
        yield f"complete -c vreltui -n __fish_use_subcommand -a {name} -d {said}"
        for argument in command.arguments:
            if argument.is_option:
                yield _option(name, argument)


def _option(name: str, argument: Argument) -> str:
    words = ["complete -c vreltui", f"-n '__fish_seen_subcommand_from {name}'"]
    for one in argument.names:
        words.append(f"-l {one[2:]}" if one.startswith("--") else f"-s {one[1:]}")
    if argument.choices is not None:
        words.append(f"-x -a {_quoted(' '.join(argument.choices))}")
    elif argument.names_of:
        words.append(f"-x -a '(__vreltui_names {argument.names_of})'")
    elif not argument.flag:
        words.append("-r")
    return " ".join([*words, f"-d {_quoted(one_line(argument.help))}"])


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
