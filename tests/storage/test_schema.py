"""The JSON Schema takes what the program takes, and refuses the same shapes."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest

from tests.storage.samples import COMMENTED, GOOD, SHIPPED, TINY, changed
from vreltui.storage import FileError, parse, schema

jsonschema = pytest.importorskip("jsonschema")


def valid(text: str) -> bool:
    validator = jsonschema.Draft202012Validator(schema())
    return bool(validator.is_valid(tomllib.loads(text)))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_designs_are_valid(path: Any) -> None:
    assert valid(path.read_text())


@pytest.mark.parametrize("text", [GOOD, COMMENTED, TINY], ids=["good", "commented", "tiny"])
def test_good_files_are_valid(text: str) -> None:
    assert valid(text)


BAD_SHAPES = {
    "unknown key": changed("copies = 64", "cpus = 64"),
    "unknown table": GOOD + "[colours]\n",
    "no version": changed("vreltui = 1\n", ""),
    "no nodes": "vreltui = 1\n[choices.a]\nroot = 'a'\n",
    "empty nodes": "vreltui = 1\n[nodes]\n[choices.a]\nroot = 'a'\n",
    "two goals": changed("0.998", "0.998\nunreliability = 0.002"),
    "no goal": changed("reliability = 0.998\n", ""),
    "goal as text": changed("0.998", '"0.998"'),
    "probability of 2": changed("0.998", "1.5"),
    "negative": changed("0.998", "-0.5"),
    "copies of half": changed("copies = 64", "copies = 6.5"),
    "copies of none": changed("copies = 64", "copies = 0"),
    "true as a number": changed("0.99999", "true"),
    "two values": changed("5e-2 }", "5e-2, value = 0.95 }"),
    "no value": changed("{ unreliability = 5e-2 }", "{}"),
    "range of one": changed("[1, 16]", "[1]"),
    "kind": changed('kind = "hardware"', 'kind = "hardwear"'),
    "empty node": changed('reliability = "R_V"\n', ""),
    "part and pool": changed('of = "vm"', 'of = "vm"\nparts = ["vm"]'),
    "component with needs": changed('note = "free text"', "needs = 2"),
    "no parts": changed('["hardware", "vm"]', "[]"),
    "needs": changed('needs = "any"', 'needs = "most"'),
    "no root": changed('root = "bare"\n', ""),
    "two in series": changed("4] }", "4], R_H = [1] }"),
    "y": changed('{ threshold = "R_V" }', '"gains"'),
    "name": GOOD + '[nodes."a b"]\nreliability = 1\n',
    "title with escape": changed('"Web server"', '"\\u001B]0;x"'),
    "title with bidi": changed('"Web server"', '"\\u202E"'),
    "title with break": changed('"Web server"', '"a\\nb"'),
    "note with return": changed('"free text"', '"a\\rb"'),
}


@pytest.mark.parametrize("text", BAD_SHAPES.values(), ids=BAD_SHAPES.keys())
def test_bad_shapes_are_refused_by_both(text: str) -> None:
    assert not valid(text)
    with pytest.raises(FileError):
        parse(text)


def test_every_key_says_what_it_means() -> None:
    def walk(part: Any) -> None:
        if isinstance(part, dict):
            for inner in part.get("properties", {}).values():
                assert inner.get("description"), part
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(schema())
