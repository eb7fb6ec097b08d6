"""Texts that try to drive a terminal, to pass for markup or to break a layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any, TypeVar

from vreltui.storage import read, render

T = TypeVar("T", bound=Any)

WEB = Path(__file__).parents[1] / "designs" / "web-node.toml"

REFUSED = {
    "clear": "a\x1b[2Jb",
    "clipboard": "a\x1b]52;c;QUFBQQ==\x07b",
    "link": "a\x1b]8;;http://example.org\x1b\\b\x1b]8;;\x1b\\",
    "title": "a\x1b]0;owned\x07b",
    "c1": "a\x9b31mb\x9d52;c;QUFBQQ==\x9c",
    "return": "a\rb",
    "backspace": "a\b\b\bb",
    "delete": "a\x7fb",
    "override": "a\u202eb\u202c",
    "isolate": "a\u2067b\u2069",
    "marks": "a\u200eb\u200fc\u061cd",
    "separators": "a\u2028b\u2029c",
}
"""No text of a design may hold these; names of files may hold all, and lines besides."""

ALLOWED = {
    "markup": "[bold red]a[/bold red] [/] [/b] [link=http://example.org]b[/link]",
    "action": '[@click=app.exit]a[/] [@click="app.bell"]b[/]',
    "brackets": "[[[a]]] \\[b] [c",
    "latex": "\\write18{id} $x$ \\input{/etc/passwd} %",
    "formula": "=cmd|' /C calc'!A0",
    "shell": "; touch /tmp/owned `id` $(id)",
    "wide": "虚拟机监控程序" * 40,
    "combining": "e\u0301\u0308\u0323" * 60,
    "stacked": "a" + "\u0301" * 300,
    "joined": "👩\u200d👩\u200d👧\u200d👦" * 20,
    "right to left": "\u062e\u0627\u062f\u0645 \u0627\u0644\u0648\u064a\u0628 " * 10,
    "nothing": "\u200b\u2060\ufeff\u00ad" * 10,
    "long": "word " * 1900,
    "one word": "w" * 9900,
    "percent": "%s %(x)s {x} {0} \\x1b[2J \\033[2J ^[[2J",
}
"""A title may hold these."""

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def unsafe(text: str) -> list[str]:
    """What of a text a terminal could obey, tabs and ends of lines aside; ASCII, to be shown."""
    return [ascii(text[max(0, m.start() - 20) : m.end() + 5]) for m in _UNSAFE.finditer(text)]


def design(*texts: str) -> str:
    """The web design with texts, in turn, wherever a person may write one."""
    found, following = read(WEB).design, cycle(texts)

    def texted(item: T, *more: str) -> T:
        names = ("title", "description", "note", *more)
        return replace(item, **{name: next(following) for name in names})

    def all_of(items: Mapping[str, T], *more: str) -> Any:
        return {name: texted(item, *more) for name, item in items.items()}

    return render(
        replace(
            texted(found),
            parameters=all_of(found.parameters, "source"),
            nodes=all_of(found.nodes, "source"),
            choices=all_of(found.choices),
            plots=all_of(found.plots),
        )
    )
