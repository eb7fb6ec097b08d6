"""Completion for bash, from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.cli.pages import commands


def bash() -> str:
    """The script."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    found = commands()
    names = " ".join(name for name in found if name)
    yield "# Completion of vreltui for bash; names of a design are asked of vreltui itself."
    yield "_vreltui_names() {"
    yield "  local word"
    yield '  for word in "${COMP_WORDS[@]:2}"; do'
    yield '    if [[ -f $word && $word != "$2" ]]; then'
    yield '      vreltui completion --names "$1" "$word" 2>/dev/null'
    yield "      return"
    yield "    fi"
    yield "  done"
    yield "}"
    yield "_vreltui() {"
    yield "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}"
    yield "  local command=${COMP_WORDS[1]} IFS=$'\\n' words="
    yield "  if (( COMP_CWORD == 1 )); then"
    yield f"    words=$'{_listed(names)}'"
    yield "  fi"
    yield '  case "$command:$before" in'
    for name, command in found.items():
        for argument in command.arguments:
            if not name or not argument.is_option or argument.flag:
                continue
            pattern = "|".join(f"{name}:{one}" for one in argument.names)
            if argument.choices is not None:
                yield f"    {pattern}) words=$'{_listed(' '.join(argument.choices))}' ;;"
            elif argument.names_of:
                yield f'    {pattern}) words=$(_vreltui_names {argument.names_of} "$current") ;;'
    yield "    *)"
    yield "      if [[ $current == -* ]]; then"
    yield '        case "$command" in'
    for name, command in found.items():
        options = [one for each in command.arguments for one in each.names if each.is_option]
        if name:
            yield f"          {name}) words=$'{_listed(' '.join([*options, '--help']))}' ;;"
    yield "        esac"
    for name, command in found.items():
        for place, argument in enumerate(command.arguments, 2):
            if not argument.is_option and argument.names_of:
                yield f"      elif [[ $command == {name} ]] && (( COMP_CWORD == {place} )); then"
                yield f'        words=$(_vreltui_names {argument.names_of} "$current")'
    yield "      fi"
    yield "      ;;"
    yield "  esac"
    yield '  COMPREPLY=($(compgen -W "$words" -- "$current"))'
    yield "  if [[ $current != -* && $before != --* ]]; then"
    yield '    COMPREPLY+=($(compgen -f -- "$current"))'
    yield "  fi"
    yield "}"
    yield "complete -o filenames -F _vreltui vreltui"


def _listed(words: str) -> str:
    return words.replace(" ", "\\n")
