"""What a crash in the middle of a save may leave beside a design, and how it goes again.

It is a file with a hidden name of its own, which nothing reads: the new text or a piece of it, or
the old text after it was exchanged. In the rarest of cases, when somebody else saved within the
same instant, it holds what they wrote. So it is removed only when its text is known from elsewhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from vreltui.storage.reading import load


def temporary_name(target: str) -> str:
    """A name beside ``target`` that no file has, and that tells whose it is."""
    path = Path(target)
    return str(path.with_name(f"{_prefix(path)}{secrets.token_hex(8)}.tmp"))


def sweep(path: Path, known: Iterable[str]) -> None:
    """Remove what crashes left beside a design, where its text is one of ``known`` or begins one.

    The caller holds the lock of the design: nobody is in the middle of saving it. Never raises.
    """
    with contextlib.suppress(OSError, ValueError):
        target = Path(os.path.realpath(path))
        prefix = _prefix(target)
        with os.scandir(target.parent) as entries:
            found = [entry.path for entry in entries if entry.name.startswith(prefix)]
        texts = [text.encode("utf-8", "replace") for text in known] if found else []
        for name in found:
            _remove_if_known(name, texts)


def _remove_if_known(name: str, texts: list[bytes]) -> None:
    with contextlib.suppress(OSError):
        data = load(name, follow=False)
        mine = os.lstat(name).st_uid == os.geteuid()
        if mine and any(text.startswith(data) for text in texts):
            os.unlink(name)  # noqa: PTH108 - as scandir gave it


def _prefix(path: Path) -> str:
    return f".vreltui-{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8]}-"
