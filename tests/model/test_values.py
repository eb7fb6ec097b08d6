"""Probabilities, texts and mappings of a design."""

from __future__ import annotations

import pickle
import sys
import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vreltui.model import Choice, Design, Parameter, Probability, needed, shown, spoken
from vreltui.model.names import is_name, text_fault


@given(st.decimals(0, 1, allow_nan=False))
def test_both_sides_of_a_probability_are_exact(written: Decimal) -> None:
    direct, from_below = Probability(written), Probability(written, complemented=True)
    assert direct.reliability == from_below.unreliability == Fraction(written)
    assert direct.reliability + direct.unreliability == 1


@pytest.mark.parametrize(
    "written", ["0", "1", "0.0", "1.000", "-0.0", "1e-300", "0." + "9" * 300, "5e-2", "0E-400"]
)
def test_good_probabilities(written: str) -> None:
    assert Probability.of(written).fault() is None
    assert Probability.from_unreliability(written).fault() is None


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("1.5", "from 0 to 1"),
        ("-1e-9", "from 0 to 1"),
        ("1e-301", "1E-300"),
        ("1e-999999999", "1E-300"),
        ("1e999999999", "from 0 to 1"),
        ("NaN", "finite"),
        ("sNaN", "finite"),
        ("-Infinity", "finite"),
        ("0." + "9" * 301, "1E-300"),
        ("0." + "9" * 321, "digits"),
    ],
)
def test_bad_probabilities(written: str, word: str) -> None:
    assert word in str(Probability.of(written).fault())


def test_how_many_are_needed() -> None:
    assert [needed("majority", n) for n in (1, 2, 3, 4, 5)] == [1, 2, 2, 3, 3]
    assert [needed(needs, 7) for needs in ("all", "any", 4)] == [7, 1, 4]


def test_names() -> None:
    assert all(map(is_name, ["a", "R_V", "2-of-3", "x" * 64]))
    assert not any(map(is_name, ["", "x" * 65, "a b", "é", "a\n", "a.b"]))


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\x7f", "\x85", "\x9b", "\r", "\u2028", "\u202e"])
def test_texts_that_could_harm(bad: str) -> None:
    assert f"U+{ord(bad):04X}" in str(text_fault(f"a{bad}b", line_breaks=True))
    assert f"U+{ord(bad):04X}" in str(text_fault(f"a{bad}b", line_breaks=False))


def test_every_character_is_judged_by_what_unicode_says_of_it() -> None:
    bidirectional = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    marks = "\u061c\u200e\u200f"
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        turns = character in marks or unicodedata.bidirectional(character) in bidirectional
        acts = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        expected = "bidirectional" if turns else "control character" if acts else "None"
        assert expected in str(text_fault(character, line_breaks=False)), f"{code:04X}"


def test_breaks_are_for_long_texts() -> None:
    assert text_fault("a\n\tb", line_breaks=True) is None
    assert text_fault("a\nb", line_breaks=False) is not None
    assert text_fault("naïve ☃ 漢字", line_breaks=False) is None
    assert "10000" in str(text_fault("x" * 10_001, line_breaks=True))


@given(st.text())
def test_what_is_shown_is_one_harmless_line(text: str) -> None:
    assert shown(text).isprintable()
    assert text == shown(text) or not text.isprintable() or len(text) > 400


def test_what_is_shown_is_cut() -> None:
    assert len(shown("x" * 1000)) == 400
    assert shown("\udc80") == r"\udc80"


def test_paths_as_words() -> None:
    assert spoken(("nodes", "pool", "parts", 3)) == "parts of node pool"
    assert spoken(("nodes", "pool", "of")) == '"of" of node pool'
    assert spoken(("goal",)) == "goal"


def test_a_design_cannot_be_changed_and_can_be_sent() -> None:
    parameters = {"n": Parameter("n", 3)}
    design = Design(parameters=parameters, choices={"a": Choice("a", "x", {"n": 2})})
    parameters["m"] = Parameter("m", 1)
    assert list(design.parameters) == ["n"]
    with pytest.raises(TypeError):
        design.parameters["n"] = Parameter("n", 4)  # type: ignore[index]
    assert pickle.loads(pickle.dumps(design)) == design
    assert design.value("n") == 3
    assert design.value("n", "a") == 2


def test_order_is_part_of_a_design() -> None:
    one = {"a": Parameter("a", 1), "b": Parameter("b", 2)}
    other = {"b": Parameter("b", 2), "a": Parameter("a", 1)}
    assert Design(parameters=one) != Design(parameters=other)
