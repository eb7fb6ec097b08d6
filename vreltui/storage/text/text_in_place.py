"""A text of which stretches are replaced, many times, without another copy for each."""

from __future__ import annotations

import zlib

_NARROW = ("latin-1", 1)
_WIDE = ("utf-32-le", 4)
_SURROGATES = "surrogatepass"


class TextInPlace:
    """A text in a buffer that has the same number of bytes for each character.

    >>> text = TextInPlace("one two")
    >>> text.replace(4, 3, "three"), text.text(), len(text)
    ('two', 'one three', 9)
    """

    def __init__(self, text: str) -> None:
        self._coding, self._width = _NARROW if _is_narrow(text) else _WIDE
        self._buffer = bytearray(text.encode(self._coding, _SURROGATES))

    def __len__(self) -> int:
        return len(self._buffer) // self._width

    def replace(self, at: int, drop: int, put: str) -> str:
        """Put a text in the place of ``drop`` characters from ``at`` on; those that were there."""
        if self._width == 1 and not _is_narrow(put):
            self._buffer = bytearray(self.text().encode(_WIDE[0], _SURROGATES))
            self._coding, self._width = _WIDE
        start, end = at * self._width, (at + drop) * self._width
        dropped = self._buffer[start:end].decode(self._coding, _SURROGATES)
        self._buffer[start:end] = put.encode(self._coding, _SURROGATES)
        return dropped

    def text(self) -> str:
        """The text as it is now."""
        return self._buffer.decode(self._coding, _SURROGATES)

    def checksum(self) -> int:
        """The checksum of the text as it is now."""
        return checksum(self.text())


def checksum(text: str) -> int:
    """A checksum by which a text is known again."""
    return zlib.crc32(text.encode("utf-8", _SURROGATES))


def _is_narrow(text: str) -> bool:
    return text.isascii() or all(character <= "\xff" for character in text)
