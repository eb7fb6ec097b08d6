"""What a design file may say of common causes: part of `storage.fields`."""

from __future__ import annotations

from vreltui.model.causes import MODELS, OPEN_PSA, Cause
from vreltui.storage.common_fields import SOURCE, TEXTS
from vreltui.storage.number_shapes import Number
from vreltui.storage.shapes import ListOf, Name, Shape, Word
from vreltui.storage.tables import Entries, Key, Table
from vreltui.storage.time_shapes import OrName


def a_share() -> OrName:
    """A number from 0 to 1, or the name of a parameter."""
    return OrName((Number(), Name("parameter")), "a number from 0 to 1, or a parameter's name,")


def _letters(example: str) -> Shape:
    return ListOf(a_share(), f"a list of numbers from 0 to 1 such as {example}")


CAUSE = Table(
    (
        Key(
            "strikes",
            ListOf(Name("node"), 'a list of names of components such as ["vm"]'),
            "The components that it strikes, alike in what they state; in a pool every copy.",
            required=True,
        ),
        Key("beta", a_share(), "The share of their failures that all have at once."),
        Key(
            "mgl",
            _letters("[0.1, 0.3]"),
            "Multiple Greek letters: the share that is common, of that the share common to at "
            "least three, and so on; one letter less than there are members.",
        ),
        Key(
            "alpha",
            _letters("[0.95, 0.04, 0.01]"),
            "Alpha factors: which share of the events strikes one, two, ... all members.",
        ),
        Key(
            "phi",
            _letters("[0.9, 0.07, 0.03]"),
            "Which share of a member's failures strikes one, two, ... all members; 1 in sum.",
        ),
        Key(
            "within",
            Name("node"),
            "One such cause in each copy of this node, instead of one for all.",
        ),
        Key(
            "split",
            Word((OPEN_PSA,)),
            "open-psa: what a member's failures are divided into is independent, as in fault "
            "trees of that format, and a member is a little more reliable than it states.",
        ),
        *TEXTS,
        SOURCE,
    ),
    exactly_one=MODELS,
    makes=Cause,
    named=True,
    said="a table such as [causes.flaw]",
)

CAUSES = Entries(CAUSE, "tables such as [causes.flaw]")
