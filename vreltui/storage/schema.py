"""The JSON Schema of the design file, for editors and other programs."""

from __future__ import annotations

from typing import Any

from vreltui.storage.fields import DESIGN


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a design file, read as JSON.

    It describes the shape. Rules across the file (names that have to exist, no cycles, values
    within their ranges) are beyond a schema, and are checked on reading.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vreltui design file",
        "description": "A dependable system as a tree of parts, and the choices to compare.",
    } | DESIGN.schema()
