"""The man page vreltui(1), from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.cli.pages import commands, one_line, usage, written

_FILES = (
    ("~/.config/vreltui/config.toml", "how the screen is drawn and which keys do what"),
    ("~/.local/state/vreltui/", "journals of unsaved edits, recent designs, the log of a crash"),
)


def man_page() -> str:
    """The page in the language of man(7)."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.TH VRELTUI 1 "" "vreltui" "User Commands"'
    yield ".SH NAME"
    yield "vreltui \\- exact reliability of virtualized architectures, in a terminal"
    yield ".SH SYNOPSIS"
    for name, command in commands().items():
        yield ".PP"
        yield escaped(usage(name, command))
    yield ".SH DESCRIPTION"
    yield escaped(
        "Opens a design of hosts, hypervisors, virtual machines, functions and votes, and shows "
        "which choices stand, what each part would have to be for one to stand, and why. The same "
        "answers are there without a terminal, for scripts and CI. A design is a text file; - "
        "reads it from standard input."
    )
    yield ".SH COMMANDS"
    for name, command in commands().items():
        yield f".SS {escaped(f'vreltui {name}'.rstrip())}"
        yield escaped(one_line(command.description))
        for argument in command.arguments:
            said = one_line(argument.help)
            if argument.choices is not None:
                said += f" ({', '.join(argument.choices)})"
            yield ".TP"
            yield f"\\fB{escaped(written(argument))}\\fR"
            yield escaped(said)
        yield ".PP"
        ends = "; ".join(f"{status} {means}" for status, means in sorted(command.statuses.items()))
        yield escaped(f"Exit status: {ends}.")
    yield ".SH FILES"
    for path, what in _FILES:
        yield ".TP"
        yield f"\\fI{escaped(path)}\\fR"
        yield escaped(what)
    yield ".SH ENVIRONMENT"
    yield ".TP"
    yield "\\fBNO_COLOR\\fR"
    yield "nothing is coloured where this is set"


def escaped(text: str) -> str:
    r"""A text that man(7) takes as it is.

    >>> print(escaped(".a -b \\"))
    \&.a \-b \(rs
    """
    found = text.replace("\\", "\\(rs").replace("-", "\\-")
    return f"\\&{found}" if found[:1] in (".", "'") else found
