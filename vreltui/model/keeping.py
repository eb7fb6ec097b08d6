"""Whether options keep the design's rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vreltui.model.design import Bought, Design
from vreltui.model.options import Mix, Option, is_same_option
from vreltui.model.rule import Condition, Conditions, Rule, Span


def broken_rules(design: Design, taken: Mapping[str, Option]) -> Iterator[Rule]:
    """The rules that options break; ``taken`` has those of all decisions that are reached."""
    for rule in design.rules.values():
        if breaks(design, rule, taken):
            yield rule


def breaks(design: Design, rule: Rule, taken: Mapping[str, Option]) -> bool:
    """Whether options break a rule.

    A rule speaks of reached decisions only: ``when`` and ``never`` that name another don't apply,
    ``then`` of one is kept, and ``same`` and ``different`` compare those that are reached.
    """
    if rule.never:
        return _all_met(rule.never, taken)
    if rule.when:
        return _all_met(rule.when, taken) and any(
            name in taken and not is_met(condition, taken[name])
            for name, condition in rule.then.items()
        )
    names = rule.same or rule.different
    there = [_compared(design, rule, name, taken[name]) for name in names if name in taken]
    pairs = [(one, other) for i, one in enumerate(there) for other in there[:i]]
    if rule.same:
        return not all(_alike(one, other) for one, other in pairs)
    return any(_alike(one, other) for one, other in pairs)


def _all_met(conditions: Conditions, taken: Mapping[str, Option]) -> bool:
    return all(
        name in taken and is_met(condition, taken[name]) for name, condition in conditions.items()
    )


def is_met(condition: Condition, option: Option) -> bool:
    """Whether an option meets a condition."""
    if isinstance(condition, Span):
        return not isinstance(option, str | Mix) and condition.holds(option)
    return any(is_same_option(option, other) for other in condition)


def _compared(design: Design, rule: Rule, name: str, option: Option) -> Option | None:
    """What of a decision is compared: its option, or a tag of the item taken; None without it."""
    if not rule.by:
        return option
    node = design.nodes[name]
    assert isinstance(node, Bought)
    assert isinstance(option, str)
    return design.catalogues[node.catalogue].items[option].tags.get(rule.by)


def _alike(one: Option | None, other: Option | None) -> bool:
    """Whether two are the same; what has no such tag is like nothing."""
    return one is not None and other is not None and is_same_option(one, other)
