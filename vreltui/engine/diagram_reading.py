"""Large diagrams out of the library, in the format in which it writes all nodes at once.

That is DDDMP in its plain form: a header, then a line for each node with its number, the place of
its variable among those that are used, and the numbers of its two children, the lowest level first.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from vreltui.engine.levelled_diagram import LevelledDiagram

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction, BDDManager

_ENDS = b"1 F 0 0\n2 T 0 0\n"
_COLUMNS = 4


class WrittenDiagram:
    """The diagrams of ``roots``, of which one at least is no constant, as the library writes them.

    What it holds of them itself may go before they are read: there is no memory for both.
    """

    def __init__(self, manager: BDDManager, roots: Sequence[BDDFunction]) -> None:
        self._scratch = ExitStack()
        self._file, path = self._scratch.enter_context(_scratch())
        manager.export_dddmp(path, list(roots), ascii=True)

    def read(self) -> LevelledDiagram:
        """The diagram in arrays, once."""
        with self._scratch:
            return _levels(self._file)


def _levels(file: BinaryIO) -> LevelledDiagram:
    header: dict[bytes, list[int]] = {}
    for line in iter(file.readline, b".nodes\n"):
        name, _, numbers = line.partition(b" ")
        if name in (b".nnodes", b".ids", b".rootids"):
            header[name] = [int(number) for number in numbers.split()]
    assert file.read(len(_ENDS)) == _ENDS
    count = header[b".nnodes"][0] - 2
    # What is buffered of the file is not where numpy goes on to read.
    file.seek(file.tell())
    table = np.fromfile(file, dtype=np.int32, count=count * _COLUMNS, sep=" ")
    table = table.reshape(count, _COLUMNS)
    assert (np.diff(table[:, 1]) <= 0).all()
    ends = np.zeros(2, dtype=np.intp)
    levels = np.array(header[b".ids"], dtype=np.intp)[table[:, 1]]
    # The library counts from 1: never, always, and then the nodes.
    return LevelledDiagram(
        np.concatenate((ends, levels)),
        np.concatenate((ends, table[:, 2] - 1)),
        np.concatenate((ends, table[:, 3] - 1)),
        tuple(root - 1 for root in header[b".rootids"]),
    )


@contextmanager
def _scratch() -> Iterator[tuple[BinaryIO, str]]:
    """A file that the library can write by its path: in memory, so that no disk can be full."""
    # Linux has files in memory; elsewhere there is a folder that goes away again.
    if hasattr(os, "memfd_create"):
        number = os.memfd_create("diagram")
        with os.fdopen(number, "rb") as file:
            yield file, f"/proc/self/fd/{number}"
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "diagram"
            path.touch()
            with path.open("rb") as file:
                yield file, str(path)
