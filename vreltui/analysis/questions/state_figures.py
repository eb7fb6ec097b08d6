"""How likely each state of a process is: in the long run, and at the end of a mission.

A process is a node with moves, or a pool with a policy.
"""

from __future__ import annotations

from flint import arb

from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.chain_laws import ChainLaw
from vreltui.engine.chains.elimination import stationary
from vreltui.engine.chains.transient import where_after
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.policy_laws import PolicyLaw
from vreltui.engine.worked_figures import exact
from vreltui.model import Pool, Process
from vreltui.model.times import Duration


def long_run_states(node: Process | Pool, evaluation: Evaluation, slot: int) -> dict[str, float]:
    """The share of time in each state in the long run."""
    with precision(WORKING_BITS):
        chain = _law(evaluation, slot).chain(evaluation).with_rates(arb)
        shares = stationary(chain)
    found = (0.0 if share is None else float(share) for share in shares)
    return dict(zip(_names(node, evaluation, slot), found, strict=True))


def states_at(
    node: Process | Pool, evaluation: Evaluation, slot: int, mission: Duration | None
) -> dict[str, float]:
    """The probability of each state at the end of the mission."""
    assert mission is not None
    with precision(WORKING_BITS):
        row = where_after(_law(evaluation, slot).chain(evaluation), exact(mission))
    return dict(zip(_names(node, evaluation, slot), map(float, row), strict=True))


def _names(node: Process | Pool, evaluation: Evaluation, slot: int) -> tuple[str, ...]:
    if isinstance(node, Process):
        return node.states
    law = _law(evaluation, slot)
    assert isinstance(law, PolicyLaw)
    return law.states(evaluation)


def _law(evaluation: Evaluation, slot: int) -> ChainLaw:
    law = evaluation.program.law(slot)
    assert isinstance(law, ChainLaw)
    return law
