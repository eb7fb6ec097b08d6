"""How well a number is known: read, checked, kept and written."""

from __future__ import annotations

import pytest

from vreltui.model import Probability
from vreltui.model.uncertainty import Beta, FromTests, LogNormal, Uniform
from vreltui.storage import FileError, parse, render, schema
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
