"""A list to pick from, narrowed by typing: options, commands, files, choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.message import Message

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line, fit, line, restyled, width_of, wrap
from vreltui.tui.matching import GUESSED, NO_MATCH, rank
from vreltui.tui.screens.passing import PassingScreen
from vreltui.tui.widgets.divider import titled_rule
from vreltui.tui.widgets.keybar import Hint, KeyBar
from vreltui.tui.widgets.line_view import LineView
from vreltui.tui.widgets.prompt import Prompt

_HINTS = (
    Hint("enter", "take", "accept"),
    Hint("up/down", "move", ""),
    Hint("letters", "narrow", ""),
    Hint("esc", "leave", "leave"),
)
_HINTS_OF_LETTERS = (
    Hint("letter", "take", ""),
    Hint("enter", "take", "accept"),
    Hint("up/down", "move", ""),
    Hint("/", "narrow", "narrow"),
    Hint("esc", "leave", "leave"),
)


READABLE = 100
"""The cells of a line that an eye follows; the list itself covers the whole width."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list. ``disabled`` holds the reason why it can't be picked now.

    ``also`` has other words by which it is found, in small letters; ``letter`` takes it at once.
    What ``removes`` something is picked by a key alone: a click only goes there.
    """

    value: str
    text: str
    label: str = ""
    key: str = ""
    disabled: str = ""
    removes: bool = False
    also: str = ""
    letter: str = ""


class ItemList(LineView):
    """The items that match, with a cursor."""

    class Clicked(Message):
        """An item was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, title: str, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs, id="items")
        self._heading = title
        self._items: Sequence[Item] = ()
        self._cursor = 0
        self._top = 0

    def show(self, items: Sequence[Item], cursor: int) -> None:
        """Show other items, or another one under the cursor."""
        self._items, self._cursor = items, cursor
        self.redraw()

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The title, and the items around the cursor."""
        page = max(1, height - 1)
        self._top = max(0, min(self._top, self._cursor, len(self._items) - page))
        if self._cursor >= self._top + page:
            self._top = self._cursor - page + 1
        count = f"{self._cursor + 1} of {len(self._items)}" if len(self._items) > page else ""
        title = line((self._heading, "title"), (f"  {count}" if count else "", "dim"))
        lines = [titled_rule(title, width, self.glyphs)]
        column = min(30, width // 2, max((len(item.text) for item in self._items), default=0))
        for index in range(self._top, min(self._top + page, len(self._items))):
            cells = self._line(self._items[index], column, width)
            lines.append(restyled(cells, "cursor") if index == self._cursor else cells)
        if not self._items:
            lines.append(line(("   nothing of that name", "dim")))
        return lines

    def _line(self, item: Item, column: int, width: int) -> Line:
        dots, full = self.glyphs.ellipsis, width
        width = min(width, READABLE)
        label = item.disabled or item.label
        room = max(0, width - column - len(item.key) - 6 - 2 * bool(item.letter))
        style = "dim" if item.disabled else "bold"
        text = f"{fit(item.text, column, dots)}  "
        letter = (f"  {item.letter} ", "dim" if item.disabled else "key")
        cells = line(
            *((letter, (text, style)) if item.letter else ((f"  {text}", style),)),
            (fit(label, room, dots), "warning" if item.disabled else "dim"),
            (f" {item.key} ", "key"),
        )
        return (*cells, (" " * (full - width_of(cells)), ""))

    def on_click(self, event: events.Click) -> None:
        """A click picks."""
        index = self._top + event.y - 1
        if event.y >= 1 and index < len(self._items):
            self.post_message(self.Clicked(index))


class Picker(PassingScreen[str | None], inherit_bindings=False):
    """Gives back the value that was picked, or None.

    With ``free``, what was typed is given back where it matches nothing or goes on behind a match.
    Where items have letters, one key takes one of them until ``/`` begins what narrows the list.
    """

    BINDINGS = []  # noqa: RUF012

    def __init__(
        self,
        title: str,
        items: Sequence[Item],
        glyphs: Glyphs,
        *,
        free: bool = False,
        hint: str = "",
        prompt: str = "find",
    ) -> None:
        super().__init__()
        self._items = list(items)
        self._matching = self._items
        self._cursor = next((i for i, item in enumerate(items) if not item.disabled), 0)
        self._letters = {item.letter: item for item in items if item.letter}
        self._free = free
        self._prompt_label = "type, or pick" if free else prompt
        self._hint = hint
        self._list = ItemList(title, glyphs=glyphs)
        self._prompt = Prompt(glyphs=glyphs, id="filter")
        self._note = Note(hint, glyphs=glyphs)
        self._keys = KeyBar(glyphs=glyphs, id="picker-keys")

    def compose(self) -> ComposeResult:
        """The list, what it is about, the line for typing, and what the keys do."""
        yield self._list
        yield self._note
        yield self._prompt
        yield self._keys

    def on_mount(self) -> None:
        """Take what room the items need, within the screen."""
        self._place()
        self._prompt.ask(self._prompt_label)
        self._keys.show(_HINTS_OF_LETTERS if self._letters else _HINTS)
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Another screen, another place."""
        self._place()

    def _place(self) -> None:
        width, height = self.app.size
        hint = len(wrap(self._hint, width - 2)) if self._hint else 0
        lines = min(len(self._items) + 1, max(2, height - hint - 2))
        parts = ((self._list, lines), (self._note, hint), (self._prompt, 1), (self._keys, 1))
        for widget, tall in parts:
            widget.styles.width = width
            widget.styles.height = tall
            widget.display = tall > 0

    def _show(self) -> None:
        self._list.show(self._matching, self._cursor)

    def _narrow(self) -> None:
        words = self._prompt.text.lower().split()
        if self._free:  # what is typed may be meant as it is: nothing is guessed
            words = words[:1]
        ranks = {item: rank(words, item.text, item.label, item.also) for item in self._items}
        most = GUESSED if self._free else NO_MATCH
        self._matching = [item for item in self._items if ranks[item] < most]
        self._matching.sort(key=lambda item: ranks[item])
        self._cursor = next((i for i, item in enumerate(self._matching) if not item.disabled), 0)
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Arrows move, Enter picks, Escape leaves, everything else narrows."""
        event.stop()
        event.prevent_default()
        page = max(1, self._list.size.height - 1)
        match event.key:
            case "escape" | "ctrl+c":
                self.dismiss(None)
            case "enter":
                self._accept()
            case "up" | "ctrl+p" | "shift+tab":
                self._move(-1)
            case "down" | "ctrl+n" | "tab":
                self._move(1)
            case "pageup":
                self._move(-page)
            case "pagedown":
                self._move(page)
            case _ if self._letters and event.character == "/":
                self._narrow_by_typing()
            case _ if event.character in self._letters:
                self._take(self._letters[event.character])
            case _:
                if self._prompt.edit(event):
                    self._narrow()

    def _narrow_by_typing(self) -> None:
        """From now on letters narrow, and take nothing."""
        self._letters = {}
        self._keys.show(_HINTS)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text narrows too."""
        event.stop()
        self._prompt.paste(event.text)
        self._narrow()

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """A hint was clicked."""
        message.stop()
        if message.action == "accept":
            self._accept()
        elif message.action == "narrow":
            self._narrow_by_typing()
        elif message.action == "leave":
            self.dismiss(None)

    def _move(self, by: int) -> None:
        if self._matching:
            self._cursor = max(0, min(self._cursor + by, len(self._matching) - 1))
            self._show()

    def on_item_list_clicked(self, message: ItemList.Clicked) -> None:
        """A click picks."""
        self._cursor = message.index
        if self._matching[message.index].removes:
            self._show()
            self._prompt.note("a click removes nothing: enter does", "warning")
        else:
            self._accept()

    def _accept(self) -> None:
        typed = self._prompt.text.strip()
        if self._free and typed and (" " in typed or not self._matching):
            self.dismiss(typed)
        elif self._matching:
            self._take(self._matching[self._cursor])

    def _take(self, item: Item) -> None:
        if item.disabled:
            self._prompt.note(item.disabled, "warning")
        else:
            self.dismiss(item.value)


class Note(LineView):
    """A few wrapped lines of help."""

    def __init__(self, text: str, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self._text = text

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The text, wrapped."""
        return [line((text, "dim")) for text in wrap(self._text, width - 1, " ", " ")]
