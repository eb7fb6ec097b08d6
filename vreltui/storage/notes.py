"""What a design may say, but hardly means: notes for its author, never refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vreltui.model import Design, Problem


def notes(design: Design) -> Iterator[Problem]:
    """Parts named twice, then nodes that no choice reaches, then parameters that nobody uses."""
    for name, node in design.nodes.items():
        if len(set(node.children)) == len(node.children):
            continue
        for part, times in Counter(node.children).items():
            if times > 1:
                yield Problem(
                    ("nodes", name, "parts"),
                    f"{node.sort} {name} names {part} {times} times: "
                    "the same thing, counted more often",
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
    named = {parameter for node in design.nodes.values() for parameter in node.parameters}
    for name in design.parameters:
        if name not in named:
            yield Problem(("parameters", name), f"no node uses parameter {name}")
