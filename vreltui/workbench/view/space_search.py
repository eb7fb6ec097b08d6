"""A space of variants explored in a process of its own, which tells what it knows on the way.

It is named to :class:`vreltui.workers.NewestJob`, so that only that process loads the search.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from vreltui.engine.limits import Limits
from vreltui.exploration.exploring import Explorer
from vreltui.exploration.question import Question, question_of
from vreltui.exploration.refusing import refuse_what_can_harm
from vreltui.exploration.result_file import Kept, ResultFile, about
from vreltui.exploration.search_families import Proving
from vreltui.exploration.tasks import InProcess
from vreltui.workbench.view.space_view import ExploreRequest, Sentences, SpaceView, space_view
from vreltui.workers.worker import give_way

EVERY = 0.25
"""Seconds from one picture of what is known to the next."""


def explore_space(request: ExploreRequest) -> Iterator[SpaceView]:
    """What is known of the space, several times; the last is the whole answer.

    Raises :class:`vreltui.model.DesignError` where a space can't be searched.
    """
    give_way()
    refuse_what_can_harm(request.design, ())
    question = question_of(request.design)
    with ExitStack() as stack:
        work: Callable[[Proving], Kept] | None = None
        if request.file:
            said = about(question, request.text)
            is_left = Path(request.file).exists()
            file = (ResultFile.resumed if is_left else ResultFile.created)(request.file, said)
            stack.callback(file.close)

            def kept(proving: Proving) -> Kept:
                return Kept(file, proving, InProcess(proving))

            work = kept

        yield from _views(request, question, Explorer(question, Limits(), work))


def _views(request: ExploreRequest, question: Question, explorer: Explorer) -> Iterator[SpaceView]:
    """What is known, now and then."""
    sentences = Sentences()
    told = 0.0
    for progress in explorer.steps():
        now = time.monotonic()
        if progress.done < 1 and now - told < EVERY and told:
            continue
        if progress.doing != "variants":
            told = now
        found = explorer.answer(explorer.reason)
        yield space_view(request.number, question, found, progress, sentences)
