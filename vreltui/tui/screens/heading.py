"""What stands above the choices and the tree: file, goal, state, and the choice in hand."""

from __future__ import annotations

from vreltui.tui.keymap import Keymap
from vreltui.tui.lines import Line, line
from vreltui.tui.session import Session
from vreltui.tui.widgets.header import Header
from vreltui.workbench import header


def show_header(view: Header, session: Session) -> None:
    """The top line, as the design and its computation are now."""
    bench, top = session.bench, header(session.design)
    state = session.state
    if bench.read_only:
        state = f"read only {state}".strip()
    if bench.warnings:
        state = f"! not crash-safe {state}".strip()
    if session.trying:
        state = f"trying {state}".strip()
    measures = (top.goal, top.baseline, top.limits)
    view.show(bench.name, dirty=bench.dirty, title=top.title, measures=measures, state=state)


def choice_heading(session: Session) -> Line:
    """The name of the choice in hand, and its title."""
    title = session.design.choices[session.choice].title
    name = line((session.choice, "bold"))
    return (*name, (f"  {title}", "")) if title else name


def what_to_do_first(session: Session, keymap: Keymap) -> str:
    """What to do first in a design that has nothing to be measured against."""
    design = session.design
    if design.goal is not None or design.baseline is not None:
        return ""
    goal, baseline = keymap.key_of("edit_goal"), keymap.key_of("toggle_baseline")
    return f"nothing to measure it against yet: {goal} sets a goal, {baseline} a baseline"
