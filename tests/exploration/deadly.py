"""A part of a search that ends the process that answers it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from vreltui.exploration.search_families import Proving
from vreltui.exploration.tasks import Task


@dataclass(frozen=True)
class DeadlyTask(Task):
    """Ends its process, in the test's own process too, so it is to be asked of others alone."""

    @property
    def words(self) -> str:
        """A name."""
        return "deadly"

    def run(self, proving: Proving) -> Any:
        """End."""
        os._exit(9)

    def is_sound(self, result: Any, proving: Proving) -> bool:
        """Nothing is."""
        return False
