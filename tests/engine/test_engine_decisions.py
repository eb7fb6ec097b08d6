"""Decisions of the engine that larger tests pass by, each in the smallest case that shows it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from flint import acb, arb, fmpq

from vreltui.analysis.study import Study
from vreltui.engine.ball_arithmetic import TREE_FROM, exactly_among_others
from vreltui.engine.balls import WORKING_BITS, certain_sign, precision
from vreltui.engine.boxes import Duel, find_win
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.complex_time import survival_complex
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.leading import sign_near_end
from vreltui.engine.lifetimes import Lognormal
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.odds import bracket_root
from vreltui.engine.outages import Frequencies
from vreltui.engine.parts_of_lives import PartOfLife
from vreltui.engine.program import Source
from vreltui.engine.service_law import ServiceLaw
from vreltui.engine.worked_figures import WorkedFigure
from vreltui.model import Probability
from vreltui.model.times import Duration
from vreltui.storage import parse, read
from vreltui.storage.keep.locations import shipped_designs


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


MOVES = """\
[goal]
reliability = 0.1
[mission]
time = "T"
[parameters]
T = { time = "5 h" }
t = { time = "7 h" }
[nodes.all]
up = ["new", "old"]
moves = [
  { from = "new", to = "old", after = "t" },
  { from = "old", to = "down", after = "OLD" },
]
"""


@pytest.mark.parametrize(("old", "way"), [("9 h", -1), ("T", None)])
def test_a_mission_that_is_a_time_of_a_move_as_well_has_no_known_direction(
    old: str, way: int | None
) -> None:
    (figure,) = evaluation(MOVES.replace("OLD", old)).leaf_figures.values()
    assert isinstance(figure, WorkedFigure)
    assert figure.law.direction(Source("T", is_parameter=True)) == way
    assert figure.law.direction(Source("other", is_parameter=True)) == 0


def test_a_chain_lasts_as_long_in_the_plane_as_on_the_line() -> None:
    first, second, time = fmpq(1, 4), fmpq(1, 2), arb(3)
    chain = Chain.of(3, [(0, 1, first), (1, 2, second)], [0, 1])
    with precision(WORKING_BITS):
        # Two stages, one after the other: the sum of two lives of unlike rates.
        wanted = 2 * (-time / 4).exp() - (-time / 2).exp()
        works, fails = survival_complex(chain, acb(time))
    assert float(works.real) == pytest.approx(float(wanted), rel=1e-14)
    assert float(fails.real) == pytest.approx(1 - float(wanted), rel=1e-13)


POOL = """\
[goal]
availability = 0.1
[parameters]
n = 3
T = { time = "9 d" }
r = { time = "3 h" }
[nodes.one]
mttf = "T"
mttr = "r"
[nodes.all]
of = "one"
copies = "n"
needs = 2
dormancy = 0
repairers = 1
"""


def test_a_slope_by_a_number_of_copies_is_none() -> None:
    of = evaluation(POOL)
    slopes = {
        source.name: figure.law.slope_of(source, figure.numbers)
        for figure in of.leaf_figures.values()
        if isinstance(figure, WorkedFigure)
        for source in figure.law.sources
        if Source("n", is_parameter=True) in figure.law.sources
    }
    assert slopes["n"] is None
    assert slopes["T"] is not None
    assert slopes["T"] > 0


def figures() -> dict[Source, WorkedFigure]:
    """The chances of components, pools and processes of many designs, each once."""
    found: dict[Source, WorkedFigure] = {}
    off, every = (Source(name, is_parameter=True) for name in ("off", "every"))
    service = ServiceLaw(off, every)
    found[service.figure_source] = WorkedFigure(service, {off: fmpq(1), every: fmpq(480)})
    for figure in evaluation(POOL).leaf_figures.values():
        assert isinstance(figure, WorkedFigure)
        found[figure.law.figure_source] = figure
    for path in shipped_designs():
        design = read(path).design
        for choice in design.choices if design.measure != "mttf" else ():
            for figure in Study(design).evaluation(choice).leaf_figures.values():
                if isinstance(figure, WorkedFigure):
                    found[figure.law.figure_source] = figure
    return found


def test_slopes_of_the_figures_of_many_designs() -> None:
    seen = set()
    for figure in figures().values():
        for source in figure.law.sources:
            here = figure.numbers[source]
            found = figure.law.slope_of(source, figure.numbers)
            if found is None or here == 0:
                continue
            with precision(256):
                step = here / 2**50
                low, high = (
                    figure.law.pair_of({**figure.numbers, source: here + way * step})[0]
                    for way in (-1, 1)
                )
                wanted = float((high - low) / (2 * arb(step)))
            assert float(found) == pytest.approx(wanted, rel=1e-7, abs=1e-25), source
            seen.add(type(figure.law).__name__)
    assert seen >= {"LastingLaw", "PolicyLaw", "ServiceLaw"}


def test_a_bound_on_a_hazard_is_given_only_from_where_it_falls() -> None:
    of = Lognormal(fmpq(1000), fmpq(1, 10))
    # By sigma t it falls from z = 1 / sigma on, the age of 1000 e.
    assert of.hazard(arb(1200), None)[1] is None
    assert of.hazard(arb(2900), None)[1] is not None


def test_a_time_between_two_bounds_is_found() -> None:
    design = parse("""
vreltui = 1
goal = { availability = 0.98975 }
[parameters]
T = { time = "1 h" }
[nodes.one]
mttf = "T"
mttr = "10 h"
[nodes.pair]
of = "one"
copies = 2
needs = "any"
[nodes.frame]
reliability = 0.99
[nodes.framed]
parts = ["frame", "pair"]
[choices.own]
root = "framed"
[choices.rival]
root = "one"
""").design
    study, source = Study(design), Source("T", is_parameter=True)
    ends = Duration(Decimal(1), "h"), Duration(Decimal(1000), "d")
    goal = Probability.of("0.98975")
    own, rival = study.evaluation("own"), study.evaluation("rival")
    duel = Duel(own, goal, rival, Limits(), amounts={source: ends})
    found = find_win(duel, {source: (Fraction(3600), Fraction(86_400_000))})
    assert found is not None
    value = found[source]
    assert isinstance(value, Duration)
    # 0.99 (2 A - A^2) exceeds the goal from 620 h on, and A itself up to 980 h.
    assert 619 * 3600 < value.seconds < 980 * 3600


def test_a_pool_without_a_spare_is_down_at_every_failure_where_repairs_take_no_time() -> None:
    text = POOL.replace('"3 h"', '"0 s"').replace("needs = 2", 'needs = "all"')
    of = evaluation(text.replace("dormancy = 0\n", ""))
    often = Frequencies(of).of(of.program.root)
    assert often is not None
    assert float(often) == pytest.approx(3 / (9 * 86_400), rel=1e-12)


@pytest.mark.parametrize(
    ("outer", "inner", "way"),
    [("none", "none", 1), ("none", "all", -1), ("all", "none", -1), ("all", "all", 1)],
)
def test_what_turns_a_part_over_twice_leaves_its_direction(
    outer: str, inner: str, way: int
) -> None:
    of = evaluation(f"""
[goal]
reliability = 0.1
[parameters]
p = 0.5
[nodes.part]
reliability = "p"
[nodes.beside]
reliability = 0.5
[nodes.inside]
parts = ["part", "beside"]
needs = "{inner}"
[nodes.more]
reliability = 0.5
[nodes.all]
parts = ["inside", "more"]
needs = "{outer}"
""")
    assert of.program.direction(Source("p", is_parameter=True)) == way


def test_a_sign_far_below_the_working_precision_is_followed_as_far_as_places_go() -> None:
    def almost_nothing(bits: int) -> arb:
        return arb(10) ** -3000 + arb(0, arb(2) ** -bits)

    assert certain_sign(almost_nothing, lambda: 4000, most_places=5000) == 1
    with pytest.raises(Undecided, match="4000 decimal places"):
        certain_sign(almost_nothing, lambda: 4000, most_places=3999)
