"""The programs that are measured, each behind the same few questions.

Nothing is imported before it is asked for: a peer measured as a process must start without vreltui.
"""

from __future__ import annotations

from benchmarks.contenders.base import Contender


def contenders() -> tuple[list[type[Contender]], list[str]]:
    """The programs that are installed, ours first, and the names of those that are not."""
    from benchmarks.contenders.ours import Vreltui

    found: list[type[Contender]] = [Vreltui]
    missing: list[str] = []
    for name in ("relibmss", "RePyability"):
        try:
            found.append(peer(name))
        except ImportError:
            missing.append(name)
    return found, missing


def peer(name: str) -> type[Contender]:
    """A peer by its name. ImportError when it is not installed."""
    if name == "relibmss":
        from benchmarks.contenders.relibmss_peer import Relibmss

        return Relibmss
    from benchmarks.contenders.repyability_peer import RePyability

    return RePyability


__all__ = ["Contender", "contenders", "peer"]
