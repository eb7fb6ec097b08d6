"""The parts of a search answered by several processes of this machine."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import wait
from typing import Any

from vreltui.engine.limits import Limits
from vreltui.exploration.question import Question
from vreltui.exploration.search_families import Proving, proving_of
from vreltui.exploration.tasks import InProcess, Task, answered, decided
from vreltui.workers.process import Worker
from vreltui.workers.worker import DONE, MOST_BYTES, READY

MOMENT = 0.5
"""Seconds of work that are done here before other processes are started."""

MOST_TRIES = 3
"""How often a part may end its process before it is given up."""


class Processes:
    """Answers parts in so many processes, this one alone as long as that takes but a moment.

    Close it when nothing more is to be asked.
    """

    def __init__(
        self, question: Question, proving: Proving, jobs: int, most_bytes: int = MOST_BYTES
    ) -> None:
        self._question = question
        self._proving = proving
        self._jobs = jobs
        self._most_bytes = most_bytes
        self._spent = 0.0
        self._processes: list[_Process] = []

    def each(self, tasks: Sequence[Task]) -> Iterator[Any]:
        """What each comes to, in the order of the tasks. Raises :class:`Undecided`."""
        for at in range(len(tasks)):
            if self._jobs > 1 and self._spent >= MOMENT and at + 1 < len(tasks):
                yield from map(decided, self._elsewhere(tasks[at:]))
                return
            before = time.monotonic()
            (found,) = InProcess(self._proving).each(tasks[at : at + 1])
            self._spent += time.monotonic() - before
            yield found

    def _elsewhere(self, tasks: Sequence[Task]) -> Iterator[Any]:
        """What each comes to, found by other processes."""
        for _ in range(len(self._processes), min(self._jobs, len(tasks))):
            self._processes.append(_Process(self._question, self._most_bytes))
        waiting = list(range(len(tasks)))[::-1]
        tries: dict[int, int] = {}
        found: dict[int, Any] = {}
        given: dict[int, _Process] = {}
        try:
            for at in range(len(tasks)):
                while at not in found:
                    for process in self._processes:
                        if waiting and process not in given.values():
                            number = waiting.pop()
                            given[number] = process
                            process.ask(tasks[number])
                    self._take(given, found, waiting, tries)
                yield found.pop(at)
        finally:
            if given:  # somebody stopped before all was answered
                self.close()

    def _take(
        self,
        given: dict[int, _Process],
        found: dict[int, Any],
        waiting: list[int],
        tries: dict[int, int],
    ) -> None:
        """Wait for an answer, or for the end of a process, whose part is then asked again."""
        ready = wait([process.worker.fileno() for process in given.values()], 1.0)
        for number, process in list(given.items()):
            if process.worker.fileno() not in ready:
                continue
            answer = process.answer()
            if answer is _NOTHING:
                continue
            del given[number]
            if answer is not _ENDED:
                found[number] = answer
                continue
            process.start_again()
            tries[number] = tries.get(number, 0) + 1
            if tries[number] < MOST_TRIES:
                waiting.append(number)
            else:
                why = f"a part of the search ended its process {MOST_TRIES} times"
                found[number] = {"undecided": f"{why}; it may need more memory"}

    def close(self) -> None:
        """End the processes."""
        for process in self._processes:
            process.worker.kill()
        self._processes.clear()


_NOTHING, _ENDED = object(), object()


class _Process:
    """One process that searches the space of one question."""

    def __init__(self, question: Question, most_bytes: int) -> None:
        self._question = question
        self._most_bytes = most_bytes
        self._task: Task | None = None
        self._start()

    def _start(self) -> None:
        self.worker = Worker(serve, self._most_bytes)
        self._is_ready = False

    def ask(self, task: Task) -> None:
        """Ask for a part; it is sent once the process reads."""
        self._task = task
        if self._is_ready:
            self._send()

    def _send(self) -> None:
        try:
            self.worker.send((0, self._task))
        except OSError:
            return  # it is gone, which the next answer says

    def answer(self) -> Any:
        """What the process came to, nothing yet, or that it has ended."""
        message = self.worker.receive()
        if message is None:
            return _ENDED
        word, number, result, _ = message
        if word == READY:
            self._is_ready = True
            self.worker.send((1, self._question))
            self._send()
            return _NOTHING
        if word == DONE:
            return _NOTHING if number == 1 else result
        return {"undecided": str(result)}

    def start_again(self) -> None:
        """Another process in place of one that ended."""
        self.worker.kill()
        self._start()


_serving: list[Proving] = []
"""In a process that searches: the question that it was given."""


def serve(asked: Question | Task) -> Any:
    """Take a question, or answer a part of the one that was taken."""
    if isinstance(asked, Question):
        _serving[:] = [proving_of(asked, Limits())]
        return None
    return answered(asked, _serving[0])
