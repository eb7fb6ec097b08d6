"""XML as a tree of elements with their lines, within bounds that hold whatever a file contains.

By expat itself: it counts lines, and what no element of the tree may be is refused before it is
read. A DOCTYPE that has an internal subset or names something outside is where every known attack
begins (entities that grow, files and addresses that are fetched), and no fault tree needs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from vreltui.exchange.formats import MOST_BYTES
from vreltui.model import Problem, shown
from vreltui.storage import FileError

MOST_DEPTH = 500
"""The most elements open at once."""

MOST_ELEMENTS = 1_000_000
"""The most elements of a file."""

MOST_ATTRIBUTE = 10_000
"""The most characters of one attribute, or of one label."""

_ENCODINGS = re.compile(r"utf-?8|us-ascii|ascii|iso-8859-1|iso8859-1|latin-?1", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name, attributes as name and value in turn, children, text and line."""

    tag: str
    pairs: tuple[str, ...]
    line: int
    children: list[Element] | tuple[Element, ...] = ()
    text: str = ""

    def get(self, name: str) -> str | None:
        """The value of an attribute; None where it has none of that name."""
        for index in range(0, len(self.pairs), 2):
            if self.pairs[index] == name:
                return self.pairs[index + 1]
        return None

    @property
    def names(self) -> Iterator[str]:
        """The names of the attributes."""
        yield from self.pairs[::2]

    def child(self, tag: str) -> Element | None:
        """The first child of a name."""
        return next((child for child in self.children if child.tag == tag), None)


def refused(file: str, line: int | None, what: str, right: str = "") -> FileError:
    """The error about a line of a file."""
    return FileError(file, line, Problem((), what, right))


def parse_markup(data: bytes, file: str) -> Element:
    """The root of an XML file. Raises :class:`FileError`.

    >>> root = parse_markup(b'<a><b name="x"/></a>', "a.xml")
    >>> [(child.tag, child.get("name"), child.line) for child in root.children]
    [('b', 'x', 1)]
    """
    if len(data) > MOST_BYTES:
        raise refused(file, None, f"the file has more than {MOST_BYTES // 1_000_000} MB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(file, 1, "the file is in UTF-16", "save it as UTF-8")
    return _Reader(file).read(data)


class _Reader:
    """Makes the tree, and counts."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.ordered_attributes = True
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def read(self, data: bytes) -> Element:
        """The root. Raises :class:`FileError`."""
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            what = f"this is no XML: {expat.errors.messages[error.code]}"
            raise refused(self._file, error.lineno, what) from None
        except (ValueError, LookupError) as error:
            raise refused(self._file, 1, f"this is no XML: {error}") from None
        assert self._root is not None
        return self._root

    def _refused(self, what: str, right: str = "") -> FileError:
        return refused(self._file, self._parser.CurrentLineNumber, what, right)

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        del version, standalone
        if encoding is not None and _ENCODINGS.fullmatch(encoding) is None:
            what = f'the file says that it is in "{shown(encoding, most=40)}"'
            raise self._refused(what, "UTF-8, ASCII or Latin-1 is right")

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal or system is not None or public is not None:
            what = f"the DOCTYPE {shown(name, most=40)} brings definitions along"
            raise self._refused(what, f"leave it out, or write <!DOCTYPE {shown(name, most=40)}>")

    def _start(self, tag: str, attributes: list[str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise self._refused(f"the file has more than {MOST_ELEMENTS} elements")
        if len(self._open) >= MOST_DEPTH:
            raise self._refused(f"elements are nested more than {MOST_DEPTH} deep")
        for text in attributes:
            if len(text) > MOST_ATTRIBUTE:
                raise self._refused(f"an attribute has more than {MOST_ATTRIBUTE} characters")
        element = Element(tag, tuple(attributes), self._parser.CurrentLineNumber)
        if self._open:
            above = self._open[-1]
            if isinstance(above.children, tuple):
                above.children = []
            above.children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, tag: str) -> None:
        del tag
        self._open.pop()

    def _characters(self, text: str) -> None:
        above = self._open[-1]
        if above.tag == "label" and len(above.text) <= MOST_ATTRIBUTE:
            above.text += text[: MOST_ATTRIBUTE + 1]
        elif above.tag != "label" and not text.isspace():
            what = f'"{shown(text.strip(), most=40)}" stands in {shown(above.tag, most=40)}'
            raise self._refused(what, "text stands in label alone")
