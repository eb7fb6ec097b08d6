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
        left = {name: data for name in found if (data := _own(name)) is not None}
        texts = iter(known)
        # Texts are made as they are asked for: there may be many, and seldom is one needed.
        while left and (text := next(texts, None)) is not None:
            encoded = text.encode("utf-8", "replace")
            for name in [name for name, data in left.items() if encoded.startswith(data)]:
                del left[name]
                _remove(name)


def _own(name: str) -> bytes | None:
    """What a leftover holds; None where it is another's, or can't be read."""
    with contextlib.suppress(OSError):
        data = load(name, follow=False)
        if os.lstat(name).st_uid == os.geteuid():
            return data
    return None


def _remove(name: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(name)  # noqa: PTH108 - as scandir gave it


def _prefix(path: Path) -> str:
    return f".vreltui-{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8]}-"
