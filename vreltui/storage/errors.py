"""What can go wrong with a design file, each as one line for people."""

from __future__ import annotations

from vreltui.model import Problem, VreltuiError, shown

MOST_SAID = 20
"""How many faults of one file are told."""


class FileError(VreltuiError):
    """A design file can't be used.

    ``file`` is the name as it was given, ``line`` counts from 1 and is None where the fault is in
    no line, ``problem`` says what is wrong and what would be right. ``others`` are further faults
    of the same file, each with its line; :meth:`lines` tells them all.

    >>> print(FileError("web.toml", 12, Problem((), "pool names no node", 'did you mean "vm"?')))
    web.toml:12: pool names no node; did you mean "vm"?
    """

    def __init__(
        self,
        file: str,
        line: int | None,
        problem: Problem,
        others: tuple[tuple[int | None, Problem], ...] = (),
    ) -> None:
        super().__init__(_said(file, line, problem))
        self.file = file
        self.line = line
        self.problem = problem
        self.others = others

    def lines(self) -> list[str]:
        """Every fault in a line of its own, from the top of the file; at most 20, then how many.

        >>> fault = Problem((), "pool names no node")
        >>> others = tuple((line, fault) for line in range(1, 30))
        >>> FileError("web.toml", 12, fault, others).lines()[-1]
        'web.toml: and 10 more'
        """
        found = sorted(((self.line, self.problem), *self.others), key=lambda fault: fault[0] or 0)
        said = [_said(self.file, line, problem) for line, problem in found[:MOST_SAID]]
        if len(found) > MOST_SAID:
            said.append(f"{shown(self.file)}: and {len(found) - MOST_SAID} more")
        return said

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuilds from its parts, so that it can be sent to another process."""
        return (type(self), (self.file, self.line, self.problem, self.others))


def _said(file: str, line: int | None, problem: Problem) -> str:
    where = shown(file) if line is None else f"{shown(file)}:{line}"
    return f"{where}: {shown(str(problem), most=800)}"


class ReadOnlyError(FileError):
    """A file of a newer format can be looked at, and must not be written by this program."""


class SaveError(VreltuiError):
    """A design can't be saved; the file that was there before is untouched.

    ``why`` says what stands against it, ``right`` what to do; where nothing else helps, that is to
    save under another name.
    """

    outcome = "not saved"

    def __init__(self, file: str, why: str, right: str = "") -> None:
        words = "; ".join(filter(None, (why, right)))
        super().__init__(f"{shown(file)}: {self.outcome}: {shown(words)}")
        self.file = file
        self.why = why
        self.right = right

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuilds from its parts, so that it can be sent to another process."""
        return (type(self), (self.file, self.why, self.right))


class ChangedOnDisk(SaveError):
    """The file is not what was read: somebody else saved it in between. Nothing was written."""


class UnconfirmedError(SaveError):
    """The file is the new one, but the disk does not promise that it survives a loss of power."""

    outcome = "saved, but not safe from a power cut"
