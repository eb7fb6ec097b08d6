"""Findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from vreltui.model import shown
from vreltui.wording.gates import Checked, Finding

_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_MESSAGE, ":": "%3A", ",": "%2C"}


def github(files: Iterable[Checked]) -> str:
    """A line for each finding."""
    lines = [_line(checked, each) for checked in files for each in checked.findings()]
    return "".join(f"{line}\n" for line in lines)


def _line(checked: Checked, finding: Finding) -> str:
    properties = {
        "file": checked.name,
        "line": str(finding.place.line),
        "col": str(finding.place.column),
        "title": finding.title,
    }
    said = ",".join(f"{key}={escaped(text, _PROPERTY)}" for key, text in properties.items())
    return f"::error {said}::{escaped(finding.sentence, _MESSAGE)}"


def escaped(text: str, signs: dict[str, str]) -> str:
    """A text in which no sign ends what it stands in.

    >>> escaped("50 %: a, b", _PROPERTY)
    '50 %25%3A a%2C b'
    """
    harmless = shown(text, most=len(text) + 1)
    return "".join(signs.get(character, character) for character in harmless)
