"""What the pane can show, each as lines for a width."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.tui.lines import Line, fit, line, wrap


def detail_lines(details: Sequence[tuple[str, str]], width: int) -> list[Line]:
    """Labels at the left, texts at the right, wrapped."""
    column = min(18, max((len(label) for label, _ in details), default=0)) + 1
    if width < 40:
        column = min(column, 12)
    lines: list[Line] = []
    for label, text in details:
        for number, part in enumerate(wrap(text, width - column - 2)):
            name = label if number == 0 else ""
            lines.append(line((f" {fit(name, column)}", "dim"), part))
    return lines
