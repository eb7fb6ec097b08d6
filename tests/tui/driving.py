"""Driving the application in tests: an app on a design, the screen as text, keys."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from vreltui.tui.app import VreltuiApp
from vreltui.tui.lines import plain
from vreltui.tui.screens.design import DesignScreen
from vreltui.tui.widgets.line_view import LineView
from vreltui.workbench import (
    Analysis,
    AnalysisService,
    Configuration,
    Workbench,
    configuration,
    new_design,
    open_design,
)

WEB = Path(__file__).parents[2] / "designs" / "web-node.toml"

MOST_SECONDS = 30.0

Scene = Callable[["Driver"], Awaitable[None]]


class Driver:
    """The running application, and ways to look at it."""

    def __init__(self, app: VreltuiApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> DesignScreen:
        """The design screen, also below another one."""
        found = [s for s in self.app.screen_stack if isinstance(s, DesignScreen)]
        return found[-1]

    @property
    def bench(self) -> Workbench:
        """The open design."""
        return self.app.bench

    async def press(self, *keys: str) -> None:
        """Press keys, and wait after each until the figures shown are of the present design."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text."""
        names = {
            " ": "space",
            ".": "full_stop",
            "-": "minus",
            "_": "underscore",
            "=": "equals_sign",
        }
        await self.press(*(names.get(character, character) for character in text))

    async def settle(self) -> None:
        """Wait until nothing is being computed."""
        await self.until(lambda: not self.screen.session.pending or self.app._exit)

    async def quiet(self) -> None:
        """Wait until nothing is being computed for a pane either, and nothing moves any more."""
        await self.settle()
        before: list[str] = []
        end = asyncio.get_running_loop().time() + MOST_SECONDS
        while (now := self.lines()) != before or self.screen.panes.busy:
            assert asyncio.get_running_loop().time() < end, self.text()
            before = now
            await self.until(lambda: not self.screen.panes.busy)

    async def sized(self, width: int, height: int) -> None:
        """Wait until the screen has this size, and is laid out for it."""

        def is_so() -> bool:
            return tuple(self.app.screen.size) == (width, height) and len(self.lines()) == height

        await self.until(is_so)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something; fail with the screen when it does not come."""
        end = asyncio.get_running_loop().time() + MOST_SECONDS
        await self.pilot.pause()
        while not condition():
            if self.app._exception is not None:
                raise self.app._exception
            assert asyncio.get_running_loop().time() < end, self.text()
            await self.pilot.pause(0.02)
        await self.pilot.pause()

    async def shows(self, text: str) -> None:
        """Wait until a text is on the screen."""
        await self.until(lambda: text in self.text() or text in self.pane())

    def pane(self) -> str:
        """What the pane and the verdict say, without the breaks between lines."""
        parts = [*self.screen.query_one("#verdict", LineView).lines, *self.screen.pane.lines]
        return " ".join(" ".join(plain(part) for part in parts).split())

    def lines(self) -> list[str]:
        """The screen as text, without spaces at the ends of lines."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    def text(self) -> str:
        """The screen as one text, of the topmost screen alone."""
        return "\n".join(self.lines())


def drive(
    scene: Scene,
    design: Path | Workbench | None = WEB,
    size: tuple[int, int] = (80, 24),
    *,
    ascii_only: bool = False,
    settings: Configuration | None = None,
) -> None:
    """Run a scene with the application on a design."""
    asyncio.run(_drive(scene, design, size, ascii_only, settings or configuration()))


async def _drive(
    scene: Scene,
    design: Path | Workbench | None,
    size: tuple[int, int],
    ascii_only: bool,
    settings: Configuration,
) -> None:
    bench = design if isinstance(design, Workbench) else _opened(design)
    app: VreltuiApp | None = None

    def receive(analysis: Analysis) -> None:
        if app is not None:
            app.receive(analysis)

    service = AnalysisService(receive)
    try:
        app = VreltuiApp((bench, service, settings), ascii_only=ascii_only)
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot)
            await driver.until(lambda: len(driver.app.screen_stack) > 1)
            await driver.settle()
            # What came last may have moved parts; that is drawn within the time of a frame.
            await pilot.pause(0.05)
            await scene(driver)
            driver.screen.end()
    finally:
        service.close()
        (app.bench if app is not None else bench).close()


def _opened(design: Path | None) -> Workbench:
    return new_design() if design is None else open_design(design)
