"""What a pane is: its name, the keys that hold while it has the focus, and what it shows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from vreltui.tui.widgets.pane import Drawing
from vreltui.workbench import Action
from vreltui.workbench.open.left_view import Setting

if TYPE_CHECKING:
    from vreltui.tui.slow import Slow
    from vreltui.tui.stage import Stage


class PaneOwner(Protocol):
    """What a pane needs of the one that shows it."""

    @property
    def stage(self) -> Stage:
        """The screen that the pane stands on."""

    @property
    def as_it_fits(self) -> bool:
        """Whether nobody opened or closed a pane: the one that is open is the first there is."""

    def show(self, name: str) -> None:
        """Show the pane of that name, with the focus on it."""

    def slow(self, function: str, most_seconds: float = ...) -> Slow[Any, Any]:
        """A process for ``function``, named as "module:function"; all panes share it."""


@dataclass(frozen=True, slots=True)
class PaneAction:
    """A command of a pane: ``do`` is one of its methods, ``word`` its name in the bottom line.

    Without a word the bottom line leaves it out.
    """

    action: Action
    do: Callable[[Any], None]
    word: str = ""


class Pane(ABC):
    """One of the things that stand beside the tree.

    A concrete subclass in a file of this folder is all that a pane takes: the tabs, the palette,
    the help, the bottom line, the configuration and ``docs/keys.md`` find it there.

    ``place`` orders the tabs, ``opens`` is the command that opens the pane, and ``actions`` are the
    commands whose scope is the pane's name.
    """

    name: ClassVar[str]
    place: ClassVar[int]
    opens: ClassVar[Action]
    actions: ClassVar[tuple[PaneAction, ...]] = ()

    def __init__(self, owner: PaneOwner) -> None:
        self.owner = owner

    @property
    def stage(self) -> Stage:
        """The screen that the pane stands on."""
        return self.owner.stage

    @property
    def marked(self) -> str:
        """A choice to be marked among the choices while this is shown; empty for none."""
        return ""

    @property
    def nodes(self) -> frozenset[str]:
        """Nodes to be marked in the tree while this is shown."""
        return frozenset()

    @abstractmethod
    def drawing(self) -> Drawing:
        """What makes the lines of the present content."""

    def ask(self) -> bool:
        """Ask other processes for what is missing, once the screen is drawn; whether any is asked.

        What is asked for may be there at once, or be under way, so the pane is drawn again then.
        """
        return False

    def prepare(self) -> None:  # noqa: B027  (most panes are there at once)
        """Make ready what takes a while to start, before the pane is opened."""

    def open(self) -> None:
        """Open the pane, or first ask what it needs to know."""
        self.owner.show(self.name)

    def taken(self) -> None:  # noqa: B027  (most panes show the same to all)
        """Somebody goes to the pane, which nobody has asked for before."""

    def left(self) -> None:  # noqa: B027  (most panes are the same without the focus)
        """The tree has the focus again."""

    def closed(self) -> None:  # noqa: B027  (most panes have nothing to forget)
        """Forget what held for this one showing."""

    def settings(self) -> dict[str, Setting]:
        """What is kept of the pane when its design is left, as plain values by name."""
        return {}

    def recall(self, settings: Mapping[str, Setting]) -> None:  # noqa: B027
        """Take what :meth:`settings` kept, as far as it can be used."""

    def show(self) -> None:
        """Show what has changed, in front of the other panes."""
        self.owner.show(self.name)
