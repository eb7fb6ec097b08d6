"""Lines that every pane may show."""

from __future__ import annotations

from vreltui.tui.lines import Line, line, wrap


def note_lines(text: str, width: int, style: str = "dim") -> list[Line]:
    """A few words in place of a content."""
    return [line((part, style)) for part in wrap(text, width - 1, " ", " ")]
