"""An open design file: its text, byte for byte, and the design that it states."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vreltui.model import FORMAT_VERSION, Design, Problem
from vreltui.model.rules import problems
from vreltui.storage.build import build
from vreltui.storage.errors import FileError
from vreltui.storage.faults import faults
from vreltui.storage.fields import DESIGN
from vreltui.storage.limits import MOST_BYTES
from vreltui.storage.notes import notes
from vreltui.storage.text.source import Source, understand

_BEGIN = f"begin the file with vreltui = {FORMAT_VERSION}"


@dataclass(frozen=True)
class Document:
    """A design file that was read.

    ``text`` is the file's text with its line endings as they are, ``design`` what it states,
    ``read_only`` whether it is of a newer format, ``notes`` what is allowed but worth a second
    look.
    """

    text: str
    design: Design
    read_only: bool = False
    notes: tuple[Problem, ...] = ()
    file: str = "<string>"
    source: Source = field(repr=False, compare=False, kw_only=True)
    past: tuple[Document, ...] = field(default=(), repr=False, compare=False)
    """What this document was rewritten from, newest last, so that an undo finds the same bytes.

    These have no past of their own.
    """

    def line(self, problem: Problem) -> int | None:
        """The line of the text, from 1, that a problem or a note is about."""
        return self.source.line(problem.path)


def parse_bytes(data: bytes, file: str = "<bytes>") -> Document:
    """The document in ``data``; ``file`` names it in messages. Raises :class:`FileError`."""

    def refused(line: int | None, what: str, right: str) -> FileError:
        return FileError(file, line, Problem((), what, right))

    if len(data) > MOST_BYTES:
        raise _too_large(file)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(1, "the file is in UTF-16", "save it as UTF-8")
    if data.startswith(b"\xef\xbb\xbf"):
        raise refused(1, "the file begins with a byte-order mark", "save it as UTF-8 without one")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise refused(line, "the file contains a NUL byte", "a design file is text in UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        byte = data[error.start]
        raise refused(line, f"byte 0x{byte:02x} is not UTF-8", "save the file as UTF-8") from None
    return parse(text, file)


def parse(text: str, file: str = "<string>") -> Document:
    """The document in ``text``; ``file`` names it in messages. Raises :class:`FileError`.

    >>> document = parse('''
    ... vreltui = 1
    ... [nodes.host]
    ... reliability = 0.99
    ... [choices.bare]
    ... root = "host"
    ... ''')
    >>> document.design.nodes["host"].reliability.reliability
    Fraction(99, 100)
    """
    # A text of a quarter of the limit can't be beyond it, whatever its characters.
    if len(text) > MOST_BYTES // 4 and len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise _too_large(file)
    if not text.strip():
        raise FileError(file, None, Problem((), "the file is empty", _BEGIN))
    try:
        return interpret(understand(text, file), file)
    except (RecursionError, MemoryError):
        raise FileError(file, None, Problem((), "the file is too much to read")) from None


def interpret(source: Source, file: str, known: Design | None = None) -> Document:
    """The document that ``source`` states. Raises :class:`FileError`.

    ``known`` is a design that keeps the rules: when it is the one, it isn't checked again.
    """
    version = _version(source.data)
    newer = isinstance(version, int) and version > FORMAT_VERSION
    shapeless = next(DESIGN.problems((), source.data), None)
    if isinstance(version, int) and newer and shapeless is not None:
        raise FileError(file, source.line(shapeless.path), _of_newer(shapeless, version))
    if isinstance(version, Problem) or shapeless is not None:
        raise _refused(source, file, version)
    design = build(source.data)
    if design == known:
        design = known
    elif any(problems(design)):
        raise _refused(source, file, version)
    said = tuple(notes(design))
    if newer:
        warning = Problem(
            ("vreltui",),
            f"the file is of format version {version}, which may mean more than is understood here",
            f"this program knows version {FORMAT_VERSION}, so the file can't be changed",
        )
        said = (warning, *said)
    return Document(source.text, design, newer, said, file, source=source)


def _of_newer(problem: Problem, version: int) -> Problem:
    what = (
        f"{problem.what}; the file is of format version {version}, and this program knows "
        f"version {FORMAT_VERSION}"
    )
    return Problem(problem.path, what, "use a newer vreltui")


def _version(data: dict[str, Any]) -> int | Problem:
    """The version of the format that a file states, or what is wrong with it."""
    version = data.get("vreltui")
    if version is None:
        return Problem((), "the file has no format version", _BEGIN)
    if not isinstance(version, int) or isinstance(version, bool) or version < FORMAT_VERSION:
        return Problem(("vreltui",), "the format version is not a whole number from 1", _BEGIN)
    return version


def _refused(source: Source, file: str, version: int | Problem) -> FileError:
    """All that is wrong with a file."""
    data = {**source.data, "vreltui": FORMAT_VERSION}
    found = [version] if isinstance(version, Problem) else []
    found += faults(data)
    first, *others = [(source.line(problem.path), problem) for problem in found]
    return FileError(file, *first, tuple(others))


def _too_large(file: str) -> FileError:
    what = f"the file has more than {MOST_BYTES // 1_000_000} MB"
    return FileError(file, None, Problem((), what, "a design file is smaller; is this one?"))
