"""Decisions of the engine that larger tests pass by, each in the smallest case that shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flint import acb, arb, fmpq

from vreltui.analysis.study import Study
from vreltui.engine.ball_arithmetic import TREE_FROM, exactly_among_others
from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.leading import sign_near_end
from vreltui.engine.lifetimes import Lognormal
from vreltui.engine.limits import Undecided
from vreltui.engine.odds import bracket_root
from vreltui.engine.outages import Frequencies
from vreltui.engine.parts_of_lives import PartOfLife
from vreltui.engine.program import Source
from vreltui.engine.worked_figures import WorkedFigure
from vreltui.model import Probability
from vreltui.storage import parse


def evaluation(text: str) -> Evaluation:
    """The one choice of a design, whose root is the node ``all``."""
    design = parse(f"vreltui = 1\n{text}\n[choices.c]\nroot = 'all'\n").design
    return Study(design).evaluation("c")


UPKEEP = """
[goal]
availability = 0.9
[parameters]
life = {{ time = "{life} h" }}
repair = {{ time = "{repair} h" }}
off = {{ time = "{off} h" }}
period = {{ time = "{period} h" }}
[nodes.all]
mttf = "life"
mttr = "repair"
planned = "off"
every = "period"
"""
UPKEEP_NUMBERS = {"life": 700, "repair": 8, "off": 3, "period": 90}


def available(**moved: arb) -> arb:
    """The share of time up of that component, as the page says: A (1 - outage / every)."""
    numbers = {name: arb(value) for name, value in UPKEEP_NUMBERS.items()} | moved
    share = numbers["life"] / (numbers["life"] + numbers["repair"])
    return share * (1 - numbers["off"] / numbers["period"])


@pytest.mark.parametrize("name", UPKEEP_NUMBERS)
def test_slopes_of_a_share_of_time_up(name: str) -> None:
    (figure,) = evaluation(UPKEEP.format(**UPKEEP_NUMBERS)).leaf_figures.values()
    assert isinstance(figure, WorkedFigure)
    source = Source(name, is_parameter=True)
    with precision(200):
        step = arb(2) ** -60
        here = arb(UPKEEP_NUMBERS[name])
        rise = available(**{name: here + step}) - available(**{name: here - step})
        wanted = rise / (2 * step) / 3600
        found = figure.law.slope_of(source, figure.numbers)
    assert found is not None
    assert float(found) == pytest.approx(float(wanted), rel=1e-12)


def test_how_often_it_goes_down_is_not_said_beside_a_constant() -> None:
    of = evaluation(
        "[goal]\navailability = 0.9\n[nodes.all]\nparts = ['one', 'other']\nneeds = 'all'\n"
        "[nodes.one]\nmttf = '30 d'\nmttr = '1 h'\n[nodes.other]\nreliability = 0.99\n"
    )
    assert Frequencies(of).of(of.program.root) is None
    assert Frequencies(of).of(of.program.nodes["one"]) is not None


def test_the_chance_that_exactly_none_of_the_others_works() -> None:
    parts = [(arb(number) / 64, 1 - arb(number) / 64) for number in range(1, 2 * TREE_FROM)]
    for part, found in enumerate(exactly_among_others(0, parts)):
        wanted = arb(1)
        for other, (_, fails) in enumerate(parts):
            if other != part:
                wanted = wanted * fails
        assert float(found) == pytest.approx(float(wanted), rel=1e-12)


def test_a_root_is_looked_for_only_between_opposite_signs() -> None:
    with pytest.raises(Undecided, match="not bracketed"):
        bracket_root(lambda odds, bits: odds + 1, arb(1), arb(2))


@pytest.mark.parametrize("at_one", [False, True])
def test_two_that_never_work_are_equal_up_to_the_end(at_one: bool) -> None:
    never = Probability(Decimal(0 if not at_one else 1))
    assert sign_near_end(never, never, (None, None), at_one=at_one, reach=10) == 0


def test_a_part_of_a_life_has_its_complement_in_the_plane_as_well() -> None:
    part = PartOfLife(Lognormal(fmpq(1000), fmpq(1)), fmpq(1, 3))
    with precision(WORKING_BITS):
        works, fails = part.survival(arb(700))
        flat_works, flat_fails = part.survival(acb(700))
    assert float(flat_works.real) == pytest.approx(float(works), rel=1e-14)
    assert float(flat_fails.real) == pytest.approx(float(fails), rel=1e-12)


def test_equal_programs_are_equal_whatever_they_were_asked() -> None:
    text = "[goal]\nreliability = 0.9\n[nodes.all]\nreliability = 0.99\n"
    asked, other = evaluation(text).program, evaluation(text).program
    asked.users(asked.root)
    asked.names_at(asked.root)
    assert asked == other


RELIABLE = "[goal]\nreliability = 0.5\n[mission]\ntime = '400 h'\n"
AVAILABLE = "[goal]\navailability = 0.5\n"
TIMED = """
[parameters]
life = { time = "700 h" }
often = { rate = "2e-3 / h" }
bend = { number = 1.75 }
repair = { time = "8 h" }
age = { time = "900 h" }
takes = { time = "3 h" }
[nodes.all]
"""
CLOCK = "\nmttr = 'repair'\nrejuvenate = 'age'\ntakes = 'takes'"


@pytest.mark.parametrize("asked", [RELIABLE, AVAILABLE])
@pytest.mark.parametrize(
    "life",
    [
        "rate = 'often'",
        "mttf = 'life'",
        "mttf = 'life'\nshape = 'bend'",
        "scale = 'life'\nshape = 'bend'",
        "median = 'life'\nsigma = 'bend'",
    ],
)
def test_slopes_are_those_of_the_figure(asked: str, life: str) -> None:
    text = asked + TIMED + life + (CLOCK if asked == AVAILABLE else "")
    (figure,) = evaluation(text).leaf_figures.values()
    assert isinstance(figure, WorkedFigure)
    for source in figure.law.sources:
        with precision(256):
            here = figure.numbers[source]
            step = here / 2**50
            low, high = (
                WorkedFigure(figure.law, {**figure.numbers, source: here + way * step}).pair(256)[0]
                for way in (-1, 1)
            )
            wanted = float((high - low) / (2 * arb(step)))
            found = figure.law.slope_of(source, figure.numbers)
        if found is None:  # beside a clock no closed form is known
            assert source.name == "bend"
            assert asked == AVAILABLE
        else:
            assert float(found) == pytest.approx(wanted, rel=1e-9, abs=1e-30)
