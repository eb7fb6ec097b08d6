"""Every command of the application, once: bindings, palette and help are made from this list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vreltui.model import VreltuiError
from vreltui.workbench.commands.marked import OnMarked, on_marked, places
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench

GLOBAL = "global"
"""The scope of keys that hold wherever the focus is, and that no other scope may cover."""

TREE = "tree"
"""The scope of keys that hold unless the pane with the focus covers them."""

PANE = "pane"
"""The scope of keys that hold while any pane has the focus; a pane's own scope is its name."""

SEARCH = "search"
"""The scope of keys that hold while a search is on, before those of the tree."""

Reason = Callable[[Workbench], str | None]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be picked: what it stands for, and how it is shown."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a command asks for, and the change that an answer makes.

    ``change`` raises :class:`vreltui.model.VreltuiError` with what is wrong with an answer, so
    that it can be tried at each keystroke. With ``options``, one is picked; with ``free`` they are
    only suggestions, and others may be typed. Where ``options`` gives None, a line is typed.
    """

    prompt: str
    change: Callable[[Workbench, str], Change]
    initial: Callable[[Workbench], str] = lambda _: ""
    options: Callable[[Workbench], Sequence[Option] | None] | None = None
    free: bool = False
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """One command. ``keys`` are those it has unless configured, in Textual's notation.

    ``scope`` says where they hold: :data:`GLOBAL`, :data:`TREE`, :data:`PANE`, or the name of a
    pane, which has to have the focus, or :data:`SEARCH`. What ``removes`` is never done by a click.
    A key may be two, one after the other: "g g".

    ``on_marked`` says what it does while nodes are marked,
    ``letter`` what takes it in the list of its group.

    With ``change`` it edits at once, with ``question`` after an answer; with neither it is the
    screen's own.
    """

    id: str
    title: str
    keys: tuple[str, ...]
    group: str
    hint: str = ""
    change: Callable[[Workbench], Change] | None = None
    question: Question | None = None
    reason: Reason | None = None
    scope: str = TREE
    removes: bool = False
    on_marked: OnMarked = "alone"
    letter: str = ""

    @property
    def edits(self) -> bool:
        """Whether it changes the design."""
        return self.change is not None or self.question is not None

    def changed(self, bench: Workbench) -> Change:
        """What it changes at once. Raises :class:`VreltuiError` where it can't be done."""
        assert self.change is not None
        return on_marked(bench, self.change, self.on_marked)

    def answered(self, bench: Workbench, text: str) -> Change:
        """What an answer to its question changes. Raises :class:`VreltuiError` for a wrong one."""
        assert self.question is not None
        question = self.question
        return on_marked(bench, lambda at: question.change(at, text), self.on_marked)

    def asked_at(self, bench: Workbench) -> Workbench:
        """Where its question begins: at the first of what is marked, where it is asked of that."""
        if self.on_marked in ("alone", "together") or not bench.marked:
            return bench
        return bench.seen_at(bench.design, places(bench)[0])

    def refused(self, bench: Workbench) -> str | None:
        """Why this can't be tried; None when it can."""
        if self.edits and bench.read_only:
            return bench.read_only
        if self.reason is None:
            return None
        if self.on_marked in ("alone", "together") or not bench.marked:
            return self.reason(bench)
        each = (self.reason(bench.seen_at(bench.design, place)) for place in places(bench))
        return next(filter(None, each), None)

    def unavailable(self, bench: Workbench) -> str | None:
        """Why this can't be done now; None when it can."""
        reason = self.refused(bench)
        if reason or self.change is None:
            return reason
        try:
            self.changed(bench)
        except VreltuiError as error:
            return str(error)
        return None


def clash(one: str, other: str) -> bool:
    """Whether one key can't stand for an action in each of two scopes.

    >>> clash("plot", "tree"), clash("plot", "formula"), clash("plot", "global")
    (False, False, True)
    """
    return (
        one == other
        or GLOBAL in (one, other)
        or (PANE in (one, other) and TREE not in (one, other))
    )
