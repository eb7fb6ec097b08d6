"""The words of a .dft file: names bare or in quotes, statements that end in a semicolon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vreltui.exchange.formats import MOST_BYTES
from vreltui.exchange.markup import MOST_ATTRIBUTE, refused
from vreltui.model import shown

MOST_WORDS = 1_000_000
"""The most words of a file."""


class Word(NamedTuple):
    """A word, whether it stood in quotes, and its line."""

    text: str
    quoted: bool
    line: int


_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\f\v]+)|(?P<line>\n)|(?P<comment>//[^\n]*)|(?P<block>/\*.*?\*/)"""
    r"""|"(?P<quoted>[^"\n]*)"|(?P<end>;)|(?P<equals>=)|(?P<bare>[^\s;="/]+(?:/(?![/*])[^\s;="/]*)*)""",
    re.DOTALL,
)


def statements(data: bytes, file: str) -> Iterator[list[Word]]:
    """The statements of a file, each a list of words; ``=`` is a word of its own.

    >>> [[word.text for word in each] for each in statements(b'"a" or b c; // x', "a.dft")]
    [['a', 'or', 'b', 'c']]
    """
    text = _decoded(data, file)
    found: list[Word] = []
    line, at, count = 1, 0, 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            rest = text[at : at + 20].split("\n")[0]
            raise refused(
                file, line, f"{shown(rest)} can't be read", "a quote is closed in its line"
            )
        at = token.end()
        kind = token.lastgroup
        if kind in ("bare", "quoted", "equals"):
            count += 1
            word = token[kind] if kind != "equals" else "="
            if count > MOST_WORDS:
                raise refused(file, line, f"the file has more than {MOST_WORDS} words")
            if len(word) > MOST_ATTRIBUTE:
                raise refused(file, line, f"a word has more than {MOST_ATTRIBUTE} characters")
            found.append(Word(word, kind == "quoted", line))
        elif kind == "end":
            if found:
                yield found
            found = []
        line += token[0].count("\n")
    if found:
        raise refused(
            file, found[0].line, "the last statement does not end", "a semicolon is right"
        )


def _decoded(data: bytes, file: str) -> str:
    if len(data) > MOST_BYTES:
        raise refused(file, None, f"the file has more than {MOST_BYTES // 1_000_000} MB")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise refused(file, line, "the file contains a NUL byte", "a .dft file is text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise refused(file, line, what, "save the file as UTF-8") from None
