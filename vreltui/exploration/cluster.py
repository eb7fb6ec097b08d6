"""The parts of a search answered by other machines, through a scheduler of Dask distributed.

The scheduler runs what it is sent, so it is spoken to by TLS unless told otherwise. Parts name
variants and no figures, so that whatever comes back is found again here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from vreltui import __version__
from vreltui.engine.limits import Limits
from vreltui.exploration.question import Question
from vreltui.exploration.search_families import Proving, proving_of
from vreltui.exploration.tasks import Task, answered, decided
from vreltui.model import VreltuiError

SECONDS = 30.0
"""How long a scheduler, and its first worker, are waited for."""


class ClusterError(VreltuiError):
    """The machines can't be asked; the text says why, and what would be right."""


class Cluster:
    """Answers parts by the workers of a scheduler. Close it when nothing more is to be asked.

    ``address`` is that of the scheduler, with tls:// unless it says another, or the name of its
    file. Raises :class:`ClusterError`.
    """

    def __init__(self, question: Question, address: str) -> None:
        self._client = _connected(address)
        try:
            _refuse_other_versions(self._client, address)
            self._name = blake2b(repr(question).encode(), digest_size=16).hexdigest()
            self._question = self._client.scatter(question, broadcast=True)
        except BaseException:
            self.close()
            raise

    def each(self, tasks: Sequence[Task]) -> Iterator[Any]:
        """What each comes to, in the order of the tasks. Raises :class:`Undecided`."""
        from distributed import KilledWorker

        futures = [
            self._client.submit(part, self._name, self._question, task, pure=False)
            for task in tasks
        ]
        try:
            for future in futures:
                try:
                    found = future.result()
                except KilledWorker:
                    why = "a part of the search ended its worker again and again"
                    found = {"undecided": f"{why}; it may need more memory"}
                yield decided(found)
        finally:
            self._client.cancel(futures)

    def close(self) -> None:
        """Let go of the scheduler."""
        self._client.close()


_serving: dict[str, Proving] = {}
"""On a worker: the question that it was asked last, by its name."""


def part(name: str, question: Question, task: Task) -> Any:
    """What a part of a question comes to: called on a worker."""
    if name not in _serving:
        _serving.clear()
        _serving[name] = proving_of(question, Limits())
    return answered(task, _serving[name])


def version() -> str:
    """Which vreltui a worker has: called there."""
    return __version__


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        right = 'install the extra: pip install "vreltui[cluster]"'
        raise ClusterError(f"--cluster needs Dask distributed; {right}") from None
    named: dict[str, Any] = {"address": address if "://" in address else f"tls://{address}"}
    if Path(address).is_file():
        named = {"scheduler_file": address}
    try:
        return Client(timeout=SECONDS, set_as_default=False, **named)
    except (OSError, ValueError, TypeError) as error:
        said = str(error) or type(error).__name__
        right = "start a scheduler there; docs/exploration.md says how, and how to give it TLS"
        raise ClusterError(
            f"the scheduler at {address} can't be reached: {said}; {right}"
        ) from None


def _refuse_other_versions(client: Any, address: str) -> None:
    """Workers of another vreltui might answer otherwise."""
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except Exception as error:  # its own class of time-outs
        raise ClusterError(f"the scheduler at {address} has no workers: {error}") from None
    try:
        found = client.run(version)
    except Exception as error:  # whatever a worker without vreltui raises
        raise ClusterError(f"a worker of {address} has no vreltui {__version__}: {error}") from None
    for worker, other in found.items():
        if other != __version__:
            what = f"worker {worker} has vreltui {other}, and this is {__version__}"
            raise ClusterError(f"{what}; install the same everywhere")
