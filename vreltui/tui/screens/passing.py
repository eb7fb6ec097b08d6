"""Screens that come, give their answer once, and go."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class PassingScreen(ModalScreen[ScreenResultType]):
    """A screen over the design. What is pressed behind its answer, before it is gone, is nothing.

    Keys can be faster than the screen goes; a second answer would close what lies below it too.
    """

    _answered = False

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Give the answer and go; only the first time."""
        if self._answered:
            return AwaitComplete()
        self._answered = True
        return super().dismiss(result)
