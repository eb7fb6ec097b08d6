"""Rules on the design's own rules: what they name can be decided, and what they say makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.model.design import Bought, Design, Parameter, Structure
from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.names import nearest, shown
from vreltui.model.options import Mix, Option
from vreltui.model.quantities import Value, number, quantity_of
from vreltui.model.rule import Condition, Rule, Span
from vreltui.model.rules.decisions import decision_nodes, option_faults
from vreltui.model.rules.values import value_fault, value_right


def rules(design: Design) -> Iterator[Problem]:
    """Every rule is of one sort, and speaks of decisions and of their options."""
    for rule in design.rules.values():
        path: Path = ("rules", rule.name)
        wrong = _sort(path, rule)
        if wrong is not None:
            yield wrong
            continue
        for key, conditions in (("never", rule.never), ("when", rule.when), ("then", rule.then)):
            for name, condition in conditions.items():
                at = (*path, key, name)
                yield from _named(design, at, rule, name)
                yield from _condition(design, at, rule, name, condition)
        yield from _compared(design, path, rule)


def _sort(path: Path, rule: Rule) -> Problem | None:
    right = "never, when with then, same, or different is right"
    said = {
        "never": bool(rule.never),
        "when": bool(rule.when or rule.then),
        "same": bool(rule.same),
        "different": bool(rule.different),
    }
    there = [key for key, is_there in said.items() if is_there]
    if not there:
        return Problem(path, f"rule {rule.name} names no decision", right)
    if len(there) > 1:
        return Problem(path, f"rule {rule.name} has both {there[0]} and {there[1]}", right)
    if there == ["when"] and not (rule.when and rule.then):
        lacks, has = ("when", "then") if rule.then else ("then", "when")
        return Problem(
            path, f"rule {rule.name} has {has} and no {lacks}", f"add {lacks} = {{ ... }}"
        )
    if rule.by and not (rule.same or rule.different):
        what = f"rule {rule.name} has by, and compares nothing"
        return Problem((*path, "by"), what, "by goes with same or different")
    return None


def _named(design: Design, path: Path, rule: Rule, name: str) -> Iterator[Problem]:
    if decision_at(design, name) is not None:
        return
    what = f'rule {rule.name} names "{shown(name)}", which is no decision'
    if name in design.parameters:
        right = f"{name} is given: a range of counts or values = [...] makes it a decision"
    elif name in design.nodes:
        right = f"node {name} is neither bought (from) nor a structure (one_of)"
    else:
        decided = [each for each, entry in design.parameters.items() if entry.is_decision]
        right = nearest(name, [*decision_nodes(design), *decided])
    yield Problem(path, what, right)


def decision_at(design: Design, name: str) -> Bought | Structure | Parameter | None:
    """The node or the parameter at which a decision of this name is made; None where none is."""
    node = design.nodes.get(name)
    if isinstance(node, Bought | Structure):
        return node
    parameter = design.parameters.get(name)
    return parameter if parameter is not None and parameter.is_decision else None


def _condition(
    design: Design, path: Path, rule: Rule, name: str, condition: Condition
) -> Iterator[Problem]:
    decision = decision_at(design, name)
    if decision is None:
        return
    if isinstance(condition, Span):
        yield from _span(design, path, rule, name, condition)
        return
    for option in condition:
        if isinstance(decision, Parameter):
            yield from _value(path, rule, decision, option)
        elif isinstance(option, str | Mix):
            if not isinstance(decision, Bought) or decision.catalogue in design.catalogues:
                yield from option_faults(design, path, f"rule {rule.name}", decision, option)
        else:
            what = f"rule {rule.name} compares {name} with the number {option}"
            yield Problem(path, what, "name an option of it")


def _value(path: Path, rule: Rule, parameter: Parameter, option: Option) -> Iterator[Problem]:
    right = f"{parameter.name} is a {parameter.quantity.name}"
    if isinstance(option, str | Mix) or quantity_of(option) is not parameter.quantity:
        what = f"{spoken(path)} is no value of {parameter.name}"
        yield Problem(path, what, right)
    elif not is_option(parameter, option):
        what = f"rule {rule.name} compares {parameter.name} with {option}, which it can't be"
        yield Problem(path, what, _possible(parameter))


def is_option(parameter: Parameter, value: Value) -> bool:
    """Whether a parameter that is a decision may have a value."""
    if parameter.market:
        return any(number(value) == number(other) for other in parameter.market)
    assert parameter.range is not None
    low, high = parameter.range
    return number(low) <= number(value) <= number(high)


def _possible(parameter: Parameter) -> str:
    if parameter.market:
        return f"there is {', '.join(str(value) for value in parameter.market[:6])}"
    assert parameter.range is not None
    return f"from {parameter.range[0]} to {parameter.range[1]} is right"


def _span(design: Design, path: Path, rule: Rule, name: str, span: Span) -> Iterator[Problem]:
    decision = decision_at(design, name)
    if not isinstance(decision, Parameter):
        what = f"rule {rule.name} compares {name} with numbers"
        yield Problem(path, what, "name an option of it, or a list of options")
        return
    for key, end in (("from", span.low), ("to", span.high)):
        if end is None:
            continue
        if quantity_of(end) is not decision.quantity:
            what = f"{key} of rule {rule.name} is no value of {name}"
            yield Problem((*path, key), what, f"{name} is a {decision.quantity.name}")
        elif fault := value_fault(design, end):
            what = f"{key} of rule {rule.name} {fault}"
            yield Problem((*path, key), what, value_right(design, end))
    if (
        span.low is not None
        and span.high is not None
        and quantity_of(span.low) is quantity_of(span.high)
        and number(span.low) > number(span.high)
    ):
        what = f"rule {rule.name} compares {name} with nothing: from {span.low} to {span.high}"
        yield Problem(path, what, "put the lower end first")


def _compared(design: Design, path: Path, rule: Rule) -> Iterator[Problem]:
    key, names = ("same", rule.same) if rule.same else ("different", rule.different)
    if names and len(names) < 2:
        what = f"rule {rule.name} compares {names[0]} with nothing"
        yield Problem((*path, key), what, "name at least two decisions")
    for index, name in enumerate(names):
        at = (*path, key, index)
        if name in names[:index]:
            yield Problem(at, f"rule {rule.name} names {name} twice", "name each decision once")
        yield from _named(design, at, rule, name)
        decision = decision_at(design, name)
        if isinstance(decision, Bought) and decision.mix:
            what = f"rule {rule.name} compares {name}, which is a mix"
            yield Problem(at, what, "a mix can stand in never, when and then alone")
        elif rule.by and decision is not None and not isinstance(decision, Bought):
            what = f"rule {rule.name} compares {name} by {rule.by}, and {name} is not bought"
            yield Problem(at, what, "only items have tags: leave by out, or name bought nodes")
    if rule.by:
        yield from _tag(design, path, rule)


def _tag(design: Design, path: Path, rule: Rule) -> Iterator[Problem]:
    known: set[str] = set()
    for name in (*rule.same, *rule.different):
        node = design.nodes.get(name)
        if isinstance(node, Bought) and node.catalogue in design.catalogues:
            for item in design.catalogues[node.catalogue].items.values():
                known.update(item.tags)
    if rule.by not in known:
        what = f'rule {rule.name} compares by "{shown(rule.by)}", a tag that no item has'
        yield Problem((*path, "by"), what, nearest(rule.by, sorted(known)))
