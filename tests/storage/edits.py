"""Edits of a design, as an architect makes them; each is a function from Design to Design."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

from vreltui.model import (
    Bought,
    Component,
    Design,
    DesignError,
    Group,
    LastingComponent,
    Parameter,
    PolicyPool,
    Pool,
    Probability,
    Process,
    Share,
    Structure,
    Value,
)
from vreltui.model.numbers import PlainNumber
from vreltui.model.rules import check
from vreltui.model.times import Duration, Rate

Edit = Callable[[Design, Random], Design]
V = TypeVar("V")

TEXTS = ("", "plain", 'say "hi" \\ there', "# no comment", "naïve ☃", "a = [1, 2]")
BLOCKS = (*TEXTS, "two\nlines", "\n leading\n\n\ttab\n", "\"\"\"\n'''")


def with_entry(design: Design, table: str, entry: Any) -> Design:
    """The design with one entry put in the place of the one of the same name, or at the end."""
    changed: dict[str, Any] = {table: {**getattr(design, table), entry.name: entry}}
    return replace(design, **changed)


def _pick(entries: Mapping[str, V], random: Random) -> V:
    return entries[random.choice(list(entries))]


def _probability(random: Random) -> Probability:
    written = Decimal(random.choice(["0.5", "0.9375", "0.99", "1e-9", "0.123456789012345"]))
    return Probability(written, complemented=random.random() < 0.5)


def another_value(value: Value, random: Random) -> Value:
    """A sound value of the same sort."""
    match value:
        case int():
            return random.randint(1, 9)
        case Probability():
            return _probability(random)
        case Duration():
            return Duration(*random.choice([(Decimal("1.5"), "h"), (Decimal(3), "d")]))
        case Rate():
            return Rate(*random.choice([(Decimal(2), "/y"), (Decimal("5e2"), "FIT")]))
        case PlainNumber():
            return PlainNumber(Decimal(random.choice(["1.5", "2", "0.25"])))


def set_value(design: Design, random: Random) -> Design:
    parameter = _pick(design.parameters, random)
    value = another_value(parameter.value, random)
    return with_entry(design, "parameters", replace(parameter, value=value))


def set_range(design: Design, random: Random) -> Design:
    parameter = _pick(design.parameters, random)
    ends: Any = {
        "count": (1, 30),
        "probability": (Probability.of("0"), Probability.of("1")),
        "time": (Duration(Decimal("1e-3"), "ms"), Duration(Decimal("1e9"), "y")),
        "rate": (Rate(Decimal(1), "FIT"), Rate(Decimal(1), "/s")),
        "number": (PlainNumber(Decimal("0.1")), PlainNumber(Decimal(10))),
    }[parameter.quantity.kind]
    return with_entry(
        design, "parameters", replace(parameter, range=None if parameter.range else ends)
    )


def set_text(design: Design, random: Random) -> Design:
    table = random.choice(["parameters", "nodes", "choices", "plots", ""])
    field = random.choice(["title", "description", "note"])
    text = random.choice(TEXTS if field == "title" else BLOCKS)
    if not table or not getattr(design, table):
        texts: dict[str, Any] = {field: text}
        return replace(design, **texts)
    return with_entry(
        design, table, replace(_pick(getattr(design, table), random), **{field: text})
    )


def set_node(design: Design, random: Random) -> Design:
    node = _pick(design.nodes, random)
    if random.random() < 0.3:
        return with_entry(design, "nodes", replace(node, shared=not node.shared))
    if random.random() < 0.3:
        return with_entry(design, "nodes", replace(node, kind=random.choice(["vm", "group"])))
    match node:
        case LastingComponent():
            key, _, given, *_ = random.choice(node.numbers)
            if not isinstance(given, str):
                node = node.with_number(key, another_value(given, random))
        case Component():
            node = replace(node, reliability=_probability(random))
        case Group() | Pool():
            node = replace(node, needs=random.choice(["all", "any", "majority", 1]))
        case Process(moves=moves):
            node = replace(node, moves=(*moves, moves[0]))
        case Bought() | Structure() | Share() | PolicyPool():
            node = replace(node, title="one of several")
    return with_entry(design, "nodes", node)


def set_parts(design: Design, random: Random) -> Design:
    groups = [node for node in design.nodes.values() if isinstance(node, Group)]
    group = random.choice(groups)
    parts = list(group.parts)
    match random.randrange(3):
        case 0:
            parts.insert(random.randint(0, len(parts)), random.choice(list(design.nodes)))
        case 1:
            del parts[random.randrange(len(parts))]
        case _:
            random.shuffle(parts)
    return with_entry(design, "nodes", replace(group, parts=tuple(parts)))


def add_entry(design: Design, random: Random) -> Design:
    name = f"new-{random.randrange(1000)}"
    if random.random() < 0.4:
        value: Any = random.choice([1, 3, _probability(random)])
        fresh: Any = Parameter(name, value)
        return with_entry(design, "parameters", fresh)
    part = random.choice(list(design.nodes))
    fresh = random.choice(
        [
            Component(name=name, reliability=_probability(random)),
            Group(name=name, parts=(part,), note=random.choice(BLOCKS)),
            Pool(name=name, of=part, copies=2, needs="any"),
        ]
    )
    items = list(design.nodes.items())
    items.insert(random.randint(0, len(items)), (name, fresh))
    return replace(design, nodes=dict(items))


def remove_entry(design: Design, random: Random) -> Design:
    table = random.choice(["parameters", "nodes", "choices", "plots"])
    entries = dict(getattr(design, table))
    if entries:
        del entries[random.choice(list(entries))]
    changed: dict[str, Any] = {table: entries}
    return replace(design, **changed)


def rename_node(design: Design, random: Random) -> Design:
    old, new = random.choice(list(design.nodes)), f"renamed-{random.randrange(1000)}"

    def now(name: str) -> str:
        return new if name == old else name

    nodes: dict[str, Any] = {}
    for name, node in design.nodes.items():
        node = node.with_children([now(child) for child in node.children])
        nodes[now(name)] = replace(node, name=now(name))
    choices = {
        name: replace(choice, root=now(choice.root)) for name, choice in design.choices.items()
    }
    return replace(design, nodes=nodes, choices=choices)


def reorder(design: Design, random: Random) -> Design:
    table = random.choice(["parameters", "nodes", "choices", "plots"])
    items = list(getattr(design, table).items())
    random.shuffle(items)
    changed: dict[str, Any] = {table: dict(items)}
    return replace(design, **changed)


def set_goal(design: Design, random: Random) -> Design:
    return replace(design, goal=random.choice([None, _probability(random)]))


def set_head(design: Design, random: Random) -> Design:
    if random.random() < 0.5:
        return replace(design, copies_limit=random.choice([None, 100, 1000]))
    return replace(design, baseline=random.choice([None, *design.choices]))


def set_choice(design: Design, random: Random) -> Design:
    choice = _pick(design.choices, random)
    own = dict(choice.set)
    parameter = _pick(design.parameters, random)
    if parameter.name in own and random.random() < 0.5:
        del own[parameter.name]
    else:
        own[parameter.name] = 5 if parameter.is_count else _probability(random)
    return with_entry(design, "choices", replace(choice, set=own))


def set_plot(design: Design, random: Random) -> Design:
    plot = _pick(design.plots, random)
    match random.randrange(3):
        case 0:
            plot = replace(plot, x=replace(plot.x, points=random.choice([2, 101])))
        case 1:
            plot = replace(plot, series=None)
        case _:
            plot = replace(plot, y="unreliability", threshold=None)
    return with_entry(design, "plots", plot)


EDITS: tuple[Edit, ...] = (
    set_value,
    set_range,
    set_text,
    set_node,
    set_parts,
    add_entry,
    remove_entry,
    rename_node,
    reorder,
    set_goal,
    set_head,
    set_choice,
    set_plot,
)


def edited(design: Design, random: Random, edit: Edit | None = None) -> Design | None:
    """The design after an edit, or None where that edit makes no sense here."""
    edit = random.choice(EDITS) if edit is None else edit
    try:
        changed = edit(design, random)
        check(changed)
    except (IndexError, DesignError):
        return None
    return changed
