"""How well a number is known: read, checked, kept and written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from vreltui.model import Probability, Value
from vreltui.model.edits import rename_parameter, set_in_choice, unset_in_choice
from vreltui.model.numbers import PlainNumber
from vreltui.model.percentiles import below, is_unlikely
from vreltui.model.uncertainty import (
    Beta,
    Between,
    Distribution,
    FromTests,
    LogNormal,
    Spread,
    Triangular,
    Uniform,
)
from vreltui.storage import FileError, parse, render, rewrite, schema
from vreltui.storage.statements import statements

FILE = """\
vreltui = 1
[parameters]
x = {{ {stated}, uncertain = {uncertain} }}
[nodes.a]
{uses}
[choices.c]
root = "a"
"""
USES = {
    "value = 0.95": 'reliability = "x"',
    "unreliability = 1e-5": 'reliability = "x"',
    'time = "100 h"': 'mttf = "x"\nmttr = "1 h"',
    'rate = "2 /y"': 'rate = "x"\nmttr = "1 h"',
    "number = 1.5": 'shape = "x"\nmttf = "3 h"\nmttr = "1 h"',
    "count = 3": 'of = "b"\ncopies = "x"\n[nodes.b]\nreliability = 0.9',
}


def text(stated: str, uncertain: str) -> str:
    measure = 'mission.measure = "availability"\n' if "mttr" in USES[stated] else ""
    filled = FILE.format(stated=stated, uncertain=uncertain, uses=USES[stated])
    return filled.replace("[parameters]", f"{measure}[parameters]")


GOOD = [
    ("value = 0.95", "[0.9, 0.99]"),
    ("value = 0.95", "{ beta = [998.5, 1.5] }"),
    ("value = 0.95", "{ uniform = [0.9, 0.99] }"),
    ("value = 0.95", "{ triangular = [0.9, 0.95, 0.99] }"),
    ("value = 0.95", "{ tests = 1000, failures = 2 }"),
    ("value = 0.95", '{ tests = 1000, failures = 0, prior = "uniform" }'),
    ("value = 0.95", "{ tests = 1000, failures = 1000, prior = [0.5, 2] }"),
    ("value = 0.95", "{ between = [0.99, 0.9999] }"),
    ("unreliability = 1e-5", "{ lognormal = { median = 0.00001, error_factor = 3 } }"),
    ("unreliability = 1e-5", "{ lognormal = { mean = 0.00001, error_factor = 3 } }"),
    ("unreliability = 1e-5", "{ uniform = [0, 1] }"),
    ('time = "100 h"', '["90 h", "5 d"]'),
    ('time = "100 h"', '{ lognormal = { median = "90 h", error_factor = 3 } }'),
    ('rate = "2 /y"', '{ uniform = ["1 /y", "500 FIT"] }'.replace("500 FIT", "3 /y")),
    ("number = 1.5", "{ triangular = [1, 1.5, 2] }"),
]


@pytest.mark.parametrize(("stated", "uncertain"), GOOD)
def test_it_is_read_and_written_the_same(stated: str, uncertain: str) -> None:
    import tomllib

    import jsonschema

    said = text(stated, uncertain)
    design = parse(said).design
    assert design.parameters["x"].uncertain is not None
    written = render(design)
    assert f"uncertain = {uncertain}" in written
    assert parse(written).design == design
    jsonschema.Draft202012Validator(schema()).validate(tomllib.loads(said))
    assert statements(design).tables["parameters"]["x"].keys["uncertain"].value is not None


def test_the_model_has_what_the_file_says() -> None:
    def of(stated: str, uncertain: str) -> object:
        return parse(text(stated, uncertain)).design.parameters["x"].uncertain

    beta = of(*GOOD[1])
    assert isinstance(beta, Beta)
    assert [str(weight) for weight in beta.beta] == ["998.5", "1.5"]
    assert of(*GOOD[2]) == Uniform((Probability.of("0.9"), Probability.of("0.99")))
    assert of(*GOOD[4]) == FromTests(1000, 2)
    assert isinstance(of(*GOOD[8]), LogNormal)


BAD = [
    ("value = 0.95", "[0.99, 0.9]", "does not rise from 0.99 to 0.9"),
    ("value = 0.95", "{ uniform = [0.9, 1.5] }", "0 to 1"),
    ("value = 0.95", "{ triangular = [0.9, 0.8, 0.99] }", "the mode of triangular is outside"),
    ("value = 0.95", "{ beta = [0.0001, 1] }", "0.001 to 1000000000 is right"),
    ("value = 0.95", "{ tests = 10, failures = 11 }", "11 failures in 10 tests"),
    ("value = 0.95", "{ tests = 10 }", "has no failures"),
    ("value = 0.95", "{ lognormal = { median = 0.9, error_factor = 3 } }", "an unreliability"),
    ("value = 0.95", "{ between = [0.9, 1] }", "strictly inside"),
    ("value = 0.95", "{ normal = [0.9, 1] }", 'unknown key "normal"'),
    ("value = 0.95", "{ beta = [1, 2], uniform = [0.1, 0.2] }", "has both beta and uniform"),
    ("unreliability = 1e-5", "{ lognormal = { median = 1e-5, error_factor = 1 } }", "above 1"),
    ("unreliability = 1e-5", "{ lognormal = { error_factor = 2 } }", "median or mean"),
    ('time = "100 h"', "{ beta = [1, 2] }", "takes uniform, triangular"),
    ('time = "100 h"', "{ uniform = [0.1, 0.2] }", "the number is a"),
    ("count = 3", "[1, 5]", "a count is never uncertain"),
    ("value = 0.95", "0.3", "a list of two numbers, or a distribution"),
]


@pytest.mark.parametrize(("stated", "uncertain", "said"), BAD)
def test_what_is_no_distribution_is_refused(stated: str, uncertain: str, said: str) -> None:
    with pytest.raises(FileError) as caught:
        parse(text(stated, uncertain), "web.toml")
    lines = "\n".join(caught.value.lines())
    assert said in lines
    assert "web.toml:" in lines


def test_a_decision_is_not_uncertain() -> None:
    with pytest.raises(FileError, match="both values and uncertain"):
        parse(text("value = 0.95", "[0.9, 0.99], values = [0.95, 0.96]"))


SETS = """\
vreltui = 1
[parameters]
x = { value = 0.99, uncertain = { uniform = [0.9, 0.995] } }
q = { unreliability = 0.01 }
[nodes.a]
reliability = "x"
[nodes.b]
reliability = "q"
[nodes.top]
parts = ["a", "b"]
[choices.c]
root = "top"
set = { x = { value = 0.95, uncertain = { tests = 100, failures = 5 } }, q = { unreliability = 0.02, uncertain = [0.01, 0.03] } }
[choices.d]
root = "top"
set = { x = 0.9 }
"""  # noqa: E501


def test_a_choice_says_of_what_it_sets_how_well_it_is_known() -> None:
    import tomllib

    import jsonschema

    document = parse(SETS)
    design = document.design
    known = design.choices["c"].uncertain
    assert known["x"] == FromTests(100, 5)
    assert known["q"] == tuple(Probability.of(end) for end in ("0.01", "0.03"))
    assert not design.choices["d"].uncertain
    assert document.notes == ()
    assert parse(render(design)).design == design
    jsonschema.Draft202012Validator(schema()).validate(tomllib.loads(SETS))

    # Edits keep what they do not touch, rename what they rename, and drop what is gone.
    kept = rewrite(document, set_in_choice(design, "c", "x", Probability.of("0.96")))
    assert "x = { value = 0.96, uncertain = { tests = 100, failures = 5 } }" in kept.text
    named = rewrite(document, rename_parameter(design, "x", "y"))
    assert named.design.choices["c"].uncertain["y"] == FromTests(100, 5)
    gone = rewrite(document, unset_in_choice(design, "c", "x"))
    assert dict(gone.design.choices["c"].uncertain) == {"q": known["q"]}
    assert gone.text.count("tests = 100") == 0


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("failures = 5", "failures = 500", r":13: uncertain of x in choice c: there are 500"),
        ("[0.01, 0.03]", "[0.03, 0.01]", r":13: uncertain of q in choice c: .* does not rise"),
        ("failures = 5", "failure = 5", r'unknown key "failure"; did you mean "failures"'),
        ("value = 0.95, unc", "unc", "write one of value or unreliability"),
    ],
)
def test_what_a_choice_says_wrongly_is_refused(was: str, now: str, message: str) -> None:
    with pytest.raises(FileError, match=message):
        parse(SETS.replace(was, now))


def test_a_value_outside_its_own_distribution_is_noted() -> None:
    said = SETS.replace("value = 0.95, unc", "value = 0.995, unc").replace("0.995]", "0.98]")
    first, second = (str(note) for note in parse(said).notes)
    assert first.startswith("the value of x, 0.99, is outside P1 to P99 of its own distribution")
    assert second.startswith("the value of x in choice c, 0.995, is outside")
    for note, line in zip(parse(said).notes, (3, 13), strict=True):
        assert parse(said).line(note) == line


def test_distributions_are_those_of_a_second_reading() -> None:
    """Probabilities of being below, by mpmath from the definitions in docs/design-file.md."""
    mp = pytest.importorskip("mpmath").mp
    like = Probability.of("0.97")
    fails = Probability.from_unreliability("0.03")
    z = mp.sqrt(2) * mp.erfinv(mp.mpf("0.9"))
    x, q = mp.mpf("0.97"), mp.mpf("0.03")

    def plain(number: str) -> PlainNumber:
        return PlainNumber(Decimal(number))

    def of(text: str) -> Probability:
        return Probability.of(text)

    def logit(p: str) -> Any:
        return mp.log(mp.mpf(p) / (1 - mp.mpf(p)))

    width = mp.log(3) / z
    expected: list[tuple[Distribution, Value, Any]] = [
        (Beta((plain("30.5"), plain("1.5"))), like, mp.betainc(30.5, 1.5, 0, x, True)),
        (FromTests(40, 2), like, mp.betainc(38.5, 2.5, 0, x, True)),
        (FromTests(40, 2), fails, mp.betainc(2.5, 38.5, 0, q, True)),
        (FromTests(40, 2, "uniform"), fails, mp.betainc(3, 39, 0, q, True)),
        (FromTests(40, 2, (plain("3"), plain("2"))), like, mp.betainc(41, 4, 0, x, True)),
        (Uniform((of("0.9"), of("0.99"))), like, mp.mpf(7) / 9),
        (Triangular((of("0.9"), of("0.92"), of("0.99"))), like, 1 - mp.mpf(4) / (9 * 7)),
        (Triangular((of("0.9"), of("0.98"), of("0.99"))), like, mp.mpf(49) / (9 * 8)),
        (
            LogNormal(Spread(plain("3"), median=of("0.02"))),
            fails,
            mp.ncdf(mp.log(q / mp.mpf("0.02")) / width) / mp.ncdf(mp.log(50) / width),
        ),
        (
            LogNormal(Spread(plain("3"), mean=plain("2"))),
            plain("1.5"),
            mp.ncdf((mp.log(mp.mpf("0.75")) + width**2 / 2) / width),
        ),
        (
            Between((of("0.9"), of("0.99"))),
            like,
            mp.ncdf(
                (logit("0.97") - (logit("0.9") + logit("0.99")) / 2)
                / ((logit("0.99") - logit("0.9")) / (2 * z))
            ),
        ),
    ]
    for distribution, value, wanted in expected:
        assert abs(float(below(distribution, value)) - float(wanted)) < 1e-12, distribution


def test_many_tests_are_bounded() -> None:
    many = FromTests(10**12, 10**6)
    assert is_unlikely(many, Probability.from_unreliability("1.2e-6"))
    assert not is_unlikely(many, Probability.of("0.999999"))
    assert is_unlikely(many, Probability.of("0.99999"))
