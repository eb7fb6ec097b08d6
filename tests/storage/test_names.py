"""Other names for keys: taken for that alone, and the data is that of the text read as a whole."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.storage.samples import COMMENTED, GOOD, LEADING, SHIPPED
from vreltui.storage.errors import FileError
from vreltui.storage.text.source import load, understand, understand_again

TEXTS = [GOOD, COMMENTED, LEADING, *(path.read_text() for path in SHIPPED)]
WORDS = re.compile(r"\b(?:nodes|parameters|choices|reliability|parts|[a-z]{1,3})\b")


@given(st.sampled_from(TEXTS), st.integers(0, 2**32).map(Random))
def test_whatever_words_change_the_data_is_that_of_the_whole_text(
    text: str, random: Random
) -> None:
    """Names of tables and keys, two that become one and values among them."""
    words = sorted(set(WORDS.findall(text)))
    names = dict(zip(words, random.choices([*words, "new", "newer"], k=len(words)), strict=True))
    for word in random.sample(words, len(words) * 3 // 4):
        names[word] = word
    changed = WORDS.sub(lambda found: names[found[0]], text)
    before = understand(text, "")
    try:
        whole = understand(changed, "").data
    except FileError:
        with pytest.raises(FileError):
            understand_again(changed, before, "")
        return
    found = understand_again(changed, before, "").data
    assert found == whole
    assert _order(found) == _order(whole)
    assert before.data == load(text, "")


def _order(data: object) -> object:
    """The keys, in the order that they have."""
    return [(key, _order(value)) for key, value in data.items()] if isinstance(data, dict) else None


@pytest.mark.parametrize(
    ("old", "new", "is_parsed"),
    [
        ("[nodes.vm]", "[nodes.guest]", False),
        ("[nodes.vm]", "[nodes.pool]", True),  # twice
        ("[nodes.vm]", "[vm.nodes]", True),  # one table becomes two
        ('kind = "hardware"', 'kind.of = "hardware"', True),
        ("[nodes.vm]", "[nodes]\nvm.", True),
    ],
)
def test_nothing_but_names_is_taken_without_parsing(
    old: str, new: str, is_parsed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    before = understand(GOOD, "")

    def seen(text: str, file: str) -> dict[str, object]:
        parsed.append(text)
        return load(text, file)

    monkeypatch.setattr("vreltui.storage.text.source.load", seen)
    changed = GOOD.replace(old, new)
    assert changed != GOOD
    try:
        understand_again(changed, before, "")
    except FileError:
        assert is_parsed
        return
    assert (changed in parsed) is is_parsed
    assert is_parsed or not parsed
