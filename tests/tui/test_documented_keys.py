"""The table of commands and keys in docs/keys.md is the registry's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.snapshot import OPTION
from vreltui.tui.keymap import Keymap

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"
BEGIN = "<!-- the commands: begin -->\n"
END = "<!-- the commands: end -->\n"


def table() -> str:
    keymap = Keymap({})
    (menu,) = keymap.actions["moves"].keys
    lines = []
    for group, actions in keymap.groups().items():
        lines += [
            f"\n## {group}\n",
            "| name | command | keys | scope | |",
            "| --- | --- | --- | --- | --- |",
        ]
        for action in actions:
            own = (*action.keys, *([f"{menu} {action.letter}"] if action.letter else []))
            keys = " ".join(f"`{key.replace('|', chr(92) + '|')}`" for key in own)
            lines.append(
                f"| `{action.id}` | {action.title} | {keys} | {action.scope} | {action.hint} |"
            )
    return "\n".join(lines) + "\n\n"


def test_the_page_of_keys_says_what_the_program_does(pytestconfig: pytest.Config) -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    found, _, after = rest.partition(END)
    if pytestconfig.getoption(OPTION):
        PAGE.write_text(before + BEGIN + table() + END + after, encoding="utf-8")
    else:
        assert found == table(), f"{OPTION} writes it anew"
