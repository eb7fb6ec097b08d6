"""Rows as a file of Parquet, which needs the extra vreltui[parquet]."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vreltui.cli.new_file import CannotWriteError


def write_parquet(file: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows to a file that does not exist. Raises :class:`CannotWriteError`."""
    try:
        from pyarrow import table
        from pyarrow.parquet import write_table
    except ImportError:
        right = 'install the extra: pip install "vreltui[parquet]"'
        raise CannotWriteError(f"--parquet needs pyarrow; {right}") from None
    columns = {head: _column([row[at] for row in rows]) for at, head in enumerate(heads)}
    try:
        with Path(file).open("xb") as stream:
            write_table(table(columns), stream)
    except FileExistsError:
        raise CannotWriteError(f"{file} exists; choose another name") from None
    except OSError as error:
        raise CannotWriteError(f"{file} can't be written: {error.strerror}") from None


def _column(cells: Sequence[Any]) -> list[Any]:
    """The cells of a column, all of one sort; one that is not there is null."""
    there = [None if cell == "" else cell for cell in cells]
    kinds = {type(cell) for cell in there if cell is not None}
    if kinds <= {int, float}:
        return [cell if cell is None or kinds == {int} else float(cell) for cell in there]
    return [cell if cell is None else str(cell) for cell in there]
