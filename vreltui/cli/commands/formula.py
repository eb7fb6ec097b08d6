"""`vreltui formula`: the reliability, or a condition, in symbols."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from vreltui.cli.arguments import CHOICE, DESIGN, JSON, SECONDS
from vreltui.cli.budget import Budget
from vreltui.cli.designs import asked, require, settings_of
from vreltui.cli.output import clean, write
from vreltui.cli.settings import SET
from vreltui.cli.table import USABLE, Argument, Command
from vreltui.model import Design, Problem
from vreltui.model.own_numbers import named_betas, named_numbers, resolved
from vreltui.storage import FileError
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
from vreltui.wording.formula_json import formulas_json
from vreltui.wording.times import SYMBOLS


def _run(arguments: argparse.Namespace) -> int:
    """Print the formulas or conditions; the exit status."""
    budget = Budget(arguments.seconds)
    document = asked(arguments.design, arguments)
    design = document.design
    request = _request(document.file, design, arguments)
    designs = settings_of(document, arguments).for_choices(request.choices)
    answers = _all_derived(request, designs, budget)
    if arguments.json:
        formulas = (
            _all_derived(replace(request, compare=False), designs, budget)
            if request.compare
            else answers
        )
        conditions = answers if request.compare else []
        write(json.dumps(formulas_json(document.file, formulas, conditions), indent=1) + "\n")
        return 0
    lines, named = _WRITERS[arguments.format], request.named
    apart = "\n" if request.compare or arguments.format == "sympy" else ""
    for number, answer in enumerate(answers):
        said = "\n".join(clean(line) for line in lines(named, answer))
        write((apart if number else "") + said + "\n")
    return 0


def _all_derived(request: Request, designs: Mapping[str, Design], budget: Budget) -> list[Answer]:
    """The answers about all choices, each in its own design; in the order of the request."""
    answers: dict[str, Answer] = {}
    groups: dict[int, list[str]] = {}
    for choice in request.choices:
        groups.setdefault(id(designs[choice]), []).append(choice)
    for choices in groups.values():
        part = replace(request, design=designs[choices[0]], choices=tuple(choices))
        answers |= {answer.choice: answer for answer in _derived(part, budget)}
    return [answers[choice] for choice in request.choices]


def _derived(request: Request, budget: Budget) -> list[Answer]:
    """The answers about all choices: at once, or each in its share of what is left of the time."""
    left = budget.end - time.monotonic()
    answers = list(derive(request, max(0.01, left / 2)))
    if len(request.choices) > 1 and all(isinstance(answer, Refusal) for answer in answers):
        answers = []
        for number, choice in enumerate(request.choices):
            seconds = budget.share(len(request.choices) - number) - time.monotonic()
            answers += derive(replace(request, choices=(choice,)), max(0.01, seconds))
    return answers


def _request(file: str, design: Design, arguments: argparse.Namespace) -> Request:
    require(file, "choice", arguments.against, design.choices)
    if arguments.solve is not None and resolved(design, arguments.solve) is None:
        require(
            file,
            "parameter",
            arguments.solve,
            [*design.parameters, *named_numbers(design), *named_betas(design)],
        )
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
    source = arguments.json or arguments.format == "sympy"
    return Request(
        design, choices, compare, against, arguments.solve, values=arguments.values, source=source
    )


def _text(design: Design, answer: Answer) -> Iterator[str]:
    if isinstance(answer, Refusal):
        yield f"{answer.choice}: undecided, no formula: {answer.reason}"
    elif isinstance(answer, Formula):
        yield f"{answer.choice}: {SYMBOLS[design.measure]} = {answer.value.text}"
        yield from (f"    where {part.name.text} = {part.value.text}" for part in answer.parts)
    elif isinstance(answer, Condition):
        yield from _solution(answer, lambda writing: writing.text)
        yield from (f"    where {given.text} is the goal" for given in answer.given)
        yield from (f"    where {part.name.text} = {part.value.text}" for part in answer.parts)
        yield from (f"    {sentence}" for sentence in condition_sentences(design, answer))


def _solution(answer: Condition, notation: Callable[[Writing], str]) -> Iterator[str]:
    """The solution, or else the inequality: the first lines, alone in their notation."""
    shown: tuple[Writing, ...] = answer.solved
    if not shown and answer.comparison is not None:
        shown = (answer.comparison,)
    yield from map(notation, shown)


def _latex(design: Design, answer: Answer) -> Iterator[str]:
    del design
    if isinstance(answer, Refusal):
        yield f"% {answer.choice}: undecided, no formula: {answer.reason}"
    elif isinstance(answer, Formula):
        yield answer.value.latex
        yield from (f"{part.name.latex} = {part.value.latex}" for part in answer.parts)
    elif isinstance(answer, Condition):
        yield from _solution(answer, lambda writing: writing.latex)
        yield from (note.latex for note in answer.notes)
        yield from (given.latex for given in answer.given)
        yield from (f"{part.name.latex} = {part.value.latex}" for part in answer.parts)


def _sympy(design: Design, answer: Answer) -> Iterator[str]:
    if isinstance(answer, Refusal):
        yield f"# {answer.choice}: undecided, no formula: {answer.reason}"
    elif isinstance(answer, Formula):
        yield f"# {answer.choice}"
        yield from answer.declarations
        yield from (f"{part.name.sympy} = {part.value.sympy}" for part in answer.parts)
        yield f"{design.measure} = {answer.value.sympy}"
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

COMMAND = Command(
    question="the reliability, or a condition, in symbols",
    description="The reliability of every choice in the design's own names. With "
    "--against, the condition under which a choice beats that one; with --solve, the condition "
    "solved for one of them: against the goal when the design has one and --against is not "
    "given, else against the baseline.",
    arguments=(
        DESIGN,
        CHOICE,
        Argument(("--against",), "the choice to be beaten", metavar="ID", names_of="choices"),
        Argument(
            ("--solve",),
            "the parameter to solve for, or a component with a number of its own",
            metavar="NAME",
            names_of="parameters",
        ),
        Argument(
            ("--values",),
            "put in the numbers that components have of their own, instead of their names",
            flag=True,
        ),
        Argument(
            ("--format",),
            "text (the default), latex or sympy",
            choices=("text", "latex", "sympy"),
            default="text",
        ),
        SET,
        SECONDS,
        JSON,
    ),
    statuses=USABLE,
    run=_run,
)
