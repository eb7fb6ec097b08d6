"""What must hold for any bytes at all, given to the reader or to the replay of a journal."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from vreltui.model.names import text_fault
from vreltui.storage import FileError, parse_bytes
from vreltui.storage.journal import Journal, replay
from vreltui.storage.limits import MOST_BYTES

DESIGNS = Path(__file__).parents[2] / "designs"

WORDS = (
    "vreltui = 1", "title", "description", "note", "source", "baseline", "goal", "limits", "copies",
    "reliability", "unreliability", "parameters", "nodes", "choices", "plots", "parts", "needs",
    "of", "kind", "shared", "value", "range", "count", "root", "set", "points", "from", "to",
    "series", "threshold", "all", "any", '"""', "'''", "[[", "]]", "{", "}", "1e-300", "0.999",
    "inf", "nan", "0x", "1_0", "\\u202e", "\\U0001F600", "\r\n",
    '{"journal":1,"path":null,"base":"',
    '"at":', '"drop":', '"put":"', '"sum":', '"label":', '"when":', "1e999", "-1",
)  # fmt: skip
"""What designs and journals are written with; a fuzzer puts them together."""


def exercise(data: bytes) -> None:
    """Give bytes to what their first byte names; anything but a declared error is a fault."""
    target = TARGETS[data[0] % len(TARGETS)] if data else read_design
    target(data[1:])


def read_design(data: bytes) -> None:
    """A design is refused with a message that is harmless, or read as it is written."""
    refused = ""
    try:
        document = parse_bytes(data, "fuzzed")
    except FileError as error:
        refused = str(error)
    if refused:
        assert refused.isprintable(), ascii(refused)
        return
    assert document.text.encode("utf-8") == data.removeprefix(b"\xef\xbb\xbf")
    for node in document.design.nodes.values():
        assert text_fault(node.title, line_breaks=False) is None


def replay_journal(data: bytes) -> None:
    """A journal gives nothing, or a text within the limits."""
    recovered = replay(data)
    if recovered is not None:
        assert len(recovered.text) <= max(2 * MOST_BYTES, len(recovered.base))
        assert recovered.edits <= data.count(b"\n")


def replay_sealed(data: bytes) -> None:
    """As :func:`replay_journal`, with right checksums, so that what is behind them is reached."""
    replay_journal(b"".join(b"%08x %s\n" % (zlib.crc32(b), b) for b in data.split(b"\n")))


TARGETS: tuple[Callable[[bytes], None], ...] = (read_design, replay_journal, replay_sealed)


def corpus(folder: Path) -> Iterator[bytes]:
    """Where the search begins: the shipped designs, and a journal of edits in ``folder``.

    The user's state folder has to be a temporary one.
    """
    for path in sorted(DESIGNS.glob("*.toml")):
        yield b"\x00" + path.read_bytes()
    yield b"\x00" + SMALL.encode()
    journal = Journal("fuzzed", None)
    text = SMALL
    for number in range(4):
        after = text.replace("0.9", f"0.9{number}", 1)
        journal.record(text, after, "edit")
        text = after
    journal.close()
    (file,) = folder.rglob("fuzzed*")
    lines = file.read_bytes()
    yield b"\x01" + lines
    yield b"\x02" + b"\n".join(line[9:] for line in lines.splitlines())


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
