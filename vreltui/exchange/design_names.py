"""Names of a design for what others call with dots, spaces or signs."""

from __future__ import annotations

import re

from vreltui.model.names import is_name

MOST = 64


class DesignNames:
    """Gives each path a name of its own; the path as it was is kept as the title.

    >>> names = DesignNames()
    >>> names.of("plant.pump 1"), names.of("plant-pump-1"), names.of("plant.pump 1")
    ('plant-pump-1', 'plant-pump-1-2', 'plant-pump-1')
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()

    def keep(self, paths: list[str]) -> None:
        """Give names that are names here to those that have them, before any is mended."""
        for path in paths:
            if is_name(path):
                self._names[path] = path
                self._taken.add(path)

    def of(self, path: str) -> str:
        """The name of a path."""
        found = self._names.get(path)
        if found is None:
            found = self._names[path] = self.free(path)
        return found

    def free(self, wanted: str) -> str:
        """A name that nothing has yet, like the one wanted."""
        name = re.sub(r"[^A-Za-z0-9_]+", "-", wanted).strip("-")[:MOST] or "node"
        found, number = name, 2
        while found in self._taken:
            end = f"-{number}"
            found, number = name[: MOST - len(end)] + end, number + 1
        self._taken.add(found)
        return found
