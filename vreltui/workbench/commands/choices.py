"""Choices: added, duplicated, ordered, measured."""

from __future__ import annotations

from vreltui.model import Choice, Component, Group, edits
from vreltui.model.edits import Position
from vreltui.model.quantities import COUNT
from vreltui.workbench.commands.tree import STARTING
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench


def suggested_name(bench: Workbench) -> str:
    """A free name for another choice."""
    return edits.fresh_name(bench.choice, bench.design.choices)


def add(bench: Workbench, text: str) -> Change:
    """A new choice with a tree of its own: one component to begin with."""
    name = text.strip()
    design = bench.design
    edits.refuse_taken("choice", name, design.choices)
    part = edits.fresh_name("hardware", design.nodes)
    component = Component(name=part, reliability=STARTING, kind="hardware")
    root = edits.fresh_name(f"{name}-system"[:60], design.nodes)
    group = Group(name=root, parts=(part,))
    after = edits.add_tree(design, Choice(name, root), (component, group), bench.choice)
    return Change(f"add choice {name}", after, Position(name))


def duplicate(bench: Workbench, text: str) -> Change:
    """A choice like this one, with a structure of its own over the same components."""
    name = text.strip()
    design = edits.branch(bench.design, bench.choice, name)
    return Change(f"duplicate choice {bench.choice}", design, Position(name))


def another_setting(bench: Workbench, text: str) -> Change:
    """A choice with the very same tree, to set other values in."""
    name = text.strip()
    design = edits.duplicate_choice(bench.design, bench.choice, name)
    return Change(f"another setting of {bench.choice}", design, Position(name))


def rename(bench: Workbench, text: str) -> Change:
    """Rename the choice in hand wherever it is named."""
    name = text.strip()
    design = edits.rename_choice(bench.design, bench.choice, name)
    place = Position(name, bench.position.steps)
    return Change(f"rename choice {bench.choice} to {name}", design, place)


def delete(bench: Workbench) -> Change:
    """Delete the choice in hand, with what it alone used."""
    names = list(bench.design.choices)
    index = names.index(bench.choice)
    others = names[:index] + names[index + 1 :]
    design = edits.delete_choice(bench.design, bench.choice)
    place = Position(others[min(index, len(others) - 1)])
    return Change(f"delete choice {bench.choice}", design, place)


def move_left(bench: Workbench) -> Change:
    """Put the choice in hand one place earlier."""
    design = edits.move_choice(bench.design, bench.choice, -1)
    return Change(f"move choice {bench.choice} left", design)


def move_right(bench: Workbench) -> Change:
    """Put the choice in hand one place later."""
    design = edits.move_choice(bench.design, bench.choice, 1)
    return Change(f"move choice {bench.choice} right", design)


def toggle_baseline(bench: Workbench) -> Change:
    """Make the choice in hand what the others must beat; or nothing, when it is that already."""
    if bench.design.baseline == bench.choice:
        return Change("no baseline", edits.set_baseline(bench.design, None))
    design = edits.set_baseline(bench.design, bench.choice)
    return Change(f"make {bench.choice} the baseline", design)


def limit_initial(bench: Workbench) -> str:
    """The present limit as it would be typed."""
    limit = bench.design.copies_limit
    return "" if limit is None else str(limit)


def edit_limit(bench: Workbench, text: str) -> Change:
    """The most copies that a host can hold, as typed; nothing typed for the default."""
    if not text.strip():
        return Change("no limit on copies", edits.set_copies_limit(bench.design, None))
    limit = COUNT.typed(text)
    return Change(f"at most {limit} copies", edits.set_copies_limit(bench.design, limit))


def delete_unused(bench: Workbench) -> Change:
    """Drop what no choice uses."""
    return Change("drop what nothing uses", edits.delete_unused(bench.design))
