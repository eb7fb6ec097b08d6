"""A design with its decisions taken: the ordinary nodes that stand where something was left open.

Everything that computes reads ordinary nodes alone. :func:`settled` puts them in the places of what
is bought and of structures, for one choice or for any options.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from vreltui.model.amounts import Amount, Amounts
from vreltui.model.base_node import needed
from vreltui.model.catalogues import Item
from vreltui.model.design import Design
from vreltui.model.nodes import (
    Bought,
    Component,
    Group,
    LastingComponent,
    Node,
    PolicyPool,
    Pool,
    Process,
    Share,
    Structure,
    inverts,
)
from vreltui.model.options import Mix, Option, Taken
from vreltui.model.quantities import COUNT, Value


@dataclass(frozen=True, slots=True)
class Options:
    """What is taken at each decision: of nodes by their names, and values of parameters."""

    taken: Mapping[str, Taken]
    value: Callable[[str], Value]

    def at(self, design: Design, node: Bought | Structure) -> Taken:
        """What is taken at a node."""
        found = self.taken.get(node.name, node.chosen)
        if found is not None:
            return found
        if isinstance(node, Structure):
            return node.one_of[0]
        first = next(iter(design.catalogues[node.catalogue].items))
        return Mix({first: self.copies(node)}) if node.mix else first

    def copies(self, node: Bought) -> int:
        """How many there are of what is bought."""
        assert node.copies is not None
        return COUNT.of(self.value(node.copies) if isinstance(node.copies, str) else node.copies)


def options_of(design: Design, choice: str | None) -> Options:
    """What a choice takes as the design stands."""
    taken = {} if choice is None else design.choices[choice].options
    return Options(taken, lambda name: design.value(name, choice))


def has_decisions(design: Design) -> bool:
    """Whether at some node something is left to choose."""
    return any(isinstance(node, Bought | Structure) for node in design.nodes.values())


def settled(design: Design, choice: str | None) -> Design:
    """The design as a choice sees it, of ordinary nodes; itself where nothing is left to choose.

    >>> from vreltui.model.numbers import Probability
    >>> one = Component(name="one", reliability=Probability.of("0.9"))
    >>> design = Design(nodes={"one": one, "it": Structure(name="it", one_of=("one",))})
    >>> settled(design, None).nodes["it"].children
    ('one',)
    """
    return with_options(design, options_of(design, choice))


def with_options(design: Design, options: Options) -> Design:
    """As :func:`settled`, for any options."""
    nodes: dict[str, Node] = {}
    for name, node in design.nodes.items():
        if isinstance(node, Bought | Structure):
            for each in _ordinary(design, node, options.at(design, node)):
                nodes[each.name] = each
        else:
            nodes[name] = node
    if len(nodes) == len(design.nodes) and all(nodes[n] is design.nodes[n] for n in nodes):
        return design
    changed = replace(design, nodes=nodes)
    object.__setattr__(changed, "own", design.own)
    return changed


def _ordinary(design: Design, node: Bought | Structure, taken: Taken) -> Iterator[Node]:
    """The nodes that stand for one at which ``taken`` was taken."""
    match node:
        case Structure():
            assert isinstance(taken, str)
            group = Group(name=node.name, parts=(taken,))
            yield _with_words(group, node, node.uses, node.provides)
        case Bought(copies=None):
            assert isinstance(taken, str)
            item = design.catalogues[node.catalogue].items[taken]
            uses, provides = added(node.uses, item.uses), added(node.provides, item.provides)
            yield _with_words(replace(item.figure, name=node.name), node, uses, provides)
        case Bought():
            yield from _several(design, node, taken)
        case unknown:
            assert_never(unknown)


def _several(design: Design, node: Bought, taken: Taken) -> Iterator[Node]:
    """A pool of one item, or a group of the items of a mix."""
    items = design.catalogues[node.catalogue].items
    several: Node
    if isinstance(taken, str):
        assert node.copies is not None
        part = part_name(node.name, taken)
        several = Pool(name=node.name, of=part, copies=node.copies, needs=node.needs)
        yield _part(items[taken], part)
    else:
        parts = []
        for name, count in taken.counts.items():
            for number in range(1, count + 1):
                part = f"{part_name(node.name, name)}.{number}"
                parts.append(part)
                yield _part(items[name], part)
        several = Group(name=node.name, parts=tuple(parts), needs=node.needs)
    yield _with_words(several, node, node.uses, node.provides)


def part_name(node: str, item: str) -> str:
    """What a copy that a node buys is called; no node of a file has such a name."""
    return f"{node}.{item}"


def _part(item: Item, name: str) -> Component | LastingComponent:
    return replace(item.figure, name=name, uses=item.uses, provides=item.provides)


def _with_words(node: Node, of: Node, uses: Amounts, provides: Amounts) -> Node:
    return replace(
        node,
        kind=of.kind,
        title=of.title,
        shared=of.shared,
        uses=uses,
        provides=provides,
        fits=of.fits,
    )


def added(one: Amounts, other: Amounts) -> dict[str, Amount]:
    """The sum of two lots of amounts."""
    return {
        name: one.get(name, Amount(0)) + other.get(name, Amount(0)) for name in {**one, **other}
    }


def reached(design: Design, root: str, options: Options) -> dict[str, Option]:
    """The decisions that a tree comes to with what is taken at each, in the order of the tree.

    At a node its number of copies comes first, then what is taken there, then what is below it.
    """
    found: dict[str, Option] = {}
    seen: set[str] = set()
    stack = [root]
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        node = design.nodes[name]
        below = node.children
        _values(design, tuple(design.numbers_at(name)), options, found)
        if isinstance(node, Bought | Structure):
            taken = found[name] = options.at(design, node)
            if isinstance(node, Structure):
                assert isinstance(taken, str)
                below = (taken,)
            else:
                for item in items_taken(design, node, taken):
                    _values(design, item.figure.parameters, options, found)
        stack.extend(reversed(below))
    return found


def items_taken(design: Design, node: Bought, taken: Taken) -> Iterator[Item]:
    """The items that are taken at a node, each once, in the order of the catalogue."""
    for name, item in design.catalogues[node.catalogue].items.items():
        if name == taken or (isinstance(taken, Mix) and name in taken.counts):
            yield item


def _values(
    design: Design, parameters: tuple[str, ...], options: Options, found: dict[str, Option]
) -> None:
    for name in parameters:
        if name not in found and design.parameters[name].is_decision:
            found[name] = options.value(name)


def is_coherent(design: Design, choice: str) -> bool:
    """Whether no part of a choice can do harm by working: no node of it needs none.

    >>> from vreltui.model import Choice, Probability
    >>> a = Component(name="a", reliability=Probability.of("0.9"))
    >>> no = Group(name="no", parts=("a",), needs="none")
    >>> design = Design(nodes={"a": a, "no": no}, choices={"c": Choice("c", "no")})
    >>> is_coherent(design, "c")
    False
    """
    design = settled(design, choice)
    below = design.below(design.choices[choice].root)
    return not any(inverts(design.nodes[name]) for name in below)


def repairs_spare(design: Design, choice: str) -> bool:
    """Whether a choice has something redundant that is repaired, so that it would last longer.

    A reliability counts no repair; but a pool with a policy counts its own.
    """
    design = settled(design, choice)
    return any(_spares(design, choice, name) for name in design.below(design.choices[choice].root))


def _spares(design: Design, choice: str, name: str) -> bool:
    node = design.nodes[name]
    match node:
        case Pool() if node.policy is not None:
            return False
        case Pool(copies=counted):
            copies = design.value(counted, choice) if isinstance(counted, str) else counted
        case Group(parts=parts):
            copies = len(parts)
        case (
            Component()
            | LastingComponent()
            | Process()
            | Bought()
            | Structure()
            | Share()
            | PolicyPool()
        ):
            return False
        case unknown:
            assert_never(unknown)
    if not isinstance(copies, int) or node.needs == "none" or needed(node.needs, copies) >= copies:
        return False
    below = (design.nodes[each] for each in design.below(name))
    return any(isinstance(each, LastingComponent) and each.mttr is not None for each in below)
