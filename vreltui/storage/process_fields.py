"""What a file may say of a node with moves: part of `storage.fields`."""

from __future__ import annotations

from vreltui.model import Process
from vreltui.model.process_node import MOST_MOVES, MOST_STATES, Move
from vreltui.storage.cause_fields import a_share
from vreltui.storage.number_shapes import Whole
from vreltui.storage.shapes import Either, ListOf, Name
from vreltui.storage.tables import Key, Table
from vreltui.storage.time_shapes import Positive, a_rate, a_time

_STATE = Name("state")
_STATES = 'a list of states such as ["both", "one"]'

MOVE = Table(
    (
        Key("from", _STATE, "The state that it leaves.", required=True, to="origin"),
        Key("to", _STATE, "The state that it leads to.", required=True, to="target"),
        Key("after", a_time(), "The mean time until it happens, at a constant rate."),
        Key("rate", a_rate(), "How often it happens while in that state; instead of after."),
        Key("with", a_share(), "The share of it that goes here, from 0 to 1.", to="share"),
        Key(
            "without",
            a_share(),
            "A share that goes elsewhere: 1 less it goes here; instead of with.",
            to="other_share",
        ),
        Key(
            "times",
            Either(
                (Whole(), Positive(), Name("parameter")),
                "a count, a positive number, or a parameter's name,",
            ),
            "How many times as often: a count, a number, or the name of a parameter.",
        ),
    ),
    said='a table such as { from = "up", to = "down", after = "1 y" }',
    makes=Move,
)

PROCESS = Table(
    (
        Key(
            "up",
            ListOf(_STATE, _STATES),
            "The states in which it works; it begins in the first.",
            required=True,
        ),
        Key(
            "moves",
            ListOf(MOVE, "a list of moves such as { from = ..., to = ..., after = ... }"),
            f"How it gets from state to state: at most {MOST_MOVES} moves between at most "
            f"{MOST_STATES} states, which are those that moves name. Moves between the same states "
            "add.",
            required=True,
        ),
        Key("start", _STATE, "The state in which it begins, where that is not the first of up."),
        Key(
            "safe",
            ListOf(_STATE, _STATES, 0),
            "Those states of the others that are safe; the rest is unsafe. All when left out.",
        ),
    ),
    makes=Process,
    named=True,
)
