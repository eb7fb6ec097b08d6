"""Edits of decisions: what a node takes, in the design or in one choice, and who names what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from vreltui.model.catalogues import Item
from vreltui.model.design import Bought, Choice, Design, Structure, Value
from vreltui.model.edits.common import (
    checked,
    refuse,
    renamed,
    the_choice,
    the_node,
    updated,
    with_node,
    without,
)
from vreltui.model.options import Mix, Option, Taken
from vreltui.model.rule import Rule

V = TypeVar("V")


def set_option(design: Design, node: str, taken: Taken, choice: str | None = None) -> Design:
    """Let a node take an option.

    With ``choice``, where that choice settles the node for itself, its own option changes.
    """
    entry = _decision(design, node)
    if choice is not None and node in the_choice(design, choice).options:
        return settle(design, choice, node, taken)
    changed: Bought | Structure
    match entry:
        case Bought():
            changed = replace(entry, chosen=taken)
        case Structure():
            if not isinstance(taken, str):
                right = "name one of its nodes"
                raise refuse(("nodes", node, "chosen"), f"{node} is a structure, no mix", right)
            changed = replace(entry, chosen=taken)
    return checked(with_node(design, changed))


def settle(design: Design, choice: str, node: str, taken: Taken) -> Design:
    """Let a choice take an option for itself alone."""
    _decision(design, node)
    entry = the_choice(design, choice)
    changed = replace(entry, options=updated(entry.options, node, taken))
    return checked(replace(design, choices=updated(design.choices, choice, changed)))


def settle_all(design: Design, choice: str, options: Mapping[str, Option]) -> Design:
    """Let a choice take options for itself alone, at nodes and of parameters."""
    entry = the_choice(design, choice)
    taken: dict[str, Taken] = dict(entry.options)
    values: dict[str, Value] = dict(entry.set)
    for name, option in options.items():
        if isinstance(option, str | Mix):
            taken[name] = option
        else:
            values[name] = option
    changed = replace(entry, set=values, options=taken)
    return checked(replace(design, choices=updated(design.choices, choice, changed)))


def set_item_number(design: Design, catalogue: str, item: str, key: str, value: Value) -> Design:
    """Give an item of a catalogue another number: its reliability, or one of its lifetime."""
    entry = design.catalogues[catalogue]
    changed = entry.items[item]
    changed = replace(changed, figure=changed.figure.with_number(key, value))
    bettered = replace(entry, items=updated(entry.items, item, changed))
    return checked(replace(design, catalogues=updated(design.catalogues, catalogue, bettered)))


def unsettle(design: Design, choice: str, node: str) -> Design:
    """Let a choice take at a node what the design says."""
    entry = the_choice(design, choice)
    if node not in entry.options:
        raise refuse(("choices", choice, "set"), f"choice {choice} does not set {node}")
    changed = replace(entry, options=without(entry.options, node))
    return checked(replace(design, choices=updated(design.choices, choice, changed)))


def set_values(design: Design, parameter: str, values: tuple[Value, ...]) -> Design:
    """Make a parameter a decision over a set of values, or with none of them a given number."""
    entry = design.parameters[parameter]
    changed = replace(entry, values=values, range=None)
    return checked(replace(design, parameters=updated(design.parameters, parameter, changed)))


def _decision(design: Design, node: str) -> Bought | Structure:
    entry = the_node(design, node)
    if isinstance(entry, Bought | Structure):
        return entry
    right = "buy it from a catalogue, or make a structure of it"
    raise refuse(("nodes", node), f"at {entry.sort} {node} there is nothing to choose", right)


# Who names what


def rule_renamed(rule: Rule, old: str, new: str) -> Rule:
    """The rule with a decision under another name."""
    if old not in rule.names:
        return rule

    def named(entries: Mapping[str, V]) -> dict[str, V]:
        return renamed(entries, old, new, lambda entry: entry)

    return replace(
        rule,
        never=named(rule.never),
        when=named(rule.when),
        then=named(rule.then),
        same=tuple(new if name == old else name for name in rule.same),
        different=tuple(new if name == old else name for name in rule.different),
    )


def rules_renamed(design: Design, old: str, new: str) -> dict[str, Rule]:
    """The rules with a decision, and what structures take, under another name."""
    return {
        name: _takes(rule_renamed(rule, old, new), old, new, design)
        for name, rule in design.rules.items()
    }


def _takes(rule: Rule, old: str, new: str, design: Design) -> Rule:
    """The rule with an option of structures under another name."""
    structures = [n for n, node in design.nodes.items() if isinstance(node, Structure)]
    structures += [new] if old in structures else []
    if old not in design.nodes or not set(structures) & set(rule.names):
        return rule

    def taken(conditions: Mapping[str, V]) -> dict[str, V]:
        return {
            name: tuple(new if option == old else option for option in condition)  # type: ignore[misc]
            if name in structures and isinstance(condition, tuple)
            else condition
            for name, condition in conditions.items()
        }

    return replace(rule, never=taken(rule.never), when=taken(rule.when), then=taken(rule.then))


def choice_renamed(choice: Choice, old: str, new: str, design: Design) -> Choice:
    """The choice with a decision node, and what is taken at structures, under another name."""
    options = {
        (new if name == old else name): new
        if taken == old and isinstance(design.nodes.get(name), Structure)
        else taken
        for name, taken in choice.options.items()
    }
    return choice if options == dict(choice.options) else replace(choice, options=options)


def items_changed(design: Design, change: Callable[[Item], Item]) -> Design:
    """The design with each item changed. Not checked."""
    catalogues = {
        name: replace(
            catalogue, items={each: change(item) for each, item in catalogue.items.items()}
        )
        for name, catalogue in design.catalogues.items()
    }
    return (
        design if catalogues == dict(design.catalogues) else replace(design, catalogues=catalogues)
    )


def item_given(item: Item, parameter: str, given: Value | str) -> Item:
    """The item with something else wherever its figure named ``parameter``."""
    figure = item.figure
    for stated in figure.numbers:
        if stated.given == parameter:
            figure = figure.with_number(stated.key, given)
    return item if figure is item.figure else replace(item, figure=figure)


def refuse_named_in_rules(design: Design, name: str, what: str) -> None:
    """Raise :class:`DesignError` where a rule names a decision that would be none any more."""
    for rule in design.rules.values():
        if name in rule.names:
            right = "change or delete the rule first"
            raise refuse(("rules", rule.name), f"rule {rule.name} names {name}, {what}", right)
