"""One question to a process of its own, and no other after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from vreltui.workers.newest_job import NewestJob

A = TypeVar("A")
R = TypeVar("R")


class NoAnswer(Exception):
    """There is no answer; the reason is in words."""


def answer_once(function: Callable[[A], R] | str, argument: A, seconds: float) -> R:
    """What ``function`` gives for ``argument``, found in a process that is gone afterwards.

    ``function`` stands at the top of a module, or is named as "module:function".

    Raises:
        NoAnswer: no process can be started, it ended, or it took longer than ``seconds``.
    """
    job = NewestJob[A, R](function, patience=0.0, most_seconds=seconds)
    try:
        done = job.submit(argument) or job.wait(seconds)
        if done is not None:
            return done.result
        given_up = job.state == "given up"
        raise NoAnswer(job.reason if given_up else f"it took more than {seconds:g} s")
    finally:
        job.close()
