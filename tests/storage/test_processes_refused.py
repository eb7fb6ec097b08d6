"""Nodes with moves: what makes no sense is refused with its line, and what they mean is kept."""

from __future__ import annotations

import pytest

from vreltui.model.edits.parameters import delete_parameter, rename_parameter
from vreltui.storage import FileError, parse
from vreltui.storage.notes import notes
from vreltui.storage.text.rewrite import rewrite

MISSION = '[mission]\ntime = "30 d"'

UP = 'up = ["on"]'
FAILS = '{ from = "on", to = "off", after = "T" }'
MENDED = '{ from = "off", to = "on", after = "1 h" }'


def text_of(*lines: str, moves: tuple[str, ...] = (FAILS, MENDED), top: str = MISSION) -> str:
    """A file with one node with moves."""
    listed = "\n".join(f"  {move}," for move in moves)
    own = "\n".join(lines or (UP,))
    return f"""vreltui = 1
{top}
[parameters]
T = "100 h"
c = 0.9
n = 2
[nodes.vm]
{own}
moves = [
{listed}
]
[choices.one]
root = "vm"
"""


AVAILABILITY = "[goal]\navailability = 0.9"

CASES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "no up": (text_of("up = []"), "up = []", ("has 0 elements",)),
    "up left out": (text_of('start = "on"'), "[nodes.vm]", ("has no up", "add up")),
    "no moves": (text_of(UP).replace(f"  {FAILS},\n  {MENDED},\n", ""), "moves = [", ("has 0",)),
    "unknown up": (
        text_of('up = ["om"]'),
        'up = ["om"]',
        ("up of node vm names om, which no move does", "there is off, on"),
    ),
    "up twice": (text_of('up = ["on", "on"]'), 'up = ["on", "on"]', ("names on twice",)),
    "unknown safe": (
        text_of(UP, 'safe = ["of"]'),
        'safe = ["of"]',
        ("safe of node vm names of", 'did you mean "off"?'),
    ),
    "safe and up": (text_of(UP, 'safe = ["on"]'), 'safe = ["on"]', ("in which it works",)),
    "start not up": (
        text_of(UP, 'start = "off"'),
        'start = "off"',
        ("start of node vm is off, which is not up", "on"),
    ),
    "start unknown": (text_of(UP, 'start = "onn"'), 'start = "onn"', ('did you mean "on"?',)),
    "itself": (
        text_of(moves=(FAILS, '{ from = "on", to = "on", after = "1 h" }')),
        '{ from = "on", to = "on"',
        ("move 2 of node vm goes from on to on",),
    ),
    "both clocks": (
        text_of(moves=('{ from = "on", to = "off", after = "1 h", rate = "1 /h" }', MENDED)),
        'rate = "1 /h"',
        ("move 1 of node vm, from on to off, has both after and rate",),
    ),
    "no clock": (
        text_of(moves=(FAILS, '{ from = "off", to = "on", with = 0.5 }')),
        '{ from = "off", to = "on", with = 0.5 }',
        ("move 2 of node vm", "neither after nor rate"),
    ),
    "with and without": (
        text_of(
            moves=('{ from = "on", to = "off", after = "1 h", with = 1, without = 1 }', MENDED)
        ),
        "with = 1, without = 1",
        ("has both with and without",),
    ),
    "zero": (
        text_of(moves=('{ from = "on", to = "off", after = "0 s" }', MENDED)),
        '"0 s"',
        ("after in move 1 of node vm must be more than 0",),
    ),
    "share beyond 1": (
        text_of(moves=('{ from = "on", to = "off", after = "1 h", with = 1.5 }', MENDED)),
        "with = 1.5",
        ("with in move 1 of node vm", "0 to 1"),
    ),
    "a time as share": (
        text_of(moves=('{ from = "on", to = "off", after = "1 h", with = "T" }', MENDED)),
        'with = "T"',
        ("with in move 1 of node vm names T, which is a time",),
    ),
    "a share as times": (
        text_of(moves=('{ from = "on", to = "off", after = "1 h", times = "c" }', MENDED)),
        'times = "c"',
        ("names c, which is a reliability", "count"),
    ),
    "unknown parameter": (
        text_of(moves=('{ from = "on", to = "off", after = "S" }', MENDED)),
        'after = "S"',
        ('names "S", which is not a parameter',),
    ),
    "unknown key": (
        text_of(moves=('{ from = "on", to = "off", afer = "1 h" }', MENDED)),
        'afer = "1 h"',
        ('unknown key "afer"', 'did you mean "after"?'),
    ),
    "bare number": (
        text_of(moves=('{ from = "on", to = "off", after = 5 }', MENDED)),
        "after = 5",
        ("the number 5", 'such as "2654 h"'),
    ),
    "never left": (
        text_of(moves=(FAILS,), top=AVAILABILITY),
        "moves = [",
        ("node vm of choice one never leaves the state off once it is there", "repair"),
    ),
    "never left by its numbers": (
        text_of(
            moves=(FAILS, '{ from = "off", to = "on", after = "1 h", with = 0 }'), top=AVAILABILITY
        ),
        "moves = [",
        ("never leaves the state off",),
    ),
    "no mission": (
        text_of(top='[goal]\nsafety = 0.9'),
        "[nodes.vm]",
        ("node vm of choice one has moves", '[mission] time = "30 d"'),
    ),
    "a cause": (
        text_of() + '[causes.flaw]\nstrikes = ["vm"]\nbeta = 0.1\n',
        'strikes = ["vm"]',
        ("strikes vm, which is a process", "component"),
    ),
    "with a figure": (text_of(UP, "reliability = 0.9"), "moves = [", ("reliability", "moves")),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_makes_no_sense_is_refused_at_its_line(case: str) -> None:
    text, place, words = CASES[case]
    with pytest.raises(FileError) as refused:
        parse(text)
    said = str(refused.value)
    line = text[: text.index(place)].count("\n") + 1
    assert f"line {line}" in said or f":{line}:" in said, said
    for word in words:
        assert word in said, said


def test_too_many_states_and_moves_are_refused() -> None:
    def ring(size: int) -> tuple[str, ...]:
        return tuple(
            f'{{ from = "s{i}", to = "s{(i + 1) % size}", after = "1 h" }}' for i in range(size)
        )

    parse(text_of('up = ["s1"]', moves=ring(60)))
    with pytest.raises(FileError, match="name 61 states; at most 60"):
        parse(text_of('up = ["s1"]', moves=ring(61)))
    with pytest.raises(FileError, match="has 601 moves; at most 600"):
        parse(text_of(moves=(FAILS,) * 601))


def test_a_state_that_is_never_reached_is_noted() -> None:
    moves = (FAILS, MENDED, '{ from = "spare", to = "on", after = "1 h" }')
    (note,) = [
        each for each in notes(parse(text_of(moves=moves)).design) if each.path[0] == "nodes"
    ]
    assert note.what == "no moves lead node vm from on to the state spare"


def test_parameters_of_moves_are_renamed_and_written_out() -> None:
    moves = (
        '# kept\n  { from = "on", to = "off", after = "T", without = "c", times = "n" }',
        MENDED,
    )
    before = parse(text_of(moves=moves))
    renamed = rewrite(before, rename_parameter(before.design, "T", "T_vm"))
    assert 'after = "T_vm", without = "c", times = "n"' in renamed.text
    for name, written in (("n", "times = 2"), ("c", "without = 0.9"), ("T", 'after = "100 h"')):
        gone = rewrite(before, delete_parameter(before.design, name))
        assert written in gone.text
        assert "# kept" in gone.text
        assert parse(gone.text).design == gone.design
