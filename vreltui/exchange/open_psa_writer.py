"""A fault tree as Open-PSA MEF 2.0d."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from vreltui.exchange.failure_tree import FailureTree, Gate


def open_psa(tree: FailureTree) -> str:
    """The text of a MEF file that holds one fault tree."""
    return "\n".join(_lines(tree)) + "\n"


def _lines(tree: FailureTree) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<opsa-mef>"
    yield f"  <define-fault-tree name={quoteattr(tree.name)}>"
    if tree.title:
        yield f"    <label>{escape(tree.title)}</label>"
    if tree.top in tree.events:
        # A fault tree is a gate: of a single event it is that event.
        yield f"    <define-gate name={quoteattr(_top_name(tree))}>"
        yield f"      <basic-event name={quoteattr(tree.top)}/>"
        yield "    </define-gate>"
    for gate in tree.gates.values():
        yield from _gate(tree, gate)
    for event in tree.events.values():
        yield f"    <define-basic-event name={quoteattr(event.name)}>"
        if event.title:
            yield f"      <label>{escape(event.title)}</label>"
        yield f'      <float value="{decimal_text(event.probability)}"/>'
        yield "    </define-basic-event>"
    yield "  </define-fault-tree>"
    yield "</opsa-mef>"


def _top_name(tree: FailureTree) -> str:
    name = "top"
    while name in tree.events:
        name += "_"
    return name


def _gate(tree: FailureTree, gate: Gate) -> Iterator[str]:
    yield f"    <define-gate name={quoteattr(gate.name)}>"
    if gate.title:
        yield f"      <label>{escape(gate.title)}</label>"
    least = f' min="{gate.least}"' if gate.word == "atleast" else ""
    yield f"      <{gate.word}{least}>"
    for part in gate.parts:
        kind = "gate" if part in tree.gates else "basic-event"
        yield f"        <{kind} name={quoteattr(part)}/>"
    yield f"      </{gate.word}>"
    yield "    </define-gate>"


def decimal_text(number: Decimal) -> str:
    """A decimal as both formats read it, exactly.

    >>> decimal_text(Decimal("1E-5")), decimal_text(Decimal("0.10"))
    ('0.00001', '0.10')
    """
    return str(number).replace("E+", "e").replace("E", "e")
