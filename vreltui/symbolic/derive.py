"""Symbolic work in a process of its own, which can be stopped at any moment.

sympy can't be interrupted in a thread, and holds the interpreter while it works; a process is
killed in milliseconds.
"""

from __future__ import annotations

from vreltui.symbolic.results import Answer, Refusal, Request

SECONDS = 20.0
"""How long one request may take."""

_ANSWER = "vreltui.symbolic.answering:answer"


def derive(request: Request, seconds: float = SECONDS) -> tuple[Answer, ...]:
    """The answers to a request, within a time limit; where there are none, refusals."""
    from vreltui.workers import NoAnswer, answer_once

    try:
        answers: tuple[Answer, ...] = answer_once(_ANSWER, request, seconds)
    except NoAnswer as reason:
        return tuple(Refusal(choice, f"no symbols: {reason}") for choice in request.choices)
    return answers
