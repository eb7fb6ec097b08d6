"""Lines that are drawn: texts broken to a width in cells."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from tests import hostile
from vreltui.tui.lines import wrap

_SPACE = re.compile(r"\s+")


@pytest.mark.parametrize("width", [2, 7, 40])
@pytest.mark.parametrize("kind", hostile.ALLOWED)
def test_a_broken_text_is_whole_and_no_line_is_wider(kind: str, width: int) -> None:
    text = hostile.ALLOWED[kind]
    lines = wrap(text, width)
    assert max(map(cell_len, lines)) <= width
    assert _SPACE.sub("", "".join(lines)) == _SPACE.sub("", text)


def test_marks_stay_with_the_letter_that_they_are_on() -> None:
    assert wrap("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]


def test_wide_characters_leave_a_cell_free_rather_than_be_cut() -> None:
    assert wrap("結果結果", 5, "* ", "  ") == ["* 結", "  果", "  結", "  果"]
    assert wrap("結果結果", 6, "* ", "  ") == ["* 結果", "  結果"]


def test_a_character_too_wide_for_the_line_stands_alone() -> None:
    assert wrap("結果", 1) == ["結", "果"]


def test_a_word_longer_than_a_line_begins_behind_the_dot() -> None:
    assert wrap("abcdefgh ij", 5, "* ", "  ") == ["* abc", "  def", "  gh", "  ij"]
