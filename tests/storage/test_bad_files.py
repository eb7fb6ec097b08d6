"""Every way to break a file has its own message: the line, the name, and what would be right."""

from __future__ import annotations

import pytest

from tests.storage.samples import GOOD, TINY, changed
from vreltui.storage import FileError, parse

Case = tuple[str, int | None, tuple[str, ...]]


def breaking(old: str, new: str, line: int | None, *words: str) -> Case:
    """A change of the good file, the line of the message and words that it has."""
    return changed(old, new), line, words


def adding(text: str, line: int | None, *words: str) -> Case:
    """An addition at the end of the good file; ``line`` counts within the addition."""
    start = GOOD.count("\n")
    return GOOD + text, None if line is None else start + line, words


CASES: dict[str, Case] = {
    # not TOML
    "no value": breaking('root = "bare"', "root =", 44, "root of choice nv", "value is missing"),
    "no equals sign": breaking('root = "bare"', "root", 44, "root", "key = value"),
    "bare word": breaking('root = "bare"', "root = bare", 44, "bare is no value", '"bare"'),
    "open text": breaking('"Web server"', '"Web server', 2, "title", "not closed"),
    "open list": breaking('["hardware", "vm"]', '["hardware", "vm"', 41, "parts of node bare", "]"),
    "no comma": breaking('    "pool",\n', '    "pool"\n    "vm"\n', 37, "virtualized", '","'),
    "open table": breaking("{ n = 12 }", "{ n = 12", 48, "set of choice vms", "inline table"),
    "table over lines": breaking("{ n = 12 }", "{\nn = 12 }", 48, "inline table"),
    "two values": breaking("copies = 64", "copies = 64 65", 9, "something after the value"),
    "open header": breaking("[goal]", "[goal", 5, "[goal"),
    "list of tables": breaking("[nodes.bare]", "[[nodes.bare]]", 40, "[[...]]", "[nodes.name]"),
    "stray text": breaking("[goal]", "goal:", 5, "goal:", "[table]"),
    "bad escape": breaking('"free text"', r'"free \q text"', 25, "not TOML"),
    "control in text": breaking('"free text"', '"free \x1b text"', 25, "not TOML", r"\x1b"),
    "control in comment": breaking("[goal]", "[goal] # \x07", 5, "not TOML"),
    "bad number": breaking("copies = 64", "copies = 6_", 9, "not TOML"),
    "node twice": adding('[nodes.vm]\nof = "vm"\n', 1, "node vm is written twice", "line 24"),
    "key twice": breaking('copies = "n"', 'of = "vm"', 30, '"of" of node pool', "line 29"),
    "parameter twice": breaking("R_M =", "R_H =", 14, "parameter R_H", "line 12"),
    "table and value": adding("[title]\n", 1, "title is written twice", "line 2"),
    "key twice inline": breaking("{ n = 12 }", "{ n = 12, n = 3 }", 48, "not TOML", "n"),
    "dotted over value": breaking("copies = 64", "copies = 64\ncopies.x = 1", 10, "not TOML"),
    # beyond the limits
    "nested brackets": breaking("copies = 64", f"copies = {'[' * 40}", 9, "nested", "8 levels"),
    "nested tables": breaking("copies = 64", f"copies = {'{a=' * 40}", 9, "nested"),
    "dotted key": breaking("copies = 64", f"{'a.' * 40}a = 1", 9, "41 parts", "at most 8"),
    "dotted header": breaking("[limits]", f"[{'a.' * 40}a]", 8, "41 parts"),
    "long key": breaking("copies = 64", f"{'a' * 2000} = 1", 9, "key is too long"),
    "long number": breaking("0.998", "0." + "9" * 900, 6, "more than 700 characters"),
    "many digits": breaking("0.998", "0." + "9" * 400, 6, "goal", "320 digits"),
    "long whole number": breaking("64", "9" * 600, 9, "copies"),
    "exponent": breaking("0.998", "1e-999999999", 6, "exponent"),
    "positive exponent": breaking("0.998", "1e99999", 6, "goal", "0 to 1"),
    "small": breaking("0.998", "1e-301", 6, "goal", "1E-300"),
    "long line": breaking('"free text"', '"' + "x" * 300_000 + '"', 25, "200000 characters"),
    "long text": breaking('"free text"', '"' + "x" * 20_000 + '"', 25, "note of node vm", "10000"),
    "many items": breaking(
        "copies = 64", f"copies = [{(('1,' * 60_000) + chr(10)) * 10}1]", 18, "600000"
    ),
    # the version
    "no version": breaking("vreltui = 1\n", "", None, "no format version", "vreltui = 1"),
    "version as text": breaking("vreltui = 1", 'vreltui = "1"', 1, "whole number", "vreltui = 1"),
    "version 0": breaking("vreltui = 1", "vreltui = 0", 1, "whole number from 1"),
    "version 1.0": breaking("vreltui = 1", "vreltui = 1.0", 1, "whole number"),
    "version true": breaking("vreltui = 1", "vreltui = true", 1, "whole number"),
    "newer with more": (
        changed("vreltui = 1", "vreltui = 2") + "[colours]\n",
        55,
        ("colours", "version 2", "version 1", "newer vreltui"),
    ),
    # keys
    "unknown table": adding("[node.x]\n", 1, "unknown key", '"node"', '"nodes"'),
    "unknown at top": breaking('title = "', 'titel = "', 2, '"titel"', '"title"'),
    "unknown in goal": breaking("reliability = 0.998", "reliabilty = 1", 6, "goal", "reliability"),
    "unknown in limits": breaking("copies = 64", "copies = 64\ncpus = 3", 10, "limits", '"cpus"'),
    "unknown in parameter": breaking("value = 0.999,", "valu = 0.999,", 13, "R_V", '"value"'),
    "unknown in node": breaking('of = "vm"', 'of = "vm"\nneed = 2', 30, "pool", '"needs"'),
    "unknown in choice": breaking('root = "bare"', 'roots = "bare"', 44, "nv", '"root"'),
    "unknown in plot": breaking("series =", "serie =", 54, "fig3", '"series"'),
    "unknown in x": breaking("points = 91", "point = 91", 52, "x of plot fig3", '"points"'),
    "unknown in y": breaking("{ threshold", "{ treshold", 53, "y of plot fig3", '"threshold"'),
    "unknown in set": breaking("{ n = 12 }", "{ n = { cuont = 1 } }", 48, "n in set", '"count"'),
    "no key's name": breaking("copies = 64", '"" = 64', 9, "limits", "there is copies"),
    # what is missing
    "no nodes": ("vreltui = 1\n[choices.a]\nroot = 'x'\n", None, ("no nodes", "[nodes.hardware]")),
    "no choices": ("vreltui = 1\n[nodes.a]\nreliability = 1\n", None, ("no choices",)),
    "empty nodes": ("vreltui = 1\n[nodes]\n[choices]\n", 2, ("no nodes", "[nodes.hardware]")),
    "empty goal": breaking("reliability = 0.998\n", "", 5, "goal", "reliability or unreliability"),
    "two goals": breaking("0.998", "0.998\nunreliability = 2e-3", 7, "goal", "keep one"),
    "no root": breaking('root = "bare"\n', "", 43, "choice nv has no root", "root = ..."),
    "no copies": breaking('copies = "n"\n', "", 28, "pool has no copies", "copies = ..."),
    "no of": breaking('of = "vm"\n', "", 28, "pool has no of"),
    "empty node": breaking('reliability = "R_V"\n', "", 21, "node hypervisor", "component", "pool"),
    "empty parameter": breaking("{ unreliability = 5e-2 }", "{}", 14, "R_M", "value", "count"),
    "two values of one": breaking("5e-2 }", "5e-2, value = 1 }", 14, "R_M", "keep one"),
    "no x": breaking(
        'x = { parameter = "R_M", from = 0.1, to = 1.0, points = 91 }\n', "", 50, "no x"
    ),
    "no to": breaking(" to = 1.0,", "", 52, "x of plot fig3", "no to"),
    "no threshold": breaking('{ threshold = "R_V" }', "{}", 53, "y of plot fig3", "threshold"),
    "no series": breaking("{ n = [2, 3, 4] }", "{}", 54, "series of plot fig3", "name one"),
    "two series": breaking("4] }", "4], R_H = [1] }", 54, "2 parameters", "name one"),
    "empty series": breaking("[2, 3, 4]", "[]", 54, "series", "0 elements", "1 to 64"),
    "empty parts": breaking('["hardware", "vm"]', "[]", 41, "parts of node bare", "names of nodes"),
    # kinds of nodes
    "part and pool": breaking('of = "vm"', 'of = "vm"\nparts = ["vm"]', 29, "both"),
    "component and group": breaking('of = "vm"', 'of = "vm"\nreliability = 1', 29, "both"),
    "component with needs": breaking('note = "free text"', "needs = 2", 25, "component", "needs"),
    "group with copies": breaking('["hardware", "vm"]', '["vm"]\ncopies = 2', 42, "both"),
    "two sides": breaking('"R_V"\n', '"R_V"\nunreliability = 1\n', 23, "hypervisor", "keep one"),
    # wrong types
    "title is a number": breaking('"Web server"', "3", 2, "title", "the number 3", "quotes"),
    "title is a date": breaking('"Web server"', "2024-01-01", 2, "title", "a date", "quotes"),
    "baseline is true": breaking('baseline = "nv"', "baseline = true", 3, "true", "choice"),
    "goal is a number": (
        changed("[goal]\nreliability = 0.998", "").replace('"nv"\n', '"nv"\ngoal = 0.9\n', 1),
        4,
        ("goal", "0.9", "[goal]"),
    ),
    "goal is a text": breaking("0.998", '"0.998"', 6, "reliability of goal", "0 to 1"),
    "copies is 2.5": breaking("copies = 64", "copies = 2.5", 9, "copies of limits", "whole number"),
    "copies is true": breaking("copies = 64", "copies = true", 9, "copies of limits", "true"),
    "parameter is true": breaking("R_H = 0.99999", "R_H = true", 12, "R_H", "true", "a number"),
    "parameter is a count": breaking("R_H = 0.99999", "R_H = 2", 12, "R_H", "0 to 1", "2 is not"),
    "parameter is a text": breaking("R_H = 0.99999", 'R_H = "1"', 12, "R_H", "a number"),
    "count is 2.5": breaking("count = 3", "count = 2.5", 15, "count of parameter n", "whole"),
    "range is a number": breaking("range = [1, 16]", "range = 16", 15, "range", "two numbers"),
    "range of three": breaking("[1, 16]", "[1, 2, 3]", 15, "3 elements", "two numbers"),
    "range of texts": breaking("[1, 16]", '["a", 16]', 15, 'the text "a"', "two numbers"),
    "nodes is a number": (
        f"nodes = 3\n{TINY}".replace("[nodes.host]\nreliability = 0.99\n", ""),
        1,
        ("nodes", "[nodes.hardware]"),
    ),
    "node is a number": adding("[nodes]\nx = 3\n", 2, "node x", "component"),
    "kind": breaking('kind = "hardware"', 'kind = "hardwear"', 18, "kind", '"hardware"'),
    "kind is a list": breaking('kind = "hardware"', "kind = []", 18, "a list", "one of"),
    "shared is a text": breaking('kind = "hardware"', 'shared = "yes"', 18, "true or false"),
    "reliability is a list": breaking('reliability = "R_V"', "reliability = []", 22, "parameter"),
    "unreliability is a name": breaking(
        'reliability = "R_V"', 'unreliability = "R_V"', 22, "unreliability", "0 to 1"
    ),
    "parts is a text": breaking(
        '["hardware", "vm"]', '"vm"', 41, "parts of node bare", '["a", "b"]'
    ),
    "part is a number": breaking('    "pool",', "    3,", 37, "virtualized", "number 3"),
    "needs is a word": breaking('needs = "any"', 'needs = "most"', 31, "needs", '"majority"'),
    "needs is 1.5": breaking('needs = "any"', "needs = 1.5", 31, "1.5", "whole number"),
    "of is a list": breaking('of = "vm"', 'of = ["vm"]', 29, '"of" of node pool', "name of a node"),
    "set is a number": breaking("{ n = 12 }", "12", 48, "set of choice vms", "{ n = 12 }"),
    "set a text": breaking("{ n = 12 }", '{ n = "12" }', 48, "n in set", "a number"),
    "y is a word": breaking('{ threshold = "R_V" }', '"gains"', 53, "y of plot fig3", '"gain"'),
    "x is a text": breaking(
        'x = { parameter = "R_M", from = 0.1, to = 1.0, points = 91 }',
        'x = "R_M"',
        52,
        "from = 0.1",
    ),
    "series is a list": breaking("{ n = [2, 3, 4] }", "[2]", 54, "series", "{ n = [2, 3] }"),
    # names and texts
    "name with a space": adding('[nodes."a b"]\nreliability = 1\n', 1, '"a b"', "A-Z a-z 0-9 _"),
    "name with escape": adding('[nodes."\\u001B[2J"]\nreliability = 1\n', 1, r"\x1b[2J", "A-Z"),
    "long name": adding(f"[nodes.{'x' * 65}]\nreliability = 1\n", 1, "is not a name", "1 to 64"),
    "title with break": breaking(
        '"Web server"', '"Web\\nserver"', 2, "title", "U+000A", "one line"
    ),
    "title with escape": breaking('"Web server"', '"\\u001B]0;x"', 2, "title", "U+001B"),
    "note with bidi": breaking('"free text"', '"\\u202E"', 25, "note of node vm", "U+202E"),
    "note with return": breaking('"free text"', '"a\\rb"', 25, "note of node vm", "U+000D"),
    "note with C1": breaking('"free text"', '"a\\u009Bb"', 25, "note of node vm", "U+009B"),
    # numbers
    "reliability 1.5": breaking("0.99999", "1.5", 12, "R_H", "0 to 1", "1.5"),
    "reliability -0.1": breaking("0.998", "-0.1", 6, "goal", "0 to 1"),
    "reliability nan": breaking("0.998", "nan", 6, "goal", "finite"),
    "reliability inf": breaking("0.99999", "inf", 12, "R_H", "finite"),
    "count 0": breaking("count = 3, range = [1, 16]", "count = 0", 15, "n", "at least 1"),
    "count too high": breaking("n = 12", "n = 65", 48, "n of choice vms", "at most 64"),
    "limit too high": breaking("copies = 64", "copies = 10001", 9, "limits.copies", "10000"),
    "copies too many": breaking('copies = "n"', "copies = 65", 30, "pool", "at most 64", "1 to 64"),
    "range upside down": breaking("[0.95, 0.9999]", "[0.9999, 0.95]", 13, "R_V", "lower end first"),
    "range mixed": breaking("[1, 16]", "[1, 0.5]", 15, "range of n", "whole numbers"),
    "range beyond": breaking("[1, 16]", "[1, 65]", 15, "range of n", "at most 64"),
    "outside its range": breaking("value = 0.999", "value = 0.9", 13, "0.9", "R_V", "widen"),
    "outside, from below": breaking(
        "{ value = 0.999,", "{ unreliability = 0.1,", 13, "R_V", "the value is 0.9"
    ),
    "set outside": breaking("n = 12", "n = 20", 48, "vms sets n to 20", "[1, 16]", "within"),
    "set mixed": breaking("n = 12", "n = 0.5", 48, "n to 0.5", "whole number"),
    # references
    "part unknown": breaking(
        '    "hypervisor",', '    "hypervisr",', 36, '"hypervisr"', '"hypervisor"'
    ),
    "root unknown": breaking('root = "bare"', 'root = "bear"', 44, "root of choice nv", '"bare"'),
    "of unknown": breaking('of = "vm"', 'of = "mv"', 29, '"of" of node pool', "there is bare"),
    "baseline unknown": breaking('baseline = "nv"', 'baseline = "nvv"', 3, "nvv", '"nv"'),
    "parameter unknown": breaking('reliability = "R_V"', 'reliability = "R_W"', 22, "R_W", "R_"),
    "copies unknown": breaking('copies = "n"', 'copies = "m"', 30, '"m"', "parameter"),
    "copies a reliability": breaking(
        'copies = "n"', 'copies = "R_H"', 30, "R_H", "count is needed"
    ),
    "reliability a count": breaking('reliability = "R_V"', 'reliability = "n"', 22, "n", "needed"),
    "set unknown": breaking("{ n = 12 }", "{ m = 12 }", 48, 'vms sets "m"', "parameter"),
    "plot's choice": breaking('choice = "vms"', 'choice = "vm"', 51, "fig3", '"vms"'),
    "plot's x": breaking(
        'parameter = "R_M"', 'parameter = "R_N"', 52, "fig3", '"R_N"', "did you mean"
    ),
    "plot's threshold": breaking('threshold = "R_V"', 'threshold = "RV"', 53, '"RV"', '"R_V"'),
    "plot's series": breaking("{ n = [", "{ k = [", 54, '"k"', "parameter"),
    # shape
    "cycle of one": breaking('of = "vm"', 'of = "pool"', 29, "pool -> pool", "part of itself"),
    "cycle": breaking(
        '"hardware", "vm"]',
        '"hardware", "top"]\n[nodes.top]\nparts = ["bare"]',
        43,
        "bare -> top -> bare",
    ),
    "k of parts": breaking(
        '["hardware", "vm"]', '["hardware", "vm"]\nneeds = 3', 42, "3 of 2", "1 to 2"
    ),
    "k of none": breaking('needs = "any"', "needs = 0", 31, "pool needs 0", "at least 1"),
    "k of copies": breaking('needs = "any"', "needs = 13", 48, "13 of 12 copies", "choice vms"),
    "k of given copies": breaking(
        'copies = "n"\nneeds = "any"', "copies = 2\nneeds = 3", 31, "3 of 2"
    ),
    # plots
    "x upside down": breaking("from = 0.1", "from = 1.0", 52, "fig3", "below"),
    "x beyond": breaking("to = 1.0", "to = 2.5", 52, "R_M of plot fig3", "0 to 1"),
    "x mixed": breaking('parameter = "R_M"', 'parameter = "n"', 52, "n", "whole numbers"),
    "one point": breaking("points = 91", "points = 1", 52, "1 points", "from 2"),
    "threshold of x": breaking('threshold = "R_V"', 'threshold = "R_M"', 53, "against itself"),
    "series of x": breaking("{ n = [2, 3, 4] }", "{ R_M = [0.5] }", 54, "R_M twice", "different"),
    "series mixed": breaking("[2, 3, 4]", "[2, 0.3]", 54, "0.3", "whole numbers"),
    "goal of 2": breaking("{ n = [2, 3, 4] }", "{ goal = [2] }", 54, "goal 2", "0 to 1"),
    "gain over nothing": (
        changed('{ threshold = "R_V" }', '"gain"', GOOD.replace('baseline = "nv"\n', "")),
        52,
        ("gain", "baseline"),
    ),
}


@pytest.mark.parametrize(("text", "line", "words"), CASES.values(), ids=CASES.keys())
def test_a_bad_file_gets_its_one_message(
    text: str, line: int | None, words: tuple[str, ...]
) -> None:
    with pytest.raises(FileError) as caught:
        parse(text, "web.toml")
    message = str(caught.value)
    assert message.startswith("web.toml")
    assert message.isprintable(), "one line, and nothing that a terminal obeys"
    for word in words:
        assert word in message
    if line is not None:
        assert caught.value.line == line, message
        assert message.startswith(f"web.toml:{line}: ")


def test_the_good_file_is_good() -> None:
    document = parse(GOOD)
    assert not document.read_only
    assert document.notes == ()


def test_there_are_many_ways_to_be_wrong() -> None:
    assert len(CASES) >= 80


def test_the_name_of_the_file_is_escaped() -> None:
    with pytest.raises(FileError) as caught:
        parse("", "a\x1b[2J\u202e.toml")
    assert str(caught.value).startswith(r"a\x1b[2J\u202e.toml: ")
