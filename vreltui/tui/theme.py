"""The styles by meaning. They use the terminal's own sixteen colours, so they fit its theme.

A colour never carries a meaning alone: a mark or a word stands beside it.
"""

from __future__ import annotations

from rich.style import Style

STYLES: dict[str, Style] = {
    "": Style.null(),
    "dim": Style(dim=True),
    "bold": Style(bold=True),
    "title": Style(bold=True),
    "meets": Style(color="green", bold=True),
    "short": Style(color="yellow", bold=True),
    "hopeless": Style(color="red", bold=True),
    "undecided": Style(color="magenta", bold=True),
    "good": Style(color="green"),
    "bad": Style(color="red"),
    "open": Style(color="cyan", bold=True),
    "given": Style(color="cyan"),
    "key": Style(color="cyan", bold=True),
    "warning": Style(color="yellow"),
    "error": Style(color="red", bold=True),
    "typed": Style(bold=True),
    "curve0": Style(color="cyan"),
    "curve1": Style(color="yellow"),
    "curve2": Style(color="green"),
    "curve3": Style(color="magenta"),
    "curve4": Style(color="red"),
    "curve5": Style(color="blue"),
    "cursor": Style(reverse=True),
    "focus": Style(bold=True, reverse=True),
}
"""A style for each meaning that a piece of a line can have."""


def style(name: str) -> Style:
    """The style of a meaning; several are joined by spaces."""
    if name in STYLES:
        return STYLES[name]
    combined = Style.combine([STYLES[part] for part in name.split()])
    STYLES[name] = combined
    return combined
