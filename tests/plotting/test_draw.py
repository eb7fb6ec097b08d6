"""Pictures at every size and style: what has to be seen is there, in the place where it belongs."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from vreltui.analysis.plot_results import Crossing, Level, Mark, PlotPoints, Series
from vreltui.analysis.plots import points
from vreltui.model import Probability
from vreltui.plotting import Picture, Style, draw
from vreltui.plotting.picture import cells_of
from vreltui.storage import read
from vreltui.storage.keep.locations import shipped_designs
from vreltui.wording.plots import labelled

SIZES = [(40, 10), (60, 20), (80, 24), (120, 36), (200, 60)]
DESIGNS = {path.stem: path for path in shipped_designs()}


@cache
def shipped() -> dict[str, PlotPoints]:
    found = {}
    for name, path in DESIGNS.items():
        design = read(path).design
        found.update(
            {
                f"{name} {plot}": labelled(design, each, points(design, each))
                for plot, each in design.plots.items()
            }
        )
    return found


def straight(*heights: tuple[float, float], **more: object) -> PlotPoints:
    """Curves from one height to another over x from 0 to 1."""
    series = tuple(
        Series(f"n={number}", ends, tuple(1 - end for end in ends))
        for number, ends in enumerate(heights)
    )
    if len(series) == 1:
        series = (replace(series[0], label="y"),)
    found = PlotPoints(
        "p", "Title", "across", "upward", (0.0, 1.0), series, x_complement=(1.0, 0.0)
    )
    return replace(found, **more)  # type: ignore[arg-type]


def rows(picture: Picture) -> list[str]:
    return ["".join(span.text for span in row) for row in picture.rows]


def places(picture: Picture, role: str) -> list[tuple[int, int]]:
    """The rows and columns of everything in a role."""
    found: list[tuple[int, int]] = []
    for number, row in enumerate(picture.rows):
        column = 0
        for span in row:
            if span.role == role:
                found.extend(
                    (number, column + at) for at, each in enumerate(span.text) if each.strip()
                )
            column += len(span.text)
    return found


@pytest.mark.parametrize(("width", "height"), [*SIZES, (1, 1), (20, 6), (63, 11)])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_every_shipped_plot_fills_exactly_its_size(
    width: int, height: int, ascii_only: bool
) -> None:
    for name, each in shipped().items():
        drawn = rows(draw(each, width, height, Style(ascii_only=ascii_only)))
        assert [cells_of(row) for row in drawn] == [width] * height, name
        assert not ascii_only or all(row.isascii() for row in drawn), name


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axes_are_named_and_have_ticks(width: int, height: int) -> None:
    picture = draw(shipped()["hypervisor-vs-bare fig3"], width, height)
    text = picture.text()
    assert "bound on R_V (Hypervisor)" in text
    assert "R_M (One machine)" in text
    assert re.search(r"^ *0\.\d+┤", text, re.MULTILINE)
    assert re.search(r"^ +0\.\d+ +.*1\.0$", text, re.MULTILINE)
    assert ("Fig. 3" in text) == (height >= 12)


def test_a_rising_line_rises() -> None:
    for ascii_only in (False, True):
        picture = draw(straight((0.0, 1.0)), 60, 20, Style(ascii_only=ascii_only))
        seen = places(picture, "series 0")
        columns = sorted({column for _, column in seen})
        tops = [min(row for row, column in seen if column == each) for each in columns]
        assert tops == sorted(tops, reverse=True)
        assert tops[0] - tops[-1] >= 12
        assert columns == list(range(columns[0], columns[0] + len(columns)))  # without gaps
        assert len(columns) >= 50


def test_a_gap_is_not_bridged() -> None:
    x = tuple(i / 10 for i in range(11))
    y = tuple(None if 4 <= i <= 6 else 0.5 for i in range(11))
    complement = tuple(None if each is None else 0.5 for each in y)
    gap = straight((0, 1), x=x, x_complement=tuple(1 - each for each in x))
    picture = draw(replace(gap, series=(Series("y", y, complement),)), 100, 20)
    columns = {column for _, column in places(picture, "series 0")}
    middle = (min(columns) + max(columns)) // 2
    assert not columns & set(range(middle - 15, middle + 16))
    assert columns & set(range(middle - 35, middle - 20))


def test_a_single_point_between_gaps_is_seen() -> None:
    x = (0.0, 0.5, 1.0)
    alone = Series("y", (None, 0.5, None), (None, 0.5, None))
    found = straight((0, 1), x=x, x_complement=(1.0, 0.5, 0.0))
    assert len(places(draw(replace(found, series=(alone,)), 60, 20), "series 0")) == 1


def test_the_goal_is_a_line_at_its_height_behind_the_curve() -> None:
    goal = Level("goal 0.75", 0.75, 0.25)
    picture = draw(straight((0.0, 1.0), levels=(goal,)), 80, 24)
    lines = places(picture, "goal")
    legend = [place for place in lines if place[1] > 64]
    (height,) = {row for row, column in lines if column <= 64}
    assert legend
    assert len([1 for row, _ in lines if row == height]) > 40
    curve = [row for row, _ in places(picture, "series 0")]
    share = (max(curve) - height) / (max(curve) - min(curve))
    assert share == pytest.approx(0.75, abs=0.08)
    assert "goal 0.75" in picture.text()


def test_a_goal_far_outside_does_not_flatten_the_curve() -> None:
    goal = Level("goal 0.1", 0.1, 0.9)
    picture = draw(straight((0.90, 0.91), levels=(goal,)), 80, 24)
    assert "goal 0.1 (outside)" in picture.text()
    assert len({row for row, _ in places(picture, "series 0")}) > 10


def test_the_present_design_is_marked_where_it_stands() -> None:
    for ascii_only in (False, True):
        style = Style(ascii_only=ascii_only)
        picture = draw(straight((0.0, 1.0), now=Mark(0.5, 0.25, 0.5, 0.75)), 50, 20, style)
        (row, column), *_ = places(picture, "now")
        curve = places(picture, "series 0")
        assert column == pytest.approx(sum(each[1] for each in curve) / len(curve), abs=2)
        below = [each for each in curve if each[0] > row]
        assert len(below) < len(curve) / 2
        assert rows(picture)[row][column] == ("@" if ascii_only else "◆")
        outside = draw(straight((0.0, 1.0), now=Mark(2.0, 0.25, -1.0, 0.75)), 50, 20, style)
        assert len(places(outside, "now")) < len(places(picture, "now"))


def test_curves_can_be_told_apart_without_colour() -> None:
    curves = straight((0.0, 0.3), (0.2, 0.6), (0.5, 0.9))
    text = draw(curves, 80, 24).text()
    body = [row[:72] for row in text.split("\n")[2:]]
    for letter in "abc":
        assert any(letter in row.split("│")[-1] for row in body if "│" in row or "┤" in row)
        assert f"{letter} n=" in text
    markers = draw(curves, 80, 24, Style(ascii_only=True)).text()
    assert all(markers.count(each) > 20 for each in "*+o")


def test_a_single_curve_needs_no_legend() -> None:
    text = draw(straight((0.0, 1.0)), 80, 24).text()
    assert "y=" not in text
    assert " a" not in text.replace(" across", "")


def test_nothing_to_draw_is_said() -> None:
    never = straight((0, 1))
    never = replace(never, series=(Series("y", (None, None)),), levels=(Level("goal 1", 1, 0),))
    assert "no value at any point" in draw(never, 60, 20).text()


def test_values_that_hardly_differ_use_the_whole_height() -> None:
    complements = (4e-15, 1e-15)
    series = Series("y", tuple(1 - each for each in complements), complements)
    picture = draw(replace(straight((0, 1)), series=(series,)), 60, 20)
    assert len({row for row, _ in places(picture, "series 0")}) > 10
    assert "1-" in picture.text()


def test_more_curves_than_rows_are_counted() -> None:
    many = straight(*((0.0, number / 64) for number in range(64)))
    assert re.search(r"\b5\d more", draw(many, 100, 16).text())
    assert "..." in draw(many, 50, 16).text()


def test_colours_are_those_that_were_asked_for() -> None:
    curves = straight((0.0, 0.5), (0.5, 1.0))
    picture = draw(curves, 80, 20)
    plain, few, full = (picture.lines(each) for each in ("none", "16", "truecolor"))
    assert not any("\x1b" in line for line in plain)
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", "".join(few)))
    assert {"36", "33"} <= codes
    assert all(re.fullmatch(r"[0-9]|3[0-7]", code) for code in codes)
    assert "38;2;" in "".join(full)
    for line, bare in zip(few, plain, strict=True):
        assert re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() == bare


def test_wide_and_foreign_titles_keep_the_width() -> None:
    titled = straight((0.0, 1.0), title="虚拟机" * 40, y_label="é" * 100)
    for ascii_only in (False, True):
        picture = draw(titled, 60, 20, Style(ascii_only=ascii_only))
        assert [cells_of(row) for row in rows(picture)] == [60] * 20


def heights(picture: Picture) -> set[int]:
    return {row for row, _ in places(picture, "series 0")}


@pytest.mark.parametrize("ascii_only", [False, True])
def test_between_two_counts_there_is_nothing(ascii_only: bool) -> None:
    """Neither where counts run across nor where they run upward is a slope drawn between two."""
    style = Style(ascii_only=ascii_only)
    curve = Series("y", (0.2, 0.5, 0.8), (0.8, 0.5, 0.2))
    across = straight((0, 1), x=(1.0, 2.0, 3.0), x_complement=(), x_quantity="count")
    assert len(heights(draw(replace(across, series=(curve,)), 60, 20, style))) == 3
    x = tuple(i / 10 for i in range(11))
    least = Series("y", tuple(2.0 if each < 0.45 else 3.0 for each in x))
    upward = straight((0, 1), x=x, x_complement=tuple(1 - each for each in x), y_quantity="count")
    picture = draw(replace(upward, series=(least,)), 60, 20, style)
    assert len(heights(picture)) == 2
    columns = {column for _, column in places(picture, "series 0")}
    assert columns == set(range(min(columns), max(columns) + 1))


def beyond(picture: Picture, arrow: str) -> tuple[int, str]:
    """The row that has arrows, and its label."""
    (found,) = {row for row, line in enumerate(rows(picture)) if arrow in line}
    return found, rows(picture)[found].split("│")[0].split("|")[0].strip()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_an_exact_zero_lies_beyond_an_axis_of_powers_of_ten(
    width: int, height: int, ascii_only: bool
) -> None:
    """On a row of its own below the axis or, for a reliability of 1, above it."""
    style = Style(ascii_only=ascii_only, axis="nines")
    down, up = "v^" if ascii_only else "↓↑"
    small, rest = (1e-3, 1e-6, 0.0), (1 - 1e-3, 1 - 1e-6, 1.0)
    three = straight((0, 1), x=(0.0, 0.5, 1.0), x_complement=(1.0, 0.5, 0.0))
    three = replace(three, title="", x_label="x", y_label="y")
    failing = draw(replace(three, series=(Series("y", small, rest),)), width, height, style)
    row, label = beyond(failing, down)
    curve = places(failing, "series 0")
    assert (row, label) == (max(each for each, _ in curve), "0")
    working = draw(replace(three, series=(Series("y", rest, small),)), width, height, style)
    row, label = beyond(working, up)
    curve = places(working, "series 0")
    assert (row, label) == (min(each for each, _ in curve), "1")


def test_a_curve_of_zeros_alone_is_beyond_the_axis_that_the_goal_makes() -> None:
    goal = Level("goal 0.99", 0.01, 0.99)
    zeros = Series("y", (0.0, 0.0), (1.0, 1.0))
    now = Mark(0.5, 0.0, 0.5, 1.0)
    flat = straight((0, 1), series=(zeros,), levels=(goal,), now=now, title="")
    picture = draw(flat, 80, 24, Style(axis="nines"))
    row, label = beyond(picture, "↓")
    assert label == "0"
    assert {each for each, _ in places(picture, "series 0")} == {row}
    assert (row, "◆") in {(each, rows(picture)[each][at]) for each, at in places(picture, "now")}


def crossing(x: float) -> Crossing:
    return Crossing(Probability.of(repr(x)), x, x, 1 - x, 1 - x)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_legend_says_which_crossings_lie_outside(width: int, height: int) -> None:
    both = straight(
        (0.5, 1.0),
        x=(0.5, 1.0),
        x_complement=(0.5, 0.0),
        crossings=(crossing(0.25), crossing(0.75)),
        crossing_label="a crosses b",
    )
    picture = draw(both, width, height)
    words = " ".join(rows(picture))
    if width >= 64:
        words = " ".join(row[width - width // 3 :] for row in rows(picture))
    words = " ".join(words.split())
    assert "× a crosses b at 0.25 (outside), 0.75" in words  # noqa: RUF001
    assert words.count("outside") == 1


@pytest.mark.parametrize("now", [0.51, 0.5101, 0.5099, 0.0, 1.0])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_the_present_value_does_not_hide_a_crossing(now: float, ascii_only: bool) -> None:
    where = crossing(now if now in (0.0, 1.0) else 0.51)
    there = Mark(now, now, 1 - now, 1 - now)
    picture = draw(
        straight((0.0, 1.0), now=there, crossings=(where,)), 50, 20, Style(ascii_only=ascii_only)
    )
    body = rows(picture)[:-1]
    sign, mark = "X@" if ascii_only else "×◆"  # noqa: RUF001
    (row,) = [each for each in body if sign in each]
    assert mark in row
    at = row.index(mark) - row.index(sign)
    assert at == (1 if now in (0.5101, 0.0) else -1)
