"""What a design may say, but hardly means: notes for its author, never refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vreltui.model import Bought, Design, Path, Problem, Process, Value
from vreltui.model.uncertainty import Uncertain


def notes(design: Design) -> Iterator[Problem]:
    """Parts named twice, then what is never reached, then parameters that nobody uses."""
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
    yield from _unlikely(design)
    for name, node in design.nodes.items():
        if isinstance(node, Process):
            for state in node.never_reached:
                what = f"no moves lead node {name} from {node.begins} to the state {state}"
                yield Problem(("nodes", name, "moves"), what)
    yield from _unprovided(design)
    yield from _unused(design)


def _unlikely(design: Design) -> Iterator[Problem]:
    """Numbers that their own distributions hardly allow."""
    said: list[tuple[Path, str, Uncertain, Value]] = [
        (("parameters", name), name, parameter.uncertain, parameter.value)
        for name, parameter in design.parameters.items()
        if parameter.uncertain is not None
    ]
    said += [
        (("choices", choice.name, "set", name), f"{name} in choice {choice.name}", known, value)
        for choice in design.choices.values()
        for name, known in choice.uncertain.items()
        for value in (choice.set[name],)
    ]
    if not said:
        return
    from vreltui.model.percentiles import is_unlikely

    for path, name, known, value in said:
        if is_unlikely(known, value):
            what = f"the value of {name}, {value}, is outside P1 to P99 of its own distribution"
            yield Problem(path, what, "the distribution is of the number as it is stated")


def _unprovided(design: Design) -> Iterator[Problem]:
    """What has to fit where nothing could provide it."""
    for name, node in design.nodes.items():
        if not node.fits:
            continue
        provided = {
            resource for below in design.below(name) for resource in _provided(design, below)
        }
        for index, resource in enumerate(node.fits):
            if resource not in provided:
                what = f"fits of node {name} names {resource}, which nothing below provides"
                yield Problem(("nodes", name, "fits", index), what, "so it uses none, or fails")


def _provided(design: Design, name: str) -> Iterator[str]:
    node = design.nodes[name]
    yield from node.provides
    if isinstance(node, Bought):
        for item in design.catalogues[node.catalogue].items.values():
            yield from item.provides


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
    named = {parameter for node in design.nodes.values() for parameter in design.named_by(node)}
    named.update(each for cause in design.causes.values() for each in cause.parameters)
    if isinstance(design.mission.time, str):
        named.add(design.mission.time)
    for cause in design.causes.values():
        if reached.isdisjoint(cause.strikes):
            yield Problem(("causes", cause.name), f"no choice has what cause {cause.name} strikes")
    for name in design.parameters:
        if name not in named:
            yield Problem(("parameters", name), f"no node uses parameter {name}")
