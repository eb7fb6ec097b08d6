"""Axes: right places for values that hardly differ, and labels that can be read."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vreltui.plotting.axes import horizontal, vertical
from vreltui.plotting.scale import Scale, Value, coordinate


def of_complement(complement: float) -> Value:
    return 1.0 - complement, complement


def labels(scale: Scale, most: int) -> list[str]:
    return [label for _, label in scale.ticks(most)]


def test_an_even_axis_has_round_ticks() -> None:
    scale = horizontal([(0.1, 0.9), (1.0, 0.0)], "probability")
    assert labels(scale, 5) == ["0.2", "0.4", "0.6", "0.8", "1.0"]


def test_values_that_agree_in_twelve_digits_are_told_apart() -> None:
    values = [of_complement(4e-12), of_complement(3e-12), of_complement(1e-12)]
    scale = horizontal(values, "probability")
    assert [scale.position(value) for value in values] == pytest.approx([0, 1 / 3, 1])
    assert labels(scale, 4) == ["1-4e-12", "1-3e-12", "1-2e-12", "1-1e-12"]


def test_nines_when_reliabilities_spread_towards_one() -> None:
    values = [of_complement(10.0**-power) for power in (1, 3, 5)]
    scale = vertical(values, "probability")
    assert scale.kind == "nines"
    assert labels(scale, 5) == ["0.9", "0.99", "0.999", "0.9999", "0.99999"]
    positions = [scale.position(value) for value in values]
    assert positions[1] - positions[0] == pytest.approx(positions[2] - positions[1])


def test_powers_of_ten_when_unreliabilities_spread_towards_zero() -> None:
    values = [(10.0**-power, 1 - 10.0**-power) for power in (2, 5, 8)]
    scale = vertical(values, "probability")
    assert scale.kind == "logarithmic"
    assert labels(scale, 4) == ["1e-8", "1e-6", "1e-4", "0.01"]


def test_twice_and_five_times_each_power_where_there_is_room() -> None:
    scale = Scale("logarithmic", -3.0, -1.0)
    assert labels(scale, 9) == ["0.001", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1"]


def test_between_two_powers_of_ten_ticks_have_two_digits() -> None:
    assert labels(Scale("nines", 2.1, 2.6), 3) == ["0.9940", "0.9955", "0.9967"]
    assert labels(Scale("logarithmic", -7.9, -7.4), 2) == ["1.8e-8", "2.7e-8"]


def test_the_reader_may_ask_for_one_axis_or_the_other() -> None:
    spread = [of_complement(10.0**-power) for power in (1, 3, 5)]
    assert vertical(spread, "probability", wish="linear").kind == "linear"
    ordinary = [(0.4, 0.6), (0.95, 0.05)]
    assert vertical(ordinary, "probability").kind == "linear"
    assert vertical(ordinary, "probability", wish="nines").kind == "nines"


def test_perfection_is_at_the_top_of_an_axis_of_nines() -> None:
    scale = vertical([(0.9, 0.1), (0.9999, 1e-4), (1.0, 0.0)], "probability")
    assert scale.kind == "nines"
    assert scale.position((1.0, 0.0)) == 1.0


def test_counts_have_whole_ticks() -> None:
    scale = vertical([(2.0, 0.0), (3.0, 0.0)], "count")
    assert labels(scale, 6) == ["2", "3"]


_probabilities = st.one_of(
    st.floats(0, 1).map(lambda value: (value, 1 - value)),
    st.floats(1e-300, 0.5).map(of_complement),
    st.sampled_from([(0.0, 1.0), (1.0, 0.0), (0.5, 0.5)]),
)


@given(
    st.lists(_probabilities, min_size=1, max_size=6),
    st.integers(1, 12),
    st.sampled_from(["auto", "linear", "nines"]),
)
@example([(0.0, 1.0), (5e-324, 1.0)], 1, "auto")
def test_every_place_and_every_tick_is_finite_and_inside(
    values: list[Value], most: int, wish: str
) -> None:
    scale = vertical(values, "probability", wish=wish)  # type: ignore[arg-type]
    assert all(-1e-9 <= scale.position(value) <= 1 + 1e-9 for value in values)
    ticks = scale.ticks(most)
    assert 1 <= len(ticks) <= most
    assert all(0 <= position <= 1 and label for position, label in ticks)
    assert [position for position, _ in ticks] == sorted(position for position, _ in ticks)


@given(st.lists(_probabilities, min_size=2, max_size=6))
def test_greater_values_are_never_lower(values: list[Value]) -> None:
    scale = vertical(values, "probability")
    in_order = sorted(values, key=lambda value: (value[0], -value[1]))
    at = [coordinate(scale.kind, value) for value in in_order]
    assert all(one <= other or math.isclose(one, other) for one, other in pairwise(at))
