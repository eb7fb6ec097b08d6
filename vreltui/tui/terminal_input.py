"""What a terminal sends, made into keys, pastes and reports: any bytes, and no exception.

A terminal sends whatever it likes: text in another encoding, half a character, reports with
senseless numbers, a paste whose end was lost on the way. What can't be meant is dropped here, and
only what can is given to Textual's parser, one whole sequence at a time.
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable, Iterable

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from vreltui.tui.terminal_colours import Answers
from vreltui.tui.terminal_size import is_sensible

REPORT_SECONDS = 0.5
"""How long a sequence that has begun may pause before what came of it is dropped."""

PASTE_SECONDS = 1.0
"""How long a paste may pause before it is over, though its end never came."""

SLOWEST_PASTE = 50
"""Bytes in a second that are no paste but somebody typing into one that never ended."""

MOST_SEQUENCE = 4096
"""Bytes of one sequence that are held; of a longer one its end is waited for, and no more."""

MOST_PASTE = 1 << 20
"""Bytes of one paste; the rest of a longer one is dropped."""

_PASTE_BEGINS, _PASTE_ENDS = b"\x1b[200~", b"\x1b[201~"
_INTERRUPT = 0x03

# Each is a whole sequence: a mouse report of three bytes of any kind, what the Linux console
# sends for its function keys, what begins with "ESC [" or "ESC O", and a string for the program.
_MOUSE = re.compile(rb"\x1b\[M[\x20-\xff]{3}")
_WHOLE = re.compile(
    rb"\x1b\[\[[A-E]|\x1b\[(?!\[)(?!M)[ -?]*[@-~]|\x1bO[ -~]"
    rb"|\x1b[\]P_][^\x00-\x1f]+(?:\x07|\x1b\\)"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[(?:\[|M[\x20-\xff]{0,2}|[ -?]*)?|O|[\]P_][^\x00-\x1f]*\x1b?)?")
_RESIZE = re.compile(r"\x1b\[48;(\d+)[:\d]*;(\d+)[:\d]*;(\d+)[:\d]*;(\d+)[:\d]*t")
# Code points end at 1,114,111, places far below.
_TOO_LARGE = re.compile(r"\d{8}")
# What is longer, the parser takes for typed.
_MOST_REPORT = 32
_ESCAPE = 0x1B


class TerminalInput:
    """Bytes in, messages for the application out.

    ``reports_size`` says that the terminal was asked to report its size among its input; a report
    that nobody asked for is dropped. ``clock`` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.reports_size = False
        self._clock = clock
        self._parser = XTermParser()
        self._decoder = _decoder()
        self._held = bytearray()
        self._last = 0.0
        self._colours = Answers()
        self._paste: bytearray | None = None
        self._paste_began = 0.0
        self._paste_bytes = 0

    @property
    def waiting(self) -> bool:
        """Whether :meth:`tick` will have something to say after a while."""
        return bool(self._held) or self._paste is not None

    def feed(self, data: bytes) -> list[Message]:
        """The messages that these bytes complete."""
        if not data:
            return []
        found: list[Message] = []
        if self._paste is not None:
            found += self.tick()  # a pause may have ended the paste before these bytes came
        self._last = self._clock()
        self._held += data
        while self._held:
            before = len(self._held), self._paste is None
            found += self._in_paste() if self._paste is not None else self._next()
            if before == (len(self._held), self._paste is None):
                break
        return found

    def tick(self) -> list[Message]:
        """What is to be said about bytes that nothing followed; to be called now and then."""
        quiet = self._clock() - self._last
        if self._paste is not None:
            return self._end_paste() if self._paste_is_over(quiet) else []
        if not self._held:
            return []
        if len(self._held) <= 2:
            # The escape key, or a letter typed with alt.
            return self._typed(self._take(len(self._held))) if quiet >= _escape_delay() else []
        if quiet < REPORT_SECONDS:
            return []
        sequence = self._take(len(self._held)).decode("ascii", "ignore")
        return self._sequence(sequence) if sequence in ANSI_SEQUENCES_KEYS else []

    # Pieces

    def _take(self, count: int) -> bytes:
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken

    def _next(self) -> list[Message]:
        """The messages of the piece that is held first; it is left there while it is unfinished."""
        held = self._held
        if held[0] != _ESCAPE:
            end = held.find(_ESCAPE)
            return self._text(self._take(len(held) if end < 0 else end))
        if _MOUSE.match(held):
            self._take(6)  # the old form of mouse reports, which ends at column 223
            return []
        if whole := _WHOLE.match(held):
            return self._report(self._take(whole.end()))
        if _UNFINISHED.fullmatch(held):
            if len(held) > MOST_SEQUENCE:
                del held[_MOST_REPORT + 1 : -1]  # still too long, and still to be ended
            return []
        return self._broken()

    def _broken(self) -> list[Message]:
        """Escape before something that makes no sequence with it."""
        held = self._held
        if held[1] == _ESCAPE or held[1] >= 0x80:
            return self._typed(self._take(1))
        unfinished = _UNFINISHED.match(held)
        assert unfinished is not None
        end = unfinished.end()
        if end <= 1:  # a key with alt
            return self._typed(self._take(2))
        # Another sequence begins here, or a key came in between.
        self._take(end - 1 if held[end - 1] == _ESCAPE else end)
        return []

    def _text(self, data: bytes) -> list[Message]:
        text = self._decoder.decode(data)
        if self._held:
            self._decoder.reset()  # a sequence follows: half a character is never completed
        return self._parsed(text) if text else []

    def _typed(self, data: bytes) -> list[Message]:
        """Escape, or a key with alt: what the parser says when nothing more comes."""
        return self._parsed(data.decode("ascii", "ignore"), ends=True)

    def _report(self, data: bytes) -> list[Message]:
        if data == _PASTE_BEGINS:
            self._paste, self._paste_began = bytearray(), self._clock()
            self._paste_bytes = 0
            return []
        if data[1:2] == b"]":
            told = self._colours.take(data)
            return [] if told is None else [told]
        if data == _PASTE_ENDS or data[1] in b"P_":
            return []
        return self._sequence(data.decode("ascii", "ignore"))

    def _sequence(self, text: str) -> list[Message]:
        """The messages of one whole sequence; none, where its numbers make no sense."""
        if len(text) > _MOST_REPORT or _TOO_LARGE.search(text):
            return []
        size = _RESIZE.fullmatch(text)
        if size is not None and not (self.reports_size and _is_size(size.groups())):
            return []
        found = self._parsed(text)
        if not found:
            self._renew()  # the parser would wait for the end of what it does not know
        return found

    # Textual's parser

    def _parsed(self, text: str, *, ends: bool = False) -> list[Message]:
        try:
            found = list(self._parser.feed(text))
            if ends:
                found += self._parser.feed("")
                self._renew()
        except Exception:  # senseless in a way that the parser did not think of
            self._renew()
            return []
        return [message for message in found if _is_meant(message)]

    def _renew(self) -> None:
        """Another parser, which knows of the mouse and the size what this one knew."""
        old, new = self._parser, XTermParser()
        new.last_x, new.last_y = old.last_x, old.last_y
        new.mouse_pixels = old.mouse_pixels
        new.terminal_size = old.terminal_size
        new.terminal_pixel_size = old.terminal_pixel_size
        self._parser = new

    # Pastes

    def _in_paste(self) -> list[Message]:
        assert self._paste is not None
        data = self._take(len(self._held))
        self._paste_bytes += len(data)
        start = max(0, len(self._paste) - len(_PASTE_ENDS))
        self._paste += data
        end = self._paste.find(_PASTE_ENDS, start)
        stop = self._paste.find(_INTERRUPT, start)
        if stop >= 0 and (end < 0 or stop < end):
            # Nobody pastes ctrl+c: it is pressed to get out.
            self._held += self._paste[stop:]
            del self._paste[stop:]
            return self._end_paste()
        if end >= 0:
            self._held += self._paste[end + len(_PASTE_ENDS) :]
            del self._paste[end:]
            return self._end_paste()
        if len(self._paste) > MOST_PASTE:
            # The beginning is kept, and the end, which may be a part of what ends the paste.
            del self._paste[MOST_PASTE - len(_PASTE_ENDS) : -len(_PASTE_ENDS)]
        return []

    def _paste_is_over(self, quiet: float) -> bool:
        seconds = self._clock() - self._paste_began
        slow = seconds > PASTE_SECONDS and self._paste_bytes < SLOWEST_PASTE * seconds
        return quiet >= PASTE_SECONDS or slow

    def _end_paste(self) -> list[Message]:
        assert self._paste is not None
        text = self._paste.decode("utf-8", "ignore").replace("\x00", "")
        self._paste = None
        return [events.Paste(text)] if text else []


def _decoder() -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder("utf-8")("ignore")


def _escape_delay() -> float:
    return constants.ESCAPE_DELAY


def _is_size(numbers: Iterable[str]) -> bool:
    height, width, _, _ = map(int, numbers)
    return is_sensible(width, height)


def _is_meant(message: Message) -> bool:
    """Whether a message can be one: characters that exist, places that a terminal has."""
    if isinstance(message, events.Key):
        return _exists(message.key) and _exists(message.character or "")
    if isinstance(message, events.MouseEvent):
        return is_sensible(int(message.x) + 1, int(message.y) + 1)
    return True


def _exists(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
