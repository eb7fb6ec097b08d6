"""Keys that are no command yet: a number before one, or the first key of two."""

from __future__ import annotations

from collections.abc import Callable

MOST = 999
"""The largest number before a key."""


class Typed:
    """What was typed towards a command.

    >>> typed = Typed()
    >>> two = {"g": True}.get
    >>> typed.take("3", two), typed.take("j", two), typed.times
    (None, 'j', 3)
    >>> typed.take("g", two), typed.take("2", two), typed.times
    (None, 'g 2', 1)
    """

    def __init__(self) -> None:
        self._number = ""
        self._first = ""
        self.times = 1
        """The number before the command that was complete last."""

    def take(self, key: str, begins: Callable[[str], bool | None]) -> str | None:
        """The key, or the two keys, that are complete now; None while more is to come.

        ``begins`` says whether a key is the first of two.
        """
        if key == "escape" and self.drop():
            return None
        if self._first:
            whole = f"{self._first} {key}"
            self.times = int(self._number or 1)
            self._number = self._first = ""
            return whole
        if key.isdecimal() and key.isascii() and (key != "0" or self._number):
            self._number = str(min(int(self._number + key), MOST))
            return None
        if begins(key):
            self._first = key
            return None
        self.times = int(self._number or 1)
        self._number = ""
        return key

    @property
    def so_far(self) -> str:
        """What was typed and is not complete."""
        return f"{self._number}{self._first}"

    def drop(self) -> bool:
        """Forget it; whether there was something."""
        was_there = bool(self.so_far)
        self._number = self._first = ""
        return was_there
