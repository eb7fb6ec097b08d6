"""One line in the table of fields is enough: all about a field of the file follows from it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal

import pytest

from tests.storage.samples import COMMENTED, GOOD, SHIPPED
from vreltui.model import Probability
from vreltui.model.numbers import PlainNumber
from vreltui.storage import parse
from vreltui.storage.fields import DESIGN
from vreltui.storage.number_shapes import Complement, Number, Whole
from vreltui.storage.plain import normal, plain, plain_entry
from vreltui.storage.shapes import Given, ListOf, Name, Shape, Text
from vreltui.storage.tables import Entries, Key, Short, Single, Table
from vreltui.storage.time_shapes import AnyNumber


@dataclass(frozen=True)
class Wing:
    """A record of a model that is not this program's."""

    name: str
    strength: Probability
    span: int = 7
    feathers: tuple[str, ...] = ()
    words: str = ""


WING = Table(
    (
        Key("strength", Number(), "How strong it is."),
        Key("weakness", Complement(), "How weak it is.", to="strength"),
        Key("span", Whole(), "How wide it is."),
        Key("feathers", ListOf(Name("feather"), "a list"), "What it has."),
        Key("title", Text(), "What it is called.", to="words"),
    ),
    exactly_one=("strength", "weakness"),
    makes=Wing,
    named=True,
)


def test_a_field_is_read_and_written_by_its_line() -> None:
    raw = {"weakness": Decimal("0.1"), "feathers": ["a", "b"], "title": "left"}
    wing = WING.build(raw, Given(name="w"))
    assert wing == Wing("w", Probability.from_unreliability("0.1"), 7, ("a", "b"), "left")
    assert WING.plain(wing) == raw
    assert not list(WING.problems(("wings", "w"), raw))


def test_what_goes_without_saying_is_not_written() -> None:
    assert WING.plain(Wing("w", Probability.of("0.5"))) == {"strength": Decimal("0.5")}


def test_a_default_may_be_the_files_own() -> None:
    table = Table((Key("strength", Number(), ""), Key("span", Whole(), "", default=9)), makes=Wing,
                  named=True)  # fmt: skip
    wing = table.build({"strength": 1}, Given(name="w"))
    assert wing.span == 9
    assert table.plain(wing) == {"strength": Decimal(1)}


def test_the_schema_and_the_check_follow() -> None:
    assert list(WING.schema()["properties"]) == list(WING.known)
    (problem,) = WING.problems(("wings", "w"), {"strength": "much"})
    assert str(problem).endswith("a number from 0 to 1 is right")
    unknown = next(WING.problems(("wings", "w"), {"weaknes": 1}))
    assert str(unknown).endswith('did you mean "weakness"?')


def test_a_value_that_no_key_can_state_is_never_dropped() -> None:
    with pytest.raises(TypeError, match="span can't state"):
        WING.plain(Wing("w", Probability.of("0.5"), span="wide"))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="can't state"):
        AnyNumber().plain(Probability.from_unreliability("0.1"))


def test_a_node_that_no_field_states_is_refused_by_its_name() -> None:
    with pytest.raises(TypeError, match="no field of a file states a Wing"):
        plain_entry(Wing("w", Probability.of("0.5")))  # type: ignore[arg-type]


def test_a_bare_number_is_short_for_a_table() -> None:
    value = Single(
        (Key("value", Number(), ""), Key("count", Whole(), "")), exactly_one=("value", "count")
    )
    short = Short((Number(), Whole(), value), "a number", lambda raw, given: "count", shortens=True)
    assert short.build(3, Given()) == 3
    assert short.plain(3) == 3
    assert short.plain(Probability.of("0.5")) == Decimal("0.5")


def shapes(shape: Shape) -> list[Shape]:
    """A shape with all that it is made of."""
    match shape:
        case Table():
            inner = [key.shape for key in shape.keys]
        case Entries():
            inner = [shape.shape]
        case _:
            inner = []
    return [shape, *(found for each in inner for found in shapes(each))]


def test_every_required_key_leads_somewhere() -> None:
    for shape in shapes(DESIGN):
        if isinstance(shape, Table) and shape.makes is not None:
            attributes = {field.name for field in fields(shape.makes)}
            assert {key.attribute for key in shape.keys if key.constant is None} <= attributes


@pytest.mark.parametrize("text", [GOOD, COMMENTED, *(path.read_text() for path in SHIPPED)])
def test_the_data_of_a_design_states_that_design(text: str) -> None:
    design = normal(parse(text).design)
    counts = frozenset(name for name, p in design.parameters.items() if p.is_count)
    numbers = frozenset(
        name for name, p in design.parameters.items() if isinstance(p.value, PlainNumber)
    )
    assert DESIGN.build(plain(design), Given(counts, plain=numbers)) == design
