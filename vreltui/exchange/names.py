"""Names of other formats, and names here."""

from __future__ import annotations

import re

MOST_NAME = 64


def xml_name(name: str) -> str:
    """A name as the Open-PSA schema takes it: a letter or _ first, no - at an end, none doubled.

    >>> xml_name("vm-1"), xml_name("1st"), xml_name("a--b-"), xml_name("flaw~1.3")
    ('vm-1', '_1st', 'a-b', 'flaw-1-3')
    """
    found = re.sub(r"-+", "-", any_name(name)).strip("-") or "_"
    found = found if re.match(r"[A-Za-z_]", found) else f"_{found}"
    return found[:MOST_NAME].rstrip("-")


def any_name(name: str) -> str:
    """A name that stands in quotes: as it is, but for the marks in names of shares of failures.

    >>> any_name("a--b-"), any_name("vm#1.2~own")
    ('a--b-', 'vm-1-2-own')
    """
    return re.sub(r"[^A-Za-z0-9_-]", "-", name)
