"""What is left to choose: options picked, each with what it comes to, and settled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from vreltui.model import Bought, Design, Option, Structure, Taken, edits
from vreltui.model.options import mixes, option_text
from vreltui.model.settling import options_of
from vreltui.model.typed_options import typed_option
from vreltui.wording.numerals import reliability_text
from vreltui.workbench.commands.actions import Option as Offered
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench

_MOST_OFFERED = 200
"""The most options that are listed; another one can be typed."""

_SECONDS = 0.3
"""Seconds for the classes of all options together."""


def decision(bench: Workbench) -> Bought | Structure | None:
    """The selected node, where something is left to choose at it."""
    node = bench.design.nodes[bench.node]
    return node if isinstance(node, Bought | Structure) else None


def options(bench: Workbench) -> list[Offered] | None:
    """The options at the selected node, or of its parameter's set, each with its class.

    None where what is selected is no such decision.
    """
    changes = {}
    node = decision(bench)
    if node is not None:
        for taken in islice(_options_at(bench, node), _MOST_OFFERED):
            changes[option_text(taken)] = edits.set_option(
                bench.design, node.name, taken, bench.choice
            )
    else:
        stated = bench.design.nodes[bench.node].stated()
        if stated is None or stated.parameter is None:
            return None
        entry = bench.design.parameters[stated.parameter]
        if not entry.market:
            return None
        for value in entry.market:
            changes[option_text(value)] = edits.set_value(
                bench.design, entry.name, value, bench.choice
            )
    return [
        Offered(text, label)
        for text, label in zip(changes, _labels(list(changes.values()), bench.choice), strict=True)
    ]


def _options_at(bench: Workbench, node: Bought | Structure) -> Iterator[Taken]:
    if isinstance(node, Structure):
        yield from node.one_of
        return
    items = tuple(bench.design.catalogues[node.catalogue].items)
    if node.mix:
        yield from mixes(items, options_of(bench.design, bench.choice).copies(node))
    else:
        yield from items


def _labels(designs: list[Design], choice: str) -> list[str]:
    """What the choice comes to in each design: its class and its figure, as far as time allows."""
    from vreltui.engine.limits import OverdueError, within

    labels = [""] * len(designs)
    try:
        with within(_SECONDS):
            for at, design in enumerate(designs):
                labels[at] = _label(design, choice)
    except OverdueError:
        pass
    return labels


def _label(design: Design, choice: str) -> str:
    from vreltui.analysis.digits import figure
    from vreltui.analysis.questions.verdict import standing
    from vreltui.analysis.questions.within import is_explored, within
    from vreltui.analysis.study import Study
    from vreltui.engine.limits import Limits, Undecided

    study = Study(design, limits=lambda: Limits(seconds=_SECONDS))
    study.start_budget()
    try:
        r = reliability_text(figure(study.evaluation(choice).figures()))
        place = standing(study, choice)
        kind: str = place.verdict or ""
        if is_explored(design):
            kind = within(study, choice, place)[0].kind
    except Undecided:
        return "undecided"
    return f"{kind:<10} {r}"


def taken_initial(bench: Workbench) -> str:
    """What the selected decision takes now, as it would be typed."""
    node = decision(bench)
    assert node is not None
    return option_text(options_of(bench.design, bench.choice).at(bench.design, node))


def take(bench: Workbench, text: str) -> Change:
    """Let the selected decision take what was typed."""
    taken = typed_option(bench.design, bench.node, text)
    design = edits.set_option(bench.design, bench.node, taken, bench.choice)
    return Change(f"let {bench.node} take {option_text(taken)}", design)


def taken_here(bench: Workbench) -> str:
    """What this choice settles at the selected decision."""
    own: Option | None = bench.design.choices[bench.choice].options.get(bench.node)
    return "" if own is None else option_text(own)


def settle(bench: Workbench, text: str) -> Change:
    """What this choice alone takes at the selected decision; nothing typed for what others take."""
    if not text.strip():
        design = edits.unsettle(bench.design, bench.choice, bench.node)
        return Change(f"{bench.choice} takes the common {bench.node}", design)
    taken = typed_option(bench.design, bench.node, text)
    design = edits.settle(bench.design, bench.choice, bench.node, taken)
    return Change(f"{bench.choice} takes {option_text(taken)} at {bench.node}", design)
