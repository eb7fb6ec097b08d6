"""The tree: nodes added, deleted, moved, wrapped, copied, renamed."""

from __future__ import annotations

from vreltui.model import KINDS, Component, Probability, edits, shown
from vreltui.model.errors import DesignError, Path
from vreltui.model.quantities import PROBABILITY
from vreltui.workbench.commands.marked import places
from vreltui.workbench.commands.values import refused
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench

STARTING = Probability.of("0.99")
"""The reliability of a new component until somebody types a better one."""

COMPONENT_KINDS = tuple(kind for kind in KINDS if kind != "group")


def add(bench: Workbench, text: str) -> Change:
    """Add a component: "vm", "vm guest", "vm guest 0.95" or "vm guest R_M", as typed.

    Into the selected group, else behind what is selected. The first word may be a kind; a name is
    made where none is typed.
    """
    words = text.split()
    kind = words.pop(0) if words and words[0] in COMPONENT_KINDS else "component"
    name = words.pop(0) if words else edits.fresh_name(kind, bench.design.nodes)
    reliability: Probability | str = STARTING
    if words:
        number = words.pop(0)
        reliability = number if number in bench.design.parameters else PROBABILITY.typed(number)
    if words:
        raise refused(f'"{shown(" ".join(words))}" is too much', "type a kind, a name and a number")
    node = Component(name=name, reliability=reliability, kind=kind)
    edited = edits.add_node(bench.design, bench.position, node)
    return Change(f"add {name}", edited.design, edited.position)


def add_existing(bench: Workbench, text: str) -> Change:
    """Name a node that is there already in one more place: it is the same thing."""
    name = text.strip()
    edited = edits.add_existing(bench.design, bench.position, name)
    return Change(f"use {name} in one more place", edited.design, edited.position)


def _here(bench: Workbench, label: str, edit: object) -> Change:
    assert callable(edit)
    edited = edit(bench.design, bench.position)
    assert isinstance(edited, edits.Edited)
    return Change(label, edited.design, edited.position)


def delete(bench: Workbench) -> Change:
    """Take away what is selected, with what only it used."""
    return _here(bench, f"delete {bench.node}", edits.delete)


def is_no_root(bench: Workbench) -> str | None:
    """Why what is selected can't be deleted where it is a root; None elsewhere."""
    if bench.position.is_root:
        try:
            edits.delete(bench.design, bench.position)
        except DesignError as error:
            return str(error)
    return None


def cut(bench: Workbench) -> Change:
    """As :func:`delete`, kept for pasting."""
    change = _here(bench, f"cut {bench.node}", edits.delete)
    return Change(change.label, change.design, change.position, keeps=True)


def paste(bench: Workbench) -> Change:
    """What was copied or cut last, into the selected group, else behind what is selected."""
    if bench.clipping is None:
        raise refused("nothing was copied or cut yet")
    edited = edits.paste(bench.design, bench.position, bench.clipping)
    return Change(f"paste {bench.clipping.root}", edited.design, edited.position)


def move_up(bench: Workbench) -> Change:
    """Swap what is selected with the part before it."""
    return _here(bench, f"move {bench.node} up", edits.move_up)


def move_down(bench: Workbench) -> Change:
    """Swap what is selected with the part behind it."""
    return _here(bench, f"move {bench.node} down", edits.move_down)


def move_in(bench: Workbench) -> Change:
    """Move what is selected into the neighbouring group."""
    return _here(bench, f"move {bench.node} in", edits.move_in)


def move_out(bench: Workbench) -> Change:
    """Move what is selected out of its group."""
    return _here(bench, f"move {bench.node} out", edits.move_out)


def wrap(bench: Workbench) -> Change:
    """Put a group around what is selected, or one around all that is marked."""
    found = places(bench)
    edited = edits.wrap_together(bench.design, found)
    first = edits.node_at(bench.design, found[0])
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return Change(f"wrap {first}{more} in a group", edited.design, edited.position)


def make_pool(bench: Workbench) -> Change:
    """Make two copies of what is selected, of which one suffices."""
    most = bench.design.most_copies
    edited = edits.make_pool(bench.design, bench.position, copies=min(2, most))
    return Change(f"make a pool of {bench.node}", edited.design, edited.position)


def dissolve(bench: Workbench) -> Change:
    """Let what the selected group or pool holds take its place."""
    return _here(bench, f"dissolve {bench.node}", edits.dissolve)


def share(bench: Workbench) -> Change:
    """Let one instance of what is selected serve all copies, or each copy have its own again."""
    shared = not bench.design.nodes[bench.node].shared
    label = f"share {bench.node}" if shared else f"give each copy its own {bench.node}"
    return Change(label, edits.set_shared(bench.design, bench.node, shared))


def rename(bench: Workbench, text: str) -> Change:
    """Rename what is selected, wherever it is named."""
    name = text.strip()
    design = edits.rename_node(bench.design, bench.node, name)
    return Change(f"rename {bench.node} to {name}", design)


def set_kind(bench: Workbench, text: str) -> Change:
    """Change the kind of what is selected: icon and wording."""
    design = edits.set_kind(bench.design, bench.node, text.strip())
    return Change(f"{bench.node} is of kind {text.strip()}", design)


def text_of(bench: Workbench, field: str) -> str:
    """A text of the selected node."""
    return str(getattr(bench.design.nodes[bench.node], field))


def set_text(bench: Workbench, field: str, text: str) -> Change:
    """Change a text of the selected node."""
    return changed_text(bench, ("nodes", bench.node, field), text)


def changed_text(bench: Workbench, path: Path, text: str) -> Change:
    """Change any text of the design."""
    owner = str(path[1]) if len(path) > 1 else "the design"
    label = f"change the {path[-1]} of {owner}"
    return Change(label, edits.set_text(bench.design, path, text.strip()))


def is_group_or_pool(bench: Workbench) -> str | None:
    """Why what is selected needs nothing; None when it is a group or a pool."""
    node = bench.design.nodes[bench.node]
    return None if node.children else f"{bench.node} is a {node.sort}, without parts"
