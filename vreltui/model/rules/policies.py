"""Rules on pools with a policy: they copy one plain component with a constant rate of failing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from vreltui.model.design import Choice, Design
from vreltui.model.errors import Path, Problem
from vreltui.model.nodes import (
    Bought,
    Component,
    Group,
    LastingComponent,
    Node,
    PolicyPool,
    Pool,
    Process,
    Share,
    Structure,
)
from vreltui.model.policies import Policy
from vreltui.model.quantities import PROBABILITY


def policies(design: Design) -> Iterator[Problem]:
    """A policy is over what it can be over, and its numbers fit each other in every choice."""
    for node in design.nodes.values():
        if not isinstance(node, Pool) or node.policy is None:
            continue
        yield from _over(design, node, node.policy)
        for choice in design.choices.values():
            if node.name in design.below(choice.root):
                yield from _in_choice(design, node, node.policy, choice)


def _over(design: Design, pool: Pool, policy: Policy) -> Iterator[Problem]:
    first = next(iter(policy.stated))
    path: Path = ("nodes", pool.name, first)
    of = design.nodes[pool.of]
    if fault := _unfit(of):
        what = f"pool {pool.name} has {first}, and copies {pool.of}, which {fault}"
        right = "a component with mttf or rate alone is right, repaired by mttr or not"
        yield Problem(path, what, right)
        return
    if of.shared:
        what = f"pool {pool.name} has {first}, and copies {pool.of}, which is shared"
        yield Problem(path, what, "a policy is one of copies: leave shared out")
    striking = next((c for c in design.causes.values() if pool.of in c.strikes), None)
    if striking is not None:
        what = f"cause {striking.name} strikes {pool.of}, which pool {pool.name} has a policy for"
        right = "the copies are one process: leave the cause, or the policy, out"
        yield Problem(("causes", striking.name, "strikes"), what, right)
    repaired = isinstance(of, LastingComponent) and of.mttr is not None
    if policy.repairers is not None and not repaired:
        what = f"pool {pool.name} has repairers, and {pool.of} has no mttr"
        right = 'give it mttr = "100 min" or the like, or leave repairers out'
        yield Problem(("nodes", pool.name, "repairers"), what, right)
    if design.measure == "safety":
        what = f"pool {pool.name} has {first}, and the design measures safety"
        right = "what of it is safe is said by a node with moves"
        yield Problem(path, what, right)


def _unfit(of: Node) -> str:
    """Why a policy can't be over a node; "" where it can."""
    match of:
        case LastingComponent():
            if of.law != "exponential":
                return "does not fail at a constant rate"
            if of.planned is not None or of.rejuvenate is not None:
                return f"has {'planned' if of.planned is not None else 'rejuvenate'}"
            return ""
        case Component():
            return "is a constant"
        case Bought():
            return "is bought"
        case Group() | Pool() | Process() | Structure() | Share() | PolicyPool():
            return f"is a {of.sort}"
        case unknown:
            assert_never(unknown)


def _in_choice(design: Design, pool: Pool, policy: Policy, choice: Choice) -> Iterator[Problem]:
    dormancy = policy.dormancy
    if dormancy is None:
        return
    value = design.value(dormancy, choice.name) if isinstance(dormancy, str) else dormancy
    all_run = PROBABILITY.of(value).reliability == 1
    if policy.switch is not None and all_run:
        what = f"pool {pool.name} has switch, and its copies all run in choice {choice.name}"
        right = "nothing is brought in with a dormancy of 1: use contained"
        yield Problem(("nodes", pool.name, "switch"), what, right)
    if policy.load is not None and not all_run:
        what = f"pool {pool.name} has load and a dormancy below 1 in choice {choice.name}"
        right = "copies that wait carry no load: keep one of them"
        yield Problem(("nodes", pool.name, "load"), what, right)
