"""The shipped designs of sections 2 and 3: the closed form that must come out of each model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import mpmath
import pytest

from tests.shipped import choices, design

HOURS = {"y": 8760.0, "mo": 730.0, "w": 168.0, "d": 24.0, "h": 1.0, "min": 1 / 60, "s": 1 / 3600}


def numbers(name: str) -> dict[str, float]:
    """The parameters of a shipped design: times in hours, the rest as they are."""
    found = {}
    for parameter, entry in design(name).parameters.items():
        number, _, unit = str(entry.value).partition(" ")
        found[parameter] = float(number) * HOURS.get(unit, 1.0)
    return found


@pytest.fixture(scope="module")
def restarts() -> dict[str, Any]:
    return choices(design("restarts-and-patches"))


def test_a_checkpoint_on_unlike_hardware(restarts: dict[str, Any]) -> None:
    n = numbers("restarts-and-patches")
    down = n["u"] * n["k"] + (1 - n["u"]) * n["B"]
    found = restarts["unlike-hardware"]
    assert found["unavailability"] == pytest.approx(down / (n["T_H"] + down), rel=1e-12)
    assert restarts["own-hardware"]["verdict"] == "hopeless"


def test_a_slow_boot_that_spares_the_old_machine(restarts: dict[str, Any]) -> None:
    n = numbers("restarts-and-patches")
    worn = 1 / (1 / n["T_c"] + 1 / n["T_2"])
    renewed = worn / n["T_c"]
    up = n["T_1"] + worn
    down = renewed * n["B"] + (1 - renewed) * n["r"]
    found = restarts["boot-in-place"]["unavailability"]
    assert found == pytest.approx(down / (up + down), rel=1e-12)
    both = 1 / (1 / n["B"] + 1 / n["T_2"])
    up += renewed * both
    down = (1 - renewed + renewed * both / n["T_2"]) * n["r"]
    found = restarts["boot-beside"]["unavailability"]
    assert found == pytest.approx(down / (up + down), rel=1e-12)


def quarantined(n: dict[str, float], q: float) -> float:
    """The share of time down by how long patches wait."""
    good = 1 / (1 / q + 1 / n["T_e"])
    bad = 1 / (1 / q + 1 / n["T_e"] + 1 / n["T_b"])
    up = n["every"] + (1 - n["b"]) * good + n["b"] * bad
    broken = ((1 - n["b"]) * good + n["b"] * bad) / n["T_e"] * n["f"]
    down = broken + n["b"] * bad / q * n["r"]
    return down / (up + down)


def test_a_quarantine_is_neither_too_short_nor_too_long(restarts: dict[str, Any]) -> None:
    n = numbers("restarts-and-patches")
    found = restarts["quarantine"]
    assert found["unavailability"] == pytest.approx(quarantined(n, n["q"]), rel=1e-12)
    ((low, high),) = [(i["low"], i["high"]) for i in found["thresholds"]["q"]["intervals"]]
    for end in (low, high):
        assert quarantined(n, end / 3600) == pytest.approx(8 / 8760, rel=1e-9)
    assert 0 < low < n["q"] * 3600 < high


def test_what_must_pay_for_a_hypervisor_below_one_machine(restarts: dict[str, Any]) -> None:
    n = numbers("restarts-and-patches")
    vmm = n["T_V"] / (n["T_V"] + n["r_V"])
    copy, bare = (n["every"] / (n["every"] + n[key]) for key in ("s", "d"))
    assert restarts["one-vm"]["availability"] == pytest.approx(vmm * copy, rel=1e-12)
    assert restarts["bare"]["availability"] == pytest.approx(bare, rel=1e-12)
    asked = choices(replace(design("restarts-and-patches").without_goal(), baseline="bare"))
    ((low, high),) = [
        (i["low"], i["high"]) for i in asked["one-vm"]["thresholds"]["r_V"]["intervals"]
    ]
    most = n["T_V"] * (copy / bare - 1)
    assert (low, high) == (0, pytest.approx(most * 3600, rel=1e-9))


def safe_until(rates: list[list[float]], time: float) -> float:
    """The chance not to have come to the last state, from the first: e^(Qt) by mpmath."""
    size = len(rates)
    generator = mpmath.matrix(size, size)
    for i, row in enumerate(rates):
        for j, rate in enumerate(row):
            generator[i, j] += rate
            generator[i, i] -= rate
    return float(1 - mpmath.expm(generator * time, method="taylor")[0, size - 1])


def test_attackers_that_are_cut_off_and_attacks_that_spread() -> None:
    n, found = numbers("attackers"), choices(design("attackers"))
    seen, not_seen = n["c"] / n["T_a"], (1 - n["c"]) / n["T_a"]
    one, two = 3 / n["T_a"], 2 / n["T_a"]
    chains: dict[str, list[list[float]]] = {
        "crashed": [[0, seen, not_seen], [1 / n["T_r"], 0, 0], [0, 0, 0]],
        "cut-off": [[0, seen, not_seen], [1 / n["T_k"], 0, 1 / n["T_h"]], [0, 0, 0]],
        "one-host": [[0, 1 / n["T_a"]], [0, 0]],
        "three-alone": [[0, one, 0], [1 / n["T_d"], 0, two], [0, 0, 0]],
        "three-spread": [[0, one, 0], [1 / n["T_d"], 0, two + 2 / n["T_s"]], [0, 0, 0]],
    }
    for name, rates in chains.items():
        expected = safe_until(rates, 134.5 * 24)
        assert found[name]["safety"] == pytest.approx(expected, rel=1e-9), name
    assert found["cut-off"]["availability_over"] > found["crashed"]["availability_over"]


def test_a_cold_spare_beats_a_hot_one_while_two_switches_of_three_succeed() -> None:
    spare = design("shared-spare")
    asked = choices(replace(spare.without_goal(), baseline="hot"))["cold"]
    ((low, high),) = [(i["low"], i["high"]) for i in asked["thresholds"]["c"]["intervals"]]
    assert (low, high) == (pytest.approx(2 / 3, rel=1e-12), 1)
