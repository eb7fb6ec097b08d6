"""Where things lie: the designs that come with the program, its state and its configuration."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_PROGRAM = "vreltui"


def shipped_designs() -> list[Path]:
    """The designs that come with the program, by name.

    An installed program carries them inside its package; a checkout has them beside it.
    """
    for folder in (_PACKAGE / "designs", _PACKAGE.parent / "designs"):
        found = sorted(folder.glob("*.toml"))
        if found:
            return found
    return []


def state_folder() -> Path:
    """Where journals, locks and the list of recent designs lie, as the platform has it."""
    import platformdirs

    return Path(platformdirs.user_state_dir(_PROGRAM, appauthor=False))


def configuration_file() -> Path:
    """The file in which a person configures the program; it need not exist."""
    import platformdirs

    return Path(platformdirs.user_config_dir(_PROGRAM, appauthor=False)) / "config.toml"


def state_subfolder(name: str) -> Path:
    """A folder below :func:`state_folder`, made if it is missing; only its owner may look inside.

    Raises :class:`OSError` when it can't be made.
    """
    folder = state_folder() / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
