"""How the tree of a block is read under what its design measures, and what keeps blocks apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vreltui.engine.limits import Undecided
from vreltui.model import Bought, Component, Design, Pool
from vreltui.model.catalogues import Item
from vreltui.model.settling import Options
from vreltui.model.struck import expanded
from vreltui.model.struck_members import misfit


def read_tree(ordinary: Design, choice: str, root: str, options: Options) -> Design:
    """A tree of ordinary nodes as independent parts: causes, policies and what is contained.

    ``root`` is that of the choice, or holds all that a cause strikes which strikes below it. Raises
    :class:`Undecided` where the letters of a cause are not for so many members.
    """
    if ordinary.causes or ordinary.measure == "safety":
        parameters = {
            name: replace(entry, value=options.value(name)) if entry.is_decision else entry
            for name, entry in ordinary.parameters.items()
        }
        own = replace(ordinary.choices[choice], root=root)
        ordinary = replace(ordinary, parameters=parameters, choices={choice: own})
        if reason := misfit(ordinary, choice):
            raise Undecided(reason)
    return expanded(ordinary, choice)


def is_apart(design: Design, node: Bought, item: Item) -> bool:
    """Whether an item is more than one figure among others at the node that buys it.

    So it is where it names a decision, where it is a lifetime of which a cause takes a share or
    that stands in a mix, and where it says which of its failures are safe.
    """
    figure = item.figure
    if any(design.parameters[name].is_decision for name in figure.parameters):
        return True
    if figure.fails_safe is not None and design.measure == "safety":
        return True
    if isinstance(figure, Component):
        return False
    return node.mix or any(node.name in cause.strikes for cause in design.causes.values())


def counts_apart(design: Design) -> Iterator[str]:
    """The numbers of copies on which it depends how a tree is read.

    So it does below a cause with a letter for each number of members, and where safety is asked.
    """
    lettered = {
        name
        for cause in design.causes.values()
        if not cause.is_plain_beta
        for name in cause.strikes
    }
    for name, node in design.nodes.items():
        if not isinstance(node, Pool | Bought) or not isinstance(node.copies, str):
            continue
        votes = design.measure == "safety" and isinstance(node.needs, int)
        if votes or not lettered.isdisjoint(design.below(name)):
            yield node.copies
