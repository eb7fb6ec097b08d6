"""What of times, goals and missions makes no sense is refused: with its line, and what is right."""

from __future__ import annotations

import pytest

from vreltui.storage import FileError, parse

MISSION = '[mission]\ntime = "30 d"'


def text_of(node: str, top: str = MISSION, parameter: str = "", choice: str = "") -> str:
    """A file: what is measured from its line 2 on, a parameter's line, a node's own lines."""
    return f"""vreltui = 1
{top}
[parameters]
R_V = 0.9
T = "100 h"
k = {{ number = 1.5 }}
{parameter}
[nodes.vm]
{node}
[choices.c]
root = "vm"
{choice}
"""


def at_node(line: str, *words: str) -> tuple[str, str, tuple[str, ...]]:
    """A case whose fault is in the last line of the node."""
    return text_of(line), line.splitlines()[-1], words


def above(
    top: str, *words: str, node: str = 'mttf = "5 h"\nmttr = "1 h"'
) -> tuple[str, str, tuple[str, ...]]:
    """A case whose fault is in the last line of what stands above."""
    return text_of(node, top), top.splitlines()[-1], words


def parameter(line: str, *words: str) -> tuple[str, str, tuple[str, ...]]:
    """A case whose fault is in a parameter."""
    return text_of('mttf = "T"', parameter=line), line, words


def set_to(line: str, *words: str, node: str = 'mttf = "T"') -> tuple[str, str, tuple[str, ...]]:
    """A case whose fault is in what a choice sets."""
    return text_of(node, choice=line), line, words


CASES = {
    # times
    "number": at_node("mttf = 2654", "the number 2654", 'a time with its unit such as "2654 h"'),
    "minutes": at_node('mttf = "5 minutes"', 'no unit of time: "5 min" is right'),
    "no space": at_node('mttf = "5min"', '"5 min", with a space before the unit'),
    "m": at_node('mttf = "5 m"', "min for minutes, mo for months"),
    "nan": at_node('mttf = "nan h"', "is not a time", '"2654 h"'),
    "negative": at_node('mttf = "-5 h"', "must be more than 0", '"2654 h"'),
    "zero": at_node('mttf = "0 h"', "must be more than 0"),
    "negative repair": at_node('mttf = "5 h"\nmttr = "-1 s"', "must be 0 or more"),
    "short": at_node('mttf = "1e-9 s"', "1e-3 ms to 1e9 y"),
    "long": at_node('mttf = "1e999999999 h"', "1e-3 ms to 1e9 y"),
    "long stage": at_node('stages = ["5 h", "1e999999999 h"]', "1e-3 ms to 1e9 y"),
    "reliability": at_node('mttf = "R_V"', "names R_V, which is a reliability", '{ time = "..." }'),
    "shape": at_node('mttf = "k"', "names k, which is a number", '{ time = "..." }'),
    "rate of time": at_node('rate = "T"', "names T, which is a time", '{ rate = "..." }'),
    "time as shape": at_node('mttf = "T"\nshape = "T"', "which is a time", "{ number = ... }"),
    "rate": at_node('rate = "5 per year"', "is not a rate", '"2 /y"'),
    "no rate": at_node('rate = "0 /y"', "must be more than 0"),
    "time for rate": at_node('rate = "5 h"', 'a time, not a rate; "5 /h" is right'),
    "rate for time": at_node('mttf = "5 /y"', "is a rate", '"2654 h"'),
    "nobody": at_node('mttf = "nobody"', "which is not a parameter"),
    "small shape": at_node('mttf = "T"\nshape = 0.01', "0.05 to 50"),
    "great sigma": at_node('median = "T"\nsigma = 11', "1e-15 to 10"),
    # which belongs with which
    "two": at_node('reliability = 0.9\nmttf = "5 h"', "both reliability and mttf"),
    "two lifetimes": at_node('mttf = "5 h"\nrate = "5 /h"', "both mttf and rate", "keep one"),
    "shape alone": at_node("shape = 2", "shape without mttf or scale"),
    "scale alone": at_node('scale = "5 h"', "scale without shape"),
    "median alone": at_node('median = "5 h"', "median without sigma"),
    "sigma alone": at_node("sigma = 2", "sigma without median"),
    "repaired constant": at_node('reliability = 0.9\nmttr = "5 h"', "it belongs to", "a lifetime"),
    "every": at_node('mttf = "5 h"\nevery = "5 d"', "every without planned"),
    "planned": at_node('mttf = "5 h"\nplanned = "5 d"', "planned without every"),
    "takes": at_node('mttf = "5 h"\ntakes = "5 d"', "takes without rejuvenate"),
    "one stage": at_node('stages = ["5 h"]', "1 stage", "2 to 20"),
    "stage": at_node('stages = ["5 h", "R_V"]', "names R_V, which is a reliability"),
    "needs": at_node(
        'mttf = "5 h"\nneeds = "any"', "is a component with a lifetime, and has needs"
    ),
    "parts": at_node('mttf = "5 h"\nparts = ["vm"]', "both mttf and parts"),
    "renewed and planned": (
        text_of('mttf = "5 h"\nrejuvenate = "5 d"\nplanned = "1 h"\nevery = "5 d"'),
        'planned = "1 h"',
        ("both rejuvenate and planned",),
    ),
    "always planned": (
        text_of('mttf = "5 h"\nplanned = "5 d"\nevery = "5 d"'),
        'planned = "5 d"',
        ("planned must be shorter than every", "choice c"),
    ),
    # what is measured
    "no mission": (text_of('mttf = "5 h"', ""), "[nodes.vm]", ("lifetime", '[mission] time = "30')),
    "no repair": (
        text_of('mttf = "5 h"', "[goal]\navailability = 0.9"),
        "[nodes.vm]",
        ("node vm of choice c is down for ever once it fails", "mttr"),
    ),
    "no renewal's length": (
        text_of('mttf = "5 h"\nmttr = "1 h"\nrejuvenate = "5 h"', "[goal]\navailability = 0.9"),
        'rejuvenate = "5 h"',
        ("rejuvenate without takes",),
    ),
    "mean of a constant": (
        text_of("reliability = 0.5", '[goal]\nmttf = "5 h"'),
        "reliability = 0.5",
        ("node vm of choice c is a constant", "0 or 1"),
    ),
    "two goals": above("[goal]\nreliability = 0.9\navailability = 0.9", "both", "keep one"),
    "goal and measure": above(
        f'[goal]\nreliability = 0.9\n{MISSION}\nmeasure = "availability"', "leave measure out"
    ),
    "measure": above('[mission]\nmeasure = "avail"', "there is availability"),
    "downtime": above('[goal]\ndowntime = "25 h/d"', "more than its period"),
    "no downtime": above('[goal]\ndowntime = "0 s/y"', "must be more than 0"),
    "downtime of a year": above('[goal]\ndowntime = "5 min"', '"5 min/y"'),
    "number of minutes": above("[goal]\ndowntime = 5", '"5 min/y"'),
    "mean life": above("[goal]\nmttf = 5", '"2654 h"'),
    "long mean life": above('[goal]\nmttf = "1e999999999 h"', "1e-3 ms to 1e9 y"),
    "mission of no time": above('[mission]\ntime = "0 s"', "must be more than 0"),
    "mission of nobody": above('[mission]\ntime = "x"', "which is not a parameter"),
    "mission of another": above('[mission]\ntime = "R_V"', "R_V, which is a reliability"),
    # parameters
    "value outside": parameter('T2 = { time = "5 h", range = ["6 h", "7 h"] }', "outside"),
    "range upside down": parameter('T2 = { time = "5 h", range = ["7 h", "2 h"] }', "empty"),
    "mixed range": parameter('T2 = { time = "5 h", range = ["2 h", "9 /h"] }', "times and rates"),
    "unit in range": parameter('T2 = { time = "5 h", range = ["2 m", "9 h"] }', "min for minutes"),
    "both": parameter('T2 = { time = "5 h", rate = "2 /h" }', "both time and rate"),
    "number as time": parameter("T2 = { time = 5 }", '"2654 h"'),
    "text as number": parameter('T2 = { number = "5 h" }', "a positive number"),
    "no number": parameter("T2 = { number = 0 }", "1e-15 to 1e15"),
    "some text": parameter('T2 = "abc"', 'a time such as "2654 h"'),
    # choices
    "set to zero": set_to('set = { T = "0 s" }', "in choice c must be more than 0"),
    "set to a number": set_to("set = { T = 5 }", "T is a time"),
    "set to a rate": set_to('set = { T = "5 /y" }', "T is a time"),
    "set to some text": set_to('set = { T = "abc" }', "a time"),
    "set out of bounds": set_to(
        "set = { k = 100 }", "choice c must be from 0.05 to 50", node='mttf = "T"\nshape = "k"'
    ),
}


@pytest.mark.parametrize(("text", "at", "words"), CASES.values(), ids=CASES.keys())
def test_it_is_refused_once_with_its_line(text: str, at: str, words: tuple[str, ...]) -> None:
    with pytest.raises(FileError) as caught:
        parse(text, "f.toml")
    (message,) = caught.value.lines()
    assert message.startswith(f"f.toml:{text.splitlines().index(at) + 1}: "), message
    for word in words:
        assert word in message


def test_a_broken_time_raises_no_further_complaint_where_it_is_named() -> None:
    text = text_of('mttf = "T2"\nmttr = "T2"', parameter='T2 = { time = "5 m" }')
    with pytest.raises(FileError) as caught:
        parse(text, "f.toml")
    assert len(caught.value.lines()) == 1
