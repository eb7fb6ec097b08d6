"""A new choice beside an old one: the old tree with one node replaced, the rest shared."""

from __future__ import annotations

import re
from dataclasses import replace

from vreltui.model.design import Design
from vreltui.model.edits.clipboard import renamed_node
from vreltui.model.edits.common import (
    checked,
    fresh_name,
    inserted,
    refuse_taken,
    the_choice,
    with_node,
)
from vreltui.model.edits.position import Edited, Position, trail
from vreltui.model.edits.structure import with_child

_MOVED = re.compile(
    r"(?:-(?:virtualized|replicated|voted|doubled|consolidated|repaired|backed-up|migrated|watched"
    r"|replayed|patched-in-place|patched-on-a-copy|aging|rejuvenated|spared|loaded|diversified"
    r"|in-processes|in-machines|in-hosts)(?:-\d+)?)+$"
)


def alternative(design: Design, at: Position, node: str, word: str, title: str) -> Edited:
    """A new choice behind the old one, with ``node`` in the place of what hangs at ``at``.

    The nodes above get fresh names that end in ``word``; everything else is shared with the old
    choice, so that edits of it show in both. ``title`` says what is different. Where the design
    has neither goal nor baseline, the old choice becomes the baseline: it is what the new one has
    to beat.
    """
    names = trail(design, at)
    child = node
    for depth in range(len(at.steps) - 1, -1, -1):
        above = design.nodes[names[depth]]
        changed = with_child(above, at.steps[depth], child)
        child = fresh_name(after_move(above.name, word), design.nodes)
        design = with_node(design, replace(changed, name=child))
    old = design.choices[at.choice]
    name = fresh_name(after_move(old.name, word), design.choices)
    new = replace(old, name=name, root=child, title=title, description="", note="")
    baseline = design.baseline
    if baseline is None and design.goal is None:
        baseline = old.name
    choices = inserted(design.choices, name, new, after=old.name)
    return Edited(
        checked(replace(design, choices=choices, baseline=baseline)), Position(name, at.steps)
    )


def after_move(name: str, word: str) -> str:
    """A name that says which move was last, however many there were before it.

    >>> after_move("nv", "replicated"), after_move("nv-replicated-2", "virtualized")
    ('nv-replicated', 'nv-virtualized')
    """
    return f"{_MOVED.sub('', name)}-{word}"


def branch(design: Design, choice: str, name: str, title: str = "") -> Design:
    """Add a choice behind ``choice`` with a structure of its own over the same components.

    Groups and pools are copied under fresh names, so that the new tree can be changed without the
    old one; components and shared nodes are the same.
    """
    old = the_choice(design, choice)
    refuse_taken("choice", name, design.choices)
    nodes = dict(design.nodes)
    names: dict[str, str] = {}
    for node in design.below(old.root):
        kept = design.nodes[node].shared or not design.nodes[node].children
        names[node] = node if kept else fresh_name(f"{node}-{name}"[:60], nodes)
        nodes.setdefault(names[node], design.nodes[node])
    for node, fresh in names.items():
        if fresh != node:
            nodes[fresh] = renamed_node(design.nodes[node], names)
    new = replace(old, name=name, root=names[old.root], title=title or old.title)
    choices = inserted(design.choices, name, new, after=choice)
    return checked(replace(design, nodes=nodes, choices=choices))
