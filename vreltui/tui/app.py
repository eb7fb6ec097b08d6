"""The application: one design screen, the analysis beside it, and an orderly end."""

from __future__ import annotations

import gc
from collections.abc import Sequence

from textual.app import App
from textual.filter import LineFilter

from vreltui.tui.gate import ControlCharacters
from vreltui.tui.glyphs import ASCII, UNICODE
from vreltui.tui.keymap import Keymap
from vreltui.tui.screens.design import DesignScreen
from vreltui.tui.signals import end_on_signals
from vreltui.workbench import Analysis, AnalysisService, Configuration, Workbench

ALLOCATIONS = 20_000
"""Objects made between two searches for garbage in circles, of which keys make next to none."""


def collect_seldom() -> None:
    """Look for garbage seldom, and never again in what the start has made."""
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, 10, 10)
    gc.enable()


class VreltuiApp(App[None]):
    """vreltui in a terminal."""

    TITLE = "vreltui"
    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []  # noqa: RUF012
    inherit_bindings = False

    def __init__(
        self,
        bench: Workbench,
        service: AnalysisService,
        configuration: Configuration,
        *,
        ascii_only: bool = False,
        start: bool = False,
    ) -> None:
        # The terminal's own colours: they fit its theme, and NO_COLOR stays readable.
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self.bench = bench
        self.service = service
        self.configuration = configuration
        self.glyphs = ASCII if ascii_only else UNICODE
        self.keymap = Keymap(configuration.keys)
        self.killed = False
        self._gate = ControlCharacters()
        self._start = start

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line of every widget passes the last gate."""
        return [*super().get_line_filters(), self._gate]

    def on_mount(self) -> None:
        """Show the design, and end in order when told to."""
        end_on_signals(self)
        self.show_design(self.bench)
        self.call_after_refresh(collect_seldom)

    def show_design(self, bench: Workbench) -> None:
        """Show another design in place of the one that is shown."""
        self.bench = bench
        screen = DesignScreen(
            bench, self.service, self.keymap, self.glyphs, self.configuration.faults
        )
        if isinstance(self.screen, DesignScreen):
            self.screen.end()
            self.switch_screen(screen)
        else:
            self.push_screen(screen)
            if self._start:
                self.call_after_refresh(screen.commands.filing.recent)

    def on_design_screen_leave(self, message: DesignScreen.Leave) -> None:
        """A screen asks for another design."""
        self.show_design(message.bench)

    def receive(self, analysis: Analysis) -> None:
        """An answer of the analysis came later."""
        for screen in self.screen_stack:
            if isinstance(screen, DesignScreen):
                screen.receive(analysis)

    def state_changed(self) -> None:
        """The analysis gave something up."""
        for screen in self.screen_stack:
            if isinstance(screen, DesignScreen):
                screen.update()
