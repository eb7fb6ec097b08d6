"""Changing a TOML text so that it says something else, and touching as little as that takes.

:mod:`.target` says what the data should become, :mod:`.inline` edits lists and inline tables,
:mod:`.blocks` knows which lines belong together, :mod:`.edit` puts it all into practice.
"""

from vreltui.storage.text.editing.additions import CannotEditError
from vreltui.storage.text.editing.edit import edited, has_name
from vreltui.storage.text.editing.target import Renames, target

__all__ = ["CannotEditError", "Renames", "edited", "has_name", "target"]
