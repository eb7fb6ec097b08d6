"""The worked examples of docs/mathematics.md: each is run, and must say what is written there."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "mathematics.md"


def test_every_worked_example_holds() -> None:
    # Fences would be read as expected output, so they are left out; line numbers stay.
    lines = PAGE.read_text(encoding="utf-8").split("\n")
    text = "\n".join("" if line.startswith("```") else line for line in lines)
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    assert len(examples.examples) > 40
    said: list[str] = []
    failed, _ = doctest.DocTestRunner().run(examples, out=said.append)
    assert failed == 0, "".join(said)


def test_every_model_has_a_formula_a_source_and_an_example() -> None:
    text = PAGE.read_text(encoding="utf-8")
    models = text.split("## Models")[1].split("## The paper's equations")[0]
    for section in models.split("\n### ")[1:]:
        assert ">>> " in section, section.splitlines()[0]
