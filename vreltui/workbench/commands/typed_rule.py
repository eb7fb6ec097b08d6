"""A rule in one line: "never server=S1 n=40..64", "different hv1 hv2 by vendor"."""

from __future__ import annotations

from vreltui.model import Bought, Design, Problem, Rule, Span, Structure, Value, edits
from vreltui.model.errors import DesignError
from vreltui.model.options import Option, option_text
from vreltui.model.quantities import quantity_of
from vreltui.model.rule import Condition, Conditions
from vreltui.model.rules import nearest
from vreltui.model.typed_options import typed_option

_RIGHT = 'type "never A=x B=y", "when A=x then B=y|z", "same A B", or "different A B by tag"'


def typed_rule(design: Design, text: str) -> Rule:
    """The rule that a line says, under a free name. Raises :class:`DesignError`.

    A condition is a decision and an option, several with a bar between them, or from and to:
    "server=S1|S2", "n=2..5".
    """
    word, *rest = text.split() or [""]
    name = edits.fresh_name(f"{word}-rule", design.rules)
    match word:
        case "never":
            return Rule(name, never=_conditions(design, rest))
        case "when" if "then" in rest:
            at = rest.index("then")
            when, then = _conditions(design, rest[:at]), _conditions(design, rest[at + 1 :])
            return Rule(name, when=when, then=then)
        case "same" | "different":
            names, by = rest, ""
            if len(rest) > 2 and rest[-2] == "by":
                names, by = rest[:-2], rest[-1]
            if word == "same":
                return Rule(name, same=tuple(names), by=by)
            return Rule(name, different=tuple(names), by=by)
        case _:
            raise DesignError(Problem((), f'"{text.strip()[:40]}" is no rule', _RIGHT))


def _conditions(design: Design, words: list[str]) -> Conditions:
    found: dict[str, Condition] = {}
    for word in words:
        name, equals, options = word.partition("=")
        if not equals:
            raise DesignError(Problem((), f'"{word}" is no condition', _RIGHT))
        found[name] = _condition(design, name, options)
    return found


def _condition(design: Design, name: str, text: str) -> Condition:
    node = design.nodes.get(name)
    if isinstance(node, Bought | Structure):
        return tuple(typed_option(design, name, each) for each in text.split("|"))
    if name not in design.parameters:
        decisions = [n for n, p in design.parameters.items() if p.is_decision]
        decisions += [n for n, e in design.nodes.items() if isinstance(e, Bought | Structure)]
        raise DesignError(Problem((), f"there is no decision {name}", nearest(name, decisions)))
    quantity = quantity_of(design.parameters[name].value)
    if ".." in text:
        low, high = text.split("..", 1)
        ends: list[Value | None] = [quantity.typed(e) if e else None for e in (low, high)]
        return Span(ends[0], ends[1])
    return tuple(quantity.typed(each) for each in text.split("|"))


def rule_text(rule: Rule) -> str:
    """A rule as it would be typed.

    >>> rule_text(Rule("r", different=("hv1", "hv2"), by="vendor"))
    'different hv1 hv2 by vendor'
    """
    if rule.never:
        return f"never {_text(rule.never)}"
    if rule.when:
        return f"when {_text(rule.when)} then {_text(rule.then)}"
    word, names = ("same", rule.same) if rule.same else ("different", rule.different)
    return f"{word} {' '.join(names)}" + (f" by {rule.by}" if rule.by else "")


def _text(conditions: Conditions) -> str:
    return " ".join(f"{name}={_condition_text(each)}" for name, each in conditions.items())


def _condition_text(condition: Condition) -> str:
    if isinstance(condition, Span):
        ends: list[Option | None] = [condition.low, condition.high]
        return "..".join("" if end is None else option_text(end) for end in ends)
    return "|".join(map(option_text, condition))
