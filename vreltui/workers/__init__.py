"""Other processes that compute: one way to start, ask, limit and end them, for every room above.

A process dies with the one that started it, may ask for so much memory and no more, writes no
core, and reads nothing but jobs. :class:`NewestJob` asks again and again and wants the newest
answer; :func:`answer_once` asks once and waits.
"""

from vreltui.workers.newest_job import Done, NewestJob, State
from vreltui.workers.once import NoAnswer, answer_once

__all__ = ["Done", "NewestJob", "NoAnswer", "State", "answer_once"]
