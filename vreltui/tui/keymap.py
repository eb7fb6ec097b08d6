"""Which key does what, as configured, and how keys are written for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from vreltui.workbench import ACTIONS, Action

_NAMES = {
    "plus": "+", "minus": "-", "equals_sign": "=", "underscore": "_", "full_stop": ".",
    "comma": ",", "greater_than_sign": ">", "less_than_sign": "<", "question_mark": "?",
    "colon": ":", "left_square_bracket": "[", "right_square_bracket": "]",
    "left_curly_bracket": "{", "right_curly_bracket": "}", "left_parenthesis": "(",
    "right_parenthesis": ")", "escape": "esc", "pageup": "PgUp", "pagedown": "PgDn",
    "delete": "del", "insert": "ins", "slash": "/", "asterisk": "*", "semicolon": ";",
    "exclamation_mark": "!", "number_sign": "#", "at": "@", "tilde": "~",
}  # fmt: skip


def shown_key(key: str) -> str:
    """A key as people write it.

    >>> shown_key("ctrl+s"), shown_key("plus"), shown_key("shift+tab"), shown_key("f2")
    ('^s', '+', 'S-tab', 'F2')
    """
    if key.startswith("ctrl+"):
        return f"^{shown_key(key[5:])}"
    if key.startswith("shift+"):
        return f"S-{shown_key(key[6:])}"
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return _NAMES.get(key, key)


HINTS = (
    ("edit_value", "edit"),
    ("nudge_up", "nudge"),
    ("hold_threshold", "to needed"),
    ("add", "add"),
    ("delete", "delete"),
    ("undo", "undo"),
    ("plot", "plot"),
    ("compare", "compare"),
    ("moves", "moves"),
    ("next_choice", "next"),
    ("save", "save"),
    ("palette", "find"),
    ("formula", "formula"),
    ("edit_range", "range"),
    ("edit_goal", "goal"),
    ("quit", "quit"),
    ("help", "help"),
)
"""What the bottom line names, the most useful first; help is always there."""


class Keymap:
    """The actions that can be asked for, and the keys in force, by action."""

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        self.actions: dict[str, Action] = {action.id: action for action in ACTIONS}
        self._keys = {name: tuple(keys.get(name, ())) for name in self.actions}
        self._by_key = {key: name for name, each in self._keys.items() for key in each}

    def action_of(self, key: str) -> Action | None:
        """What a key does."""
        name = self._by_key.get(key)
        return None if name is None else self.actions[name]

    def keys_of(self, name: str) -> tuple[str, ...]:
        """The keys of an action, as people write them."""
        return tuple(shown_key(key) for key in self._keys.get(name, ()))

    def key_of(self, name: str) -> str:
        """The first key of an action, as people write it; empty when it has none."""
        return next(iter(self.keys_of(name)), "")

    def groups(self) -> dict[str, list[Action]]:
        """The actions by group, in the order of the help."""
        found: dict[str, list[Action]] = {}
        for action in self.actions.values():
            found.setdefault(action.group, []).append(action)
        return found

    @cached_property
    def bottom_line(self) -> list[tuple[str, str, str]]:
        """The hints that have a key: the key, the word, and the id of the action."""
        hints = [(self.key_of(name), word, name) for name, word in HINTS]
        down = self.key_of("nudge_down")
        return [
            (f"{key}/{down}" if name == "nudge_up" and down else key, word, name)
            for key, word, name in hints
            if key
        ]
