"""Rules, fits and limits in words: what a choice breaks, and what it uses."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from vreltui.analysis.results import Within
from vreltui.model import Amount, Design
from vreltui.model.amounts import amount_text


def measured(design: Design, resource: str, amount: Amount | Fraction) -> str:
    """An amount with its unit, or with the name of its resource: "61,200 EUR"."""
    return f"{amount_text(amount)} {design.resources[resource].unit or resource}"


def broken_words(design: Design, within: Within) -> list[str]:
    """What a choice breaks, a sentence each."""
    said = []
    for name in within.rules:
        title = design.rules[name].title
        said.append(f"breaks the rule {name}" + (f" ({title})" if title else ""))
    for node, resource, excess in within.fits:
        said.append(f"does not fit: {node} uses {measured(design, resource, excess)} too many")
    for name in within.limits:
        limit = design.resources[name].limit
        assert limit is not None
        used = measured(design, name, within.uses[name])
        said.append(f"over the limit: uses {used} of {measured(design, name, limit)}")
    return said


def uses_words(design: Design, uses: Mapping[str, Fraction]) -> str:
    """What is used, resource by resource: "7,980 EUR, 310 W"."""
    return ", ".join(measured(design, name, amount) for name, amount in uses.items())
