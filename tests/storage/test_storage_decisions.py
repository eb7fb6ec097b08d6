"""Decisions of the storage that larger tests pass by, each in the smallest case that shows it."""

from __future__ import annotations

import pytest

from vreltui.storage import FileError, parse

CATALOGUE = """\
vreltui = 1
goal = { reliability = 0.9 }
[catalogues.hosts]
title = "Hosts"
A = { reliability = 0.99 }
[nodes.one]
from = "hosts"
[choices.c]
root = "one"
set = { one = "A" }
"""


def test_a_text_in_a_catalogue_that_is_no_word_of_it_is_no_item() -> None:
    assert parse(CATALOGUE).design.catalogues["hosts"].title == "Hosts"
    with pytest.raises(FileError, match="B"):
        parse(CATALOGUE.replace("[nodes.one]", 'B = "0.99"\n[nodes.one]'))
