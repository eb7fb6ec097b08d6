"""What a design may say, but hardly means: notes for its author, never refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vreltui.model import Component, Design, Group, Pool, Problem


def notes(design: Design) -> Iterator[Problem]:
    """Parts named twice, then nodes that no choice reaches, then parameters that nobody uses."""
    for name, node in design.nodes.items():
        if not isinstance(node, Group) or len(set(node.parts)) == len(node.parts):
            continue
        for part, times in Counter(node.parts).items():
            if times > 1:
                yield Problem(
                    ("nodes", name, "parts"),
                    f"group {name} names {part} {times} times: the same thing, counted more often",
                    "for copies use a pool",
                )
    yield from _unused(design)


def _unused(design: Design) -> Iterator[Problem]:
    reached: set[str] = set()
    stack = [choice.root for choice in design.choices.values()]
    while stack:
        name = stack.pop()
        if name not in reached:
            reached.add(name)
            stack.extend(design.nodes[name].children)
    for name in design.nodes:
        if name not in reached:
            yield Problem(("nodes", name), f"no choice uses node {name}")
    named: set[str] = set()
    for node in design.nodes.values():
        match node:
            case Component(reliability=str(parameter)) | Pool(copies=str(parameter)):
                named.add(parameter)
            case _:
                pass
    for name in design.parameters:
        if name not in named:
            yield Problem(("parameters", name), f"no node uses parameter {name}")
