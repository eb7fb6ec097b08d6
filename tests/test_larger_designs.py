"""What every shipped design must show, and what the texts of the larger ones claim."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.shipped import (
    DESIGNS,
    choices,
    curves,
    design,
)
from vreltui.model import Probability
from vreltui.storage import read

# What the larger designs say of themselves

VERDICTS = {
    "web-node": {
        "nv": "hopeless",
        "vms": "meets",
        "voted": "hopeless",
        "filter-below": "short",
    },
    "two-hosts": {
        "one-host": "hopeless",
        "two-hosts": "hopeless",
        "witness": "short",
        "active-active": "meets",
    },
    "control-plane": {
        "single": "hopeless",
        "same-server": "hopeless",
        "active-standby": "short",
        "quorum": "meets",
    },
    "three-tier": {
        "one-zone": "hopeless",
        "database-behind": "hopeless",
        "both-zones": "short",
        "two-balancers": "meets",
        "arbiter": "meets",
    },
}


@pytest.mark.parametrize("name", VERDICTS)
def test_verdicts_of_the_larger_designs(name: str) -> None:
    said = choices(design(name))
    assert {choice: answer["verdict"] for choice, answer in said.items()} == VERDICTS[name]


def test_a_nudge_of_the_hypervisor_changes_the_first_verdict() -> None:
    shipped = design("web-node")
    r_v = replace(shipped.parameters["R_V"], value=Probability.of("0.998"))
    nudged = replace(shipped, parameters={**shipped.parameters, "R_V": r_v})
    assert choices(nudged)["vms"]["verdict"] == "short"


def test_a_second_host_under_a_vote_makes_it_worse() -> None:
    assert choices(design("two-hosts"))["two-hosts"]["against_baseline"] == "worse"


@pytest.mark.parametrize("name", DESIGNS)
def test_a_shipped_design_is_clean_and_decided_on_the_command_line_as_well(name: str) -> None:
    document = read(DESIGNS[name])
    assert not document.read_only
    assert not document.notes
    found = choices(document.design)
    for choice, answer in found.items():
        assert answer["verdict"] != "undecided", choice
        for parameter, threshold in answer["thresholds"].items():
            assert "undecided" not in threshold["sentence"], (choice, parameter)
    command = [sys.executable, "-m", "vreltui", "check", "--json", str(DESIGNS[name])]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    said = json.loads(run.stdout)
    assert run.stderr == ""
    assert said["choices"] == json.loads(json.dumps(found))
    meeting = {name for name, choice in said["choices"].items() if choice["verdict"] == "meets"}
    if said["goal"] is not None or meeting - {said["baseline"]}:
        assert run.returncode == (0 if meeting else 1)


@pytest.mark.parametrize("name", DESIGNS)
def test_every_plot_of_a_shipped_design_has_points(name: str) -> None:
    for plot in design(name).plots:
        values = [y for curve in curves(name, plot).values() for y in curve.values()]
        assert any(y is not None for y in values), plot


def test_the_designs_are_where_the_program_looks_for_them() -> None:
    here = Path(__file__).parent.parent / "designs"
    assert set(DESIGNS) == {path.stem for path in here.glob("*.toml")}
    assert "web-node" in DESIGNS
