"""What can go wrong with a design file, each as one line for people."""

from __future__ import annotations

from vreltui.model import Problem, VreltuiError, shown


class FileError(VreltuiError):
    """A design file can't be used.

    ``file`` is the name as it was given, ``line`` counts from 1 and is None where the fault is in
    no line, ``problem`` says what is wrong and what would be right.

    >>> print(FileError("web.toml", 12, Problem((), "pool names no node", 'did you mean "vm"?')))
    web.toml:12: pool names no node; did you mean "vm"?
    """

    def __init__(self, file: str, line: int | None, problem: Problem) -> None:
        where = shown(file) if line is None else f"{shown(file)}:{line}"
        super().__init__(f"{where}: {shown(str(problem), most=800)}")
        self.file = file
        self.line = line
        self.problem = problem

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuilds from its parts, so that it can be sent to another process."""
        return (type(self), (self.file, self.line, self.problem))


class ReadOnlyError(FileError):
    """A file of a newer format can be looked at, and must not be written by this program."""


class SaveError(VreltuiError):
    """A design can't be saved; the file that was there before is untouched."""

    outcome = "not saved"

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{shown(file)}: {self.outcome}: {shown(why)}")
        self.file = file
        self.why = why

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuilds from its parts, so that it can be sent to another process."""
        return (type(self), (self.file, self.why))


class ChangedOnDisk(SaveError):
    """The file is not what was read: somebody else saved it in between. Nothing was written."""


class UnconfirmedError(SaveError):
    """The file is the new one, but the disk does not promise that it survives a loss of power."""

    outcome = "saved, but not safe from a power cut"
