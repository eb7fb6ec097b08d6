"""The scenes: which design at which size, and the keys that lead there."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot

from screenshots.drawing import drawn_in, portable
from vreltui.tui.app import VreltuiApp
from vreltui.tui.contrast import LIGHT, Palette
from vreltui.tui.screens.design import DesignScreen
from vreltui.tui.terminal_colours import ColoursTold
from vreltui.workbench import (
    Analysis,
    AnalysisService,
    configuration,
    new_design,
    open_design,
)

DESIGNS = Path(__file__).parent.parent / "designs"
MOST_SECONDS = 30.0


@dataclass(frozen=True)
class Scene:
    """Keys on a design; a step that begins with a quote is typed, one with ``?`` waited for."""

    steps: tuple[str, ...] = ()
    design: str = "web-node"
    size: tuple[int, int] = (80, 24)
    ascii_only: bool = False
    palette: Palette | None = None
    """What a terminal shows that tells its colours."""

    async def picture(self) -> str:
        """The screen after the last step, as SVG."""
        bench = new_design() if not self.design else open_design(DESIGNS / f"{self.design}.toml")
        app: VreltuiApp | None = None

        def receive(analysis: Analysis) -> None:
            if app is not None:
                app.receive(analysis)

        service = AnalysisService(receive)
        stopped = patch("vreltui.tui.panes.explore.monotonic", lambda: 0.0)
        stopped.start()  # how long a search took is not what a picture shows
        try:
            app = VreltuiApp((bench, service, configuration()), ascii_only=self.ascii_only)
            async with app.run_test(size=self.size) as pilot:
                await _settle(app, pilot)
                if self.palette is not None:
                    app.post_message(ColoursTold(self.palette.background, self.palette))
                    await _settle(app, pilot)
                for step in self.steps:
                    await _step(app, pilot, step)
                title = f"vreltui {self.size[0]}x{self.size[1]}"
                with drawn_in(self.palette):
                    return portable(app.export_screenshot(title=title))
        finally:
            stopped.stop()
            service.close()
            bench.close()


async def _step(app: VreltuiApp, pilot: Pilot[None], step: str) -> None:
    if step.startswith("?"):
        await _shown(app, pilot, step[1:])
        return
    if step.startswith('"'):
        names = {" ": "space", ".": "full_stop", "-": "minus", "_": "underscore"}
        await pilot.press(*(names.get(character, character) for character in step[1:]))
    else:
        await pilot.press(step)
    await _settle(app, pilot)


async def _settle(app: VreltuiApp, pilot: Pilot[None]) -> None:
    """Wait until the figures are those of the present design, also in the panes.

    A pane asks once the figures are drawn, so that nothing may be under way twice in a row.
    """
    await pilot.pause()
    quiet = 0
    for _ in range(int(MOST_SECONDS / 0.05)):
        screens = [s for s in app.screen_stack if isinstance(s, DesignScreen)]
        waits = not screens or (screens[-1].is_current and _waits(screens[-1]))
        quiet = 0 if waits else quiet + 1
        if quiet == 2:
            break
        await pilot.pause(0.05)
    await pilot.pause()


def _waits(screen: DesignScreen) -> bool:
    return screen.session.stale or screen.panes.busy


async def _shown(app: VreltuiApp, pilot: Pilot[None], text: str) -> None:
    """Wait until a text is on the screen."""
    for _ in range(int(MOST_SECONDS / 0.05)):
        seen = re.sub(r"<[^>]*>", "", app.export_screenshot(simplify=True))
        if text in html.unescape(seen).replace("\xa0", " "):
            return
        await pilot.pause(0.05)
    raise TimeoutError(f"{text!r} did not come")


_BLANK = ("ctrl+g", '"0.998', "enter")
_GUEST = (*_BLANK, "a", '"vm guest 0.95', "enter")
_REPLICATED = (*_GUEST, "f6", "?a tie when")
_NODE = (*_REPLICATED, "escape", "f5", "escape")
_BOUND = (*_NODE, "plus")

THREE_ZONES = (
    "ctrl+g", "?Goal", '"0.9999', "enter", "?goal R > 0.9999",
    "e", "?Value", '"0.9995', "enter", "?set hardware to 0.9995",
    "a", "?Add", '"software api 0.998', "enter", "?add api",
    "home", "f2", "?Name", "ctrl+u", '"zone', "enter", "?rename", "B", "?baseline",
    "f7", "?2 of 3", "w", "?wrap", "a", "?Add", '"network lb 0.9998', "enter", "?add lb",
    "exclamation_mark", "?a second lb", "j", "enter",
)  # fmt: skip
"""From nothing: one host, three zones of it that vote, and the change that meets the goal."""

SCENES = {
    "changes": Scene(THREE_ZONES, design="", size=(120, 36)),
    "first": Scene(),
    "nudged": Scene(("minus",)),
    "plot": Scene(("p", "?◆ now"), size=(120, 36)),
    "plot-80x24": Scene(("p", "z", "?◆ now")),
    "formula": Scene(("f", "?R(vms)", "?must"), size=(120, 36)),
    "compare": Scene(("c", "enter", "?times", "?beats", "z", "?◆ now"), size=(120, 36)),
    "explore": Scene(("O", "z", "?proven", "j", "j", "v"), "rack-of-two", (120, 36)),
    "help": Scene(("question_mark",)),
    "palette": Scene(("ctrl+p",)),
    "typing": Scene(("e", '"0.9985')),
    "wide": Scene(("?◆ now",), size=(120, 36)),
    "three-tier": Scene(design="three-tier", size=(120, 36)),
    "large": Scene(("p", "?◆ now"), size=(200, 50)),
    "narrow": Scene(size=(60, 20)),
    "ascii": Scene(ascii_only=True),
    "light": Scene(("p", "?◆ now"), size=(120, 36), palette=LIGHT[0]),
    "light-80x24": Scene(palette=LIGHT[2]),
    "build-1-new": Scene(design=""),
    "build-2-goal": Scene(_BLANK, design=""),
    "build-3-guest": Scene(_GUEST, design=""),
    "build-4-replicated": Scene(_REPLICATED, design=""),
    "build-5-virtualized": Scene(_NODE, design=""),
    "build-6-bound": Scene(_BOUND, design=""),
    "build-7-plot": Scene((*_BOUND, "up", "p", *["asterisk"] * 4, "z", "?crosses"), design=""),
    "detail": Scene(("d",)),
    "menu": Scene(("m",)),
    "recent": Scene(("f9",), design=""),
}
"""Every picture by its name."""
