"""Help: a short tour, then every key, made from the bindings themselves."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.keymap import Keymap
from vreltui.tui.lines import BLANK, Line, fit, line, wrap
from vreltui.tui.screens.passing import PassingScreen
from vreltui.tui.widgets.line_view import LineView

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
    """The tour and the keys; the arrows scroll, anything else closes."""

    BINDINGS = []  # noqa: RUF012

    def __init__(self, keymap: Keymap, glyphs: Glyphs) -> None:
        super().__init__()
        self._view = HelpView(keymap, glyphs=glyphs)

    def compose(self) -> ComposeResult:
        """One text."""
        yield self._view

    def on_key(self, event: events.Key) -> None:
        """Scroll or close."""
        event.stop()
        event.prevent_default()
        page = max(1, self._view.size.height - 2)
        steps = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": page, "space": page,
                 "pageup": -page, "home": -100000, "end": 100000, "G": 100000}  # fmt: skip
        if event.key in steps:
            self._view.move(steps[event.key])
        else:
            self.dismiss(None)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls."""
        self._view.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls."""
        self._view.move(-3)


class HelpView(LineView):
    """The text of the help."""

    def __init__(self, keymap: Keymap, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs, id="help")
        self._keymap = keymap
        self._top = 0
        self._length = 0

    def move(self, by: int) -> None:
        """Scroll by lines."""
        page = max(1, self.size.height - 1)
        self._top = max(0, min(self._top + by, self._length - page))
        self.redraw()

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The part that is seen, and how to leave."""
        text = [*self._tour(width), *self._keys(width)]
        self._length = len(text)
        page = max(1, height - 1)
        self._top = max(0, min(self._top, len(text) - page))
        seen = list(text[self._top : self._top + page])
        seen += [BLANK] * (page - len(seen))
        last = min(self._top + page, len(text))
        foot = f" lines {self._top + 1} to {last} of {len(text)}   arrows scroll, esc closes"
        return [*seen, line((foot, "key"))]

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
        for group, actions in self._keymap.groups().items():
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
