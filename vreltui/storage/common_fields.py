"""What any entry of a design file may say of itself."""

from __future__ import annotations

from vreltui.storage.shapes import Text
from vreltui.storage.tables import Key

TITLE = Key("title", Text(), "What it is called on the screen; one line.")
DESCRIPTION = Key("description", Text(lines=True), "What it is, at length.")
NOTE = Key("note", Text(lines=True), "Free text, shown in the detail pane.")
SOURCE = Key("source", Text(), "Where the figures come from; one line.")
TEXTS = (TITLE, DESCRIPTION, NOTE)
