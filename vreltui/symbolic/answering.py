"""A request answered in this process."""

from __future__ import annotations

import sys
from dataclasses import replace

from vreltui.engine.limits import Limits
from vreltui.symbolic.results import Answer, Refusal, RefusedError, Request

DEEPEST = 20_000
"""Calls within calls: sympy makes dozens of them for each level of a tree."""


PLAIN_SECONDS = 0.5
"""How long the program of a formula may take that is written without sympy."""


def answer(request: Request) -> tuple[Answer, ...]:
    """One answer for each choice of the request; a refusal where there is none."""
    sys.setrecursionlimit(max(DEEPEST, sys.getrecursionlimit()))
    named = replace(request, design=request.named, unknown=request.solved_for)
    return tuple(_answer(named, choice) for choice in request.choices)


def plain_answer(request: Request, choice: str) -> Answer | None:
    """The answer about a choice where it needs no sympy; None where it does.

    That takes a moment at most, so that it can be asked for anywhere.
    """
    from vreltui.symbolic.choice_expressions import plain_formula
    from vreltui.symbolic.plain_expressions import BeyondPlainError

    if request.compare or request.source:
        return None
    limits = Limits(seconds=PLAIN_SECONDS, patience=1)
    try:
        return plain_formula(request.named, choice, request.most_characters, limits)
    except RefusedError as reason:
        return Refusal(choice, str(reason))
    except (BeyondPlainError, RecursionError):
        return None


def _answer(request: Request, choice: str) -> Answer:
    from vreltui.symbolic.choice_expressions import formula
    from vreltui.symbolic.conditions import condition

    try:
        if request.compare:
            return condition(
                request.design, choice, request.against, request.unknown, request.most_characters
            )
        return formula(request.design, choice, request.most_characters)
    except RefusedError as reason:
        return Refusal(choice, str(reason))
    except RecursionError:
        return Refusal(choice, "the tree is too deep for symbolic work")
    except MemoryError:
        return Refusal(choice, "symbolic work needs more memory than it may have")
