"""The JSON Schema of the design file, for editors and other programs."""

from __future__ import annotations

from typing import Any

from vreltui.model import FORMAT_VERSION
from vreltui.storage.keys import DESIGN


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a design file, read as JSON.

    It describes the shape. Rules across the file (names that have to exist, no cycles, values
    within their ranges) are beyond a schema, and are checked on reading.
    """
    found = DESIGN.schema()
    found["properties"]["vreltui"] |= {"const": FORMAT_VERSION}
    found["properties"]["nodes"]["minProperties"] = 1
    found["properties"]["choices"]["minProperties"] = 1
    series = found["properties"]["plots"]["additionalProperties"]["properties"]["series"]
    series |= {"minProperties": 1, "maxProperties": 1}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vreltui design file",
        "description": "A dependable system as a tree of parts, and the choices to compare.",
    } | found
