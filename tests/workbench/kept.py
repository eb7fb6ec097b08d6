"""What a journal has to give back of a session: the reference for undo and redo after a crash."""

from __future__ import annotations


class Kept:
    """What the journal holds of an open design: edits since it was begun, as undo finds them."""

    def __init__(self) -> None:
        self.base: str | None = None
        self.done: list[tuple[str, str]] = []
        self.undone: list[tuple[str, str]] = []

    def record(self, before: str, after: str, move: str = "") -> None:
        """Another edit, or one that takes back the last, or does it again."""
        self.base = before if self.base is None else self.base
        if move == "undo" and self.done and self.done[-1] == (after, before):
            self.undone.append(self.done.pop())
        elif move == "redo" and self.undone and self.undone[-1] == (before, after):
            self.done.append(self.undone.pop())
        else:
            self.done.append((before, after))
            self.undone.clear()

    def resumed(self, present: str) -> Kept:
        """The same, taken over where ``present`` is on the screen."""
        again = Kept()
        assert self.base is not None
        again.base = present
        again.done = [*([] if self.base == present else [(present, self.base)]), *self.done]
        again.undone = list(self.undone)
        return again
