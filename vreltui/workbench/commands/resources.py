"""What nodes use and provide, how much of it there may be, and rules, as they are typed."""

from __future__ import annotations

import re
from typing import Literal

from vreltui.model import Problem, edits
from vreltui.model.amounts import Amount, Amounts, amount_fault, amount_text
from vreltui.model.errors import DesignError
from vreltui.model.quantity import decimal_of
from vreltui.workbench.commands.actions import Option
from vreltui.workbench.commands.typed_rule import rule_text, typed_rule
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench

Key = Literal["uses", "provides"]

_AMOUNT = re.compile(r"\s*([A-Za-z0-9_-]{1,64})\s*[=\s]\s*(\S+)\s*", re.ASCII)


def lots_initial(bench: Workbench, key: Key) -> str:
    """What the selected node uses or provides, as it would be typed."""
    node = bench.design.nodes[bench.node]
    lots = node.uses if key == "uses" else node.provides
    return ", ".join(f"{name} {amount:f}" for name, amount in lots.items())


def edit_lots(bench: Workbench, text: str, key: Key) -> Change:
    """What the selected node uses or provides, as typed: "euro 3500, watt 20"."""
    lots: dict[str, Amount] = {}
    for part in filter(str.strip, text.split(",")):
        name, amount = read_amount(part)
        lots[name] = amount
    design = edits.set_lots(bench.design, bench.node, key, lots)
    return Change(f"{bench.node} {key} {_said(lots)}", design)


def _said(lots: Amounts) -> str:
    return ", ".join(f"{amount_text(each)} {name}" for name, each in lots.items()) or "nothing"


def limits_initial(bench: Workbench) -> str:
    """The limits of resources, as they would be typed."""
    limits = {n: entry.limit for n, entry in bench.design.resources.items() if entry.limit}
    return ", ".join(f"{name} {limit:f}" for name, limit in limits.items())


def edit_limits(bench: Workbench, text: str) -> Change:
    """The most of each resource that a variant may use, as typed; one left out has no limit.

    A resource that there is not yet is made.
    """
    limits = dict(read_amount(part) for part in filter(str.strip, text.split(",")))
    design = edits.set_resource_limits(bench.design, limits)
    return Change(f"limits: {_said(limits)}", design)


def read_amount(text: str) -> tuple[str, Amount]:
    """A resource and an amount. Raises :class:`DesignError` where it is none.

    >>> read_amount(" euro = 3500")
    ('euro', Decimal('3500'))
    """
    found = _AMOUNT.fullmatch(text)
    amount = decimal_of(found[2]) if found else None
    if found is None or amount is None:
        right = "type a resource and an amount, as euro 3500"
        raise DesignError(Problem((), f'"{text.strip()[:40]}" is no amount', right))
    if fault := amount_fault(amount):
        raise DesignError(Problem((), f"{found[1]} {fault}"))
    return found[1], amount


def has_resources(bench: Workbench) -> str | None:
    """Why nothing can be used; None where there are resources."""
    return None if bench.design.resources else "the design has no resources: limit one first"


# Rules


def add_rule(bench: Workbench, text: str) -> Change:
    """A rule as it was typed, behind the others."""
    rule = typed_rule(bench.design, text)
    return Change(f"add rule {rule.name}", edits.add_rule(bench.design, rule))


def rule_options(bench: Workbench) -> list[Option]:
    """The rules, each as it would be typed."""
    return [Option(name, rule_text(rule)) for name, rule in bench.design.rules.items()]


def delete_rule(bench: Workbench, name: str) -> Change:
    """Drop a rule."""
    return Change(f"delete rule {name}", edits.delete_rule(bench.design, name))


def has_rules(bench: Workbench) -> str | None:
    """Why no rule can be deleted; None where there is one."""
    return None if bench.design.rules else "the design has no rules"
