"""Pools with a policy: against their chains written out, closed forms, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import factorial
from random import Random

import pytest
from mpmath import exp, mpf

from tests.effort import cases
from tests.oracle_time.policies import WrittenPool
from vreltui.analysis import examine
from vreltui.analysis.questions.amounts import winning_amount_region
from vreltui.analysis.results import (
    AmountThreshold,
    ChoiceReport,
    CountThreshold,
    ProbabilityThreshold,
    TimeFigures,
)
from vreltui.analysis.study import Study
from vreltui.engine.laws import Source
from vreltui.storage import FileError, parse

F = Fraction
HOUR = 3600


def text_of(pool: WrittenPool, mission: str, more: str = "") -> str:
    """The file of a pool, whose unit of time is the hour."""
    lines = ["vreltui = 1", mission, "[nodes.vm]", f'mttf = "{float(pool.mttf)} h"']
    if pool.mttr is not None:
        lines.append(f'mttr = "{float(pool.mttr)} h"')
    lines += ["[nodes.pool]", 'of = "vm"', f"copies = {pool.copies}", f"needs = {pool.needed}"]
    if pool.dormancy is not None:
        lines.append(f"dormancy = {float(pool.dormancy)}")
    if pool.switch != 1:
        lines.append(f"switch = {float(pool.switch)}")
    if pool.load:
        lines.append(f"load = {pool.load}")
    if pool.repairers is not None:
        lines.append(f"repairers = {pool.repairers}")
    return "\n".join([*lines, '[choices.c]\nroot = "pool"', more]) + "\n"


def report(text: str) -> ChoiceReport:
    """The report on the one choice of a file."""
    return examine(parse(text).design).choices["c"]


def figures(text: str) -> TimeFigures:
    """The figures of the pool of a file."""
    times = report(text).times
    assert times is not None
    return times["pool"]


def random_pool(draw: Random) -> WrittenPool:
    """A pool of up to five copies, repaired or not."""
    copies = draw.randrange(1, 6)
    needed = draw.randrange(1, copies + 1)
    repaired = draw.random() < 0.7
    mttr = F(draw.randrange(1, 40), 4) if repaired else None
    repairers = draw.randrange(1, 4) if repaired and draw.random() < 0.5 else None
    mttf = F(draw.randrange(1, 200), 2)
    if draw.random() < 0.3:
        return WrittenPool(
            copies, needed, mttf, mttr, load=draw.randrange(1, 4), repairers=repairers
        )
    dormancy = F(draw.randrange(0, 8), 8)
    switch = F(draw.randrange(0, 5), 4) if draw.random() < 0.6 else F(1)
    return WrittenPool(copies, needed, mttf, mttr, dormancy, switch, repairers=repairers)


def test_random_pools_are_their_chains() -> None:
    draw = Random(5)
    for _ in range(cases(25, 600)):
        pool = random_pool(draw)
        time = F(draw.randrange(1, 100))
        text = text_of(pool, f'[mission]\ntime = "{float(time)} h"\n')
        found = figures(text)
        wanted = pool.survival(time)
        assert found.reliability is not None, text
        assert found.reliability.reliability == pytest.approx(float(wanted), rel=1e-12), text
        assert found.reliability.unreliability == pytest.approx(float(1 - wanted), rel=1e-12), text
        assert found.mttf_s == pytest.approx(float(pool.mttf_of_pool() * HOUR), rel=1e-12), text
        if pool.mttr is not None:
            up = pool.availability()
            assert found.availability is not None
            assert found.availability.reliability == pytest.approx(float(up), rel=1e-12), text
            assert found.availability.unreliability == pytest.approx(float(1 - up), rel=1e-12)
            often = float(pool.outages() * 8760)
            assert found.outages_per_year == pytest.approx(often, rel=1e-12), text


MEAN = '[mission]\nmeasure = "mttf"\n'


def mean(pool: WrittenPool) -> Fraction:
    """The mean life in hours, to a fraction of few digits."""
    found = figures(text_of(pool, MEAN)).mttf_s
    assert isinstance(found, float)
    return F(found / HOUR).limit_denominator(10**6)


def test_published_means() -> None:
    assert mean(WrittenPool(2, 1, F(2), dormancy=F(3, 10))) == F(46, 13)  # Storm's spare.dft
    assert mean(WrittenPool(3, 2, F(6), dormancy=F(1))) == 5  # 5T/6
    assert mean(WrittenPool(3, 2, F(6), dormancy=F(0))) == 6  # a cold spare gives T
    assert mean(WrittenPool(4, 1, F(6), load=1)) == 6  # Erlang: four steps at 4 L


@pytest.mark.parametrize("n", [1, 2, 4])
def test_cold_spares_have_their_closed_forms(n: int) -> None:
    c, mttf, time = F(3, 4), F(10), F(7)
    pool = WrittenPool(n, 1, mttf, dormancy=F(0), switch=c)
    x = mpf(7) / 10
    wanted = exp(-x) * sum((mpf(3) / 4 * x) ** i / factorial(i) for i in range(n))
    found = figures(text_of(pool, f'[mission]\ntime = "{float(time)} h"\n')).reliability
    assert found is not None
    assert found.reliability == pytest.approx(float(wanted), rel=1e-14)
    assert mean(pool) == mttf * sum(c**i for i in range(n))


def test_a_policy_that_says_nothing_new_is_the_plain_pool() -> None:
    with_policy = WrittenPool(5, 3, F(8), F(2), dormancy=F(1))
    text = text_of(with_policy, '[goal]\navailability = 0.5\n[mission]\ntime = "3 h"\n')
    plain = text.replace("dormancy = 1.0\n", "")
    one, other = figures(text), figures(plain)
    assert one.availability == other.availability
    assert one.outages_per_year == pytest.approx(other.outages_per_year, rel=1e-14)
    other_ = other.availability_at
    assert one.availability_at is not None
    assert other_ is not None
    assert one.availability_at.reliability == pytest.approx(other_.reliability, rel=1e-14)


def test_a_load_of_0_is_that_of_copies_by_themselves() -> None:
    """Word for word: "a = 0 independent"; a tie at every life, and at every time to repair."""
    text = """vreltui = 1
baseline = "plain"
[goal]
availability = 0.99
[parameters]
T = "8 h"
r = "2 h"
[nodes.vm]
mttf = "T"
mttr = "r"
[nodes.loaded]
of = "vm"
copies = 5
needs = 3
load = 0
[nodes.pool]
of = "vm"
copies = 5
needs = 3
[choices.plain]
root = "pool"
[choices.loaded]
root = "loaded"
"""
    study = Study(parse(text).design)
    goal, baseline = study.contests("loaded")
    assert (goal.sign(), baseline.sign()) == (-1, 0)
    for name in ("T", "r"):
        source, value = Source(name, is_parameter=True), study.design.parameters[name].value
        assert winning_amount_region(study, "loaded", source, value) == ()


def test_more_dormancy_may_raise_an_availability() -> None:
    """One of two, switched with 0.1, failing as often as it is repaired."""

    def available(dormancy: Fraction) -> float:
        pool = WrittenPool(2, 1, F(1), F(1), dormancy, F(1, 10))
        found = figures(text_of(pool, '[mission]\nmeasure = "availability"\n')).availability
        assert found is not None
        return found.reliability

    assert round(available(F(0)), 3) == 0.537
    assert round(available(F(9, 10)), 3) == 0.588


def test_states_are_told_by_how_many_failed() -> None:
    pool = WrittenPool(2, 1, F(1), F(1), F(0), F(1, 2))
    found = figures(text_of(pool, '[mission]\nmeasure = "availability"\n'))
    assert found.states is not None
    assert list(found.states) == ["0", "1", "2", "stuck_0"]
    assert sum(found.states.values()) == pytest.approx(1)


def test_thresholds_of_a_policy_are_where_the_goal_is_met() -> None:
    text = """vreltui = 1
[goal]
reliability = 0.9
[mission]
time = "720 h"
[parameters]
c = { value = 0.95, range = [0.5, 1] }
d = { value = 0.25, range = [0, 0.9] }
n = { count = 3, range = [1, 8] }
T = "1440 h"
[nodes.vm]
mttf = "T"
mttr = "2 h"
[nodes.pool]
of = "vm"
copies = "n"
needs = 2
dormancy = "d"
switch = "c"
[choices.c]
root = "pool"
"""
    found = report(text).thresholds

    def meets(n: int = 3, c: Fraction | None = None, mttf: Fraction | None = None) -> bool:
        pool = WrittenPool(n, 2, mttf or F(1440), F(2), F(1, 4), c or F(95, 100))
        return bool(pool.survival(F(720)) > mpf("0.9"))

    switch, count, life = found["c"], found["n"], found["T"]
    assert isinstance(switch, ProbabilityThreshold)
    (interval,) = switch.intervals
    low = F(interval.low.figure.reliability)
    assert meets(c=low + F(1, 10**9))
    assert not meets(c=low - F(1, 10**9))
    assert isinstance(count, CountThreshold)
    assert count.ranges[0][0] == next(n for n in range(2, 9) if meets(n))
    assert isinstance(life, AmountThreshold)
    least = life.intervals[0].low
    assert least is not None
    end = F(least.figure) / HOUR
    assert meets(mttf=end * (1 + F(1, 10**9)))
    assert not meets(mttf=end * (1 - F(1, 10**9)))


def test_in_a_tree_a_policy_is_one_part() -> None:
    pool = WrittenPool(3, 2, F(50), F(5), F(1, 2), F(3, 4))
    more = '[nodes.top]\nparts = ["pool", "vm"]\nneeds = "any"\n[choices.t]\nroot = "top"'
    text = text_of(pool, '[mission]\nmeasure = "availability"\ntime = "9 h"\n', more)
    times = examine(parse(text).design).choices["t"].times
    assert times is not None
    up, vm = pool.availability(), F(50, 55)
    wanted = 1 - (1 - up) * (1 - vm)
    found = times["top"]
    assert found.availability is not None
    assert found.availability.reliability == pytest.approx(float(wanted), rel=1e-13)
    often = float((pool.outages() * (1 - vm) + F(1, 55) * (1 - up)) * 8760)
    assert found.outages_per_year == pytest.approx(often, rel=1e-12)
    assert found.reliability is not None
    lost = (1 - pool.survival(F(9))) * (1 - exp(mpf(-9) / 50))
    assert found.reliability.unreliability == pytest.approx(float(lost), rel=1e-12)


VM = '[nodes.vm]\nmttf = "5 d"\n'


@pytest.mark.parametrize(
    ("vm", "pool", "says"),
    [
        ("[nodes.vm]\nreliability = 0.9\n", "dormancy = 0", "copies vm, which is a constant"),
        (VM + "shape = 2\n", "dormancy = 0", "vm, which does not fail at a constant rate"),
        (VM + 'planned = "1 h"\nevery = "9 d"\n', "load = 1", "copies vm, which has planned"),
        (VM + "shared = true\n", "load = 1", "copies vm, which is shared"),
        ('[nodes.a]\nmttf = "1 d"\n[nodes.vm]\nparts = ["a"]\n', "load = 1", "which is a group"),
        (VM, "switch = 0.9", "pool pool has switch, and its copies all run"),
        (VM, "dormancy = 1\nswitch = 0.9", "its copies all run in choice c"),
        (VM, "dormancy = 0.5\nload = 1", "has load and a dormancy below 1 in choice c"),
        (VM, "repairers = 1", "has repairers, and vm has no mttr"),
        (VM, "dormancy = 0\ncontained = 0.9", "has both contained and dormancy"),
        (VM, "dormancy = 2", "dormancy"),
        (VM, 'dormancy = "x"', "not a parameter"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(vm: str, pool: str, says: str) -> None:
    text = f'vreltui = 1\n[mission]\ntime = "1 d"\n{vm}[nodes.pool]\nof = "vm"\ncopies = 3\n'
    text += f'needs = "any"\n{pool}\n[choices.c]\nroot = "pool"\n'
    with pytest.raises(FileError) as refused:
        parse(text)
    assert says in str(refused.value)
    assert refused.value.line is not None


def test_a_cause_does_not_strike_what_has_a_policy() -> None:
    text = f'vreltui = 1\n[mission]\ntime = "1 d"\n{VM}[nodes.pool]\nof = "vm"\ncopies = 2\n'
    text += 'needs = "any"\ndormancy = 0\n[choices.c]\nroot = "pool"\n'
    with pytest.raises(FileError, match="cause x strikes vm, which pool pool has a policy for"):
        parse(text + '[causes.x]\nstrikes = ["vm"]\nbeta = 0.1\n')


@pytest.mark.parametrize(
    ("node", "key", "typed"),
    [("vm", "mttf", "10 d"), ("vm", "mttr", "1 d"), ("pool", "dormancy", "0.5")],
)
def test_an_edit_of_a_number_in_place_is_answered_anew(node: str, key: str, typed: str) -> None:
    pool = WrittenPool(3, 2, F(50), F(5), F(1, 4), F(3, 4))
    before = parse(text_of(pool, '[mission]\nmeasure = "availability"\n')).design
    stated = before.nodes[node].stated(key)
    assert stated is not None
    changed = before.nodes[node].with_number(key, stated.quantity.typed(typed))
    after = replace(before, nodes={**before.nodes, node: changed})
    study = Study(before)
    study.figures("c")
    assert Study(after, before=study).figures("c") == Study(after).figures("c")
    assert Study(after).figures("c") != study.figures("c")
