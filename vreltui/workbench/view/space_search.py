"""A space of variants explored in a process of its own, which tells what it knows on the way.

It is named to :class:`vreltui.workers.NewestJob`, so that only that process loads the search.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from vreltui.engine.limits import Limits
from vreltui.exploration.exploring import Explorer
from vreltui.exploration.question import question_of
from vreltui.exploration.refusing import refuse_what_can_harm
from vreltui.workbench.view.space_view import ExploreRequest, Sentences, SpaceView, space_view

EVERY = 0.25
"""Seconds from one picture of what is known to the next."""


def explore_space(request: ExploreRequest) -> Iterator[SpaceView]:
    """What is known of the space, several times; the last is the whole answer.

    Raises :class:`vreltui.model.DesignError` where a space can't be searched.
    """
    refuse_what_can_harm(request.design, ())
    question = question_of(request.design)
    explorer, sentences = Explorer(question, Limits()), Sentences()
    told = 0.0
    for progress in explorer.steps():
        now = time.monotonic()
        if progress.done < 1 and now - told < EVERY and told:
            continue
        if progress.doing != "variants":
            told = now
        found = explorer.answer(explorer.reason)
        yield space_view(request.number, question, found, progress, sentences)
