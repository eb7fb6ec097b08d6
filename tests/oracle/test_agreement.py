"""The comparison with the oracle can fail: answers with one thing wrong are told apart."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from tests.oracle import Oracle
from tests.oracle.agreement import agrees
from tests.oracle.asking import ask
from vreltui.model import Choice, Component, Design, Group, Node, Parameter, Pool, Probability

Change = Callable[[dict[str, Any]], None]


def vote() -> Design:
    """A vote against one machine: thresholds with two ends, a count, and all three verdicts."""
    nodes: tuple[Node, ...] = (
        Component(name="hypervisor", reliability="R_V"),
        Component(name="machine", reliability="R_M"),
        Pool(name="machines", of="machine", copies="n", needs=2),
        Group(name="voted", parts=("hypervisor", "machines")),
    )
    value = Probability.of
    parameters = (
        Parameter("R_V", value("0.7"), (value("0.5"), value("0.98"))),
        Parameter("R_M", value("0.75")),
        Parameter("n", 3),
    )
    choices = (
        Choice(name="one", root="machine"),
        Choice(name="short", root="voted"),
        Choice(name="meets", root="voted", set={"R_V": value("0.98")}),
        Choice(name="hopeless", root="voted", set={"R_V": value("0.6")}),
    )
    return Design(
        baseline="one",
        copies_limit=6,
        nodes={node.name: node for node in nodes},
        parameters={parameter.name: parameter for parameter in parameters},
        choices={choice.name: choice for choice in choices},
    )


def test_the_answer_as_it_is_agrees() -> None:
    agrees(Oracle(vote()), ask(vote()))


def _scale(choice: dict[str, Any], side: str) -> None:
    choice[side] *= 1 + 1e-11


def _interval(choice: dict[str, Any]) -> dict[str, float]:
    interval: dict[str, float] = choice["thresholds"]["R_M"]["intervals"][0]
    return interval


def _move(choice: dict[str, Any], side: str, by: float) -> None:
    _interval(choice)[side] += by
    _interval(choice)[f"{side}_complement"] -= by


WRONG: dict[str, Change] = {
    "reliability": lambda c: _scale(c, "reliability"),
    "complement": lambda c: _scale(c, "unreliability"),
    "a node": lambda c: _scale(c["nodes"]["machines"], "reliability"),
    "a node left out": lambda c: c["nodes"].pop("machines"),
    "verdict short": lambda c: c.update(verdict="short", witness={}),
    "verdict hopeless": lambda c: c.update(verdict="hopeless"),
    "verdict undecided": lambda c: c.update(verdict="undecided"),
    "baseline": lambda c: c.update(against_baseline="equal"),
    "goal": lambda c: c.update(against_goal="above"),
    "satisfied": lambda c: c["thresholds"]["n"].update(satisfied=False),
    "an end too low": lambda c: _move(c, "low", -1e-8),
    "an end too high": lambda c: _move(c, "high", 1e-8),
    "an interval left out": lambda c: c["thresholds"]["R_M"].update(intervals=[]),
    "a count too many": lambda c: c["thresholds"]["n"].update(ranges=[[2, 6]]),
    "a count too few": lambda c: c["thresholds"]["n"].update(ranges=[[4, 6]]),
    "a threshold left out": lambda c: c["thresholds"].pop("n"),
    "importance": lambda c: c["importance"]["R_V"].update(birnbaum=0.5),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_answer_with_one_thing_wrong_does_not(wrong: str) -> None:
    said = deepcopy(ask(vote()))
    WRONG[wrong](said["choices"]["meets"])
    with pytest.raises(AssertionError):
        agrees(Oracle(vote()), said)


def test_a_hopeless_choice_called_so_too_early_does_not() -> None:
    said = deepcopy(ask(vote()))
    assert said["choices"]["short"]["verdict"] == "short"
    said["choices"]["short"]["verdict"] = "hopeless"
    with pytest.raises(AssertionError, match="not hopeless"):
        agrees(Oracle(vote()), said)


def test_a_witness_that_does_not_meet_does_not() -> None:
    said = deepcopy(ask(vote()))
    said["choices"]["short"]["witness"] = {"R_V": "0.8"}
    with pytest.raises(AssertionError, match="does not meet with"):
        agrees(Oracle(vote()), said)


def test_a_tie_is_no_win() -> None:
    nodes = {"e": Component(name="e", reliability=Probability.of("0.9"))}
    tie = Design(goal=Probability.of("0.9"), nodes=nodes, choices={"c": Choice(name="c", root="e")})
    oracle = Oracle(tie)
    assert not oracle.meets("c")
    assert Oracle(replace(tie, goal=Probability.of("0.8999999999999999999"))).meets("c")
