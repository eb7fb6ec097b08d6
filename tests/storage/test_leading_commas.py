"""Layouts that some people choose: commas that begin lines, dotted keys below a comment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.storage.samples import LEADING
from vreltui.model import Design
from vreltui.storage import parse, rewrite


def node(design: Design, name: str, **changes: Any) -> Design:
    changed = replace(design.nodes[name], **changes)
    return replace(design, nodes={**design.nodes, name: changed})


@pytest.mark.parametrize(
    ("parts", "listed"),
    [
        ("acb", ['   "a"  # first', '  ,"c"', '  ,"b"  # second']),
        ("abc", ['   "a"  # first', '  ,"b"  # second', '  ,"c"']),
        ("cab", ['   "c"', '  ,"a"  # first', '  ,"b"  # second']),
        ("b", ['   "b"  # second']),
        ("a", ['   "a"  # first']),
        ("c", ['   "c"  # first']),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_comma_that_leads_stays_with_what_follows_it(
    parts: str, listed: list[str], line_break: str
) -> None:
    document = parse(LEADING.replace("\n", line_break))
    result = rewrite(document, node(document.design, "top", parts=tuple(parts)))
    whole = line_break.join(["nodes.top.parts = [", *listed, "]", ""])
    assert whole in result.text


def test_a_list_that_ends_on_the_line_of_a_comment_is_closed_below_it() -> None:
    document = parse(LEADING.replace('"b"  # second\n]', '"b"]'))
    result = rewrite(document, node(document.design, "top", parts=("b", "a")))
    assert result.text.endswith('= [\n   "b"\n  ,"a"  # first\n  ]\nchoices.c.root = "top"\n')


def test_a_new_key_of_a_node_goes_below_the_comment_about_the_node() -> None:
    document = parse(LEADING)
    result = rewrite(document, node(document.design, "a", note="why"))
    assert '# about a\nnodes.a.note = "why"\nnodes.a.reliability = 0.9\n' in result.text
