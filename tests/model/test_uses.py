"""The paper's uses as moves: each makes the choice that the shipped design of it has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import exp
from typing import Any

import pytest

from vreltui.analysis import examine
from vreltui.model import Design, DesignError, edits
from vreltui.model.edits import Edited, Position
from vreltui.storage import parse, render
from vreltui.symbolic.answering import answer
from vreltui.symbolic.results import Condition, Request
from vreltui.wording.as_json import as_json

Use = Callable[[Design, Position], Edited]

GUEST = 'mttf = "2893 h"\nmttr = "100 min"'
MEASURED = '[mission]\nmeasure = "{}"\ntime = "134.5 d"'
T, SPARE = 2893 * 3600, 0.98


def machine(life: str, top: str, more: str = "", root: str = "vm") -> Design:
    node = f'[nodes.vm]\nkind = "vm"\n{life}\n{more}\n'
    return parse(f'vreltui = 1\n{top}\n{node}[choices.one]\nroot = "{root}"\n').design


def pool(copies: str, needs: str, top: str = "", more: str = "") -> Design:
    said = f'[nodes.pool]\nof = "vm"\ncopies = {copies}\nneeds = {needs}\n{more}'
    return machine("reliability = 0.9", top, said, "pool")


def figures(edited: Edited) -> dict[str, Any]:
    """What is answered for the choice that a move leads to, which is written and read back."""
    design = parse(render(edited.design)).design
    name = edited.position.choice
    assert design.choices[name].title
    assert all(entry.source for entry in design.parameters.values())
    found: dict[str, Any] = as_json("f", design, examine(design, [name]))["choices"][name]
    return found


def aged(clock: float, robust: float, degraded: float, repair: float, takes: float) -> float:
    """The share of time down of what is renewed by the clock, by the cycle formula."""
    u, v = 1 / robust, 1 / degraded
    lasts = (v * exp(-u * clock) - u * exp(-v * clock)) / (v - u)
    lived = (v * (1 - exp(-u * clock)) / u - u * (1 - exp(-v * clock)) / v) / (v - u)
    down = (1 - lasts) * repair + lasts * takes
    return down / (lived + down)


@pytest.mark.parametrize(
    ("use", "life", "measure", "key", "figure"),
    [
        (edits.back_up, GUEST, "availability", "unavailability", 6.607279669266307e-06),
        (edits.migrate_under_load, 'rate = "1e-3 /h"', "mttf", "mttf_s", 3577795.7948142043),
        (edits.watch_from_outside, 'mttf = "60 d"', "safety", "unsafety", 0.17158147740440954),
        (edits.watch_and_replay, 'mttf = "60 d"\nmttr = "8 h"', "availability", "availability",
         720 / 721),
        (edits.share_a_spare, 'mttf = "2893 h"', "mttf", "mttf_s", T * (1 + SPARE)),
        (edits.share_the_load, 'mttf = "2893 h"', "mttf", "mttf_s", T),
        (edits.rejuvenate, 'stages = ["1 w", "3 d"]\nmttr = "35 min"', "availability",
         "unavailability", 1.1822e-3),
    ],
    ids=["back up", "migrate under load", "watch from outside", "watch and replay",
         "share a spare", "share the load", "rejuvenate"],
)  # fmt: skip
def test_each_use_is_a_choice_beside_with_parameters_of_its_own(
    use: Use, life: str, measure: str, key: str, figure: float
) -> None:
    edited = use(machine(life, MEASURED.format(measure)), Position("one"))
    assert len(edited.design.choices) == 2
    rel = 1e-9 if key != "unavailability" or use is edits.back_up else 1e-4
    assert figures(edited)[key] == pytest.approx(figure, rel=rel)


def test_a_use_needs_a_life_to_begin_with() -> None:
    with pytest.raises(DesignError, match="vm is no component with an exponential life"):
        edits.back_up(machine("reliability = 0.9", ""), Position("one", ()))
    with pytest.raises(DesignError, match="vm is no component with an exponential life"):
        edits.share_the_load(pool("3", '"any"'), Position("one"))


def test_a_patch_on_a_copy_wins_while_the_switch_is_short() -> None:
    edited = edits.patch_on_a_copy(machine(GUEST, MEASURED.format("availability")), Position("one"))
    design, copy = edited.design, edited.position.choice
    assert list(design.choices) == ["one", "one-patched-in-place", copy]
    assert design.baseline == "one-patched-in-place"
    month, hour, bare = 720.0, 2.0, 2893 / (2893 + 100 / 60)
    up = bare * month / (month + 2 / 3600 + 0.02 * 0.1 * hour)
    assert figures(edited)["availability"] == pytest.approx(up, rel=1e-12)
    request = Request(design, (copy,), compare=True, against=design.baseline, unknown="s")
    (found,) = answer(request)
    assert isinstance(found, Condition)
    assert [writing.text for writing in found.solved] == ["s < d + b c r"]


def test_what_is_patched_on_purpose_is_patched_on_a_copy_as_often() -> None:
    planned = f'{GUEST}\nplanned = "30 min"\nevery = "7 d"'
    design = machine(planned, MEASURED.format("availability"))
    edited = edits.patch_on_a_copy(design, Position("one"))
    assert list(edited.design.choices) == ["one", "one-patched-on-a-copy"]
    bare = 2893 / (2893 + 100 / 60)
    up = bare * 168 / (168 + 2 / 3600 + 0.02 * 0.1 * 2)
    assert figures(edited)["availability"] == pytest.approx(up, rel=1e-12)


@pytest.mark.parametrize(
    ("design", "why"),
    [
        (machine("reliability = 0.9", "[goal]\nreliability = 0.9"), "which no repair helps"),
        (machine(GUEST, MEASURED.format("mttf")), "where the share of time up is asked"),
    ],
)
def test_a_patch_is_an_outage_and_nothing_else(design: Design, why: str) -> None:
    with pytest.raises(DesignError, match=why):
        edits.patch_on_a_copy(design, Position("one"))


def test_what_does_not_age_is_given_an_age_before_it_is_renewed() -> None:
    edited = edits.rejuvenate(machine("reliability = 0.9", ""), Position("one"))
    design, renewed = edited.design, edited.position.choice
    assert list(design.choices) == ["one", "one-aging", renewed]
    assert design.baseline == "one-aging"
    expected = aged(24, 168, 72, 35 / 60, 1 / 60)
    assert figures(edited)["unavailability"] == pytest.approx(expected, rel=1e-12)
    with pytest.raises(DesignError, match="rejuvenate already"):
        edits.rejuvenate(design, edited.position)


def test_a_spare_is_shared_by_all_that_are_needed() -> None:
    life = 'mttf = "2893 h"\n[nodes.pool]\nof = "vm"\ncopies = "n"\nneeds = "all"'
    top = MEASURED.format("mttf") + '\n[parameters]\nn = { count = 2, source = "asked" }'
    design = machine(life, top, root="pool")
    edited = edits.share_a_spare(design, Position("one"))
    assert figures(edited)["mttf_s"] == pytest.approx(T * (1 + SPARE) / 2, rel=1e-12)
    hot = edits.share_a_spare(pool("2", '"all"'), Position("one"))
    assert figures(hot)["reliability"] == pytest.approx(0.972, rel=1e-12)
    with pytest.raises(DesignError, match="dormancy already"):
        edits.share_a_spare(edited.design, edited.position)


@pytest.mark.parametrize(
    ("copies", "needs", "expected"),
    [
        (2, '"any"', 0.99),
        (3, '"any"', 1 - 0.1 * (1 - (1 - 0.005) * (1 - (0.095 / 0.995) ** 2))),
        (3, "2", 0.972),
    ],
)
def test_a_flaw_of_one_kind_no_longer_strikes_all(copies: int, needs: str, expected: float) -> None:
    for steps in ((), (0,)):
        edited = edits.diversify(pool(str(copies), needs), Position("one", steps))
        assert figures(edited)["reliability"] == pytest.approx(expected, rel=1e-12)
        (cause,) = edited.design.causes.values()
        assert cause.strikes == ("vm",)
        assert edited.design.parameters["b"].source == "IEC 61508-6: 0.01 to 0.1"


def test_a_part_of_each_copy_differs_and_what_strikes_more_still_strikes() -> None:
    more = """
[nodes.app]
reliability = 0.99
[nodes.guest]
parts = ["vm", "app"]
[nodes.pool]
of = "guest"
copies = 2
needs = "any"
[nodes.other]
reliability = 0.9
[causes.flaw]
strikes = ["vm"]
beta = 0.1
[causes.site]
strikes = ["vm", "other"]
beta = 0.01
"""
    design = machine("reliability = 0.9", "", more, "pool")
    edited = edits.diversify(design, Position("one", (0, 0)))
    causes = edited.design.causes
    assert causes["flaw"].strikes == ("vm",)
    assert causes["site"].strikes == ("vm", "other", "vm-2")
    assert edited.design.nodes["guest-2"].children == ("vm-2", "app")


@pytest.mark.parametrize(
    ("design", "steps", "why"),
    [
        (pool("2", '"all"'), (), "all copies of pool are needed"),
        (machine("reliability = 0.9", ""), (), "is not inside the copies of a pool"),
        (pool("9", "5"), (), "at most 8 can each be of a kind"),
    ],
)
def test_replicas_that_can_not_differ(design: Design, steps: tuple[int, ...], why: str) -> None:
    with pytest.raises(DesignError, match=why):
        edits.diversify(design, Position("one", steps))


def test_what_holds_failures_is_compared_with_processes() -> None:
    place = Position("one")
    edited = edits.contain(pool("2", '"any"'), place, "machines")
    assert list(edited.design.choices) == ["one", "one-in-processes", "one-in-machines"]
    assert edited.design.baseline == "one-in-processes"
    assert figures(edited)["reliability"] == pytest.approx(0.9882, rel=1e-12)
    more = edits.contain(edited.design, edited.position, "hosts")
    assert list(more.design.choices)[-1] == "one-in-hosts"
    assert figures(more)["reliability"] == pytest.approx(0.989982, rel=1e-12)
    once = edits.contain(pool("2", '"any"'), place, "processes")
    assert figures(once)["reliability"] == pytest.approx(0.972, rel=1e-12)
    hold = partial(edits.contain, container="hosts")
    with pytest.raises(DesignError, match="select a group or a pool"):
        hold(machine("reliability = 0.9", ""), place)
    with pytest.raises(DesignError, match="contained"):
        hold(pool("2", '"all"'), place)
