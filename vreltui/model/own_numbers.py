"""Numbers that nodes have of their own, called by a name as parameters are.

A number that stands at its node is a value like any other: it has a threshold, it can be solved
for and drawn against. :func:`with_named_numbers` gives it what a parameter has, a name, and every
question about parameters is then one about it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from vreltui.model.causes import Cause
from vreltui.model.design import Design, Parameter
from vreltui.model.nodes import Node
from vreltui.model.quantities import COUNT, PROBABILITY, Value

MAIN = "reliability"
"""The key of the number that is called by its node's name alone."""


def name_of_number(design: Design, node: str, key: str = MAIN) -> str:
    """What a node's number is called: by the node's name, or "node.key".

    The name alone is the reliability's, unless a parameter is called so.
    """
    if key == MAIN and (node not in design.parameters or node in design.own):
        return node
    return f"{node}.{key}"


def is_listed(name: str) -> bool:
    """Whether a number has no name of its own but its place in a list, by which none can set it.

    >>> is_listed("vm.stages.0"), is_listed("vm.mttf"), is_listed("vm-2")
    (True, False, False)
    """
    _, dot, place = name.rpartition(".")
    return bool(dot) and place.isdigit()


def named_numbers(design: Design, nodes: Collection[str] | None = None) -> dict[str, str]:
    """By name: the nodes that have such a number of their own, of all nodes or of some.

    Copies are no such number: they belong to the structure as it is read.
    """
    asked = design.nodes if nodes is None else [name for name in nodes if name in design.nodes]
    return {
        name_of_number(design, node, key): node
        for node in asked
        for key, _ in _own(design.nodes[node])
    }


def named_betas(design: Design, nodes: Collection[str] | None = None) -> dict[str, str]:
    """By name: the causes with a beta of their own, of all or of those that strike some nodes."""
    asked = design.nodes if nodes is None else nodes
    return {f"{cause.name}.beta": cause.name for cause in _own_betas(design, asked)}


def _own(node: Node) -> Iterator[tuple[str, Value]]:
    for stated in node.numbers:
        if stated.own is not None and stated.quantity is not COUNT:
            yield stated.key, stated.own


def _own_betas(design: Design, nodes: Collection[str]) -> Iterator[Cause]:
    """The causes with a beta of their own that strike some of these nodes."""
    for cause in design.causes_among(nodes):
        if cause.beta is not None and not isinstance(cause.beta, str):
            yield cause


def with_named_numbers(design: Design, nodes: Collection[str] | None = None) -> Design:
    """The same design, in which the numbers of nodes' own are parameters of their names.

    Of all nodes, or of some. :attr:`Design.own` tells such parameters from the others. The design
    answers questions and is no longer one that a file states: "node.reliability" is no name there.

    >>> from vreltui.model.nodes import Component
    >>> from vreltui.model.numbers import Probability
    >>> fan = Component(name="fan", reliability=Probability.of("0.9"))
    >>> named = with_named_numbers(Design(nodes={"fan": fan}))
    >>> named.nodes["fan"].parameters, str(named.parameters["fan"].value), dict(named.own)
    (('fan',), '0.9', {'fan': 'fan'})
    """
    parameters, changed, own = dict(design.parameters), dict(design.nodes), dict(design.own)
    asked = design.nodes if nodes is None else [name for name in nodes if name in design.nodes]
    for name in asked:
        node = changed[name]
        for key, value in _own(node):
            called = name_of_number(design, name, key)
            parameters[called] = Parameter(called, value)
            own[called] = name
            node = node.with_number(key, called)
        changed[name] = node
    causes = dict(design.causes)
    for cause in _own_betas(design, asked):
        called = f"{cause.name}.beta"
        parameters[called] = Parameter(called, PROBABILITY.of(cause.beta))
        own[called] = cause.name
        causes[cause.name] = cause.with_number("beta", called)
    if len(own) == len(design.own):
        return design
    named = replace(design, parameters=parameters, nodes=changed, causes=causes)
    object.__setattr__(named, "own", own)
    return named


def resolved(design: Design, name: str) -> tuple[Design, str] | None:
    """A design in which ``name`` is a parameter, and what it is called there; None if it is none.

    ``name`` is a parameter's, that of a node with a number of its own, or "node.key".
    """
    if name in design.parameters:
        return design, name
    cause = design.causes.get(name.removesuffix(".beta"))
    if cause is not None and name.endswith(".beta"):
        named = with_named_numbers(design, cause.strikes)
        return (named, name) if name in named.own else None
    node, key = (name, MAIN) if name in design.nodes else (name.rpartition(".")[0], "")
    called = name_of_number(design, node, key or name.rpartition(".")[2])
    named = with_named_numbers(design, (node,))
    return (named, called) if called in named.own else None
