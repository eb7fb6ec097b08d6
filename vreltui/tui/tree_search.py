"""Searching the tree for a name or a title, as it is typed, and going on from match to match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vreltui.model.edits import Position
from vreltui.tui.questions import Pending
from vreltui.workbench.view.outline import outline

if TYPE_CHECKING:
    from vreltui.tui.questions import Questions
    from vreltui.tui.stage import Stage


class Search:
    """The search of one screen. While it is on, two keys go on from match to match."""

    def __init__(self, screen: Stage, questions: Questions) -> None:
        self._screen = screen
        self._questions = questions
        self.text = ""

    @property
    def on(self) -> bool:
        """Whether matches can be gone through."""
        return bool(self.text)

    def search(self) -> None:
        """Ask for a text, and go to the first match while it is typed; escape goes back."""
        start = self._screen.bench.position
        self.text = ""

        def typed(text: str) -> None:
            self.text = text.strip()
            self._go(start, 0)

        def left() -> None:
            self.text = ""
            self._screen.bench.select(start)

        def found(text: str) -> None:
            self.text = text.strip()
            self._say()

        self._questions.line("Search", Pending(found, typed=typed, left=left))

    def search_next(self) -> None:
        """The next match; behind the last one, the first."""
        self._go(self._screen.bench.position, 1)

    def search_previous(self) -> None:
        """The match before; before the first one, the last."""
        self._go(self._screen.bench.position, -1)

    def stop(self) -> bool:
        """End the search; whether it was on."""
        was_on, self.text = self.on, ""
        return was_on

    def _places(self) -> list[tuple[Position, bool]]:
        """Every place in the tree of the choice in hand, in order, and whether it matches."""
        bench = self._screen.bench
        wanted = self.text.casefold()
        nodes = bench.design.nodes
        return [
            (entry.position, bool(wanted) and _matches(entry.node, nodes[entry.node].title, wanted))
            for entry in outline(bench.design, bench.choice).entries
        ]

    def _go(self, here: Position, by: int) -> None:
        """Go to a match: the first from here on, the next one, or the one before."""
        places = self._places()
        at = next((row for row, (position, _) in enumerate(places) if position == here), 0)
        order = [*places[at + 1 :], *places[: at + 1]] if by else [*places[at:], *places[:at]]
        if by < 0:
            order = [*reversed(places[:at]), *reversed(places[at:])]
        match = next((position for position, matches in order if matches), None)
        if match is not None:
            self._screen.shown_tree.unfold(match)
            self._screen.bench.select(match)
        self._say()

    def _say(self) -> None:
        if not self.text or self._questions.open:
            return
        places = [position for position, matches in self._places() if matches]
        if not places:
            self._screen.say(f"nothing here is called {self.text}", "warning")
            return
        keymap, here = self._screen.keymap, self._screen.bench.position
        number = places.index(here) + 1 if here in places else 0
        after, before = keymap.key_of("search_next"), keymap.key_of("search_previous")
        self._screen.say(f"{self.text}: {number} of {len(places)}; {after} and {before} go on")


def _matches(name: str, title: str, wanted: str) -> bool:
    return wanted in name.casefold() or wanted in title.casefold()
