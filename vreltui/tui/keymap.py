"""Which key does what, as configured, and how keys are written for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vreltui.tui.panes import all_actions, pane_types
from vreltui.tui.widgets.keybar import Hint
from vreltui.workbench import Action
from vreltui.workbench.commands.actions import GLOBAL, PANE, SEARCH, TREE
from vreltui.workbench.commands.paper_moves import MENU

_NAMES = {
    "plus": "+", "minus": "-", "equals_sign": "=", "underscore": "_", "full_stop": ".",
    "comma": ",", "greater_than_sign": ">", "less_than_sign": "<", "question_mark": "?",
    "colon": ":", "left_square_bracket": "[", "right_square_bracket": "]",
    "left_curly_bracket": "{", "right_curly_bracket": "}", "left_parenthesis": "(",
    "right_parenthesis": ")", "escape": "esc", "pageup": "PgUp", "pagedown": "PgDn",
    "delete": "del", "insert": "ins", "slash": "/", "asterisk": "*", "semicolon": ";",
    "backslash": "\\", "exclamation_mark": "!", "ampersand": "&", "number_sign": "#", "at": "@",
    "tilde": "~",
}  # fmt: skip


def shown_key(key: str) -> str:
    """A key as people write it.

    >>> shown_key("ctrl+s"), shown_key("plus"), shown_key("shift+tab"), shown_key("f2")
    ('^s', '+', 'S-tab', 'F2')
    """
    if " " in key:
        return "".join(map(shown_key, key.split()))
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
    """The actions that can be asked for, and the keys in force, by action.

    A key stands for one action in each scope. An action that ``keys`` says nothing of has those
    it brings.
    """

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        self.actions: dict[str, Action] = {action.id: action for action in all_actions()}
        self._keys = {
            name: tuple(keys.get(name, action.keys)) for name, action in self.actions.items()
        }
        self._by_key = {
            (self.actions[name].scope, key): name
            for name, each in self._keys.items()
            for key in each
        }
        self._first = {key.split()[0] for _, key in self._by_key if " " in key}
        self._words = {
            pane.name: [(each.action.id, each.word) for each in pane.actions if each.word]
            for pane in pane_types()
        }

    def begins(self, key: str) -> bool:
        """Whether a key is the first of two that do something."""
        return key in self._first

    def action_of(
        self, key: str, focus: str | None = None, *, searching: bool = False
    ) -> Action | None:
        """What a key does while a pane has the focus, or the tree (None)."""
        inner = (SEARCH, TREE) if searching else (TREE,)
        scopes = (GLOBAL, *inner) if focus is None else (GLOBAL, focus, PANE, *inner)
        names = (self._by_key.get((scope, key)) for scope in scopes)
        return next((self.actions[name] for name in names if name is not None), None)

    def keys_of(self, name: str) -> tuple[str, ...]:
        """The keys of an action, as people write them; those of a list and a letter are two."""
        keys = self._keys.get(name, ())
        letter = self.actions[name].letter if name in self.actions else ""
        listed = [f"{key} {letter}" for key in self._keys[MENU][:1]] if letter else []
        return tuple(shown_key(key) for key in (*keys, *listed))

    def key_of(self, name: str) -> str:
        """The first key of an action, as people write it; empty when it has none."""
        return next(iter(self.keys_of(name)), "")

    def groups(self) -> dict[str, list[Action]]:
        """The actions by group, in the order of the help."""
        found: dict[str, list[Action]] = {}
        for action in self.actions.values():
            found.setdefault(action.group, []).append(action)
        return found

    def hints(
        self,
        focus: str | None,
        refused: Callable[[Action], bool],
        *,
        pane: bool = False,
        searching: bool = False,
    ) -> list[Hint]:
        """What the keys do here and now, the most useful first.

        What is particular to the focus comes first: the search that is on, then the pane with the
        focus. ``pane`` says whether one is open. What is ``refused`` now is named all the same, so
        that the others stay where they are.
        """
        named: list[tuple[str, str]] = list(_IN_SEARCH) if searching else []
        if focus is not None:
            named += [*self._words[focus], *_IN_PANES]
        elif pane:
            named.append(("focus_pane", "pane"))
        found = []
        for name, word in (*named, *HINTS):
            key = self._reached(name, focus, searching=searching)
            if key:
                other = self.key_of(_PAIRS.get(name, ""))
                both = f"{key}/{other}" if other else key
                found.append(Hint(both, word, name, not refused(self.actions[name])))
        return found

    def _reached(self, name: str, focus: str | None, *, searching: bool) -> str:
        """The first key that does this where the focus is, as people write it; empty for none."""
        action = self.actions[name]
        for key in self._keys[name]:
            if self.action_of(key, focus, searching=searching) is action:
                return shown_key(key)
        return ""


_IN_SEARCH = (("search_next", "next match"), ("cancel", "end the search"))
"""What the bottom line names while a search is on."""

_IN_PANES = (("focus_pane", "tree"), ("cancel", "close"), ("pane_down", "scroll"))
"""What the bottom line names in every pane, behind the pane's own."""

_PAIRS = {"nudge_up": "nudge_down", "pane_down": "pane_up", "search_next": "search_previous"}
"""Actions whose hint names the key of the opposite one too."""
