"""An edit changes the lines it must and no others; its undo gives the same bytes."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.storage.edits import (
    EDITS,
    Edit,
    add_entry,
    another_value,
    edited,
    rename_node,
    reorder,
    set_text,
    set_value,
    with_entry,
)
from tests.storage.samples import COMMENTED, GOOD, LEADING, SHIPPED, TINY
from vreltui.model import (
    Component,
    Design,
    DesignError,
    Parameter,
    PlotSeries,
    Probability,
)
from vreltui.storage import Document, ReadOnlyError, parse, render, rewrite

PLAIN = GOOD.replace("5e-2", "0.05")
TEXTS = {
    "plain": PLAIN,
    "commented": COMMENTED,
    "with CRLF": COMMENTED.replace("\n", "\r\n"),
    "without a last line break": PLAIN.rstrip("\n"),
    "tiny": TINY,
    "with leading commas": LEADING,
    **{path.stem: path.read_text() for path in SHIPPED},
}
seeds = st.integers(0, 2**64).map(Random)
texts = st.sampled_from(list(TEXTS.values()))


def parameter(design: Design, name: str, **changes: Any) -> Design:
    return with_entry(design, "parameters", replace(design.parameters[name], **changes))


def node(design: Design, name: str, **changes: Any) -> Design:
    return with_entry(design, "nodes", replace(design.nodes[name], **changes))


def choice(design: Design, name: str, **changes: Any) -> Design:
    return with_entry(design, "choices", replace(design.choices[name], **changes))


def plot(design: Design, name: str, **changes: Any) -> Design:
    return with_entry(design, "plots", replace(design.plots[name], **changes))


def lines(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that differ: those gone and those come, between all that stayed."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return before, after


def comments(text: str) -> list[str]:
    """What is said in comments; no text of the edits looks like one."""
    return re.findall(r"# .*", text.replace("# no comment", ""))


HAND: dict[str, tuple[Any, list[str], list[str]]] = {
    "value of an inline table": (
        lambda d: parameter(d, "R_V", value=Probability.of("0.998")),
        ['"R_V" = {value=0.999,range=[0.95,0.9999]}\n'],
        ['"R_V" = {value=0.998,range=[0.95,0.9999]}\n'],
    ),
    "bare value with a comment": (
        lambda d: parameter(d, "R_H", value=Probability.of("0.9")),
        ["R_H = 0.99999          # measured\n"],
        ["R_H = 0.9          # measured\n"],
    ),
    "a title for a bare value": (
        lambda d: parameter(d, "R_H", title="Blade"),
        ["R_H = 0.99999          # measured\n"],
        ['R_H = { value = 0.99999, title = "Blade" }          # measured\n'],
    ),
    "dotted, from the other side": (
        lambda d: parameter(d, "R_M", value=Probability.of("0.94")),
        ["R_M.unreliability = 5e-2\n"],
        ["R_M.value = 0.94\n"],
    ),
    "dotted goal": (
        lambda d: replace(d, goal=Probability.from_unreliability("1e-7")),
        ["goal.reliability = 0.998\n"],
        ["goal.unreliability = 1e-7\n"],
    ),
    "key of a section": (
        lambda d: node(d, "pool", needs=2),
        ['  needs  = "any"       # one suffices\n'],
        ["  needs  = 2       # one suffices\n"],
    ),
    "new key in the style of its section": (
        lambda d: node(d, "pool", kind="vm"),
        [],
        ['  kind   = "vm"\n'],
    ),
    "new key of an inline node": (
        lambda d: node(d, "hardware", title="Blade"),
        ['hardware = { kind = "hardware", reliability = "R_H" }\n'],
        ['hardware = { kind = "hardware", title = "Blade", reliability = "R_H" }\n'],
    ),
    "new key of a dotted node": (
        lambda d: node(d, "hypervisor", shared=True),
        [],
        ["hypervisor.shared = true\n"],
    ),
    "part out of the middle": (
        lambda d: node(d, "virtualized", parts=("hardware", "pool")),
        ["  # the hypervisor is below\n", '  "hypervisor",\n'],
        [],
    ),
    "last part, without a comma": (
        lambda d: node(d, "virtualized", parts=("hardware", "hypervisor")),
        ['  "hypervisor",\n', '  "pool"               # last, without a comma\n'],
        ['  "hypervisor"\n'],
    ),
    "part at the end": (
        lambda d: node(d, "virtualized", parts=("hardware", "hypervisor", "pool", "vm")),
        ['  "pool"               # last, without a comma\n'],
        ['  "pool",               # last, without a comma\n', '  "vm"\n'],
    ),
    "part on one line": (
        lambda d: node(d, "bare", parts=("vm",)),
        ['parts = [ "hardware", "vm" ]\n'],
        ['parts = [ "vm" ]\n'],
    ),
    "what a choice sets": (
        lambda d: choice(d, "vms", set={**d.choices["vms"].set, "n": 9}),
        ["n = 12                 # our host holds that\n"],
        ["n = 9                 # our host holds that\n"],
    ),
    "what another choice sets": (
        lambda d: choice(d, "nv", set={"R_H": Probability.of("0.5")}),
        [],
        ["set = { R_H = 0.5 }\n"],
    ),
    "end of an axis": (
        lambda d: plot(d, "fig3", x=replace(d.plots["fig3"].x, stop=Probability.of("0.9"))),
        ["to = 1\n"],
        ["to = 0.9\n"],
    ),
    "curve of a plot": (
        lambda d: plot(d, "fig3", series=PlotSeries("n", (2, 4, 8))),
        ["n = [2, 3, 4]          # curves\n"],
        ["n = [2, 4, 8]          # curves\n"],
    ),
    "new limit": (
        lambda d: replace(d, copies_limit=64),
        [],
        ["[limits]\n", "copies = 64\n", "\n"],
    ),
    "new parameter": (
        lambda d: with_entry(d, "parameters", Parameter("R_F", Probability.of("0.9"))),
        [],
        ["R_F = 0.9\n"],
    ),
    "new count": (
        lambda d: with_entry(d, "parameters", Parameter("m", 1)),
        [],
        ["m = { count = 1 }\n"],
    ),
    "new node": (
        lambda d: with_entry(d, "nodes", Component(name="f", reliability="R_M")),
        [],
        ["[nodes.f]\n", 'reliability = "R_M"\n', "\n"],
    ),
    "no baseline": (
        lambda d: replace(d, baseline=None),
        ['baseline = "nv"        # to beat\n'],
        [],
    ),
    "note over several lines": (
        lambda d: node(d, "vm", note="one\ntwo\nthree"),
        ["two lines,\n", 'kept as they are"""\n'],
        ["one\n", "two\n", 'three"""\n'],
    ),
}


@pytest.mark.parametrize(("edit", "gone", "come"), HAND.values(), ids=HAND.keys())
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_only_these_lines_change(
    edit: Any, gone: list[str], come: list[str], line_break: str
) -> None:
    document = parse(COMMENTED.replace("\n", line_break))
    design = edit(document.design)
    result = rewrite(document, design)
    assert result.design == design
    before, after = lines(document.text, result.text)
    assert [line.replace("\r\n", "\n") for line in before] == gone
    assert [line.replace("\r\n", "\n") for line in after] == come
    assert ("\r\n" in result.text) == (line_break == "\r\n")
    assert result.text.count("\n") == result.text.count(line_break)


# What is gone from the text, a spelling or a comment on a line that went, can't come back from it.
LEAVES_A_TRACE = {
    "dotted, from the other side",
    "a title for a bare value",
    "part out of the middle",
    "last part, without a comma",
    "no baseline",
}


@pytest.mark.parametrize("name", [name for name in HAND if name not in LEAVES_A_TRACE])
def test_the_undo_of_a_small_edit_gives_the_same_bytes_after_a_fresh_start(name: str) -> None:
    """Without what the document remembers: the text is read anew, as after a restart."""
    document = parse(COMMENTED)
    result = rewrite(document, HAND[name][0](document.design))
    assert rewrite(parse(result.text), document.design).text == document.text


@given(texts, seeds, st.sampled_from(EDITS))
def test_an_edit_reads_back_and_its_undo_gives_the_same_bytes(
    text: str, random: Random, edit: Edit
) -> None:
    document = parse(text)
    design = edited(document.design, random, edit)
    assume(design is not None)
    assert design is not None
    result = rewrite(document, design)
    assert parse(result.text).design == result.design == design
    assert rewrite(result, document.design).text == text


@given(texts, seeds)
def test_a_session_of_edits_keeps_every_comment(text: str, random: Random) -> None:
    document = parse(text)
    for _ in range(4):
        edit = random.choice([set_value, set_text, add_entry, rename_node])
        design = edited(document.design, random, edit)
        if design is not None:
            document = rewrite(document, design)
            assert document.design == design
    assert sorted(comments(document.text)) == sorted(comments(text))


@given(st.sampled_from([TEXTS["plain"], *(path.read_text() for path in SHIPPED)]), seeds)
def test_a_new_order_moves_the_lines_and_changes_none(text: str, random: Random) -> None:
    document = parse(text)
    design = edited(document.design, random, reorder)
    assert design is not None
    result = rewrite(document, design)
    assert result.design == design
    assert sorted(result.text.splitlines()) == sorted(text.splitlines())


def test_a_new_order_across_styles_keeps_what_does_not_move() -> None:
    document = parse(COMMENTED)
    names = ["vm", *(name for name in document.design.nodes if name != "vm")]
    design = replace(document.design, nodes={name: document.design.nodes[name] for name in names})
    result = rewrite(document, design)
    assert result.design == design
    lost = set(comments(document.text)) - set(comments(result.text))
    assert lost == {"# the guest"}, "the section became a line above the others"


@given(texts, seeds)
def test_a_changed_value_changes_one_line(text: str, random: Random) -> None:
    document = parse(text)
    assume(document.design.parameters)
    name = random.choice(list(document.design.parameters))
    old = document.design.parameters[name]
    assume(old.range is None)
    value = another_value(old.value, random)
    assume(value != old.value)
    result = rewrite(document, parameter(document.design, name, value=value))
    before, after = lines(text, result.text)
    assert len(before) == len(after) == 1
    assert before[0].partition("#")[2] == after[0].partition("#")[2]


@given(texts, seeds)
def test_what_is_added_and_taken_away_again_leaves_no_trace(text: str, random: Random) -> None:
    document = parse(text)
    place = random.randint(0, len(document.design.nodes))
    items = list(document.design.nodes.items())
    items.insert(place, ("fresh", Component(name="fresh", reliability=Probability.of("0.5"))))
    design = replace(document.design, nodes=dict(items))
    result = rewrite(document, design)
    assert len(result.text) > len(text)
    assert rewrite(parse(result.text), document.design).text == text


def test_the_same_design_is_the_same_document() -> None:
    document = parse(COMMENTED)
    assert rewrite(document, parse(COMMENTED).design) is document


def test_a_rename_keeps_comments_and_places() -> None:
    document = parse(COMMENTED)
    names = {"n": "replicas"}
    parameters = {
        names.get(name, name): replace(entry, name=names.get(name, name))
        for name, entry in document.design.parameters.items()
    }
    design = replace(document.design, parameters=parameters)
    design = node(design, "pool", copies="replicas")
    own = {names.get(name, name): value for name, value in design.choices["vms"].set.items()}
    design = choice(design, "vms", set=own)
    design = plot(design, "fig3", series=PlotSeries("replicas", (2, 3, 4)))
    text = rewrite(document, design).text
    assert "replicas   = { count = 3, range = [1, 16] }\n" in text
    assert "replicas = 12                 # our host holds that\n" in text
    assert 'copies = "replicas"\n' in text


def test_a_design_that_breaks_a_rule_is_not_written() -> None:
    document = parse(GOOD)
    with pytest.raises(DesignError, match="nowhere"):
        rewrite(document, choice(document.design, "nv", root="nowhere"))


def test_a_newer_file_is_not_written() -> None:
    document = parse(GOOD.replace("vreltui = 1", "vreltui = 2"), "web.toml")
    assert document.read_only
    assert "version 2" in str(document.notes[0])
    with pytest.raises(ReadOnlyError) as caught:
        rewrite(document, replace(document.design, title="x"))
    assert str(caught.value).startswith("web.toml:1: ")


def test_complements_are_written_where_a_file_has_no_place_for_them() -> None:
    document = parse(GOOD)
    ends = (Probability.from_unreliability("0.1"), Probability.from_unreliability("1e-9"))
    result = rewrite(document, parameter(document.design, "R_V", range=ends))
    assert "range = [0.9, 0.999999999]" in result.text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_fresh_file_states_the_same(text: str) -> None:
    design = parse(text).design
    fresh = render(design)
    assert parse(fresh).design == design
    assert rewrite(parse(fresh), replace(design, title="x")).design.title == "x"


@given(texts, seeds)
def test_any_edited_design_can_be_rendered(text: str, random: Random) -> None:
    design = edited(parse(text).design, random)
    assume(design is not None)
    assert design is not None
    assert parse(render(design)).design == design


@given(seeds)
def test_the_data_of_a_rewritten_document_is_that_of_its_text(random: Random) -> None:
    """Where only values change, only those are parsed; nothing else may come out."""
    document: Document = parse(COMMENTED)
    for _ in range(3):
        design = edited(document.design, random)
        if design is not None:
            document = rewrite(document, design)
    assert document.source.data == tomllib.loads(document.text, parse_float=Decimal)
