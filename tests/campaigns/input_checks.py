"""What must hold for any bytes at all, given to the reader or to the replay of a journal."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from vreltui.model.names import text_fault
from vreltui.storage import FileError, parse, parse_bytes, render
from vreltui.storage.keep.journal import Journal, replay
from vreltui.storage.keep.replay import REDO, UNDO
from vreltui.storage.limits import MOST_BYTES
from vreltui.storage.plain import normal

DESIGNS = Path(__file__).parents[2] / "designs"

WORDS = (
    "vreltui = 1", "title", "description", "note", "source", "baseline", "goal", "limits", "copies",
    "reliability", "unreliability", "parameters", "nodes", "choices", "plots", "parts", "needs",
    "of", "kind", "shared", "value", "range", "count", "root", "set", "points", "from", "to",
    "series", "threshold", "all", "any", '"""', "'''", "[[", "]]", "{", "}", "1e-300", "0.999",
    "inf", "nan", "0x", "1_0", "\\u202e", "\\U0001F600", "\r\n",
    '{"journal":1,"path":null,"base":"', '"move":"undo"', '"move":"redo"', '"beside":',
    '"at":', '"drop":', '"put":"', '"sum":', '"label":', '"when":', "1e999", "-1",
)  # fmt: skip
"""What designs and journals are written with; a fuzzer puts them together."""

PIECES = tuple(
    f"{piece}\n".encode()
    for piece in (
        "vreltui = 1", "vreltui = 2", "# said", "", 'title = "Ä 結"', 'note = """two\nlines"""',
        'description = "d"', 'source = "sheet"', 'baseline = "one"', 'baseline = "two"',
        "goal = { reliability = 0.9 }", "[goal]", "reliability = 0.99", "unreliability = 1e-300",
        "unreliability = 0", "[limits]", "copies = 64", "limits.copies = 3", "[parameters]",
        "R = 0.9", "R = { value = 0.9, range = [0.5, 0.99] }", "n = 2", "n = { count = 3 }",
        "n = { count = 3, range = [1, 9] }", "q = 1", "[parameters.R]", "value = 0.9",
        "value = 1e-300", "range = [0.5, 0.99]", "count = 2", "range = [1, 3]", "[parameters.n]",
        "[nodes]", "[nodes.a]", "[nodes.b]", "[nodes.p]", "[nodes.g]", 'reliability = "R"',
        'reliability = "q"', "reliability = 1", "shared = true", 'kind = "vm"', 'kind = "pool"',
        'parts = ["a"]', 'parts = ["a", "b", "a"]', 'parts = ["p", "b"]', 'parts = ["g"]',
        'of = "a"', 'of = "g"', 'copies = "n"', "copies = 2", 'needs = "any"', "needs = 2",
        'needs = "majority"', "needs = 40", "b = { reliability = 0.5 }", "[choices]",
        "[choices.one]", "[choices.two]", 'root = "a"', 'root = "p"', 'root = "g"',
        "set = { R = 0.8 }", "set = { n = 3 }", "set.n = 2", 'set.R.unreliability = 0.1',
        "[plots.f]", 'choice = "one"', 'choice = "two"', 'y = "gain"', 'y = { threshold = "R" }',
        'x = { parameter = "R", from = 0.5, to = 1 }', "x.points = 7", "series = { n = [1, 2] }",
        'x = { parameter = "n", from = 1, to = 9 }', "series = { goal = [0.98] }", "[nodes.a.b]",
        '"a" = 1', "['nodes'.\"a\"]", "nodes.a.title = 't'", "[[nodes]]", "reliability = .5",
        "value = 0.90000000000000000000000000000000000000000000000000001", "value = 1e-301",
    )
)  # fmt: skip
"""Lines of designs: most of what is made of them is read down to the model's rules."""


def exercise(data: bytes) -> None:
    """Give bytes to what their first byte names; anything but a declared error is a fault."""
    target_of(data)(data[1:])


def target_of(data: bytes) -> Callable[[bytes], None]:
    """What the first of some bytes names."""
    return TARGETS[data[0] % len(TARGETS)] if data else read_design


def read_design(data: bytes) -> None:
    """A design is refused with a message that is harmless, or read as it is written.

    One in four is written anew and read again, which costs as much as the rest.
    """
    refused = ""
    try:
        document = parse_bytes(data, "fuzzed")
    except FileError as error:
        refused = str(error)
    if refused:
        assert refused.isprintable(), ascii(refused)
        return
    assert document.text.encode("utf-8") == data
    design = document.design
    assert text_fault(design.title, line_breaks=False) is None
    for node in design.nodes.values():
        assert text_fault(node.title, line_breaks=False) is None
    if zlib.crc32(data) % 4 == 0:
        assert parse(render(design)).design == normal(design)


def read_lines(data: bytes) -> None:
    """As :func:`read_design`, of a design made of lines, one for each of the first bytes."""
    read_design(b"vreltui = 1\n" + b"".join(PIECES[byte % len(PIECES)] for byte in data[:22]))


def replay_journal(data: bytes) -> None:
    """A journal gives nothing, or a text within the limits, of no line after the first bad one."""
    lines = data.splitlines(keepends=True)
    whole = 0
    while whole < len(lines) and _is_whole(lines[whole]):
        whole += 1
    recovered = replay(data)
    if recovered is None:
        return
    assert recovered.edits < whole
    assert recovered.damaged or recovered.edits == len(lines) - 1
    assert len(recovered.text) <= max(2 * MOST_BYTES, len(recovered.base))
    text = recovered.text
    for edit in reversed(recovered.done):
        text = edit.backward(text)
    assert text == recovered.base
    for edit in reversed(recovered.undone):
        assert edit.label.isprintable()


def _is_whole(line: bytes) -> bool:
    return line[-1:] == b"\n" and line[:9] == b"%08x " % zlib.crc32(line[9:-1])


def replay_sealed(data: bytes) -> None:
    """As :func:`replay_journal`, with right checksums, so that what is behind them is reached."""
    replay_journal(b"".join(b"%08x %s\n" % (zlib.crc32(b), b) for b in data.splitlines()))


TARGETS: tuple[Callable[[bytes], None], ...] = (
    read_design,
    replay_journal,
    replay_sealed,
    read_lines,
)


def corpus(folder: Path) -> Iterator[bytes]:
    """Where the search begins: the shipped designs, and a journal of edits in ``folder``.

    The user's state folder has to be a temporary one.
    """
    for path in sorted(DESIGNS.glob("*.toml")):
        yield b"\x00" + path.read_bytes()
    yield b"\x00" + SMALL.encode()
    journal = Journal("fuzzed", None)
    texts = [SMALL, *(SMALL.replace("0.9", f"0.9{number}", 1) for number in range(4))]
    for before, after in pairwise(texts):
        journal.record(before, after, "edit")
    journal.record(texts[4], texts[3], "edit", UNDO)
    journal.record(texts[3], texts[2], "edit", UNDO)
    journal.record(texts[2], texts[3], "edit", REDO)
    journal.close()
    (file,) = folder.rglob("fuzzed*")
    lines = file.read_bytes()
    yield b"\x01" + lines
    yield b"\x02" + b"\n".join(line[9:] for line in lines.splitlines())
    yield b"\x03" + bytes(PIECES.index(f"{line}\n".encode()) for line in LINES.splitlines())


SMALL = """vreltui = 1
title = "small"
baseline = "one"
[goal]
reliability = 0.9
[parameters.R]
value = 0.9
range = [0.5, 0.99]
[nodes.a]
reliability = "R"
[nodes.p]
of = "a"
copies = 2
needs = 1
[choices.one]
root = "a"
[choices.two]
root = "p"
"""

LINES = """baseline = "one"
[parameters]
R = { value = 0.9, range = [0.5, 0.99] }
n = { count = 3, range = [1, 9] }
[nodes.a]
reliability = "R"
[nodes.b]
unreliability = 1e-300
[nodes.p]
of = "a"
copies = "n"
needs = 2
[nodes.g]
parts = ["p", "b"]
[choices.one]
root = "p"
[choices.two]
root = "g"
set = { n = 3 }
[plots.f]
choice = "two"
x = { parameter = "R", from = 0.5, to = 1 }
series = { n = [1, 2] }
"""
"""A design made of :data:`PIECES`."""
