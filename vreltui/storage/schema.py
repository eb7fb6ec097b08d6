"""The JSON Schema of the design file, for editors and other programs."""

from __future__ import annotations

import json
from typing import Any

from vreltui.storage.fields import DESIGN

FILE = "vreltui.schema.json"
"""What the schema is called beside a design."""

LINE = f"#:schema ./{FILE}\n"
"""The first line of a design by which an editor finds the schema."""

_TITLE = "vreltui design file"


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(schema(), indent=2) + "\n"


def is_schema(data: bytes) -> bool:
    """Whether a file is this schema, also that of another version.

    >>> is_schema(schema_text().encode()), is_schema(b"{}"), is_schema(b"no")
    (True, False, False)
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("title") == _TITLE


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a design file, read as JSON.

    It describes the shape. Rules across the file (names that have to exist, no cycles, values
    within their ranges) are beyond a schema, and are checked on reading.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _TITLE,
        "description": "A dependable system as a tree of parts, and the choices to compare.",
    } | DESIGN.schema()
