"""Which lines of a text belong together: an entry with its header, its keys and its comments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vreltui.storage.text.scanner import Keys, Statement

_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True)
class Block:
    """Statements ``first`` to ``last`` with their comments: the text from ``start`` to ``end``."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Layout:
    """A text that ends with a line break, and its statements."""

    text: str
    statements: list[Statement]

    def blocks(self, path: Keys) -> list[Block]:
        """The stretches of statements at or below ``path``, in order."""
        depth = len(path)
        runs: list[tuple[int, int]] = []
        for index, statement in enumerate(self.statements):
            if statement.path[:depth] == path:
                if runs and runs[-1][1] == index - 1:
                    runs[-1] = (runs[-1][0], index)
                else:
                    runs.append((index, index))
        return [self.block(first, last) for first, last in runs]

    def block(self, first: int, last: int) -> Block:
        """Statements ``first`` to ``last`` with the comments that are about them."""
        return Block(first, last, self.start_with_comment(first), self._end(last))

    def start_with_comment(self, index: int) -> int:
        """Where a statement begins, the comment lines right above it included."""
        statement = self.statements[index]
        above = self.statements[index - 1].end if index else 0
        lines = _LINE.findall(self.text[above : statement.start])
        start = statement.start
        for line in reversed(lines):
            if not line:
                continue
            if not line.lstrip(" \t").startswith("#"):
                break
            start -= len(line)
        return start

    def _end(self, index: int) -> int:
        """Where a statement ends, with comment lines right below that are not about the next."""
        end = self.statements[index].end
        if index + 1 < len(self.statements):
            below = self.start_with_comment(index + 1)
            if self.statements[index + 1].value is not None:
                return end
        else:
            below = len(self.text)
        for line in _LINE.findall(self.text[end:below]):
            if not line.lstrip(" \t").startswith("#"):
                break
            end += len(line)
        return end

    def space_before(self, position: int) -> int:
        """Where the blank lines begin that end at ``position``."""
        kept = self.text[:position].rstrip(" \t\r\n")
        if not kept:
            return 0
        return self.text.index("\n", len(kept)) + 1

    def is_alone(self, index: int) -> bool:
        """Whether no other key follows a key directly, so that a comment above is its own."""
        if index + 1 >= len(self.statements):
            return True
        after = self.statements[index + 1]
        return after.value is None or after.start > self.statements[index].end

    @property
    def line_break(self) -> str:
        """What ends a line here."""
        end = self.text.find("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"
