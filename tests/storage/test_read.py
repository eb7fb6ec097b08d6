"""Reading gives a document or one clear refusal, whatever is at the path."""

from __future__ import annotations

import io
import os
import pickle
import random
import sys
import tomllib
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.storage.samples import COMMENTED, GOOD, SHIPPED, TINY, changed
from vreltui.model import Component, Parameter, Pool, Probability
from vreltui.storage import Document, FileError, parse, parse_bytes, read
from vreltui.storage.limits import MOST_BYTES
from vreltui.storage.text.scanner import scan


def refused(path: str | Path) -> str:
    with pytest.raises(FileError) as caught:
        read(path)
    assert str(caught.value).isprintable()
    return str(caught.value)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_designs_can_be_read(path: Path) -> None:
    document = read(path)
    assert document.text == path.read_text()
    assert not document.read_only


def test_the_text_is_kept_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "web.toml"
    data = COMMENTED.replace("\n", "\r\n").encode()
    file.write_bytes(data)
    assert read(str(file)).text.encode() == data


def test_numbers_are_the_decimals_that_are_written() -> None:
    text = changed("0.99999", "0.1234567890123456789012345678901234567890")
    value = parse(text).design.parameters["R_H"].value
    assert isinstance(value, Probability)
    assert value.written == Decimal("0.1234567890123456789012345678901234567890")
    assert parse(GOOD).design.parameters["R_M"].value == Probability.from_unreliability("0.05")


@pytest.mark.parametrize(
    ("written", "value"),
    [("1", Probability.of(1)), ("0", Probability.of(0)), ("2", 2), ("1.0", Probability.of("1.0"))],
)
def test_a_bare_number_that_no_pool_uses(written: str, value: object) -> None:
    design = parse(f"{TINY}[parameters]\nx = {written}\n").design
    assert design.parameters["x"] == Parameter("x", value)  # type: ignore[arg-type]


def test_a_bare_1_that_a_pool_uses_is_a_count() -> None:
    design = parse(f'{TINY}[parameters]\nx = 1\n[nodes.p]\nof = "host"\ncopies = "x"\n').design
    assert design.parameters["x"].value == 1
    assert design.parameters["x"].is_count
    assert design.nodes["p"] == Pool(name="p", of="host", copies="x")


def test_what_goes_without_saying() -> None:
    design = parse(GOOD).design
    assert design.nodes["hypervisor"] == Component(name="hypervisor", reliability="R_V")
    assert design.nodes["pool"].kind == "group"
    assert parse(changed(", points = 91", "")).design.plots["fig3"].x.points == 101
    assert parse(changed("[limits]\ncopies = 64\n", "")).design.most_copies == 1000


def test_a_series_called_goal_is_one_of_the_goal_also_beside_a_parameter_of_that_name() -> None:
    named = GOOD.replace("R_H", "goal").replace("{ n = [2, 3, 4] }", "{ goal = [0.9, 0.99] }")
    (plot,) = parse(named).design.plots.values()
    assert plot.series is not None
    assert plot.series.parameter is None
    assert [str(value) for value in plot.series.values] == ["0.9", "0.99"]


def test_notes_tell_what_is_hardly_meant() -> None:
    text = changed('["hardware", "vm"]', '["hardware", "vm", "vm"]') + "[nodes.idle]\nof = 'vm'\n"
    document = parse(text + "copies = 2\n[parameters.spare]\nvalue = 1\n")
    said = [(str(note), document.line(note)) for note in document.notes]
    assert "bare names vm 2 times" in said[0][0]
    assert "for copies use a pool" in said[0][0]
    assert said[0][1] == 41
    assert said[1] == ("no choice uses node idle", 55)
    assert said[2] == ("no node uses parameter spare", 58)


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "none.toml")
    assert "a folder" in refused(tmp_path)
    assert "can't be a file's name" in refused("a\0b")
    assert "can't be read" in refused("x" * 5000)
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    assert "can't be read" in refused(loop)


def test_a_fifo_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert "not a regular file" in refused(tmp_path / "fifo")


def test_a_device_is_refused() -> None:
    assert "not a regular file" in refused("/dev/zero")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "web.toml"
    file.write_text(GOOD)
    file.chmod(0)
    if os.geteuid() == 0:

        def denied(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "open", denied)
    assert "permission" in refused(file)


def test_an_unreadable_disk_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "web.toml"
    file.write_text(GOOD)

    def broken(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", broken)
    assert "Input/output error" in refused(file)


@pytest.mark.parametrize(
    ("data", "line", "word"),
    [
        (b"", None, "empty"),
        (b" \n\t\r\n", None, "empty"),
        (b"\xef\xbb\xbf" + GOOD.encode(), 1, "byte-order mark"),
        (GOOD.encode("utf-16"), 1, "UTF-16"),
        (b"vreltui = 1\n\xff\n", 2, "0xff is not UTF-8"),
        (b"vreltui = 1\n\n# \0\n", 3, "NUL"),
        (b"#" * (MOST_BYTES + 1), None, "more than 10 MB"),
    ],
)
def test_bytes_that_are_no_design(data: bytes, line: int | None, word: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(data)
    with pytest.raises(FileError, match=word) as caught:
        read(file)
    assert caught.value.line == line
    with pytest.raises(FileError, match=word):
        parse_bytes(data)


def test_a_text_that_is_too_large_is_refused_as_text_too() -> None:
    with pytest.raises(FileError, match="more than 10 MB"):
        parse("#" + "é" * (MOST_BYTES // 2))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(GOOD.encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert read("-").design == parse(GOOD).design
    Stdin.buffer = io.BytesIO(b"x")
    with pytest.raises(FileError, match="<stdin>:1: "):
        read("-")
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(FileError, match="can't be read"):
        read("-")


def test_an_error_can_be_sent_to_another_process() -> None:
    with pytest.raises(FileError) as caught:
        parse("x", "web.toml")
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.line == 1


def test_a_document_has_the_lines_of_its_parts() -> None:
    document = parse(COMMENTED)
    lines = COMMENTED.splitlines()

    def line(*path: str | int) -> str:
        number = document.source.line(path)
        assert number is not None
        return lines[number - 1]

    assert line("nodes", "virtualized", "parts", 1) == '  "hypervisor",'
    assert line("nodes", "hypervisor", "kind").startswith("hypervisor.kind")
    assert line("parameters", "R_M").startswith("R_M.unreliability")
    assert line("choices", "vms", "set", "R_V", "unreliability").startswith("R_V = {")
    assert line("plots", "fig3", "x", "nothing", "here") == "[plots.fig3.x]"
    assert document.source.line(("nowhere",)) is None


TOKENS = [
    *"[]{}\"'=.,#\n\r\\ -_0",
    '"""',
    "'''",
    "\r\n",
    "nan",
    "true",
    "1e999999999",
    "[[x]]",
    "\x00",
    "\x1b",
    "\u202e",
    "\ufeff",
    "needs = 3\n",
    "[nodes.x]\n",
    "[parameters]\n",
    "1979-05-27 07:32:00",
    "set.n.value = 3\n",
    "{ a.b = 1 }",
    "nodes = 1\n",
    "[" * 100,
    "a." * 100,
    "9" * 5000,
    "\\UFFFFFFFF",
]


def mutated(text: str, random: random.Random) -> str:
    """``text`` with a few flips, insertions, deletions and splices."""
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(text) + 1)
        end = place + random.randint(1, 40)
        match random.randrange(5):
            case 0:
                text = text[:place] + chr(random.randrange(0x300)) + text[place + 1 :]
            case 1:
                text = text[:place] + random.choice(TOKENS) + text[place:]
            case 2:
                text = text[:place] + text[end:]
            case 3:
                other = random.choice(ALL)
                start = random.randrange(len(other))
                text = text[:place] + other[start : start + 60] + text[place:]
            case _:
                text = text[:place] + text[place:end] + text[place:]
    return text


ALL = [GOOD, COMMENTED, TINY, *(path.read_text() for path in SHIPPED)]


def only_a_document_or_a_refusal(text: str) -> Document | None:
    refusal: FileError | None = None
    try:
        return parse(text)
    except FileError as error:
        refusal = error
    assert str(refusal).isprintable()
    assert refusal.line is None or 1 <= refusal.line <= text.count("\n") + 1
    return None


@pytest.mark.parametrize("seed", range(8))
def test_broken_designs_give_a_document_or_a_refusal(seed: int) -> None:
    generator = random.Random(seed)
    for _ in range(500):
        only_a_document_or_a_refusal(mutated(generator.choice(ALL), generator))


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_any_bytes_give_a_document_or_a_refusal(data: bytes) -> None:
    with pytest.raises(FileError) as caught:
        parse_bytes(data)
    assert str(caught.value).isprintable()


@given(st.lists(st.sampled_from([*TOKENS, "a", "nodes", "vreltui = 1\n"]), max_size=30))
@settings(max_examples=500)
def test_any_tokens_give_a_document_or_a_refusal(tokens: list[str]) -> None:
    only_a_document_or_a_refusal("".join(tokens))


@pytest.mark.parametrize("seed", range(4))
def test_the_scanner_and_the_parser_agree(seed: int) -> None:
    """What the parser takes, the scanner takes; and they see the same keys."""
    generator = random.Random(1000 + seed)
    taken = 0
    for _ in range(500):
        text = mutated(generator.choice(ALL), generator)
        try:
            data = tomllib.loads(text, parse_float=str)
        except (ValueError, RecursionError):
            continue
        if "[[" in text or any(token in text for token in ("[" * 9, "a." * 9, "9" * 700, "1e99")):
            continue
        statements = scan(text)
        taken += 1
        for statement in statements:
            inner: object = data
            for key in statement.path:
                assert isinstance(inner, dict)
                inner = inner[key]
            assert statement.line == text.count("\n", 0, statement.key_start) + 1
    assert taken > 20


HOSTILE = {
    "dotted keys": "a." * 16_000 + "a = 1",
    "many dotted keys": "\n".join(f"{'a.' * 7}k{i} = 1" for i in range(20_000)),
    "brackets": "a = " + "[" * 100_000,
    "braces": "a = " + "{a=" * 100_000,
    "open text": 'a = "' + "x" * 3_000_000,
    "open block": 'a = """' + 'x"' * 1_000_000,
    "escapes": 'a = "' + "\\\\" * 90_000 + '"',
    "digits": "a = " + "9" * 3_000_000,
    "elements": "a = [" + "1," * 1_900_000 + "]",
    "comments": "#\n" * 1_900_000,
    "keys": "\n".join(f"k{i} = 1" for i in range(250_000)),
    "headers": "\n".join(f"[h{i}]" for i in range(250_000)),
    "empty lists": "a = [" + "[]," * 250_000 + "]",
    "quotes": "'" * 3_000_000,
    "spaces": " " * 3_900_000 + "x",
    "unknown keys": "vreltui = 1\n" + "\n".join(f"{'k' * 60}{i} = 1" for i in range(20_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused(text: str) -> None:
    with pytest.raises(FileError):
        parse(text)


def test_a_pipe_is_refused_without_waking_who_waits_at_its_other_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "fifo")
    opened: list[object] = []
    monkeypatch.setattr(os, "open", lambda *arguments: opened.append(arguments))
    with pytest.raises(FileError, match="not a regular file"):
        read(tmp_path / "fifo")
    assert opened == []


def test_what_the_kernel_mounts_below_sys_is_no_file_either() -> None:
    files = list(islice(Path("/sys/fs/cgroup").rglob("cgroup.procs"), 5))
    if not files:
        pytest.skip("nothing is mounted below /sys here")
    for file in files:
        with pytest.raises(FileError, match="not a regular file"):
            read(file)
