"""What a design file may say of how well a number is known: part of the table in `fields`."""

from __future__ import annotations

from vreltui.model.uncertainty import (
    Beta,
    Between,
    FromTests,
    LogNormal,
    Spread,
    Triangular,
    Uniform,
)
from vreltui.storage.number_shapes import Whole
from vreltui.storage.shapes import Either, ListOf, Word
from vreltui.storage.tables import Key, Table
from vreltui.storage.time_shapes import AnyNumber, Positive
from vreltui.storage.variants import Variant, Variants

_NUMBER = AnyNumber()
_TWO = "a list of two numbers such as [0.9, 0.99]"
_WEIGHTS = ListOf(Positive(), "a list of two numbers such as [998.5, 1.5]", 2, 2)

SPREAD = Table(
    (
        Key("median", _NUMBER, "Half of the numbers are below."),
        Key("mean", _NUMBER, "The mean, instead of the median."),
        Key("error_factor", Positive(), "The 95th percentile by the median.", required=True),
    ),
    exactly_one=("median", "mean"),
    said="a table such as { median = 1e-5, error_factor = 3 }",
    makes=Spread,
)

DISTRIBUTION = Variants(
    "distribution",
    (),
    (
        Variant(
            "beta distribution",
            ("beta",),
            Table((Key("beta", _WEIGHTS, "Its two parameters.", required=True),), makes=Beta),
        ),
        Variant(
            "uniform distribution",
            ("uniform",),
            Table(
                (Key("uniform", ListOf(_NUMBER, _TWO, 2, 2), "Between these.", required=True),),
                makes=Uniform,
            ),
        ),
        Variant(
            "triangular distribution",
            ("triangular",),
            Table(
                (
                    Key(
                        "triangular",
                        ListOf(_NUMBER, "a list such as [0.9, 0.95, 0.99]", 3, 3),
                        "Low, mode and high.",
                        required=True,
                    ),
                ),
                makes=Triangular,
            ),
        ),
        Variant(
            "number of tests",
            ("tests", "failures", "prior"),
            Table(
                (
                    Key("tests", Whole(), "How many tests there were.", required=True),
                    Key("failures", Whole(0), "How many of them failed.", required=True),
                    Key(
                        "prior",
                        Either((Word(("jeffreys", "uniform")), _WEIGHTS), "a word, or two numbers"),
                        "What was known before: jeffreys (when left out), uniform, or [a, b].",
                    ),
                ),
                makes=FromTests,
            ),
        ),
        Variant(
            "lognormal distribution",
            ("lognormal",),
            Table(
                (Key("lognormal", SPREAD, "Where it lies, and how wide.", required=True),),
                makes=LogNormal,
            ),
        ),
        Variant(
            "pair of percentiles",
            ("between",),
            Table(
                (
                    Key(
                        "between",
                        ListOf(_NUMBER, _TWO, 2, 2),
                        "90 % sure to lie between these.",
                        required=True,
                    ),
                ),
                makes=Between,
            ),
        ),
    ),
    said="one of { beta = }, { uniform = }, { triangular = }, { tests =, failures = }, "
    "{ lognormal = } and { between = }",
)

UNCERTAIN = Key(
    "uncertain",
    Either(
        (ListOf(_NUMBER, _TWO, 2, 2), DISTRIBUTION),
        "a list of two numbers, or a distribution such as { uniform = [0.9, 0.99] },",
    ),
    "How well the number is known, as it is stated: a list [low, high], or a distribution. The "
    "number itself is what every verdict uses.",
)
