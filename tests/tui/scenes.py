"""What there is to see: every screen, pane and question, each with the way that leads there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tests.tui.driving import WEB, Driver
from vreltui.model import Probability
from vreltui.model.edits import set_value
from vreltui.storage.keep.recent import Recent
from vreltui.workbench import Change, Workbench, new_design, open_design

DESIGNS = WEB.parent
Opening = Callable[[Path, ExitStack], Workbench]


@dataclass(frozen=True)
class Scene:
    """Keys on a design; a step that begins with a quote is typed."""

    keys: Sequence[str] = ()
    opening: Opening = lambda folder, _: opened(folder, "web-node")
    before: Callable[[Path], None] = lambda _: None
    """What happens on the disk between the opening and the keys."""

    async def play(self, driver: Driver) -> None:
        """Press the keys."""
        for step in self.keys:
            if step.startswith('"'):
                for character in step[1:]:
                    await driver.pilot.press(character)
            else:
                await driver.pilot.press(step)
            await driver.settle()
            await driver.until(lambda: not driver.screen.panes.busy)


def opened(folder: Path, name: str) -> Workbench:
    """A copy of a shipped design, open."""
    path = folder / f"{name}.toml"
    path.write_bytes((DESIGNS / f"{name}.toml").read_bytes())
    return open_design(path)


def of(name: str) -> Opening:
    """Opens a shipped design."""
    return lambda folder, _: opened(folder, name)


def new(folder: Path, stack: ExitStack) -> Workbench:
    """A new design."""
    return new_design()


def crashed(folder: Path, stack: ExitStack) -> Workbench:
    """A design that a killed process left behind with an edit."""
    at = patch("vreltui.storage.keep.replay._now", lambda: 1_767_323_040.0)
    with at:
        bench = opened(folder, "web-node")
        bench.apply(Change("edit", set_value(bench.design, "R_V", Probability.of("0.997"))))
    bench.close(keep=True)
    assert bench.path is not None
    return open_design(bench.path)


def crashed_and_changed(folder: Path, stack: ExitStack) -> Workbench:
    """The same, and somebody has saved another version since."""
    bench = crashed(folder, stack)
    bench.close(keep=True)
    assert bench.path is not None
    bench.path.write_text("# newer\n" + bench.path.read_text())
    return open_design(bench.path)


def held(folder: Path, stack: ExitStack) -> Workbench:
    """A design that another session has open."""
    with (
        patch("vreltui.storage.keep.lock.os.getpid", lambda: 4242),
        patch("vreltui.storage.keep.lock.time.strftime", lambda _: "2026-01-02 03:04"),
    ):
        other = opened(folder, "web-node")
    stack.callback(other.close)
    assert other.path is not None
    return open_design(other.path)


def recent(folder: Path, stack: ExitStack) -> Workbench:
    """A design, and others that were open lately."""
    some = [
        Recent(Path(f"/home/ada/designs/{name}.toml"), title, 0.0)
        for name, title in (("blades", "Blades in the cellar"), ("edge", "Edge cabinet"))
    ]
    stack.enter_context(patch("vreltui.tui.open_commands.recent_files", lambda: some))
    stack.enter_context(patch("vreltui.tui.open_commands.unsaved_designs", list))
    return opened(folder, "web-node")


def _others(folder: Path) -> None:
    path = folder / "web-node.toml"
    path.write_text("# theirs\n" + path.read_text())


def explored(folder: Path, stack: ExitStack) -> Workbench:
    """A rack to be explored, which takes no time."""
    stack.enter_context(patch("vreltui.tui.panes.explore.monotonic", lambda: 0.0))
    return opened(folder, "rack-of-two")


_NODE = ("ctrl+g", '"0.998', "enter", "a", "enter")

SCENES = {
    "first": Scene(),
    "nudged": Scene(("minus", "u", "minus")),
    "marked": Scene(("home", "down", "space", "space", "e", '"0.9995')),
    "folded": Scene(("home", "down", "down", "down", "Z")),
    "three-tier": Scene(opening=of("three-tier")),
    "control-plane": Scene(("tab", "end"), of("control-plane")),
    "availability": Scene(("tab",), of("two-hosts-availability")),
    "new-design": Scene(opening=new),
    "built": Scene((*_NODE, '"vm guest 0.95', "enter", "f6", "f5"), new),
    "detail": Scene(("d",)),
    "plot": Scene(("p",)),
    "importance": Scene(("b", "j")),
    "importance-pairs": Scene(("b", "x", "x")),
    "cut-sets": Scene(("M", "j", "j")),
    "independence": Scene(("ampersand",)),
    "plot-kept": Scene(("p", "right_parenthesis", "z")),
    "plot-table": Scene(("p", "V")),
    "plot-nines": Scene(("p", "number_sign")),
    "formula": Scene(("f",)),
    "compare": Scene(("c", "enter")),
    "compare-zoomed": Scene(("c", "enter", "z", "ctrl+d")),
    "explore": Scene(("O",), explored),
    "help": Scene(("question_mark",)),
    "help-keys": Scene(("question_mark", "pagedown", "pagedown")),
    "palette": Scene(("ctrl+p",)),
    "palette-narrowed": Scene(("ctrl+p", '"re')),
    "palette-nothing": Scene(("ctrl+p", '"zzz')),
    "moves": Scene(("m",)),
    "picker-kind": Scene(("K",)),
    "picker-add": Scene(("a", '"vm g')),
    "form-value": Scene(("e", '"0.99')),
    "form-wrong": Scene(("e", '"0.5')),
    "form-note": Scene(("N", '"two words', "enter", '"and more')),
    "form-save-as": Scene(("f12", '"elsewhere.toml')),
    "refused": Scene(("home", "x")),
    "no-such-file": Scene(("ctrl+o", '"nowhere.toml', "enter")),
    "quit-unsaved": Scene(("minus", "q")),
    "recover": Scene(opening=crashed),
    "recover-changed": Scene(opening=crashed_and_changed),
    "changed-on-disk": Scene(("minus", "ctrl+s"), before=_others),
    "open-elsewhere": Scene(opening=held),
    "recent": Scene(("f9",), recent),
    "templates": Scene(("ctrl+n",), recent),
}
"""Every scene by its name."""
