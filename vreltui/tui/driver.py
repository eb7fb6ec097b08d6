"""The terminal, read without trust and given back as it was."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import termios
import time
from collections import deque
from concurrent.futures import Future
from typing import Any, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from vreltui.tui.terminal_colours import QUESTION, asks
from vreltui.tui.terminal_input import TerminalInput
from vreltui.tui.terminal_size import bounded

MOST_AHEAD = 32
"""Messages that wait in the application; the others wait here, where ctrl+c drops them."""

MOST_WAITING = 120_000
"""Messages that wait here; what comes on top of them is dropped."""

_READ = 1 << 16
_IDLE, _BUSY, _PENDING = 0.1, 0.005, 0.02

_MODES_OFF = (
    "\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    "\x1b[?1016l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[m"
)


class TerminalDriver(LinuxDriver):
    """Textual's driver, with an input that takes any bytes and can be stopped.

    Textual's own hands whatever comes to a decoder and a parser that raise, and an exception in
    its thread ends the application as if its user had left.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._in_use = False
        self._posted: list[Future[bool]] = []

    # Size

    def _get_terminal_size(self) -> tuple[int, int]:
        width, height = bounded(*super()._get_terminal_size())
        return width or 80, height or 25

    # Input

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except BaseException as error:
            from vreltui.tui.app import VreltuiApp

            app = cast("VreltuiApp", self._app)
            with contextlib.suppress(RuntimeError):  # the loop is closed: it was the end
                self._loop.call_soon_threadsafe(app.fail, error)

    def run_input_thread(self) -> None:
        """Read until the application ends or the terminal is gone."""
        source, waiting = TerminalInput(), deque[Message]()
        while not self.exit_event.is_set():
            pause = _BUSY if waiting else _PENDING if source.waiting else _IDLE
            data = _read(self.fileno, pause)
            if data is None:
                return  # who watches for a hang-up ends the program
            source.reports_size = self._in_band_window_resize
            found = source.feed(data) if data else source.tick()
            for message in found:
                if isinstance(message, events.Key) and message.key == "ctrl+c":
                    waiting.clear()
                if len(waiting) < MOST_WAITING:
                    waiting.append(message)
            while waiting and self._ahead() < MOST_AHEAD:
                self.process_message(waiting.popleft())

    def _ahead(self) -> int:
        """How many messages the application has not come to yet."""
        screens = self._app.screen_stack
        queued = sum(screen.message_queue_size for screen in screens)
        self._posted = [post for post in self._posted if not post.done()]
        return self._app.message_queue_size + queued + len(self._posted)

    def send_message(self, message: Message) -> None:
        """Send a message to the application, and remember that it is on its way."""
        post = asyncio.run_coroutine_threadsafe(self._app._post_message(message), loop=self._loop)
        self._posted.append(post)

    # Modes

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self._in_use = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if asks(os.environ):
            self.write(QUESTION)
            self.flush()

    def stop_application_mode(self) -> None:
        """Give the terminal back, as far as it takes output."""
        if self._mouse_pixels:
            self.write("\x1b[?1016l")
        super().stop_application_mode()

    def close(self) -> None:
        """Wait until everything is written."""
        writer = self._writer_thread
        has_written = writer is None or writer.is_alive()
        super().close()
        self._in_use = self._in_use and not has_written

    def give_back(self, last_words: str = "") -> None:
        """Give the terminal back without waiting for anything, from any thread.

        For an end without ceremony: where the line takes no output, none is tried.
        """
        if self._in_use:
            self._in_use = False
            if self.attrs_before is not None:
                with contextlib.suppress(termios.error, OSError):
                    termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            last_words = _MODES_OFF + last_words
        write_now(last_words)


def write_now(text: str, descriptor: int = 2) -> None:
    """Write to the terminal what it takes at once."""
    data = text.encode("utf-8", "replace")
    with contextlib.suppress(OSError, ValueError):
        blocking = os.get_blocking(descriptor)
        os.set_blocking(descriptor, False)
        try:
            end = time.monotonic() + 0.1
            while data and time.monotonic() < end:
                if select.select([], [descriptor], [], 0.02)[1]:
                    with contextlib.suppress(BlockingIOError):
                        data = data[os.write(descriptor, data) :]
        finally:
            os.set_blocking(descriptor, blocking)


def _read(descriptor: int, seconds: float) -> bytes | None:
    """What has come within so many seconds; None once the terminal is gone."""
    try:
        if not select.select([descriptor], [], [], seconds)[0]:
            return b""
        return os.read(descriptor, _READ) or None
    except (BlockingIOError, InterruptedError):
        return b""
    except (OSError, ValueError):
        return None
