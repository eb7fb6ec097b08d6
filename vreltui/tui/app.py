"""The application: one design screen, the analysis beside it, and an orderly end."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.filter import LineFilter

from vreltui.tui.gate import ControlCharacters
from vreltui.tui.glyphs import ASCII, UNICODE
from vreltui.tui.screens.glance import GlanceScreen
from vreltui.tui.signals import end_on_signals

if TYPE_CHECKING:
    from vreltui.tui.keymap import Keymap
    from vreltui.tui.screens.design import DesignScreen
    from vreltui.workbench import Analysis, AnalysisService, Configuration, Workbench

    Opened = tuple[Workbench, AnalysisService, Configuration]
    """What is behind the screen: the open design, the analysis, the configuration."""

ALLOCATIONS = 20_000
"""Objects made between two searches for garbage in circles, of which keys make next to none."""


class VreltuiApp(App[None]):
    """vreltui in a terminal."""

    TITLE = "vreltui"
    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []  # noqa: RUF012
    inherit_bindings = False

    bench: Workbench
    service: AnalysisService
    configuration: Configuration
    keymap: Keymap

    def __init__(
        self, opened: Opened | None, *, ascii_only: bool = False, start: bool = False
    ) -> None:
        # The terminal's own colours: they fit its theme, and NO_COLOR stays readable.
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self.glyphs = ASCII if ascii_only else UNICODE
        self.killed = False
        self.is_open = False
        self._gate = ControlCharacters()
        self._start = start
        if opened is not None:
            self.take(opened)

    def take(self, opened: Opened) -> None:
        """Take what is behind the screen."""
        from vreltui.tui.keymap import Keymap

        self.bench, self.service, self.configuration = opened
        self.keymap = Keymap(self.configuration.keys)
        self.is_open = True

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line of every widget passes the last gate."""
        return [*super().get_line_filters(), self._gate]

    @property
    def failed(self) -> bool:
        """Whether an error of the program ended it."""
        return self._exception is not None

    def _fatal_error(self) -> None:
        """In place of Textual's report, which prints source and values over the user's terminal."""
        from rich.text import Text

        from vreltui.tui.crash import last_words

        name = self.bench.name if self.is_open else "the design"
        self.panic(Text(last_words(self._exception, name)))

    def on_mount(self) -> None:
        """Show the design, and end in order when told to."""
        end_on_signals(self)
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
            if self._start:
                self.call_after_refresh(screen.commands.files.recent)
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

    def end_in_order(self, code: int) -> None:
        """End with an exit code; the journal of the design stays."""
        self.killed = True
        if self.is_open:
            self.bench.close(keep=True)
        self.exit(return_code=code)


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
        self.failure: Exception | None = None

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
