"""``python -m vreltui.cli.pages``: write all pages where they are kept (`make pages`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vreltui.cli.pages.bash import bash
from vreltui.cli.pages.fish import fish
from vreltui.cli.pages.man_page import man_page
from vreltui.cli.pages.reference import reference
from vreltui.cli.pages.zsh import zsh

PAGES: dict[str, Callable[[], str]] = {
    "docs/command-line.md": reference,
    "share/man/man1/vreltui.1": man_page,
    "share/bash-completion/completions/vreltui": bash,
    "share/zsh/site-functions/_vreltui": zsh,
    "share/fish/vendor_completions.d/vreltui.fish": fish,
}
"""Each page by its place in the repository; what is below share/ is installed by the wheel."""


def main(root: Path) -> None:
    """Write every page."""
    for place, made in PAGES.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main(Path.cwd())
