"""Symbolic work in a process of its own, which can be stopped at any moment.

sympy can't be interrupted in a thread, and holds the interpreter while it works; a process is
killed in milliseconds. What needs no sympy is written here.
"""

from __future__ import annotations

import time
from dataclasses import replace

from vreltui.symbolic.results import Answer, Refusal, Request

SECONDS = 20.0
"""How long one request may take."""

_ANSWER = "vreltui.symbolic.answering:answer"


def derive(request: Request, seconds: float = SECONDS) -> tuple[Answer, ...]:
    """The answers to a request, within a time limit; where there are none, refusals."""
    found = _without_sympy(request, seconds)
    others = tuple(choice for choice in request.choices if choice not in found)
    if others:
        found |= {each.choice: each for each in _derived(replace(request, choices=others), seconds)}
    return tuple(found[choice] for choice in request.choices)


def _without_sympy(request: Request, seconds: float) -> dict[str, Answer]:
    """The answers that need no sympy, for as long as half of the time is left."""
    if request.compare or request.source:
        return {}
    from vreltui.symbolic.answering import plain_answer

    end = time.monotonic() + seconds / 2
    found: dict[str, Answer] = {}
    for choice in request.choices:
        answer = plain_answer(request, choice) if time.monotonic() < end else None
        if answer is not None:
            found[choice] = answer
    return found


def _derived(request: Request, seconds: float) -> tuple[Answer, ...]:
    from vreltui.workers import NoAnswer, answer_once

    try:
        answers: tuple[Answer, ...] = answer_once(_ANSWER, request, seconds)
    except NoAnswer as reason:
        return tuple(Refusal(choice, f"no symbols: {reason}") for choice in request.choices)
    return answers
