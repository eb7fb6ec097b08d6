"""What a file may say of a component with a lifetime."""

from __future__ import annotations

from vreltui.model import LastingComponent
from vreltui.storage.cause_fields import a_share
from vreltui.storage.shapes import ListOf
from vreltui.storage.tables import Key, Table
from vreltui.storage.time_shapes import a_number, a_rate, a_time

LIFETIMES = ("mttf", "rate", "scale", "median", "stages", "shape", "sigma")
"""The keys that make a component one with a lifetime; the rules say which go together."""

FAILS_SAFE = Key(
    "fails_safe", a_share(), "The share of its failures that are safe; none when left out."
)

LASTING = Table(
    (
        Key("mttf", a_time(), "Its mean time to failure; alone, its life is exponential."),
        Key("rate", a_rate(), "How often it fails, at a constant rate; instead of mttf."),
        Key(
            "shape",
            a_number(),
            "The shape of a Weibull life, from 0.05 to 50: above 1 it ages, below it matures.",
        ),
        Key("scale", a_time(), "The scale of a Weibull life; instead of mttf beside a shape."),
        Key("median", a_time(), "The median of a lognormal life."),
        Key("sigma", a_number(), "The deviation of the logarithm of a lognormal life, at most 10."),
        Key(
            "stages",
            ListOf(a_time(), 'a list of 2 to 20 times such as ["1 mo", "1 w"]'),
            "A life in exponential stages, one mean each; equal ones make an Erlang law.",
        ),
        Key("mttr", a_time(), 'How long a repair takes on average, as good as new; may be "0 s".'),
        Key("planned", a_time(), "How long it is taken down on purpose, once in `every`."),
        Key("every", a_time(), "How often it is taken down on purpose; longer than `planned`."),
        Key(
            "rejuvenate",
            a_time(),
            "It is renewed when it has run this long without a failure.",
        ),
        FAILS_SAFE,
        Key("takes", a_time(), 'How long a renewal takes; "0 s" where another takes over.'),
    ),
    makes=LastingComponent,
    named=True,
)
