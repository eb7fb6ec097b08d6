"""Where things lie: the designs that come with the program."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_designs() -> list[Path]:
    """The designs that come with the program, by name.

    An installed program carries them inside its package; a checkout has them beside it.
    """
    for folder in (_PACKAGE / "designs", _PACKAGE.parent / "designs"):
        found = sorted(folder.glob("*.toml"))
        if found:
            return found
    return []
