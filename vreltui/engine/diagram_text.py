"""Diagrams out of the library, in the format in which it writes all nodes at once.

That is DDDMP in its plain form: a header, then a line for each node with its number, the place of
its variable among those that are used, and the numbers of its two children, the lowest level first.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from vreltui.engine.diagram_nodes import DiagramNodes

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction, BDDManager

END = b".end\n"
COLUMNS = 4

_ENDS = b"1 F 0 0\n2 T 0 0\n"


class Header(NamedTuple):
    """What stands before the nodes; references are counted from 0, and ends are no nodes."""

    nodes: int
    variables: list[int]
    roots: tuple[int, ...]


def header_of(file: BinaryIO) -> Header:
    """The header of a file, which is read to where its nodes begin."""
    header: dict[bytes, list[int]] = {}
    for line in iter(file.readline, b".nodes\n"):
        name, _, numbers = line.partition(b" ")
        if name in (b".nnodes", b".ids", b".rootids"):
            header[name] = [int(number) for number in numbers.split()]
    assert file.read(len(_ENDS)) == _ENDS
    # The library counts from 1: never, always, and then the nodes.
    roots = tuple(root - 1 for root in header[b".rootids"])
    return Header(header[b".nnodes"][0] - 2, header[b".ids"], roots)


def nodes_of(manager: BDDManager, roots: Sequence[BDDFunction]) -> DiagramNodes:
    """The diagrams of ``roots``, of which one at least is no constant, node by node."""
    with scratch() as (file, path):
        manager.export_dddmp(path, list(roots), ascii=True)
        header = header_of(file)
        text = file.read()
    assert text.endswith(END)
    numbers = [int(number) for number in text[: -len(END)].split()]
    assert len(numbers) == header.nodes * COLUMNS
    variables, columns = header.variables, [numbers[start::COLUMNS] for start in (1, 2, 3)]
    return DiagramNodes(
        tuple(
            (variables[place], high - 1, low - 1) for place, high, low in zip(*columns, strict=True)
        ),
        header.roots,
    )


@contextmanager
def scratch() -> Iterator[tuple[BinaryIO, str]]:
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
