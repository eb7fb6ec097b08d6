"""Bytes that no terminal should send, by what they are."""

from __future__ import annotations

INPUTS = {
    "0xFF": b"\xff",
    "Latin-1": "Größe".encode("latin-1")[2:4],
    "EUC-JP": bytes.fromhex("c6fccbdcb8ec"),
    "8-bit alt": bytes([0x80 | ord("-")]),
    "half a character": b"\xe2\x82",
    "a surrogate": b"\xed\xa0\x80",
    "X10 mouse past column 95": b"\x1b[M \xa0\x21",
    "X10 mouse cut off": b"\x1b[M \xa0",
    "a code point too large": b"\x1b[999999999u",
    "a surrogate reported": b"\x1b[55296;1:3u",
    "a key released": b"\x1b[97;1:3u",
    "digits without end": b"\x1b[" + b"9" * 5000 + b"u",
    "a mouse far away": b"\x1b[<0;99999999;99999999M",
    "a mouse far to the left": b"\x1b[<0;-99999999;-9M",
    "a size too large": b"\x1b[48;99999;99999;1;1t",
    "a size of nothing": b"\x1b[48;0;0;0;0t",
    "a size that nobody asked for": b"\x1b[48;3;3;1;1t",
    "a report cut off": b"\x1b[<0;12;",
    "a string cut off": b"\x1b]11;rgb:00",
    "a paste without an end": b"\x1b[200~some text",
    "a paste of bytes": b"\x1b[200~\xff\xfe\x1b[201~",
    "the end of no paste": b"\x1b[201~",
    "a modes report": b"\x1b[?2048;9$y\x1b[?9999;1$y",
    "NUL": b"\0" * 3,
}
"""What ended a session, or made it deaf, by its name."""

UNENDED = ("a report cut off", "a string cut off", "a paste without an end", "X10 mouse cut off")
"""Of those, the ones that take what follows at once for their own end."""

WHOLE = [data for name, data in INPUTS.items() if name not in UNENDED]
"""Those that a key may follow at once."""
