"""Edits of common causes, and what other edits do to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from vreltui.model.causes import Cause, Letter
from vreltui.model.design import Design
from vreltui.model.edits.common import checked, fresh_name, refuse, updated, without
from vreltui.model.nodes import Component, LastingComponent, Pool
from vreltui.model.quantities import PROBABILITY, Value


def strike(design: Design, nodes: Iterable[str], beta: Letter) -> Design:
    """Add a common cause of what these nodes are made of, with a share of their failures.

    Raises :class:`DesignError` where they hold no component, or unlike ones.
    """
    named = list(nodes)
    struck = tuple(dict.fromkeys(each for name in named for each in _components(design, name)))
    if not struck:
        what = f"{' and '.join(named)} holds no component that a cause could strike"
        raise refuse(("nodes", named[0]), what)
    name = fresh_name(f"{named[0]}-flaw", design.causes)
    cause = Cause(name, struck, beta=beta)
    return checked(replace(design, causes=updated(design.causes, name, cause)))


def _components(design: Design, name: str) -> list[str]:
    """A component itself, or those that a group or a pool is made of."""
    found = []
    for below in design.below(name):
        node = design.nodes[below]
        if isinstance(node, Component | LastingComponent):
            found.append(below)
        elif isinstance(node, Pool) and node.policy is not None:
            what = f"pool {below} has a policy, whose copies are one process"
            raise refuse(("nodes", below), what, "a cause strikes independent copies")
    return found


def set_beta(design: Design, cause: str, beta: Letter) -> Design:
    """Give a cause another beta."""
    entry = _the_cause(design, cause)
    if entry.beta is None:
        right = f"edit its {entry.model} in the file"
        raise refuse(("causes", cause), f"cause {cause} has {entry.model}, and no beta", right)
    return checked(replace(design, causes=updated(design.causes, cause, replace(entry, beta=beta))))


def delete_cause(design: Design, cause: str) -> Design:
    """Drop a cause."""
    _the_cause(design, cause)
    return checked(replace(design, causes=without(design.causes, cause)))


def _the_cause(design: Design, cause: str) -> Cause:
    if cause not in design.causes:
        raise refuse(("causes", cause), f"there is no cause {cause}")
    return design.causes[cause]


# What other edits do to causes. None of it is checked.


def with_node_renamed(causes: Mapping[str, Cause], old: str, new: str) -> Mapping[str, Cause]:
    """The causes where a node has another name."""

    def renamed(cause: Cause) -> Cause:
        strikes = tuple(new if name == old else name for name in cause.strikes)
        within = new if cause.within == old else cause.within
        return replace(cause, strikes=strikes, within=within)

    return _changed(causes, renamed)


def with_letters(causes: Mapping[str, Cause], old: str, new: Value | str) -> Mapping[str, Cause]:
    """The causes where a parameter has another name, or is a number of their own."""

    def letter(each: Letter) -> Letter:
        if each != old:
            return each
        return new if isinstance(new, str) else PROBABILITY.of(new)

    def changed(cause: Cause) -> Cause:
        if old not in cause.parameters:
            return cause
        return replace(
            cause,
            beta=None if cause.beta is None else letter(cause.beta),
            mgl=tuple(map(letter, cause.mgl)),
            alpha=tuple(map(letter, cause.alpha)),
            phi=tuple(map(letter, cause.phi)),
        )

    return _changed(causes, changed)


def among(causes: Mapping[str, Cause], nodes: Collection[str]) -> Mapping[str, Cause]:
    """The causes of what is still there; one that strikes nothing any more is gone."""
    if all(set(cause.strikes) <= set(nodes) for cause in causes.values()):
        return causes
    found = {}
    for name, cause in causes.items():
        strikes = tuple(each for each in cause.strikes if each in nodes)
        if strikes:
            within = cause.within if cause.within in nodes else None
            found[name] = replace(cause, strikes=strikes, within=within)
    return found


def _changed(causes: Mapping[str, Cause], change: Callable[[Cause], Cause]) -> Mapping[str, Cause]:
    found = {name: change(cause) for name, cause in causes.items()}
    return causes if found == dict(causes) else found
