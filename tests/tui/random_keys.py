"""A person whose cat walks over the keyboard: any key, any text, any size of the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from textual import events
from textual.message import Message

from tests.campaigns.senseless import INPUTS
from tests.tui.driving import Driver
from tests.workbench.drawing import COUNTS, NAMED, NEEDS, NEW_NAMES, NONSENSE, NUMBERS, TEXTS
from vreltui.tui.keymap import Keymap
from vreltui.tui.screens.design import DesignScreen
from vreltui.tui.terminal_input import PASTE_SECONDS, TerminalInput
from vreltui.workbench.open.left_view import LeftView

T = TypeVar("T")

SIZES = (
    (80, 24), (60, 20), (20, 5), (200, 50), (120, 36), (40, 10), (21, 6), (100, 30), (80, 3),
    (1, 1), (3, 60), (300, 5),
)  # fmt: skip
ENDS = ("q", "ctrl+q")
TYPED = (*NUMBERS, *COUNTS, *NEEDS, *NEW_NAMES, *TEXTS, *NONSENSE, *NAMED, "design.toml", "~", "/")
_SHORT = 12
_MOST_ESCAPES = 3
COMPARED = (160, 60)
"""The size at which a screen is compared with a fresh one: all of it fits."""


class Chance(Protocol):
    """What draws."""

    def pick(self, sequence: Sequence[T]) -> T:
        """One of some."""

    def number(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""


def every_key(keymap: Keymap) -> list[str]:
    """Every key that does something on the design's screen, but for those that end the program."""
    known = {
        key
        for action in keymap.actions.values()
        for key in action.keys
        if keymap.action_of(key, action.scope) is action
    }
    return sorted(known - {*ENDS})


class Left(Exception):
    """The program was left by the list of commands, which anybody may."""


class Cat:
    """Presses, types and resizes by chance; ``log`` has what it did."""

    def __init__(self, driver: Driver, chance: Chance, log: list[str]) -> None:
        self.driver = driver
        self.chance = chance
        self.log = log
        self._keys = every_key(driver.screen.keymap)
        self._now = 0.0
        self._input = TerminalInput(lambda: self._now)

    @property
    def away(self) -> bool:
        """Whether something lies over the design, or asks."""
        top = self.driver.app.screen
        return not isinstance(top, DesignScreen) or top.questions.open

    async def walk(self, steps: int) -> None:
        """So many steps."""
        for _ in range(steps):
            draw = self.chance.number(0, 19)
            if draw == 0:
                await self.resize(self.chance.pick(SIZES))
            elif draw == 1:
                await self.escape()
            elif draw == 2:
                await self.bytes()
            elif self.away and draw < 14:
                await self.answer()
            else:
                await self.press(self.chance.pick(self._keys))

    async def press(self, key: str) -> None:
        """One key."""
        self.log.append(key)
        await self.driver.pilot.press(*key.split())
        if self.driver.app._exit:
            if self.driver.app._exception is not None:
                raise self.driver.app._exception
            raise Left

    async def bytes(self) -> None:
        """What no terminal should send, as the application gets it; then a pause."""
        data = self.chance.pick(list(INPUTS.values()))
        self.log.append(f"bytes {data[:20]!r}")
        for message in (*self._input.feed(data), *self._after_a_pause()):
            message.set_sender(self.driver.app)
            self.driver.app.post_message(message)
        await self.driver.pilot.pause()

    def _after_a_pause(self) -> list[Message]:
        self._now += 2 * PASTE_SECONDS
        return self._input.tick()

    async def resize(self, size: tuple[int, int]) -> None:
        """Another size."""
        self.log.append(f"{size[0]}x{size[1]}")
        await self.driver.pilot.resize_terminal(*size)

    async def answer(self) -> None:
        """Type or paste something, and mostly enter it."""
        text = self.chance.pick(TYPED)
        if len(text) <= _SHORT and text.isprintable() and self.chance.number(0, 1):
            for character in text:
                await self.press(character)
        else:
            self.log.append(f"paste {text[:20]!r}")
            self.driver.app.post_message(events.Paste(text))
        await self.press(self.chance.pick(["enter", "enter", "enter", "ctrl+s", "escape", "down"]))

    async def escape(self) -> None:
        """Escape leads back to the design, whatever lies over it."""
        for _ in range(_MOST_ESCAPES):
            if not self.away:
                return
            await self.press("escape")
        assert not self.away, self.driver.text()

    async def compare(self) -> None:
        """The screen shows what a fresh one of the same design shows."""
        driver = self.driver
        await self.escape()
        await self.resize(COMPARED)
        await self._computed()
        old = driver.screen
        if old.panes.current not in (None, "detail"):
            old.panes.shut()
        await self.press("home")
        await driver.settle()
        seen, place = _without_message(driver.lines()), driver.bench.position
        fresh = _like(old)
        await driver.app.push_screen(fresh)
        await driver.until(lambda: bool(fresh.shown_tree.rows))
        await self.escape()
        driver.bench.select(place)
        await driver.settle()
        wanted = _without_message(driver.lines())
        undecided = any(
            row.threshold == "?" for row in (*old.shown_tree.rows, *fresh.shown_tree.rows)
        )
        fresh.end()
        driver.app.pop_screen()
        await driver.until(lambda: driver.app.screen is old)
        # What there was no time to decide may be decided the next time.
        assert seen == wanted or undecided, _beside(seen, wanted)

    async def leave(self) -> None:
        """The program can be left, without saving what is not saved."""
        await self.escape()
        await self.press("q")
        await self.press("d")
        raise AssertionError(f"it does not end: {self.driver.text()}")

    async def _computed(self) -> None:
        """All is computed; what was stopped is asked for by an edit that is taken back."""
        session = self.driver.screen.session
        if session.state.startswith("not computed"):
            await self.press("B")
            await self.press("u")
        await self.driver.settle()


def _like(old: DesignScreen) -> DesignScreen:
    """A new screen on the same design, folded and open alike."""
    fresh = DesignScreen(old.bench, old.app.service, old.keymap, old.glyphs)  # type: ignore[attr-defined]
    fresh.shown_tree.toggled = old.shown_tree.toggled
    panes, wanted = fresh.panes, old.panes.current

    def open_alike() -> None:
        panes.shut()
        panes.recall(LeftView(pane=wanted, zoomed=old.panes.zoomed))
        panes.focus(old.panes.focused is not None)

    fresh.call_after_refresh(open_alike)
    return fresh


def _without_message(lines: list[str]) -> list[str]:
    """A screen without the line of messages, which says what was done last."""
    return [*lines[:-2], lines[-1]]


def _beside(one: list[str], other: list[str]) -> str:
    pairs = zip(one, other, strict=True)
    return "\n".join(f"{a}\n{b}\n" for a, b in pairs if a != b)
