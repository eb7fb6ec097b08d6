"""Reliability in symbols, and when a choice beats another: `vreltui formula`."""

from __future__ import annotations

from dataclasses import dataclass

from vreltui import symbolic
from vreltui.library.answers import SECONDS, Answer
from vreltui.library.asking import known
from vreltui.library.designs import Design
from vreltui.model import DesignError, Problem
from vreltui.model.own_numbers import named_numbers, resolved
from vreltui.wording.conditions import condition_sentences
from vreltui.wording.formula_json import formulas_json


@dataclass(frozen=True, kw_only=True)
class Formula(Answer):
    """The reliability of a choice in the design's own names.

    ``text``, ``latex`` and ``sympy`` (Python source) are None where it is ``undecided``.
    """

    choice: str
    text: str | None
    latex: str | None
    sympy: str | None
    undecided: str = ""

    def _repr_markdown_(self) -> str:
        return f"undecided: {self.undecided}" if self.latex is None else f"$R = {self.latex}$"


@dataclass(frozen=True, kw_only=True)
class Condition(Answer):
    """When a choice beats another one, or exceeds the goal (``against`` is None).

    ``sentences`` say it in words, and where no value or any value will do.
    """

    choice: str
    against: str | None
    solved_for: str | None
    text: str | None
    latex: str | None
    sympy: str | None
    outcome: str | None
    sentences: tuple[str, ...] = ()
    undecided: str = ""

    def _repr_markdown_(self) -> str:
        return f"undecided: {self.undecided}" if self.latex is None else f"${self.latex}$"


def formula(design: Design, choice: str, *, seconds: float = SECONDS) -> Formula:
    """The reliability of a choice in symbols. sympy works in a process of its own.

    Where that is started afresh (``spawn``), call this below ``if __name__ == "__main__":``.
    """
    known(choice, "choice", design.choices)
    (answer,) = symbolic.derive(symbolic.Request(design.model, (choice,)), seconds)
    data = formulas_json(design.file, [answer], [])
    said = data["choices"][choice]
    return Formula(
        choice=choice,
        text=said["text"],
        latex=said["latex"],
        sympy=said["sympy"],
        undecided=said.get("text_undecided", ""),
        data=data,
    )


def condition(
    design: Design,
    choice: str,
    against: str | None = None,
    solve: str | None = None,
    *,
    seconds: float = SECONDS,
) -> Condition:
    """When ``choice`` beats ``against``, or exceeds the goal; solved for ``solve`` if asked."""
    known(choice, "choice", design.choices)
    if against is not None:
        known(against, "choice", design.choices)
    elif design.model.goal is None:
        raise DesignError(Problem((), "the design has no goal", "name a choice as against"))
    if solve is not None and resolved(design.model, solve) is None:
        known(solve, "parameter", [*design.model.parameters, *named_numbers(design.model)])
    request = symbolic.Request(design.model, (choice,), True, against, solve)
    (answer,) = symbolic.derive(request, seconds)
    plain = symbolic.derive(symbolic.Request(design.model, (choice,)), seconds)
    data = formulas_json(design.file, plain, [answer])
    said = data["choices"][choice]["condition"]
    sentences: tuple[str, ...] = ()
    if isinstance(answer, symbolic.Condition):
        sentences = tuple(condition_sentences(request.named, answer))
    return Condition(
        choice=choice,
        against=against,
        solved_for=solve,
        text=None if said is None else said["text"],
        latex=None if said is None else said["latex"],
        sympy=None if said is None else said["sympy"],
        outcome=None if said is None else said["outcome"],
        sentences=sentences,
        undecided=data["choices"][choice].get("condition_undecided", ""),
        data=data,
    )
