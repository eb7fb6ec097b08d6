"""What git keeps of a design's file."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from vreltui.model import Problem, shown
from vreltui.storage import FileError
from vreltui.storage.limits import MOST_BYTES

_SECONDS = 5.0


def at_revision(path: Path, revision: str) -> str:
    """The text of a file in a revision, such as ``HEAD~1``. Raises :class:`FileError`.

    Nothing that a repository configures is run: the bytes are taken as they are kept.
    """
    name = revision.strip()
    if not name or name.startswith("-") or not name.isprintable() or ":" in name:
        raise _refused(path, f"{shown(name)!r} is no revision", "HEAD, main or v1.2 would be one")
    git = shutil.which("git")
    if git is None:
        raise _refused(path, "git is not installed", "")
    place = path.resolve()
    blob = f"{name}:./{place.name}"
    kept = _git(git, place, "cat-file", "-s", blob)
    if int(kept) > MOST_BYTES:
        raise _refused(path, f"it is too large at {shown(name)}", "")
    return _git(git, place, "cat-file", "blob", blob).decode("utf-8", "replace")


def _git(git: str, place: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - the words are checked, and no shell reads them
            [git, "-C", str(place.parent), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, "GIT_NO_LAZY_FETCH": "1"},
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refused(place, "git gives no answer", str(error)) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _refused(place, shown(said[0], 200) if said else "git does not know it", "")
    return done.stdout


def _refused(path: Path, what: str, right: str) -> FileError:
    return FileError(path.name, None, Problem((), what, right))
