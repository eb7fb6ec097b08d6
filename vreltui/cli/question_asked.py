"""What the arguments of `vreltui explore` ask of a design."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from vreltui.cli.designs import require
from vreltui.cli.output import message
from vreltui.cli.settings import settings
from vreltui.model import Bought, Design, Mix, Probability, Problem, Taken, Value
from vreltui.model.amounts import amount_fault
from vreltui.model.errors import DesignError
from vreltui.model.goals import Aim, Goal, read_downtime, target_of
from vreltui.model.names import shown
from vreltui.model.quantities import COUNT, PROBABILITY
from vreltui.model.rules import nearest
from vreltui.model.rules.decisions import outside_values
from vreltui.storage import Document, FileError

if TYPE_CHECKING:
    from vreltui.exploration.question import Question

MEMORY = 4.0
"""Gigabytes that a process may have, unless asked."""


def question_asked(document: Document, arguments: argparse.Namespace) -> Question:
    """The question. Raises :class:`FileError` where an argument can't be used."""
    from dataclasses import replace

    from vreltui.exploration.question import MOST_LABELS, question_of

    file = document.file
    for name in arguments.choice:
        require(file, "choice", name, document.design.choices)
    _refuse_what_can_harm(document, arguments.choice)
    design = _settled(document, arguments)
    fronts = _fronts(file, design, arguments.front) if arguments.front else None
    chosen = tuple(name for name in design.choices if name in arguments.choice)
    question = question_of(design, chosen, fronts)
    limits = {**question.limits, **_limits(file, design, arguments.limit)}
    if arguments.goal is not None:
        goal = _goal(file, design, arguments.goal)
        design = replace(design, goal=goal)
        question = replace(question, design=design, goal=target_of(goal))
    return replace(
        question,
        limits={name: limits[name] for name in design.resources if name in limits},
        top=arguments.top,
        depth=arguments.depth,
        labels=int(MOST_LABELS * arguments.memory / MEMORY),
    )


def _settled(document: Document, arguments: argparse.Namespace) -> Design:
    """The design with what --set says: of a decision in every choice."""
    from dataclasses import replace

    design = document.design
    found = settings(document.file, design, arguments.set)
    for note in found.notes(tuple(arguments.choice) or tuple(design.choices)):
        message(f"{document.file}: note: {note}")
    options: Mapping[str, Any] = found.options
    values = {n: v for n, v in found.parameters.items() if design.parameters[n].is_decision}
    others = replace(found, parameters={}, options={}) if values or options else found
    rest = {name: v for name, v in found.parameters.items() if name not in values}
    others = replace(others, parameters=rest)
    for choice in design.choices:
        if set(rest) & set(design.choices[choice].set):
            values |= {name: rest[name] for name in rest if name in design.choices[choice].set}
    changed = others.for_choice(next(iter(design.choices)))
    for problem in outside_values(_with(changed, values, {})):
        raise FileError(f"{document.file} with --set", None, problem)
    for name, taken in options.items():
        _require_sum(document.file, design, name, taken, values)
    return _with(changed, values, options)


def _with(design: Design, values: Mapping[str, Value], options: Mapping[str, Taken]) -> Design:
    """The design of which every choice sets these values and takes these options."""
    from dataclasses import replace

    choices = {
        name: replace(entry, set={**entry.set, **values}, options={**entry.options, **options})
        for name, entry in design.choices.items()
    }
    return replace(design, choices=choices)


def _require_sum(
    file: str, design: Design, name: str, taken: Taken, values: Mapping[str, Value]
) -> None:
    """A mix that is set has as many items as its node has copies, or may have."""
    node = design.nodes[name]
    if not isinstance(node, Bought) or not isinstance(taken, Mix) or node.copies is None:
        return
    if isinstance(node.copies, int):
        least = most = node.copies
    elif node.copies in values:
        least = most = COUNT.of(values[node.copies])
    else:
        parameter = design.parameters[node.copies]
        least, most = map(COUNT.of, parameter.range or (parameter.value, parameter.value))
    if not least <= taken.total <= most:
        several = str(least) if least == most else f"{least} to {most}"
        what = f"node {name} takes {taken.total} items, and has {several} copies"
        raise refused(f"{file} with --set", what, f"take {several} in all")


def _goal(file: str, design: Design, text: str) -> Goal:
    """A goal as it was typed, by the key under which the file states its own.

    What is down for a time may be typed so wherever availability is measured.
    """
    measure = design.measure
    if measure == "availability" and "/" in text:
        down = read_downtime(text)
        fault = "is no time down" if down is None else down.fault()
        if down is None or fault is not None:
            raise refused(file, f"--goal {shown(text)} {fault}", 'such as "5 min/y" is right')
        return down
    value = _probability(file, design, text)
    return Aim(measure, value) if measure in ("availability", "safety") else value


def _probability(file: str, design: Design, text: str) -> Probability:
    """A number from 0 to 1, by the side from which the file states its goal."""
    try:
        value = PROBABILITY.typed(text)
    except DesignError as error:
        raise refused(file, f"--goal: {error.problem.what}", error.problem.right) from None
    own = design.goal.value if isinstance(design.goal, Aim) else design.goal
    if isinstance(own, Probability) and own.complemented and not value.complemented:
        return Probability(value.written, complemented=True)
    return value


def _limits(file: str, design: Design, texts: list[str]) -> dict[str, Fraction]:
    found = {}
    for text in texts:
        name, equals, typed = text.partition("=")
        _require_resource(file, design, name)
        try:
            amount = Decimal(typed.replace(",", "").strip())
        except InvalidOperation:
            equals = ""
        if not equals:
            raise refused(file, f"--limit {text} is no limit", "write RES=X, as euro=60000")
        if fault := amount_fault(amount):
            raise refused(file, f"--limit {name} {fault}", "a number from 0 is right")
        found[name] = Fraction(amount)
    return found


def _fronts(file: str, design: Design, texts: list[str]) -> tuple[tuple[str, ...], ...]:
    fronts = []
    for text in texts:
        names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
        for name in names:
            _require_resource(file, design, name)
        fronts.append(names)
    return tuple(dict.fromkeys(fronts))


def _require_resource(file: str, design: Design, name: str) -> None:
    if name not in design.resources:
        what = f'there is no resource "{name}"'
        raise refused(file, what, nearest(name, design.resources))


def _refuse_what_can_harm(document: Document, choices: list[str]) -> None:
    """Raises :class:`FileError` where a space can't be searched."""
    from vreltui.exploration.refusing import refuse_what_can_harm

    try:
        refuse_what_can_harm(document.design, choices)
    except DesignError as error:
        problem = error.problem
        raise FileError(document.file, document.line(problem), problem) from None


def refused(file: str, what: str, right: str) -> FileError:
    """The error that an argument can't be used."""
    return FileError(file, None, Problem((), what, right))
