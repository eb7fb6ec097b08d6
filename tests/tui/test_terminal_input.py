"""Any bytes of a terminal: what can be meant becomes a key, a paste or a report, and no more."""

from __future__ import annotations

import random

import pytest
from textual import events
from textual.message import Message

from vreltui.tui.terminal_input import (
    MOST_PASTE,
    PASTE_SECONDS,
    REPORT_SECONDS,
    TerminalInput,
)
from vreltui.tui.terminal_size import bound_environment, bounded


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def given(*pieces: bytes, wait: float = 2 * PASTE_SECONDS) -> list[Message]:
    """What comes of pieces that arrive at once, and of a pause after them."""
    clock = Clock()
    source = TerminalInput(clock)
    found = [message for piece in pieces for message in source.feed(piece)]
    clock.now += wait
    return found + source.tick()


def keys(*pieces: bytes, wait: float = 2 * PASTE_SECONDS) -> list[str]:
    return [each.key for each in given(*pieces, wait=wait) if isinstance(each, events.Key)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a-", ["a", "minus"]),
        ("é日".encode(), ["é", "日"]),
        (b"\x1b", ["escape"]),
        (b"\x1b\x1b", ["escape", "escape"]),
        (b"\x1b[A\x1bOB", ["up", "down"]),
        (b"\x1b[1;5C", ["ctrl+right"]),
        (b"\x1b[[A", ["f1"]),
        (b"\x1b[3$", ["shift+delete"]),
        (b"\x1bx", ["alt+x"]),
        (b"\x1b[", ["left_square_bracket"]),
        (b"\x1b[97;5u", ["ctrl+a"]),
        (b"\x1b[128512u", ["\U0001f600"]),
        (b"\x03", ["ctrl+c"]),
        (b"\x1b\x03", ["ctrl+c"]),
        (b"\r", ["enter"]),
    ],
)
def test_what_is_meant_arrives(data: bytes, expected: list[str]) -> None:
    found = keys(data)
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one == other or len(other) == 1
    whole = [bytes([byte]) for byte in data]
    assert keys(*whole) == found


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"\xe9",
        "Größe".encode("latin-1")[2:3],
        b"\xe2\x82",
        b"\xad\xa1",
        b"\xed\xa0\x80",
        b"\x1b[M\x20\xff\x80",
        b"\x1b[M\x60\xa0\xa0",
        b"\x1b[999999999u",
        b"\x1b[55296u",
        b"\x1b[55296;1:3u",
        b"\x1b[1114112u",
        b"\x1b[97;1:3u",
        b"\x1b[<0;999999999999;1M",
        b"\x1b[<0;5000;5000M",
        b"\x1b[<0;-99999999;-9M",
        b"\x1b[-1;2 3u",
        b"\x1b[" + b"9" * 9000 + b"u",
        b"\x1b]" + b"9" * 9000 + b"\x1b\\",
        b"\x1b[" + b"9" * 60 + b"u",
        b"\x1b[" + b"1;" * 3000 + b"u",
        b"\x1b[48;99999;99999;1;1t",
        b"\x1b[48;24;80;1;1t",
        b"\x1b[48;0;0;0;0t",
        b"\x1b[5;6z",
        b"\x1b[?1;2c",
        b"\x1b]11;rgb:zzzz/0000/0000\x07",
        b"\x1b]12;rgb:0000/0000/0000\x1b\\",
        b"\x1b]4;1;rgb:0000/0000/0000\x1b\\",
        b"\x1bP1+r544e\x1b\\",
        b"\x1b[201~",
    ],
)
def test_what_is_not_meant_is_dropped_and_what_follows_is_not(data: bytes) -> None:
    assert not given(data) or data.startswith(b"\x1b[97")
    assert keys(data + b"-")[-1:] == ["minus"]
    assert keys(data, b"-")[-1:] == ["minus"]
    assert keys(*(bytes([byte]) for byte in data), b"-")[-1:] == ["minus"]


@pytest.mark.parametrize(
    "cut", [b"\x1b[<0;1", b"\x1b[12", b"\x1b]11;rgb", b"\x1b[M\x20", b"\x1bP1"]
)
def test_a_report_that_is_cut_off_is_given_up(cut: bytes) -> None:
    clock = Clock()
    source = TerminalInput(clock)
    assert source.feed(cut) == []
    assert source.waiting
    clock.now += REPORT_SECONDS
    assert source.tick() == []
    assert not source.waiting
    assert [each.key for each in source.feed(b"-") if isinstance(each, events.Key)] == ["minus"]


@pytest.mark.parametrize("cut", [b"\x1b[<0;1", b"\x1b]11;rgb", b"\x1b[48;24", b"\x1b[M\x20"])
def test_ctrl_c_is_not_taken_for_a_part_of_a_report(cut: bytes) -> None:
    assert keys(cut + b"\x03-") == ["ctrl+c", "minus"]


@pytest.mark.parametrize("cut", [b"\x1b[<0;1", b"\x1b]11;rgb", b"\x1b[M\x20\xa0", b"\x1b["])
def test_a_sequence_that_follows_one_that_was_cut_off_is_whole(cut: bytes) -> None:
    assert keys(cut + b"\x1b[A-") == ["up", "minus"]


def test_a_size_is_taken_where_it_was_asked_for_and_can_be_one() -> None:
    source = TerminalInput(Clock())
    source.reports_size = True
    (size,) = source.feed(b"\x1b[48;30;100;600;1000t")
    assert isinstance(size, events.Resize)
    assert size.size == (100, 30)
    assert source.feed(b"\x1b[48;99999;99999;1;1t\x1b[48;0;80;1;1t") == []


def pasted(found: list[Message]) -> list[str]:
    return [each.text for each in found if isinstance(each, events.Paste)]


def test_a_paste_is_one_text_however_it_is_cut() -> None:
    data = b"\x1b[200~a\x1b[Ab\xff\xe2\x82\xac\x00\x1b[201~-"
    for size in range(1, len(data)):
        pieces = [data[start : start + size] for start in range(0, len(data), size)]
        found = given(*pieces)
        assert pasted(found) == ["a\x1b[Ab€"]
        assert keys(*pieces) == ["minus"]


def test_a_paste_without_an_end_is_over_after_a_moment() -> None:
    clock = Clock()
    source = TerminalInput(clock)
    assert source.feed(b"\x1b[200~some text") == []
    clock.now += PASTE_SECONDS / 2
    assert source.tick() == []
    clock.now += PASTE_SECONDS
    found = source.feed(b"-")
    assert pasted(found) == ["some text"]
    assert [each.key for each in found[1:] if isinstance(each, events.Key)] == ["minus"]


def test_keys_held_down_do_not_keep_a_paste_without_an_end_open() -> None:
    clock = Clock()
    source = TerminalInput(clock)
    found = source.feed(b"\x1b[200~")
    for _ in range(60):
        clock.now += PASTE_SECONDS / 30
        found += source.feed(b"-")
    assert len(pasted(found)) == 1
    assert isinstance(found[-1], events.Key)


def test_ctrl_c_gets_out_of_a_paste_without_an_end() -> None:
    found = given(b"\x1b[200~some", b" text\x03-")
    assert pasted(found) == ["some text"]
    assert keys(b"\x1b[200~some", b" text\x03-") == ["ctrl+c", "minus"]


def test_a_paste_too_long_is_cut() -> None:
    (text,) = pasted(given(b"\x1b[200~" + b"x" * (MOST_PASTE + 5000), b"y" * 9000, b"\x1b[201~"))
    assert MOST_PASTE - 20 <= len(text) <= MOST_PASTE


def noise(chance: random.Random) -> bytes:
    """Bytes by chance, of which many begin what they do not end."""
    # fmt: off
    parts = [b"\x1b[", b"\x1b[M", b"\x1b[<", b";", b"999", b"\x1b[200~", b"\x1b[201~", b"\x1bO",
             b"u", b"M", b"t", b"48;", b"~", b"\x1b]", b"\xe2\x82", b"\xff", b"\x1b", b":3", b"$y"]
    # fmt: on
    drawn = [
        bytes([chance.randrange(256)]) if chance.random() < 0.4 else chance.choice(parts)
        for _ in range(chance.randrange(1, 40))
    ]
    return b"".join(drawn)


def test_no_bytes_raise_and_keys_arrive_after_them() -> None:
    chance = random.Random(1)
    clock = Clock()
    source = TerminalInput(clock)
    for _ in range(3000):
        for message in source.feed(noise(chance)):
            if isinstance(message, events.Key):
                message.key.encode()
                (message.character or "").encode()
            assert not isinstance(message, events.Resize)
        clock.now += 2 * PASTE_SECONDS
        source.tick()
        assert not source.waiting
        assert [each.key for each in source.feed(b"-") if isinstance(each, events.Key)] == ["minus"]


@pytest.mark.parametrize(
    ("given_size", "expected"),
    [("1000000000", "1000"), ("9" * 30, "1000"), ("80", "80"), ("no", "no"), ("", "")],
)
def test_the_size_that_the_environment_names_is_bounded(given_size: str, expected: str) -> None:
    environment = {"COLUMNS": given_size, "LINES": "24"}
    bound_environment(environment)
    assert environment == {"COLUMNS": expected, "LINES": "24"}
    assert bounded(99999, 99999) == (1000, 500)
