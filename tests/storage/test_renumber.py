"""Other numbers are put into the text where they stand; the result is that of reading it all."""

from __future__ import annotations

import importlib
import tomllib
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.terminal.design import text_of
from tests.storage.edits import EDITS, another_value, edited, with_entry
from tests.storage.samples import COMMENTED, GOOD, SHIPPED, TINY
from vreltui.model import (
    Component,
    Design,
    DesignError,
    LastingComponent,
    Pool,
    Probability,
    Value,
)
from vreltui.model.changes import changed_numbers
from vreltui.model.goals import Aim, Downtime, Goal, MeanLife
from vreltui.model.numbers import PlainNumber
from vreltui.model.quantities import DURATION
from vreltui.model.rules import check, problems
from vreltui.model.times import Duration, Rate
from vreltui.storage import Document, FileError, parse, rewrite, verify
from vreltui.storage.text.places import MOST_MOVED
from vreltui.storage.text.renumber import renumbered
from vreltui.storage.text.scanner import scan

TEXTS = [
    GOOD, COMMENTED, COMMENTED.replace("\n", "\r\n"), GOOD.rstrip("\n"), TINY, text_of(30),
    *(path.read_text() for path in SHIPPED),
]  # fmt: skip
# The package gives the function that name.
REWRITE = importlib.import_module("vreltui.storage.text.rewrite")
seeds = st.integers(0, 2**64).map(Random)
texts = st.sampled_from(TEXTS)


def probability(random: Random) -> Probability:
    digits = random.choice(["0.5", "0.9999999", "0.99", "1e-9", "0", "1", "0.123456789012345"])
    return Probability(Decimal(digits), complemented=random.random() < 0.2)


def another(value: Value, random: Random) -> Value:
    """Another value of the same sort, which may break a rule."""
    match value:
        case int():
            return random.randint(0, 12)
        case Probability():
            return probability(random)
        case Duration(unit=unit):
            return Duration(Decimal(random.choice(["0", "1.5", "30", "1e40"])), unit)
        case Rate() | PlainNumber():
            return another_value(value, random)


def another_goal(goal: Goal | None, random: Random) -> Goal | None:
    """Another goal of the same sort, which may break a rule."""
    match goal:
        case None:
            return None
        case Probability():
            return probability(random)
        case Aim(measure):
            return Aim(measure, probability(random))
        case Downtime(time, per):
            return Downtime(DURATION.of(another(time, random)), per)
        case MeanLife(time):
            return MeanLife(DURATION.of(another(time, random)))


def another_number(design: Design, random: Random) -> Design:
    """The design with another number somewhere, which may break a rule."""
    table = random.choice(["nodes", "nodes", "parameters", "choices", "goal"])
    if table == "goal" or not getattr(design, table):
        return replace(design, goal=another_goal(design.goal, random))
    entry = getattr(design, table)[random.choice(list(getattr(design, table)))]
    if table == "parameters":
        value = another(entry.value, random)
        return with_entry(design, table, replace(entry, value=value))
    if table == "choices":
        own = {name: another(value, random) for name, value in entry.set.items()}
        return with_entry(design, table, replace(entry, set=own))
    match entry:
        case LastingComponent():
            stated = random.choice(entry.numbers)
            if stated.own is not None:
                entry = entry.with_number(stated.key, another(stated.own, random))
        case Component(reliability=Probability()):
            entry = replace(entry, reliability=probability(random))
        case Pool(copies=int()):
            entry = replace(entry, copies=random.randint(0, 12))
        case _:
            pass
    return with_entry(design, table, entry)


def from_scratch(document: Document, design: Design) -> Document:
    """As :func:`rewrite`, of a document just read: nothing is known of earlier edits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(REWRITE, "renumbered", lambda *_: None)
        return rewrite(replace(parse(document.text), past=document.past), design)


def is_sound(design: Design) -> bool:
    return not list(problems(replace(design)))


@given(texts, seeds, st.integers(1, 12))
def test_any_sequence_of_edits_gives_the_text_that_reading_everything_gives(
    text: str, random: Random, count: int
) -> None:
    document = parse(text)
    for _ in range(count):
        if random.random() < 0.2:
            design = edited(document.design, random, random.choice(EDITS))
        else:
            design = another_number(document.design, random)
        if design is None or not is_sound(design):
            continue
        wanted = from_scratch(document, design)
        document = rewrite(document, design)
        assert document.text == wanted.text
        assert document.design == design == parse(document.text).design
        assert document.notes == wanted.notes
        assert document.source.data == tomllib.loads(document.text, parse_float=Decimal)
        assert document.source.statements == scan(document.text)
        verify(document)


@given(texts, seeds)
def test_values_are_found_where_they_stand(text: str, random: Random) -> None:
    document = parse(text)
    for _ in range(10):
        design = another_number(document.design, random)
        if is_sound(design):
            document = renumbered(document, design) or document
    fresh = parse(document.text).source
    for statement in fresh.statements:
        spot = document.source.places.spot(statement.path)
        assert spot == fresh.places.spot(statement.path) or spot is not None
        if statement.value is not None and spot is not None:
            assert (spot.start, spot.end) == (statement.value.start, statement.value.end)
            assert (spot.first, spot.last) == (statement.start, statement.end)


@given(texts, seeds)
def test_a_number_is_judged_as_the_whole_design_would_be(text: str, random: Random) -> None:
    design = parse(text).design
    assert design.checked
    for _ in range(5):
        other = another_number(design, random)
        wanted = [str(DesignError(problem)) for problem in problems(replace(other))][:1]
        assert changed_numbers(design, other) is not None
        found = []
        try:
            check(other, design)
        except DesignError as error:
            found = [str(error)]
        assert found == wanted
        assert other.checked is not bool(wanted)


def test_after_many_places_the_text_is_scanned_again() -> None:
    document = parse(text_of(MOST_MOVED + 40))
    nodes = [node for node in document.design.nodes.values() if isinstance(node, Component)]
    for number, node in enumerate(nodes[: MOST_MOVED + 10]):
        value = Probability.of(f"0.{number + 1}")
        design = with_entry(document.design, "nodes", replace(node, reliability=value))
        document = rewrite(document, design)
        assert len(document.source.places.moved) == (number + 1) % (MOST_MOVED + 1)
    assert parse(document.text).design == document.design


def test_a_text_that_says_something_else_is_not_saved() -> None:
    document = parse(text_of(10))
    node = document.design.nodes["part-0"]
    assert isinstance(node, Component)
    changed = replace(node, reliability=Probability.of("0.5"))
    document = rewrite(document, with_entry(document.design, "nodes", changed))
    verify(document)
    with pytest.raises(FileError, match="does not read back"):
        verify(replace(document, text=document.text.replace("0.5", "0.6")))


WRONG = {
    "another number": "0.7",
    "a text": '"0.5"',
    "no value": "",
    "a line more": "0.5\nnodes.part-1.reliability = 0.1",
    "a key more": "0.5, title = 'more'",
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
@pytest.mark.parametrize("inline", [False, True], ids=["dotted", "inline"])
def test_a_number_that_does_not_read_back_is_not_put_into_the_text(
    monkeypatch: pytest.MonkeyPatch, wrong: str, inline: bool
) -> None:
    part = "part = { reliability = 0.9 }" if inline else "part.reliability = 0.9"
    document = parse(f'vreltui = 1\nnodes.{part}\nchoices.c.root = "part"\n')
    node = document.design.nodes["part"]
    assert isinstance(node, Component)
    changed = replace(node, reliability=Probability.of("0.5"))
    design = with_entry(document.design, "nodes", changed)
    with monkeypatch.context() as patch:
        patch.setattr("vreltui.storage.text.renumber.value_text", lambda _: wrong)
        assert renumbered(document, design) is None
        assert parse(rewrite(document, design).text).design == design
    assert renumbered(document, design) is not None


@pytest.mark.parametrize(
    ("table", "name", "text"),
    [
        ("parameters", "R_H", "R_H = 0.25"),
        ("nodes", "part", "part.reliability = 0.25"),
        ("choices", "c", "set.R_H = 0.25"),
        ("", "goal", "goal.reliability = 0.25"),
    ],
)
def test_a_wrong_number_is_noticed_wherever_it_stands(
    monkeypatch: pytest.MonkeyPatch, table: str, name: str, text: str
) -> None:
    document = parse(
        "vreltui = 1\ngoal.reliability = 0.5\n[parameters]\nR_H = 0.5\n[nodes]\n"
        'part.reliability = 0.5\nother.reliability = "R_H"\ntop.parts = ["part", "other"]\n'
        '[choices.c]\nroot = "top"\nset.R_H = 0.5\n'
    )
    wanted = parse(document.text.replace(text.replace("0.25", "0.5"), text, 1)).design
    assert wanted != document.design
    assert renumbered(document, wanted) is not None
    monkeypatch.setattr("vreltui.storage.text.renumber.value_text", lambda _: "0.75")
    assert renumbered(document, wanted) is None, f"{table} {name}"


def test_a_statement_of_another_name_is_not_taken_for_the_one_that_was_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = parse(
        "vreltui = 1\nnodes.part-0.reliability = 0.9\nnodes.part-1.reliability = 0.9\n"
        'choices.c.root = "part-0"\n'
    )
    node = document.design.nodes["part-0"]
    assert isinstance(node, Component)
    changed = replace(node, reliability=Probability.of("0.5"))
    design = with_entry(document.design, "nodes", changed)
    spots = [
        document.source.places.spot(("nodes", name, "reliability")) for name in ("part-0", "part-1")
    ]
    spot, other = filter(None, spots)
    wrong = replace(other, statement=spot.statement)
    monkeypatch.setattr(type(document.source.places), "spot", lambda *_: wrong)
    assert renumbered(document, design) is None
