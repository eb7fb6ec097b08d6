"""Where things lie: the designs that come with the program, its state and its configuration."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from vreltui.storage.keep.private import own_folder

_PACKAGE = Path(__file__).resolve().parent.parent.parent
_PROGRAM = "vreltui"

# A user without a home, as containers have them, keeps nothing: no file can lie below a device.
_NOWHERE = Path(os.devnull) / _PROGRAM


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

    try:
        return Path(platformdirs.user_state_dir(_PROGRAM, appauthor=False))
    except RuntimeError:
        return _NOWHERE


def configuration_file() -> Path:
    """The file in which a person configures the program; it need not exist."""
    import platformdirs

    try:
        return Path(platformdirs.user_config_dir(_PROGRAM, appauthor=False)) / "config.toml"
    except RuntimeError:
        return _NOWHERE / "config.toml"


def state_subfolder(name: str) -> Path:
    """A folder below :func:`state_folder`, made if it is missing; only its owner may look inside.

    Raises :class:`OSError` when it can't be made, is another user's, or can't be made private.
    """
    top = state_folder()
    if top == _NOWHERE:
        raise FileNotFoundError(errno.ENOENT, "there is no home folder; HOME names one")
    folder = top / name
    for place in dict.fromkeys((top, folder)):
        if not place.is_dir():
            _make(place)
        own_folder(place)
    return folder


def state_file(name: str, file: str) -> Path:
    """A file below :func:`state_folder`, which need not exist; the folders above it are one's own.

    Raises :class:`OSError` where they are not, or where there are none.
    """
    folder = own_folder(state_folder())
    if name:
        folder = own_folder(folder / name)
    return folder / file


def _make(folder: Path) -> None:
    """Make a folder with those above it, so that a loss of power can't take them away."""
    if not folder.parent.is_dir():
        _make(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
