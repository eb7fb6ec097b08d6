"""The paper's uses of virtualization that need states: each a new choice with a node with moves.

The component in hand says how often it fails, or is attacked; what else there is to say are new
parameters, open where a number is the architect's, and assumed where nobody has published one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from vreltui.model.design import Design, LastingComponent, Process
from vreltui.model.edits.alternatives import alternative
from vreltui.model.edits.assumed import Assumed, share, time, with_assumed
from vreltui.model.edits.common import fresh_name, refuse, with_node
from vreltui.model.edits.moves import called
from vreltui.model.edits.position import Edited, Position, node_at
from vreltui.model.numbers import PlainNumber
from vreltui.model.process_node import Move

Clock = Callable[[str, str], Move]
"""A move from one state to another as often as the component fails."""


def back_up(design: Design, at: Position) -> Edited:
    """A choice with a backup beside the machine, which takes over (Bressoud and Schneider 1996)."""
    node = _lasting(design, at)
    grown, names = with_assumed(
        design,
        {
            "c": share("0.99", "Failures that are seen", "0.9"),
            "T_t": Assumed(time("2", "s"), "Takeover", (time("60", "ms"), time("5", "min"))),
        },
    )
    fails, seen = _clock(node), names["c"]
    moves = [
        replace(fails("both", "takeover"), share=seen),
        replace(fails("both", "down"), other_share=seen),
        fails("both", "one"),
        Move(origin="takeover", target="one", after=names["T_t"]),
        fails("one", "down"),
    ]
    if node.mttr is not None:
        moves += [
            Move(origin="one", target="both", after=node.mttr),
            Move(origin="down", target="one", after=node.mttr),
        ]
    return _beside(grown, at, node, moves, ("both", "one"), None, "backed-up", "with a backup")


def migrate_under_load(design: Design, at: Position) -> Edited:
    """A choice in which the machine fails more often under load, and is moved away from it."""
    node = _lasting(design, at)
    grown, names = with_assumed(
        design,
        {
            "a": Assumed(PlainNumber(Decimal(10)), "Times as often under load"),
            "T_c": Assumed(time("24", "h"), "Calm between peaks"),
            "T_p": Assumed(time("1", "h"), "Length of a peak"),
            "T_m": Assumed(time("1", "min"), "Until a move is under way"),
            "c": share("0.95", "Moves that succeed", "0.5"),
        },
    )
    fails = _clock(node)
    moves = [
        Move(origin="calm", target="peak", after=names["T_c"]),
        Move(origin="peak", target="calm", after=names["T_p"]),
        Move(origin="peak", target="moved", after=names["T_m"], share=names["c"]),
        Move(origin="moved", target="calm", after=names["T_p"]),
        fails("calm", "down"),
        replace(fails("peak", "down"), times=names["a"]),
        fails("moved", "down"),
    ]
    if node.mttr is not None:
        moves.append(Move(origin="down", target="calm", after=node.mttr))
    up = ("calm", "peak", "moved")
    return _beside(grown, at, node, moves, up, None, "migrated", "migrated under load")


def watch_from_outside(design: Design, at: Position) -> Edited:
    """A choice in which what fails is an attack, seen from outside, and the machine restarted."""
    node = _lasting(design, at)
    grown, names = with_assumed(
        design,
        {
            "T_w": Assumed(time("5", "d"), "Until the monitor is ready"),
            "c": share("0.95", "Attacks that the monitor sees", "0.5"),
            "T_r": Assumed(time("30", "min"), "Restart from a checkpoint"),
        },
    )
    attacked, seen = _clock(node), names["c"]
    moves = [
        Move(origin="bare", target="watched", after=names["T_w"]),
        attacked("bare", "compromised"),
        replace(attacked("watched", "crashed"), share=seen),
        replace(attacked("watched", "compromised"), other_share=seen),
        Move(origin="crashed", target="watched", after=names["T_r"]),
    ]
    up, safe = ("bare", "watched"), ("crashed",)
    return _beside(grown, at, node, moves, up, safe, "watched", "watched from outside")


def watch_and_replay(design: Design, at: Position) -> Edited:
    """A choice in which what fails is an intrusion, found from outside and undone by replay."""
    node = _lasting(design, at)
    grown, names = with_assumed(
        design,
        {
            "T_d": Assumed(time("1", "h"), "Until it is found", (time("1", "min"), time("1", "y"))),
            "T_f": Assumed(
                time("1", "h"), "Until it is mended", (time("1", "min"), time("7", "d"))
            ),
        },
    )
    moves = [
        _clock(node)("ok", "intruded"),
        Move(origin="intruded", target="recovering", after=names["T_d"]),
        Move(origin="recovering", target="ok", after=names["T_f"]),
    ]
    return _beside(
        grown, at, node, moves, ("ok",), ("recovering",), "replayed", "watched and replayed"
    )


def _lasting(design: Design, at: Position) -> LastingComponent:
    """The component in hand. Raises :class:`DesignError` where it has no exponential life."""
    name = node_at(design, at)
    node = design.nodes[name]
    if not isinstance(node, LastingComponent) or node.law != "exponential":
        what = f"{name} is no component with an exponential life"
        raise refuse(("nodes", name), what, "give it one first: mttf, or the move that repairs it")
    return node


def _clock(node: LastingComponent) -> Clock:
    def move(origin: str, target: str) -> Move:
        return Move(origin=origin, target=target, after=node.mttf, rate=node.rate)

    return move


def _beside(
    design: Design,
    at: Position,
    node: LastingComponent,
    moves: list[Move],
    up: tuple[str, ...],
    safe: tuple[str, ...] | None,
    word: str,
    said: str,
) -> Edited:
    process = Process(
        name=fresh_name(f"{node.name}-{word}"[:60], design.nodes),
        kind=node.kind,
        title=f"{called(design, node.name)} {said}",
        moves=tuple(moves),
        up=up,
        safe=safe,
        shared=node.shared,
    )
    return alternative(with_node(design, process), at, process.name, word, process.title)
