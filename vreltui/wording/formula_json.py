"""The JSON of `vreltui formula --json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vreltui.symbolic import Answer, Condition, Formula, NamedPart, Refusal, Writing

NOTATIONS = ("text", "latex", "sympy")

_OR = {"text": " or ", "latex": r" \lor "}


def formulas_json(
    file: str, formulas: Iterable[Answer], conditions: Iterable[Answer]
) -> dict[str, Any]:
    """The formulas of choices, and beside each its condition where there is one.

    What was not found is null, with the reason under the same name and ``_undecided``.
    """
    choices = {answer.choice: _formula(answer) for answer in formulas}
    for answer in conditions:
        choices[answer.choice] |= _condition(answer)
    return {"file": file, "choices": choices}


def _formula(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Formula):
        return _writing(answer.value) | _around(answer.parts, answer.declarations)
    reason = answer.reason
    return {
        key: value
        for name in NOTATIONS
        for key, value in ((name, None), (f"{name}_undecided", reason))
    }


def _condition(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Refusal):
        return {"condition": None, "condition_undecided": answer.reason}
    assert isinstance(answer, Condition)
    cases = answer.solved or ((answer.comparison,) if answer.comparison is not None else ())
    said: dict[str, Any]
    if cases:
        said = {
            name: joined.join(_one(case, name) for case in cases) for name, joined in _OR.items()
        }
        sympy = [case.sympy for case in cases]
        said["sympy"] = sympy[0] if len(sympy) == 1 else f"Or({', '.join(sympy)})"
    else:
        said = {"text": answer.outcome, "latex": rf"\text{{{answer.outcome}}}"}
        said["sympy"] = "true" if answer.outcome == "always" else "false"
    said["outcome"] = answer.outcome
    said["notes"] = [_writing(note) for note in answer.notes]
    return {"condition": said | _around(answer.parts, answer.declarations)}


def _one(writing: Writing, notation: str) -> str:
    return writing.text if notation == "text" else writing.latex


def _writing(writing: Writing) -> dict[str, str]:
    return {"text": writing.text, "latex": writing.latex, "sympy": writing.sympy}


def _around(parts: Iterable[NamedPart], declarations: tuple[str, ...]) -> dict[str, Any]:
    """What the expressions name: parts of them, and the declarations of the sympy source."""
    named = [{"name": _writing(part.name), "value": _writing(part.value)} for part in parts]
    return {"parts": named, "declarations": list(declarations)}
