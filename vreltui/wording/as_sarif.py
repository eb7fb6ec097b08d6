"""Findings as SARIF 2.1.0, the format of static analysis results (OASIS)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from vreltui import __version__
from vreltui.wording.gates import MEANINGS, Checked, Finding

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS = {"single-point": "note", "undecided": "warning"}


def sarif(files: Sequence[Checked]) -> str:
    """The whole log, of one run."""
    results = [
        _result(checked, each)
        for checked in files
        for each in (*checked.findings(), *checked.notes())
    ]
    rules = [
        {
            "id": rule,
            "shortDescription": {"text": meaning},
            "defaultConfiguration": {"level": _LEVELS.get(rule, "error")},
        }
        for rule, meaning in MEANINGS.items()
    ]
    driver = {"name": "vreltui", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1) + "\n"


def _result(checked: Checked, finding: Finding) -> dict[str, Any]:
    region = {"startLine": finding.place.line, "startColumn": finding.place.column}
    location = {
        "artifactLocation": {"uri": quote(checked.name)},
        "region": region,
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": list(MEANINGS).index(finding.rule),
        "level": _LEVELS.get(finding.rule, "error"),
        # A text such as [here](1) is a link to those who show it.
        "message": {"text": finding.sentence.replace("](", "] (")},
        "locations": [{"physicalLocation": location}],
    }
