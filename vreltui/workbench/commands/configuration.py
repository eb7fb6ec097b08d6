"""What a person configures: keys, and how the screen is drawn. Faults are told, never fatal.

::

    ascii = true                    # draw with ASCII alone
    mouse = false
    background = "light"            # or "dark", where the terminal does not say

    [colours]
    key = "bold blue"               # replaces the colour of that meaning

    [keys]
    nudge_up = ["plus", "k"]        # replaces the keys of that action
    help     = "f1"
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vreltui.model import shown
from vreltui.model.rules import nearest
from vreltui.storage import FileError
from vreltui.storage.keep.locations import configuration_file
from vreltui.storage.reading import read_bytes
from vreltui.storage.text.source import understand
from vreltui.workbench.commands.action_list import ACTIONS
from vreltui.workbench.commands.actions import Action, clash

_MOST_BYTES = 100_000
_ONE = r"((ctrl|shift|alt)\+)*([A-Za-z0-9]|[a-z][a-z0-9_]*)"
_KEY = re.compile(rf"{_ONE}( {_ONE})?")
_FLAGS = ("ascii", "mouse")
_SETTINGS = (*_FLAGS, "background", "colours", "keys")
_BACKGROUNDS = ("light", "dark")

MEANINGS = (
    "dim", "bold", "title", "meets", "short", "hopeless", "undecided", "good", "bad", "open",
    "given", "key", "warning", "error", "typed", "cursor", "focus",
    *(f"curve{number}" for number in range(6)),
)  # fmt: skip
"""What has a colour of its own: verdicts, figures that are good or bad, open and given numbers,
keys, messages, what is typed, the cursor, the tab of the pane with the focus, curves."""

_DULL = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
COLOURS = (*_DULL, *(f"bright_{name}" for name in _DULL))
"""The sixteen colours of a terminal by their names."""

_MANNERS = ("bold", "dim", "underline", "reverse")


@dataclass(frozen=True, slots=True)
class Configuration:
    """The configuration in force.

    ``keys`` holds the keys of every action; ``ascii`` and ``mouse`` are None where the file does
    not say; ``background`` is "light", "dark" or empty; ``colours`` holds styles by what they mean;
    ``faults`` says what in the file was not understood, a line each.
    """

    keys: Mapping[str, tuple[str, ...]]
    ascii: bool | None = None
    mouse: bool | None = None
    background: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    path: Path | None = None


def configuration(
    path: Path | None = None, *, actions: Sequence[Action] = ACTIONS
) -> Configuration:
    """The configuration in a file; by default in the person's own. Never raises.

    ``actions`` are those that can have keys: the workbench's, and those of the panes where there
    is a screen that has some.
    """
    keys = {action.id: action.keys for action in actions}
    scopes = {action.id: action.scope for action in actions}
    faults: list[str] = []
    path = path if path is not None else configuration_file()
    data = _read(path, faults)
    for name in data:
        if name not in _SETTINGS:
            right = nearest(name, _SETTINGS)
            faults.append(f"{shown(name)} is no setting; {right}")
    flags = {name: _flag(data, name, faults) for name in _FLAGS}
    own = data.get("keys", {})
    if isinstance(own, dict):
        keys.update(_keys(own, tuple(keys), faults))
    else:
        faults.append("keys is no table; write [keys]")
    faults += _taken_twice(keys, own if isinstance(own, dict) else {}, scopes)
    background, colours = _background(data, faults), _colours(data, faults)
    where = shown(str(path))
    told = tuple(f"{where}: {fault}" for fault in faults)
    return Configuration(keys, flags["ascii"], flags["mouse"], background, colours, told, path)


def _read(path: Path, faults: list[str]) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        data = read_bytes(str(path), _MOST_BYTES)
        if len(data) > _MOST_BYTES:
            faults.append(f"it has more than {_MOST_BYTES} bytes")
            return {}
        return understand(data.decode("utf-8"), str(path)).data
    except FileError as error:
        # Only what is wrong within the text has a line.
        where = "" if error.line is None else f"not TOML, line {error.line}: "
        faults.append(where + shown(str(error.problem)))
    except UnicodeDecodeError:
        faults.append("it is not UTF-8")
    return {}


def _flag(data: dict[str, Any], name: str, faults: list[str]) -> bool | None:
    value = data.get(name)
    if value is None or isinstance(value, bool):
        return value
    faults.append(f"{name} is neither true nor false")
    return None


def _background(data: dict[str, Any], faults: list[str]) -> str:
    value = data.get("background", "")
    if value in ("", *_BACKGROUNDS):
        return str(value)
    faults.append('background is neither "light" nor "dark"')
    return ""


def _colours(data: dict[str, Any], faults: list[str]) -> dict[str, str]:
    found = {}
    own = data.get("colours", {})
    if not isinstance(own, dict):
        faults.append("colours is no table; write [colours]")
        return {}
    for name, value in own.items():
        words = value.split() if isinstance(value, str) else []
        wrong = next((word for word in words if word not in (*COLOURS, *_MANNERS)), "")
        if name not in MEANINGS:
            faults.append(f"colours.{shown(name)} is nothing coloured; {nearest(name, MEANINGS)}")
        elif wrong or not words:
            right = nearest(wrong, COLOURS) if wrong else 'write "bold blue"'
            faults.append(f"colours.{name}: {shown(wrong or str(value))} is no colour; {right}")
        else:
            found[name] = value
    return found


def _keys(
    own: dict[str, Any], names: Sequence[str], faults: list[str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in own.items():
        wanted = [value] if isinstance(value, str) else value
        if name not in names:
            faults.append(f"keys.{shown(name)} is no action; {nearest(name, names)}")
        elif not isinstance(wanted, list) or not all(isinstance(key, str) for key in wanted):
            faults.append(f'keys.{name} is no key; write "f2" or ["f2", "R"]')
        else:
            wrong = [key for key in wanted if not _KEY.fullmatch(key)]
            if wrong:
                right = 'as "ctrl+s", "f2", "plus" or "R"'
                faults.append(f"keys.{name}: {shown(wrong[0])!a} is no key; write it {right}")
            found[name] = tuple(key for key in wanted if _KEY.fullmatch(key))
    return found


def _taken_twice(
    keys: dict[str, tuple[str, ...]], own: Mapping[str, Any], scopes: Mapping[str, str]
) -> list[str]:
    """Keys that two actions want in one scope: the one that the person named keeps it."""
    faults = []
    owners: dict[str, list[str]] = {}
    order = [*(name for name in keys if name in own), *(name for name in keys if name not in own)]
    for name in order:
        kept = []
        for key in keys[name]:
            others = owners.setdefault(key, [])
            owner = next((each for each in others if clash(scopes[each], scopes[name])), None)
            if owner is None:
                kept.append(key)
                others.append(name)
            elif name in own:
                faults.append(f"keys: {key} is given to both {owner} and {name}; {owner} has it")
        keys[name] = tuple(kept)
    return faults
