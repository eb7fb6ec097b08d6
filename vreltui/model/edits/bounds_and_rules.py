"""Edits of what is kept: limits of resources, what nodes use and provide, and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from vreltui.model.amounts import Amount, Amounts, Resource
from vreltui.model.design import Design
from vreltui.model.edits.common import (
    checked,
    refuse,
    refuse_taken,
    the_node,
    updated,
    with_node,
    without,
)
from vreltui.model.frozen import frozen
from vreltui.model.names import is_name
from vreltui.model.rule import Rule


def set_resource_limit(design: Design, resource: str, limit: Amount | None) -> Design:
    """The most that a variant may use of a resource; None for no limit.

    A resource that there is not yet is made.
    """
    if not is_name(resource):
        right = "a name is 1 to 64 of A-Z a-z 0-9 _ and -"
        raise refuse(("resources", resource), f"{resource} is not a name", right)
    entry = design.resources.get(resource, Resource(resource))
    changed = replace(entry, limit=limit)
    return checked(replace(design, resources=updated(design.resources, resource, changed)))


def set_resource_limits(design: Design, limits: Mapping[str, Amount]) -> Design:
    """The limits of all resources; one that is not named has none."""
    for name in {**design.resources, **limits}:
        design = set_resource_limit(design, name, limits.get(name))
    return design


def set_lots(design: Design, node: str, key: Literal["uses", "provides"], lots: Amounts) -> Design:
    """What a node uses, or provides."""
    entry = the_node(design, node)
    if key == "uses":
        return checked(with_node(design, replace(entry, uses=frozen(lots))))
    return checked(with_node(design, replace(entry, provides=frozen(lots))))


def add_rule(design: Design, rule: Rule) -> Design:
    """Add a rule behind the others."""
    refuse_taken("rule", rule.name, design.rules)
    return checked(replace(design, rules=updated(design.rules, rule.name, rule)))


def delete_rule(design: Design, rule: str) -> Design:
    """Drop a rule."""
    if rule not in design.rules:
        raise refuse(("rules", rule), f"there is no rule {rule}")
    return checked(replace(design, rules=without(design.rules, rule)))
