"""`import vreltui`: the same answers as the commands, as plain values, with exact numbers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, is_dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import vreltui
from vreltui.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
WEB = str(ROOT / "designs" / "web-node.toml")


@pytest.fixture(scope="module")
def web() -> vreltui.Design:
    return vreltui.load(WEB)


def spaces(tmp_path: Path) -> str:
    file = tmp_path / "space.toml"
    file.write_text(
        "vreltui = 1\ngoal.reliability = 0.9\nresources.euro.limit = 50\n"
        "catalogues.disks.A = { reliability = 0.95, uses = { euro = 10 } }\n"
        "catalogues.disks.B = { reliability = 0.85, uses = { euro = 5 } }\n"
        "nodes.disk.from = 'disks'\nchoices.c.root = 'disk'\n"
    )
    return str(file)


Pair = tuple[Callable[[vreltui.Design], Any], list[str]]
PAIRS: dict[str, Pair] = {
    "check": (vreltui.check, ["check", WEB, "--json"]),
    "one choice": (lambda d: vreltui.check(d, "vms"), ["check", WEB, "--choice", "vms", "--json"]),
    "formula": (
        lambda d: vreltui.formula(d, "vms"),
        ["formula", WEB, "--choice", "vms", "--json"],
    ),
    "condition": (
        lambda d: vreltui.condition(d, "vms", "nv", "R_V"),
        ["formula", WEB, "--choice", "vms", "--against", "nv", "--solve", "R_V", "--json"],
    ),
    "plot": (lambda d: vreltui.plot_points(d, "replicas"), ["plot", WEB, "replicas", "--json"]),
    "importance": (
        lambda d: vreltui.importance(d, "vms", groups=[["hardware", "hypervisor"]]),
        ["importance", WEB, "--choice", "vms", "--group", "hardware,hypervisor", "--json"],
    ),
    "cut sets": (
        lambda d: vreltui.cut_sets(d, "vms", order=2),
        ["cutsets", WEB, "--choice", "vms", "--order", "2", "--json"],
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_an_answer_is_the_json_of_its_command(
    web: vreltui.Design, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    function, arguments = PAIRS[name]
    found = function(web)
    assert run(arguments) in (0, 1)
    assert json.loads(json.dumps(found.to_dict())) == json.loads(capsys.readouterr().out)
    assert is_dataclass(type(found))
    assert found._repr_markdown_()
    with pytest.raises(FrozenInstanceError):
        found.data = {}


def test_so_are_spaces_and_differences(
    web: vreltui.Design, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    space = spaces(tmp_path)
    assert run(["explore", space, "--json"]) == 0
    found = vreltui.explore(vreltui.load(space))
    assert json.loads(json.dumps(found.to_dict())) == json.loads(capsys.readouterr().out)
    other = tmp_path / "other.toml"
    other.write_text(vreltui.dumps(web.with_values({"R_V": "0.99"})))
    assert run(["diff", WEB, str(other), "--json"]) == 1
    compared = vreltui.compare(web, vreltui.load(other))
    assert json.loads(json.dumps(compared.to_dict())) == json.loads(capsys.readouterr().out)
    assert (compared.same_meaning, compared.worse) == (False, ("vms",))


def test_numbers_are_exact_in_and_out(web: vreltui.Design) -> None:
    exact: list[tuple[Any, Any]] = [
        (Decimal("0.998500000000000000000000000001"),) * 2,
        (Fraction(127, 128), Decimal("0.9921875")), ("99.9%", Decimal("0.999")),
    ]  # fmt: skip
    for given, wanted in exact:
        design = web.with_values({"R_V": given})
        assert design.values["R_V"] == wanted
        assert web.values["R_V"] == Decimal("0.999")
    threshold = vreltui.check(web, "vms").choices["vms"].thresholds["R_V"]
    assert threshold.intervals is not None
    ((low, high),) = threshold.intervals
    assert vreltui.check(web.with_values({"R_V": low}), "vms").choices["vms"].verdict == "meets"
    assert high == 1
    below = web.with_values({"R_V": low - Decimal("1e-6")})
    assert vreltui.check(below, "vms").choices["vms"].verdict != "meets"


@pytest.mark.parametrize("value", [0.5, True, Fraction(1, 3), Decimal("NaN"), "1.5", "much"])
def test_what_is_not_exact_or_no_value_is_refused(web: vreltui.Design, value: Any) -> None:
    with pytest.raises((TypeError, ValueError, vreltui.VreltuiError)):
        web.with_values({"R_V": value})


def test_names_that_are_not_there_are_refused_with_the_nearest(web: vreltui.Design) -> None:
    for ask in (
        lambda: vreltui.check(web, "vmz"), lambda: vreltui.formula(web, "vmz"),
        lambda: web.with_values({"R_X": 1}), lambda: vreltui.plot_points(web, "replica"),
    ):  # fmt: skip
        with pytest.raises(vreltui.VreltuiError, match=r"there is no|did you mean"):
            ask()


def test_a_text_comes_out_as_it_went_in(web: vreltui.Design) -> None:
    assert vreltui.dumps(web) == Path(WEB).read_text()
    assert vreltui.dumps(vreltui.loads(vreltui.dumps(web))) == vreltui.dumps(web)
    with pytest.raises(vreltui.VreltuiError, match="<string>:1"):
        vreltui.loads("vreltui = 0")


def test_the_lines_in_the_readme_run() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", block], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("meets 0.0016")
    assert "(Decimal('0.99813" in done.stdout


def test_the_page_lists_what_is_there() -> None:
    page = (ROOT / "docs" / "library.md").read_text()
    listed = set(re.findall(r"`(\w+)\(", page)) & set(vreltui.__all__)
    functions = {name for name in vreltui.__all__ if name[0].islower()} - {"__version__"}
    assert listed == functions


def test_importing_it_loads_nothing() -> None:
    script = "import sys, vreltui; sys.exit('vreltui.library' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("limit", ["-5", "nan", "inf", "1e-999"])
def test_a_limit_that_is_no_amount_is_refused(limit: str) -> None:
    text = "vreltui = 1\n[resources]\neuro = {}\n[nodes.a]\nreliability = 0.9\n[choices.c]\n"
    with pytest.raises(vreltui.VreltuiError, match="limit of euro"):
        vreltui.explore(vreltui.loads(text + 'root = "a"\n'), limits={"euro": Decimal(limit)})
