"""`vreltui formula`: the reliability, or a condition, in symbols."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from vreltui.cli.output import clean, message
from vreltui.model import Design, Problem
from vreltui.model.rules import nearest
from vreltui.storage import FileError, read
from vreltui.symbolic import (
    Answer,
    Condition,
    Formula,
    Refusal,
    Request,
    Writing,
    derive,
)
from vreltui.wording.conditions import condition_sentences


def add_parser(subparsers: Any) -> None:
    """Declare the arguments."""
    parser = subparsers.add_parser(
        "formula",
        allow_abbrev=False,
        help="the reliability, or a condition, in symbols",
        description="The reliability of every choice in the design's own parameter names. With "
        "--against, the condition under which a choice beats that one; with --solve, the condition "
        "solved for a parameter: against the goal when the design has one and --against is not "
        "given, else against the baseline. Exit status 0, or 2 where a file or name can't be used.",
    )
    parser.add_argument("design", metavar="DESIGN", help="a design file, or -")
    parser.add_argument("--choice", metavar="ID", help="this choice alone")
    parser.add_argument("--against", metavar="ID", help="the choice to be beaten")
    parser.add_argument("--solve", metavar="PARAM", help="the parameter to solve for")
    parser.add_argument("--format", choices=("text", "latex", "sympy"), default="text")


def run(arguments: argparse.Namespace) -> int:
    """Print the formulas or conditions; the exit status."""
    document = read(arguments.design)
    design = document.design
    for note in document.notes:
        message(f"{document.file}: note: {note}")
    request = _request(document.file, design, arguments)
    lines = _WRITERS[arguments.format]
    found = 0
    for answer in derive(request):
        if isinstance(answer, Refusal):
            message(f"{answer.choice}: no formula: {answer.reason}")
            continue
        if found:
            print("", end="\n" if request.compare or arguments.format == "sympy" else "")
        found += 1
        print("\n".join(clean(line) for line in lines(design, answer)))
    return 0 if found else 2


def _request(file: str, design: Design, arguments: argparse.Namespace) -> Request:
    for name, known, what in (
        (arguments.choice, design.choices, "choice"),
        (arguments.against, design.choices, "choice"),
        (arguments.solve, design.parameters, "parameter"),
    ):
        if name is not None and name not in known:
            problem = Problem((f"{what}s",), f'there is no {what} "{name}"', nearest(name, known))
            raise FileError(file, None, problem)
    against = arguments.against
    if arguments.solve is not None and against is None and design.goal is None:
        against = design.baseline
        if against is None:
            problem = Problem((), "there is nothing to solve against", "name a choice by --against")
            raise FileError(file, None, problem)
    choices = tuple(design.choices) if arguments.choice is None else (arguments.choice,)
    compare = arguments.solve is not None or arguments.against is not None
    if compare and arguments.choice is None:
        choices = tuple(name for name in choices if name != against)
        if not choices:
            problem = Problem(
                ("choices",), f"there is no choice beside {against} to compare", "add another one"
            )
            raise FileError(file, None, problem)
    return Request(design, choices, compare, against, arguments.solve)


def _text(design: Design, answer: Answer) -> Iterator[str]:
    if isinstance(answer, Formula):
        yield f"{answer.choice}: R = {answer.value.text}"
        yield from (f"    where {part.name.text} = {part.value.text}" for part in answer.parts)
    elif isinstance(answer, Condition):
        yield from _solution(answer, "text")
        yield from (f"    where {given.text} is the goal" for given in answer.given)
        yield from (f"    where {part.name.text} = {part.value.text}" for part in answer.parts)
        yield from (f"    {sentence}" for sentence in condition_sentences(design, answer))


def _solution(answer: Condition, notation: str) -> Iterator[str]:
    """The solution, or else the inequality: the first lines, alone in their notation."""
    shown: tuple[Writing, ...] = answer.solved
    if not shown and answer.comparison is not None:
        shown = (answer.comparison,)
    yield from (getattr(writing, notation) for writing in shown)


def _latex(design: Design, answer: Answer) -> Iterator[str]:
    del design
    if isinstance(answer, Formula):
        yield answer.value.latex
        yield from (f"{part.name.latex} = {part.value.latex}" for part in answer.parts)
    elif isinstance(answer, Condition):
        yield from _solution(answer, "latex")
        yield from (note.latex for note in answer.notes)
        yield from (given.latex for given in answer.given)
        yield from (f"{part.name.latex} = {part.value.latex}" for part in answer.parts)


def _sympy(design: Design, answer: Answer) -> Iterator[str]:
    del design
    if isinstance(answer, Formula):
        yield f"# {answer.choice}"
        yield from answer.declarations
        yield from (f"{part.name.sympy} = {part.value.sympy}" for part in answer.parts)
        yield f"reliability = {answer.value.sympy}"
    elif isinstance(answer, Condition):
        rival = "the goal" if answer.against is None else answer.against
        yield f"# {answer.choice} against {rival}"
        yield from answer.declarations
        yield from (f"# {given.text} is the goal" for given in answer.given)
        yield from (f"{part.name.sympy} = {part.value.sympy}" for part in answer.parts)
        if answer.comparison is not None:
            yield f"comparison = {answer.comparison.sympy}"
        # Without a solution that always holds, the notes say which one holds in which case.
        cases = answer.solved or (answer.notes if answer.outcome == "solved" else ())
        alternatives = [case.sympy for case in cases]
        if len(alternatives) == 1:
            yield f"condition = {alternatives[0]}"
        elif alternatives:
            yield f"condition = Or({', '.join(alternatives)})"
        yield from (f"# {note.text}" for note in answer.notes)


_WRITERS = {"text": _text, "latex": _latex, "sympy": _sympy}
