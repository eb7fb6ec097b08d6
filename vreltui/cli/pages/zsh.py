"""Completion for zsh, from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.cli.pages import commands, one_line, value_name
from vreltui.cli.table import Argument


def zsh() -> str:
    """The script."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    found = commands()
    yield "#compdef vreltui"
    yield "# Completion of vreltui for zsh; names of a design are asked of vreltui itself."
    yield "_vreltui_names() {"
    yield "  local word"
    yield "  for word in $words[3,-1]; do"
    yield "    if [[ -f $word ]]; then"
    yield '      compadd -- ${(f)"$(vreltui completion --names $1 $word 2>/dev/null)"}'
    yield "      return"
    yield "    fi"
    yield "  done"
    yield "}"
    yield "_vreltui() {"
    yield "  if (( CURRENT == 2 )); then"
    yield "    local -a commands"
    yield "    commands=("
    for name, command in found.items():
        if name:
            yield f"      {_quoted(f'{name}:{one_line(command.question)}')}"
    yield "    )"
    yield "    _describe command commands"
    yield "    _files"
    yield "    return"
    yield "  fi"
    yield "  case $words[2] in"
    for name, command in found.items():
        if name:
            yield f"    {name})"
            options = [each for each in command.arguments if each.is_option]
            yield "      _arguments \\"
            for option in options:
                for one in option.names:
                    yield f"        {_option(one, option)} \\"
            yield "        '--help[what it takes]' '*:file:_files' ;;"
    yield "  esac"
    yield "}"
    yield '_vreltui "$@"'


def _option(name: str, option: Argument) -> str:
    said = one_line(option.help)
    for sign in "\\[]:":
        said = said.replace(sign, f"\\{sign}")
    repeats = "*" if option.repeats else ""
    if option.flag:
        return _quoted(f"{name}[{said}]")
    what = value_name(option).replace(":", "\\:")
    if option.choices is not None:
        return _quoted(f"{repeats}{name}[{said}]:{what}:({' '.join(option.choices)})")
    if option.names_of:
        return _quoted(f"{repeats}{name}[{said}]:{what}:{{_vreltui_names {option.names_of}}}")
    action = "_files" if what in ("FILE", "OUT") else " "
    return _quoted(f"{repeats}{name}[{said}]:{what}:{action}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
