"""Help: a short tour, then every key, made from the bindings themselves; typing narrows it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.keymap import Keymap
from vreltui.tui.lines import BLANK, Line, fit, line, wrap
from vreltui.tui.matching import GUESSED, NO_MATCH, rank
from vreltui.tui.screens.passing import PassingScreen
from vreltui.tui.widgets.line_view import LineView
from vreltui.tui.widgets.prompt import Prompt
from vreltui.workbench import Action
from vreltui.workbench.commands.synonyms import SYNONYMS

TOUR = """\
Above are the choices, each with its verdict: [+] meets the goal and beats the baseline, [-] is
short but can be saved within the ranges that are open, [x] fails as given, or is hopeless by
proof, [?] is undecided, [=] is the baseline or has nothing to beat.

The tree shows the choice in hand: what each node is given by, its reliability R, and what its
number must be for the choice to meet, all else equal.

Nudge a value with {nudge_up} and {nudge_down}, type one with {edit_value}, or take just what is
needed with {hold_threshold}. The figures follow while you type; {undo} takes back whatever you
did.

Open a range with {edit_range} for a value that you may still choose: then a choice that fails is
short, or proven hopeless. Set the goal with {edit_goal}, the baseline with {toggle_baseline}.

To build: {add} adds a component, {wrap} wraps one in a group, {make_pool} makes copies of it.
{moves} offers the moves of the paper, each as a new choice beside the old one.

{plot} draws R against the selected parameter, {formula} writes it in symbols with the condition
for the goal, {compare} sets two choices side by side. {zoom} enlarges.

{palette} finds any command by its name.
"""
"""What a newcomer needs, with the keys in force."""


class HelpScreen(PassingScreen[None], inherit_bindings=False):
    """The tour and the keys; the arrows scroll, letters narrow, escape closes."""

    BINDINGS = []  # noqa: RUF012

    def __init__(self, keymap: Keymap, glyphs: Glyphs) -> None:
        super().__init__()
        self._view = HelpView(keymap, glyphs=glyphs)
        self._prompt = Prompt(glyphs=glyphs, id="filter")

    def compose(self) -> ComposeResult:
        """One text, and the line for typing."""
        yield self._view
        yield self._prompt

    def on_mount(self) -> None:
        """Ask for what is looked for."""
        self._prompt.ask("find")

    def on_key(self, event: events.Key) -> None:
        """Scroll, narrow or close."""
        event.stop()
        event.prevent_default()
        page = max(1, self._view.size.height - 2)
        steps = {"down": 1, "up": -1, "pagedown": page, "pageup": -page, "ctrl+n": 1, "ctrl+p": -1,
                 "home": -100000, "end": 100000}  # fmt: skip
        if event.key in steps:
            self._view.move(steps[event.key])
        elif event.key in _CLOSING or (event.key == "question_mark" and not self._prompt.text):
            self.dismiss(None)
        elif self._prompt.edit(event):
            self._view.narrow(self._prompt.text)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text narrows too."""
        event.stop()
        self._prompt.paste(event.text)
        self._view.narrow(self._prompt.text)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls."""
        self._view.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls."""
        self._view.move(-3)


_CLOSING = ("escape", "ctrl+c", "enter", "f1")


class HelpView(LineView):
    """The text of the help."""

    def __init__(self, keymap: Keymap, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs, id="help")
        self._keymap = keymap
        self._top = 0
        self._length = 0
        self._words: list[str] = []

    def narrow(self, text: str) -> None:
        """Show the commands alone that fit each of some words; nothing typed shows all there is."""
        self._words, self._top = text.lower().split(), 0
        self.redraw()

    def move(self, by: int) -> None:
        """Scroll by lines."""
        page = max(1, self.size.height - 1)
        self._top = max(0, min(self._top + by, self._length - page))
        self.redraw()

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The part that is seen, and how to leave."""
        text = [*([] if self._words else self._tour(width)), *self._keys(width)]
        self._length = len(text)
        page = max(1, height - 1)
        self._top = max(0, min(self._top, len(text) - page))
        seen = list(text[self._top : self._top + page])
        seen += [BLANK] * (page - len(seen))
        last = min(self._top + page, len(text))
        place = f" {self._top + 1} to {last} of {len(text)}"
        foot = f"{place}   arrows scroll, letters narrow, esc closes"
        return [*seen, line((foot, "key"))]

    def _groups(self) -> dict[str, list[Action]]:
        """The commands by group; of what is typed, those that fit it best."""
        groups = self._keymap.groups()
        if not self._words:
            return groups
        ranks = {
            each.id: rank(self._words, each.title, each.hint, self._other_words(each))
            for actions in groups.values()
            for each in actions
        }
        # Letters in order are a guess, for which there is room only where nothing else fits.
        most = GUESSED if min(ranks.values()) < GUESSED else NO_MATCH
        narrowed = {
            group: [each for each in actions if ranks[each.id] < most]
            for group, actions in groups.items()
        }
        return {group: actions for group, actions in narrowed.items() if actions}

    def _other_words(self, action: Action) -> str:
        keys = " ".join(self._keymap.keys_of(action.id))
        return f"{SYNONYMS.get(action.id, '')} {action.id} {keys}".lower()

    def _tour(self, width: int) -> list[Line]:
        keys = {name: self._keymap.key_of(name) or "(no key)" for name in self._keymap.actions}
        lines = [line((" vreltui: what of this design stands?", "title")), BLANK]
        for paragraph in TOUR.split("\n\n"):
            text = " ".join(paragraph.format(**keys).split())
            lines += [line(part) for part in wrap(text, min(width, 84) - 1, " ", " ")]
            lines.append(BLANK)
        return lines

    def _keys(self, width: int) -> list[Line]:
        lines: list[Line] = []
        room = min(width, 110)
        groups = self._groups()
        if not groups:
            return [line(("   no command of that name", "dim"))]
        for group, actions in groups.items():
            lines.append(line((f" {group}", "title")))
            for action in actions:
                keys = " ".join(self._keymap.keys_of(action.id))
                hint = action.hint if action.hint else ""
                lines.append(
                    line(
                        (f"  {fit(keys, 11, self.glyphs.ellipsis)} ", "key"),
                        fit(action.title, 30, self.glyphs.ellipsis),
                        (" " + fit(hint, max(0, room - 46), self.glyphs.ellipsis).rstrip(), "dim"),
                    )
                )
            lines.append(BLANK)
        return lines
