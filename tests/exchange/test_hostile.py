"""Files that mean harm, or nothing: one error with file and line, soon, in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.test_import import gate, names, tree
from vreltui.exchange.importing import Wishes, import_files
from vreltui.storage import FileError

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 512_000_000

TOP = gate("top", f"<or>{names('a', 'b')}</or>")
GOOD = tree(TOP)
DEEP = "<not>" * 490 + names("a") + "</not>" * 490


def event(expression: str) -> str:
    return tree(TOP, "a").replace(
        "</define-fault-tree>",
        f'<define-basic-event name="b">{expression}</define-basic-event></define-fault-tree>',
    )


def doctype(inside: str) -> str:
    return f"<?xml version='1.0'?>\n<!DOCTYPE opsa-mef {inside}>\n{GOOD}"


ENTITIES = "".join(f"<!ENTITY x{i + 1} '{f'&x{i};' * 10}'>" for i in range(9))
XML = {
    "laughs": (doctype(f"[<!ENTITY x0 'ha'>{ENTITIES}]").encode(), ":2: the DOCTYPE opsa"),
    "external": (doctype("SYSTEM 'file:///etc/passwd'").encode(), ":2: the DOCTYPE opsa"),
    "public": (doctype("PUBLIC '-//x' 'http://127.0.0.1/x'").encode(), ":2: the DOCTYPE"),
    "undeclared": (GOOD.replace("<or>", "<or>&x;").encode(), ":1: this is no XML: undefined"),
    "utf16": (GOOD.encode("utf-16"), ":1: the file is in UTF-16"),
    "encoding": (b"<?xml version='1.0' encoding='EBCDIC'?>" + GOOD.encode(), ':1: the file says'),
    "bytes": (GOOD.replace("top", "t\xffp").encode("latin-1"), ":1: this is no XML"),
    "nul": (GOOD.replace("top", "t\0p").encode(), ":1: this is no XML"),
    "cut": (GOOD[:-5].encode(), ":1: this is no XML"),
    "text": (GOOD.replace("<or>", "<or>words").encode(), ':1: "words" stands in or'),
    "nested": (b"<a>" * 501, ":1: elements are nested more than 500 deep"),
    "attribute": (f'<opsa-mef name="{"x" * 10_001}"/>'.encode(), ":1: an attribute has more than"),
    "root": (b"<html/>", ":1: the root of the file is html; a fault tree's is opsa-mef"),
    "unknown": (tree(TOP, more="<define-magic/>").encode(), ":1: define-magic is nothing"),
    "substitution": (tree(TOP, more="<define-substitution name='s'/>").encode(), ":1: s: a sub"),
    "missing": (tree(gate("top", f"<or>{names('a', 'x')}</or>")).encode(), ":1: x is used, and"),
    "twice": (tree(TOP + TOP).encode(), ":1: ft.top is defined twice, at first in line 1"),
    "cycle": (
        tree(gate("g", f"<or>{names('h')}</or>") + gate("h", f"<or>{names('g')}</or>")).encode(),
        ":1: gates go round in a circle: g -> h -> g",
    ),
    "vote": (tree(gate("top", f"<atleast min='3'>{names('a')}</atleast>")).encode(), ":1: atlea"),
    "vote0": (tree(gate("top", f"<atleast min='0'>{names('a')}</atleast>")).encode(), ":1: atlea"),
    "huge": (event("<float value='1e-999999999'/>").encode(), ":1: 1e-999999999 is out"),
    "power": (
        event("<pow><float value='0.9'/><float value='1e300'/></pow>").encode(),
        ":1: pow: an exponent beyond 1000000 is out of bounds",
    ),
    "exp": (event("<exp><float value='-1e300'/></exp>").encode(), ":1: exp: an exponent beyond"),
    "large": (event("<float value='1.5'/>").encode(), ":1: the probability of b is 1.5"),
    "negative": (event("<float value='-0.5'/>").encode(), ":1: the probability of b is -0.5"),
    "nan": (event("<float value='nan'/>").encode(), ':1: "nan" is no number'),
    "function": (event("<extern-function name='f'/>").encode(), ":1: extern-function is no"),
    "circular": (
        event("<parameter name='p'/>").replace("</opsa-mef>",
            "<model-data><define-parameter name='p'><parameter name='p'/></define-parameter>"
            "</model-data></opsa-mef>").encode(),
        ":1: parameter p depends on itself",
    ),
    "deep": (event("<neg>" * 300 + "<int value='1'/>" + "</neg>" * 300).encode(), ":1: expr"),
    "growing": (
        event("<mul>" * 60 + "<float value='0.9'/>" + "<pow><float value='0.123456789'/>"
              "<int value='600'/></pow></mul>" * 60).encode(), ":1: ",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", XML)
def test_xml_is_refused_with_its_line(name: str) -> None:
    data, said = XML[name]
    with pytest.raises(FileError) as caught:
        import_files([("t.xml", data)], "open-psa")
    assert f"t.xml{said}" in "\n".join(caught.value.lines())


def test_a_bare_doctype_passes_and_what_is_deep_is_read() -> None:
    for text in (doctype(""), tree(gate("top", f"<or>{DEEP}{names('b')}</or>"))):
        found = import_files([("t.xml", text.encode())])
        assert found.document.design.choices.keys() == {"top"}
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?>' + GOOD.replace(
        '<define-fault-tree name="ft">', '<define-fault-tree name="ft"><label>é</label>'
    )
    found = import_files([("t.xml", latin.encode("latin-1"))])
    assert found.document.design.choices["top"].title == "é"


DFT = {
    "top": ("a prob=0.1;", ": no statement says the top"),
    "quote": ('toplevel "a;\n', ':1: "a; can\'t be read'),
    "end": ("toplevel a;\na prob=0.1", ":2: the last statement does not end"),
    "missing": ("toplevel a;\na or b c; b prob=0.1;", ":2: c is used, and defined nowhere"),
    "twice": ("toplevel a;\na prob=0.1;\na prob=0.1;", ":3: a is defined twice, at first in"),
    "cycle": ("toplevel a;\na or b;\nb and a;", ":2: gates go round in a circle: a -> b -> a"),
    "own": ("toplevel a;\na or b;\nf fdep a b; b prob=0.1;", ":2: gates go round in a circle"),
    "vote": ("toplevel a;\na 3of2 b c; b prob=0; c prob=0;", ":2: gate a wants 3 of 2"),
    "count": ("toplevel a;\na 2of3 b c; b prob=0; c prob=0;", ":2: gate a is 2of3, and has 2"),
    "seq": ("toplevel a;\na seq b c; b prob=0; c prob=0;", ":2: gate a is seq: it forces an order"),
    "por": ("toplevel a;\na por b c; b prob=0; c prob=0;", ":2: gate a is por"),
    "shared": ("toplevel a;\na or g h; g wsp b d; h wsp c d; b prob=0; c prob=0; d prob=0;",
               ":2: gate g shares a spare with h"),
    "pdep": ("toplevel a;\na or b c; p pdep=0.1 d b c; b prob=0; c prob=0; d prob=0;",
             ":2: p is pdep of several"),
    "repair": ("toplevel a;\na lambda=1 repair=2;", ":2: a has repair"),
    "number": ("toplevel a;\na prob=1e9999999;", ":2: prob: 1e9999999 is out of bounds"),
    "above": ("toplevel a;\na prob=1.1;", ":2: the probability of a is 1.1"),
    "nothing": ("toplevel a;\na dorm=1;", ":2: a has no number"),
    "word": ("toplevel a;\na xyzzy b; b prob=0;", ":2: xyzzy is no kind of gate"),
    "parameter": ("param x;\ntoplevel a; a prob=x;", ":1: param leaves a number open"),
}  # fmt: skip


@pytest.mark.parametrize("name", DFT)
def test_galileo_is_refused_with_its_line(name: str) -> None:
    text, said = DFT[name]
    with pytest.raises(FileError) as caught:
        import_files([("t.dft", text.encode())], "galileo", Wishes(bounds=True))
    assert f"t.dft{said}" in "\n".join(caught.value.lines())


def large() -> dict[str, bytes]:
    many = b"<opsa-mef><define-fault-tree name='f'>"
    return {
        "elements": many + b"<or/>" * 1_000_001,
        "attributes": many + b'<event name="x"/>' * 999_990,
        "size": b"<opsa-mef>" + b" " * 32_000_000,
        "words": b"toplevel a; a or" + b" b" * 1_000_001 + b";",
        "definitions": many + b"".join(
            b'<define-gate name="g%d"><event name="g%d"/></define-gate>' % (i, i + 1)
            for i in range(150_000)
        ),
    }  # fmt: skip


LARGE = ("attributes", "words", "size", "elements", "definitions")


@pytest.mark.parametrize("name", LARGE if "VRELTUI_LARGE" in os.environ else LARGE[:2])
def test_what_is_large_is_refused_in_bounded_memory(name: str, tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(large()[name])
    # The peak of the program alone: that of getrusage holds what its parent had before it.
    script = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from vreltui.cli.main import run\n"
        "status = run(sys.argv[1:])\n"
        "told = Path('/proc/self/status').read_text()\n"
        "peak = int(re.search(r'VmHWM:\\s*(\\d+) kB', told)[1]) * 1024\n"
        f"sys.exit(status if peak < {MEMORY} else 99)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "import", str(file), "--from",
         "galileo" if name == "words" else "open-psa"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert str(file) in done.stderr
    assert done.stdout == ""
