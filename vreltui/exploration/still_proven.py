"""What an edit leaves of a proof: one that reads nothing of what was edited stands."""

from __future__ import annotations

from dataclasses import replace

from vreltui.exploration.results import Kind
from vreltui.model import Design
from vreltui.model.changes import changed_numbers
from vreltui.model.quantities import COUNT


def stands(kind: Kind, before: Design, after: Design) -> bool:
    """Whether a proof of this kind about one design holds of another as it is.

    Proofs by rules, fits and limits read no reliability, and none but that by a limit, and that by
    everything at once, reads what limits are.

    >>> from vreltui.model import Parameter, Probability
    >>> one = Design(parameters={"p": Parameter("p", Probability.of("0.9"))})
    >>> other = Design(parameters={"p": Parameter("p", Probability.of("0.8"))})
    >>> stands("fits", one, other), stands("goal", one, other), stands("goal", one, one)
    (True, False, True)
    """
    if before is after:
        return True
    limits = {name: entry.limit for name, entry in before.resources.items()}
    are_limits_same = limits == {name: entry.limit for name, entry in after.resources.items()}
    if not are_limits_same and list(before.resources) == list(after.resources):
        resources = {n: replace(e, limit=limits[n]) for n, e in after.resources.items()}
        after = replace(after, resources=resources)
    found = changed_numbers(before, after)
    if found is None:
        return False
    values = [after.parameters[name] for name in found.parameters]
    if any(each.is_decision or each.quantity is COUNT for each in values) or found.choices:
        return False
    counts = (s.quantity is COUNT for name in found.nodes for s in after.nodes[name].numbers)
    if any(counts):
        return False
    are_figures_same = not values and not found.nodes
    match kind:
        case "rules" | "fits":
            return True
        case "limit":
            return are_limits_same
        case "goal":
            return are_figures_same and not found.goal
        case "baseline":
            return are_figures_same
        case "together":
            return are_figures_same and are_limits_same and not found.goal
