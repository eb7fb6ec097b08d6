"""The application: one design screen, the analysis beside it, and an orderly end."""

from __future__ import annotations

import gc
import io
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from textual import events
from textual.app import App
from textual.constants import DRIVER
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Size

from vreltui.tui.driver import TerminalDriver, write_now
from vreltui.tui.ends import FAILED, end_at_once
from vreltui.tui.gate import ControlCharacters
from vreltui.tui.glyphs import ASCII, UNICODE
from vreltui.tui.screens.glance import GlanceScreen
from vreltui.tui.signals import end_on_signals, fail_on_faults
from vreltui.tui.terminal_colours import ColoursTold, palettes_of, told_by
from vreltui.tui.terminal_size import bounded
from vreltui.tui.theme import in_force, use
from vreltui.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from vreltui.tui.keymap import Keymap
    from vreltui.tui.screens.design import DesignScreen
    from vreltui.workbench import Analysis, AnalysisService, Configuration, Workbench

    Opened = tuple[Workbench, AnalysisService, Configuration]
    """What is behind the screen: the open design, the analysis, the configuration."""

ALLOCATIONS = 20_000
"""Objects made between two searches for garbage in circles, of which keys make next to none."""


class VreltuiApp(App[None], inherit_bindings=False):
    """vreltui in a terminal."""

    TITLE = "vreltui"
    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []  # noqa: RUF012

    bench: Workbench
    service: AnalysisService
    configuration: Configuration
    keymap: Keymap

    def __init__(
        self,
        opened: Opened | None,
        *,
        ascii_only: bool = False,
        start: Callable[[DesignScreen], None] | None = None,
    ) -> None:
        # The terminal's own colours: they fit its theme, and NO_COLOR stays readable.
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self.glyphs = ASCII if ascii_only else UNICODE
        self.left = False
        self.killed = False
        self.status = 0
        self.fault: BaseException | None = None
        self.failure: Exception | None = None
        self.is_open = False
        self._gate = ControlCharacters()
        self._told: ColoursTold | None = None
        self.take_colours()
        self._start = start
        if opened is not None:
            self.take(opened)

    def take(self, opened: Opened) -> None:
        """Take what is behind the screen."""
        from vreltui.tui.keymap import Keymap

        self.bench, self.service, self.configuration = opened
        self.keymap = Keymap(self.configuration.keys)
        self.is_open = True
        self.take_colours()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line of every widget passes the last gate."""
        return [*super().get_line_filters(), self._gate]

    def get_driver_class(self) -> type[Driver]:
        """The driver that the surroundings ask for, or our own."""
        return TerminalDriver if DRIVER is None else super().get_driver_class()

    @property
    def size(self) -> Size:
        """The size of the terminal, as far as a terminal can be so large."""
        return bounded(*super().size)

    # Colours

    def take_colours(self) -> None:
        """Take styles that can be read here, as far as that is known, and those of the person."""
        settings = self.configuration if self.is_open else None
        background = (settings.background if settings else "") or told_by(os.environ)
        own = {} if settings is None else settings.colours
        use(palettes_of(self._told, background), own)

    def on_colours_told(self, message: ColoursTold) -> None:
        """The terminal says what it shows: everything is drawn again where that makes a change."""
        self._told = message
        before = in_force()
        self.take_colours()
        if in_force() != before:
            for screen in self.screen_stack:
                for view in screen.query(LineView):
                    view.restyle()

    # Ends

    def leave(self) -> None:
        """The user leaves: all is saved, or the user said that the edits may go."""
        if not self.killed:
            self.left = True
            self.bench.close()
            self.exit()

    def end_in_order(self, code: int) -> None:
        """End with an exit code; the journal of the design stays."""
        self.killed = True
        self.status = code
        if self.is_open:
            self.bench.close(keep=True)
        self.exit(return_code=code)

    def end_at_once(self, code: int) -> None:
        """End the process without waiting for anything."""
        end_at_once(self, code)

    def fail(self, error: BaseException) -> None:
        """End because of an error of the program; the journal of the design stays."""
        if not (self.left or self.killed):
            self.fault = error
            self.end_in_order(FAILED)

    def _fatal_error(self) -> None:
        """In place of Textual's report, which prints source and values over the user's terminal."""
        self.fault = self.fault or self._exception
        super().panic()

    def panic(self, *renderables: RenderableType) -> None:
        """In place of Textual's, which prints what it is given over the user's terminal."""
        console = Console(file=io.StringIO(), width=100)
        console.print(*renderables)
        self.fault = self.fault or RuntimeError(console.file.getvalue())  # type: ignore[attr-defined]
        self._return_code = FAILED
        super().panic()

    def last_words(self, status: int) -> str:
        """What to tell the user of an end that was not the user's wish."""
        from vreltui.tui.crash import end_words, kept_words, last_words

        kept = kept_words(self.bench) if self.is_open else ""
        if self.fault is not None:
            return last_words(self.fault, "", kept)
        return end_words(status, kept)

    def give_back(self, words: str = "") -> None:
        """Give the terminal back without waiting for anything, where that was not done."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.give_back(words)
        elif words:
            write_now(words)

    def on_mount(self) -> None:
        """Show the design, and end in order when told to."""
        end_on_signals(self)
        fail_on_faults(self)
        self.show_first()

    def show_first(self) -> None:
        """Show the design that was opened before the application."""
        self.show_design(self.bench)
        self.call_after_refresh(self.collect_seldom)

    def show_design(self, bench: Workbench) -> DesignScreen:
        """Show another design in place of what is shown."""
        from vreltui.tui.screens.design import DesignScreen

        self.bench = bench
        screen = DesignScreen(
            bench, self.service, self.keymap, self.glyphs, self.configuration.faults
        )
        if isinstance(self.screen, DesignScreen):
            self.screen.end()
            self.switch_screen(screen)
        elif isinstance(self.screen, GlanceScreen):
            self.switch_screen(screen)
        else:
            self.push_screen(screen)
            if self._start is not None:
                self.call_after_refresh(self._start, screen)
        return screen

    def on_design_screen_leave(self, message: DesignScreen.Leave) -> None:
        """A screen asks for another design."""
        self.show_design(message.bench)

    def design_screens(self) -> list[DesignScreen]:
        """The design screens, also those below others."""
        if not self.is_open:
            return []
        from vreltui.tui.screens.design import DesignScreen

        return [screen for screen in self.screen_stack if isinstance(screen, DesignScreen)]

    def receive(self, analysis: Analysis) -> None:
        """An answer of the analysis came later."""
        for screen in self.design_screens():
            screen.receive(analysis)

    def state_changed(self) -> None:
        """The analysis gave something up."""
        for screen in self.design_screens():
            screen.update()

    def collect_seldom(self) -> None:
        """Look for garbage seldom, and never again in what the start has made."""
        if not self.is_headless:  # where the process is the application's own
            gc.freeze()
            gc.set_threshold(ALLOCATIONS, 10, 10)
        gc.enable()


class OpeningApp(VreltuiApp):
    """The application that shows names at once, and then opens the design.

    ``first`` makes the screen with the names, given what is to be done after it. What ``opening``
    raises is in ``failure``, and ends the application.
    """

    def __init__(
        self,
        first: Callable[[VreltuiApp, Callable[[], None]], GlanceScreen],
        opening: Callable[[], Opened],
        *,
        ascii_only: bool = False,
    ) -> None:
        super().__init__(None, ascii_only=ascii_only)
        self._first = first
        self._opening = opening

    def show_first(self) -> None:
        """Show the names."""
        self.push_screen(self._first(self, self._open))

    def _open(self) -> None:
        from vreltui.model import VreltuiError

        glance = self.screen
        assert isinstance(glance, GlanceScreen)
        try:
            self.take(self._opening())
        except VreltuiError as error:
            self.failure = error
            self.exit()
            return
        screen = self.show_design(self.bench)
        self.collect_seldom()
        for key in glance.keys:  # what was typed meanwhile
            screen.post_message(events.Key(key.key, key.character))
