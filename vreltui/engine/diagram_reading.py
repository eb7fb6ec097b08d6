"""Large diagrams out of the library, from the text that it writes into arrays."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.diagram_text import COLUMNS, END, header_of, scratch
from vreltui.engine.levelled_diagram import LevelledDiagram

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction, BDDManager

_ZERO, _NINE = b"09"
_AT_ONCE = 1 << 22
"""Bytes of a text that are read at once."""


class WrittenDiagram:
    """The diagrams of ``roots``, of which one at least is no constant, as the library writes them.

    What it holds of them itself may go before they are read: there is no memory for both.
    """

    def __init__(self, manager: BDDManager, roots: Sequence[BDDFunction]) -> None:
        self._scratch = ExitStack()
        self._file, path = self._scratch.enter_context(scratch())
        manager.export_dddmp(path, list(roots), ascii=True)

    def read(self) -> LevelledDiagram:
        """The diagram in arrays, once."""
        with self._scratch:
            return _levels(self._file)


def _numbers(text: NDArray[np.uint8]) -> NDArray[np.int32]:
    """The whole numbers that stand in a text, between other characters.

    All at once, digit by digit from behind: numpy's own reader takes half as long again.
    """
    is_digit = np.zeros(len(text) + 2, dtype=np.int8)
    is_digit[1:-1] = (text >= _ZERO) & (text <= _NINE)
    turns = np.diff(is_digit)
    starts, ends = np.flatnonzero(turns == 1), np.flatnonzero(turns == -1)
    found = np.zeros(len(starts), dtype=np.int32)
    longest = int((ends - starts).max(initial=0))
    for place in range(longest):
        at = ends - 1 - place
        digits = text[np.maximum(at, 0)].astype(np.int32) - _ZERO
        found += np.where(at >= starts, digits, 0) * 10**place
    return found


def _levels(file: BinaryIO) -> LevelledDiagram:
    header = header_of(file)
    pieces = []
    while lines := file.readlines(_AT_ONCE):
        text = b"".join(lines)
        if lines[-1] == END:
            text = text[: -len(END)]
        pieces.append(_numbers(np.frombuffer(text, dtype=np.uint8)))
        if lines[-1] == END:
            break
    table = np.concatenate(pieces).reshape(-1, COLUMNS)
    assert len(table) == header.nodes
    assert (np.diff(table[:, 1]) <= 0).all()
    ends = np.zeros(2, dtype=np.intp)
    levels = np.array(header.variables, dtype=np.intp)[table[:, 1]]
    # The library counts from 1: never, always, and then the nodes.
    return LevelledDiagram(
        np.concatenate((ends, levels)),
        np.concatenate((ends, table[:, 2] - 1)),
        np.concatenate((ends, table[:, 3] - 1)),
        header.roots,
    )
