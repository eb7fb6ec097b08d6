"""The format of a file, by what it says."""

from __future__ import annotations

import re

from vreltui.storage.reading import begins_a_design

_COMMENT = re.compile(rb"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)


def foreign_form(data: bytes) -> str | None:
    """The format of a file by what it begins with, never by its name; None of what is in none.

    >>> foreign_form(b"<opsa-mef/>"), foreign_form(b'toplevel "a";'), foreign_form(b"vreltui = 1")
    ('open-psa', 'galileo', None)
    """
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return "open-psa"
    if begins_a_design(data):
        return None
    text = _COMMENT.sub(b"", data[:65536])
    if re.search(rb"\btoplevel\b", text) or re.match(rb'\s*"', text):
        return "galileo"
    return None
