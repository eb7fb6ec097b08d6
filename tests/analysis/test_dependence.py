"""Independence honesty: what common causes would take away of what redundancy gains."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from vreltui.analysis.questions.dependence import dependence, gain_kept
from vreltui.analysis.study import Study
from vreltui.cli.main import run
from vreltui.storage import parse
from vreltui.wording.dependence import betas_of_curve, kept_points, most_sentence

F = Fraction

TWO = """vreltui = 1
[goal]
reliability = 0.97
[nodes.vm]
reliability = 0.9
[nodes.host]
reliability = 0.999
[nodes.pool]
of = "vm"
copies = 2
needs = "any"
[nodes.top]
parts = ["host", "pool"]
[choices.c]
root = "top"
"""


def _asked(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    path = tmp_path / "design.toml"
    path.write_text(text)
    run(["check", "--dependence", "--json", str(path)])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)["choices"]["c"]
    return answer


def _works(b: Fraction) -> Fraction:
    q = F(1, 10)
    return F(999, 1000) * (1 - b * q) * (1 - ((1 - b) * q / (1 - b * q)) ** 2)


def test_a_pool_of_two_keeps_what_its_closed_form_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = _asked(TWO, tmp_path, capsys)["dependence"]
    assert found["sets"] == ["pool"]
    betas = [F(0), F(1, 100), F(1, 50), F(1, 20), F(1, 10), F(1, 5), F(1)]
    assert found["betas"] == [float(beta) for beta in betas]
    for beta, q, kept in zip(betas, found["unreliability"], found["kept"], strict=True):
        gained = (_works(beta) - _works(F(1))) / (_works(F(0)) - _works(F(1)))
        assert q == pytest.approx(float(1 - _works(beta)), rel=1e-13)
        assert kept == pytest.approx(float(gained), rel=1e-13)
    (most,) = found["most"]
    assert most["low"] == 0
    assert (
        _works(F(most["high"]) - F(1, 10**9)) > F(97, 100) > _works(F(most["high"]) + F(1, 10**3))
    )
    percent = found["sentence"].removeprefix("holds while at most ").partition(" %")[0]
    assert found["sentence"].endswith("% of the failures of pool are common")
    assert _works(F(percent) / 100) > F(97, 100)


def test_where_all_are_needed_nothing_is_redundant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = _asked(TWO.replace('needs = "any"', 'needs = "all"'), tmp_path, capsys)
    assert answer["dependence"] is None


def test_what_a_cause_strikes_is_left_to_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    struck = TWO + '[causes.flaw]\nstrikes = ["vm"]\nbeta = 0.1\n'
    assert _asked(struck, tmp_path, capsys)["dependence"] is None


def test_a_group_of_components_with_one_value_is_a_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TWO.replace('[nodes.pool]\nof = "vm"\ncopies = 2', '[nodes.pool]\nparts = ["vm", "b"]')
    found = _asked(text + "[nodes.b]\nreliability = 0.90\n", tmp_path, capsys)["dependence"]
    assert found["unreliability"][3] == pytest.approx(float(1 - _works(F(1, 20))), rel=1e-13)


def test_without_a_goal_the_gain_is_told_and_the_most_is_null(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TWO.replace("[goal]\nreliability = 0.97\n", "")
    found = _asked(text, tmp_path, capsys)["dependence"]
    assert found["most"] is None
    assert found["kept"][0] == 1
    assert "takes away" in found["sentence"]


LASTING = TWO.replace("[goal]\nreliability = 0.97\n", "[mission]\n{mission}\n").replace(
    "[nodes.vm]\nreliability = 0.9", '[nodes.vm]\nmttf = "10 d"\nmttr = "1 d"'
)


def test_a_mean_life_keeps_what_its_closed_form_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two of mean T of which one suffices live T (2 - 1/(2 - beta)); a mean goal of 12 d."""
    text = LASTING.replace("{mission}", 'measure = "mttf"').replace(
        '[mission]\nmeasure = "mttf"\n', '[goal]\nmttf = "12 d"\n'
    )
    text = text.replace("[nodes.host]\nreliability = 0.999", "[nodes.host]\nreliability = 1")
    found = _asked(text, tmp_path, capsys)["dependence"]
    day = 86400
    for beta, mean in zip(found["betas"], found["mttf_s"], strict=True):
        assert mean == pytest.approx(float(10 * day * (2 - 1 / (2 - F(beta)))), rel=1e-12)
    (most,) = found["most"]
    assert most["high"] == pytest.approx(0.75, rel=1e-9)  # 2 - 1/(2 - beta) = 1.2
    # Beside a baseline that lives 13 days the same asks for less in common.
    beside = '[choices.one]\nroot = "better"\n[nodes.better]\nmttf = "13 d"\n'
    text = text.replace("vreltui = 1\n", 'vreltui = 1\nbaseline = "one"\n')
    found = _asked(text + beside, tmp_path, capsys)["dependence"]
    (most,) = found["most"]
    assert most["high"] == pytest.approx(4 / 7, rel=1e-9)  # 2 - 1/(2 - beta) = 1.3


def test_an_availability_keeps_its_share_of_the_gain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = LASTING.replace("{mission}", 'measure = "availability"')
    found = _asked(text, tmp_path, capsys)["dependence"]
    for beta, down in zip(found["betas"], found["unavailability"], strict=True):
        b, q = F(str(beta)), F(1, 11)
        own = (1 - q) / (1 - b * q)
        wanted = 1 - F(999, 1000) * (1 - b * q) * (1 - (1 - own) ** 2)
        assert down == pytest.approx(float(wanted), rel=1e-12)


def test_a_pool_with_a_policy_is_left_out_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = LASTING.replace("{mission}", 'measure = "availability"')
    text = text.replace(
        '[nodes.top]\nparts = ["host", "pool"]',
        """[nodes.spares]
of = "vm"
copies = 2
needs = "any"
dormancy = 0
[nodes.top]
parts = ["host", "pool", "spares"]""",
    )
    found = _asked(text, tmp_path, capsys)["dependence"]
    assert found["sets"] == ["pool"]
    assert "spares is left out" in found["sentence"]


def test_the_line_under_the_report_names_how_much_may_be_common(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "design.toml"
    path.write_text(TWO)
    run(["check", "--dependence", str(path)])
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("Failures are taken to be independent: c holds while at most ")
    run(["check", str(path)])
    assert "only as far as that is true" in capsys.readouterr().out.splitlines()[-1]


def test_the_curve_of_the_gain_kept_goes_through_the_figures_and_the_most() -> None:
    study = Study(parse(TWO.replace("0.97", "0.985")).design)
    found = dependence(study, "c")
    assert found is not None
    assert found.most is not None
    betas = betas_of_curve(found)
    kept = gain_kept(study, "c", betas)
    assert kept is not None
    none, last = _works(F(0)), F(999, 1000) * F(9, 10)
    for beta, share in zip(betas, kept, strict=True):
        expected = (_works(F(beta.reliability)) - last) / (none - last)
        assert share == pytest.approx(float(expected), rel=1e-12)
    drawn = kept_points(found, betas, kept)
    assert (drawn.x[0], drawn.x[-1]) == (0, 0.2)
    (crossing,) = drawn.crossings
    most = found.most[0].high.at
    assert crossing.at == most
    assert crossing.y == kept[betas.index(most)]


@pytest.mark.parametrize(
    ("goal", "said"),
    [("0.985", "holds while at most 4.931 %"), ("0.5", ""), ("0.9999", "")],
    ids=["some", "any share", "fails as it is"],
)
def test_under_a_report_stands_the_most_that_may_be_common(goal: str, said: str) -> None:
    found = dependence(Study(parse(TWO.replace("0.97", goal)).design), "c")
    assert most_sentence(found).startswith(said)
    assert bool(most_sentence(found)) == bool(said)
    assert most_sentence(None) == ""
    assert _works(F("0.04931")) > F("0.985") > _works(F("0.04932"))
