"""Whatever stands at a leaf, a variant's figure is that of the design which takes its options."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.exploration.test_search import Searched
from vreltui.analysis.digits import figure
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits
from vreltui.exploration.exploring import explore
from vreltui.exploration.question import question_of
from vreltui.exploration.refusing import refuse_what_can_harm
from vreltui.exploration.results import Variant
from vreltui.model import Design
from vreltui.model.edits import settle_all
from vreltui.model.errors import DesignError
from vreltui.storage import parse
from vreltui.workbench.commands import take_variant

_CLOCK = """vreltui = 1
[goal]
downtime = "10 min/y"
[resources]
euro = {}
[parameters]
every = { time = "7 d", values = ["1 d", "7 d", "40 d"] }
k = { number = 2.5, values = [1, 2.5] }
[catalogues.hypervisors]
A = { stages = ["1 mo", "1 w"], mttr = "65 min", rejuvenate = "every", takes = "2 min" }
B = { mttf = "30 d", shape = "k", mttr = "2 h", rejuvenate = "every", takes = "5 min" }
C = { median = "40 d", sigma = 0.8, mttr = "1 h", uses = { euro = 1 } }
[nodes.one]
from = "hypervisors"
[nodes.two]
from = "hypervisors"
[nodes.all]
parts = ["one", "two"]
needs = "any"
[choices.c]
root = "all"
"""

_CAUSES = """vreltui = 1
[goal]
unreliability = 0.02
[mission]
time = "10 d"
[resources]
euro = {}
[parameters]
n = { count = 3, range = [2, 3] }
b = { value = 0.1, values = [0.1, 0.3] }
c = { value = 0.9, values = [0.9, 1] }
[catalogues.machines]
A = { mttf = "60 d", uses = { euro = 2 } }
B = { median = "80 d", sigma = 1.1, uses = { euro = 1 } }
[nodes.vm]
mttf = "30 d"
[nodes.guests]
of = "vm"
copies = 3
needs = 2
[nodes.machine]
from = "machines"
[nodes.host]
parts = ["machine", "guests"]
[nodes.hosts]
of = "host"
copies = "n"
needs = "any"
[nodes.rack]
from = "machines"
[nodes.spare]
from = "machines"
[nodes.racks]
parts = ["rack", "spare"]
needs = "any"
contained = "c"
[nodes.all]
parts = ["hosts", "racks"]
[causes.flaw]
strikes = ["vm"]
alpha = [0.9, 0.07, 0.03]
within = "host"
[causes.maker]
strikes = ["machine"]
beta = "b"
[choices.c]
root = "all"
"""

_PROCESS = """vreltui = 1
[mission]
time = "30 d"
[goal]
safety = 0.99
[resources]
euro = {}
[parameters]
T = { time = "60 d", values = ["20 d", "60 d"] }
c = { value = 0.95, values = [0.8, 0.95] }
n = { count = 2, range = [1, 3] }
[catalogues.machines]
A = { mttf = "60 d", fails_safe = "c", uses = { euro = 2 } }
B = { reliability = 0.98, fails_safe = 0.9, uses = { euro = 1 } }
[nodes.watched]
up = ["bare", "watched"]
safe = ["crashed"]
moves = [
  { from = "bare", to = "watched", after = "5 d" },
  { from = "bare", to = "open", after = "T" },
  { from = "watched", to = "crashed", after = "T", with = "c" },
  { from = "watched", to = "open", after = "T", without = "c" },
]
[nodes.machine]
from = "machines"
[nodes.pool]
of = "machine"
copies = "n"
needs = 1
[nodes.which]
one_of = ["watched", "pool"]
[nodes.other]
from = "machines"
[nodes.all]
parts = ["which", "other"]
[choices.c]
root = "all"
"""

_SPARES = """vreltui = 1
[goal]
availability = 0.99
[resources]
euro = {}
[parameters]
n = { count = 2, range = [1, 3] }
d = { value = 0, values = [0, 0.5] }
s = { value = 0.9, values = [0.9, 1] }
r = { time = "2 h", values = ["2 h", "1 d"] }
[catalogues.machines]
A = { mttf = "60 d", mttr = "r", uses = { euro = 2 } }
B = { reliability = 0.98 }
[nodes.vm]
mttf = "10 d"
mttr = "r"
uses = { euro = 1 }
[nodes.pool]
of = "vm"
copies = "n"
needs = 1
dormancy = "d"
switch = "s"
[nodes.machine]
from = "machines"
[nodes.all]
parts = ["pool", "machine"]
[choices.c]
root = "all"
"""


def as_checked(design: Design, variant: Variant) -> object:
    """The figure of the design in which the choice takes a variant's options."""
    stands = settle_all(design, variant.choice, variant.options)
    return figure(Study(stands, limits=Limits).evaluation(variant.choice).figures())


@pytest.mark.parametrize(
    ("text", "variants"), [(_CLOCK, 40), (_CAUSES, 64), (_PROCESS, 29), (_SPARES, 48)]
)
def test_each_variant_has_the_figure_of_its_design(text: str, variants: int) -> None:
    design = parse(text).design
    question = replace(question_of(design), top=1000)
    found = explore(question, Limits())
    assert not found.reason
    assert len(found.top) == found.total == variants
    for variant in found.top:
        assert variant.figure == as_checked(design, variant)
    assert {each.kind for each in found.top} == {"meets", "hopeless"}
    search = Searched(question)
    assert tuple(search.top(1000)) == found.top
    assert tuple(search.front(("euro",))) == found.fronts[("euro",)]
    assert search.eliminations(2) == found.eliminations


def test_what_is_open_and_acts_neither_way_is_undecided_by_name() -> None:
    text = _CLOCK.replace('values = ["1 d", "7 d", "40 d"]', 'range = ["1 d", "40 d"]')
    text = text.replace("10 min/y", "1 min/y")
    found = explore(question_of(parse(text).design), Limits())
    assert "every is open and no end of its range is known to be best" in found.reason
    assert found.best is not None
    assert not found.eliminations
    assert isinstance(found.classes["short"], int)


def test_letters_for_other_numbers_of_members_are_undecided_by_name() -> None:
    text = _CAUSES.replace('of = "vm"\ncopies = 3', 'of = "vm"\ncopies = "m"')
    text = text.replace("[parameters]", "[parameters]\nm = { count = 3, range = [3, 4] }")
    found = explore(question_of(parse(text).design), Limits())
    assert found.reason == "the letters of cause flaw are not for 4 members"


def refusal(text: str) -> DesignError:
    with pytest.raises(DesignError) as raised:
        refuse_what_can_harm(parse(text).design, ())
    return raised.value


def test_a_mean_life_is_refused_with_its_reason() -> None:
    text = _CLOCK.replace('downtime = "10 min/y"', 'mttf = "1 y"')
    problem = refusal(text).problem
    assert problem.path == ("goal", "mttf")
    assert "a module's mean does not say how long the whole lives" in problem.what


def test_betas_that_may_come_to_more_than_one_are_refused() -> None:
    text = _CAUSES.replace("values = [0.1, 0.3]", "values = [0.1, 0.8]").replace(
        "[choices.c]", '[causes.bug]\nstrikes = ["machine"]\nbeta = 0.3\n[choices.c]'
    )
    problem = refusal(text).problem
    assert problem.path == ("causes", "bug", "beta")
    assert "more than 1" in problem.what


_GOALS = """vreltui = 1
[goal]
GOAL
[resources]
euro = { limit = 3 }
[catalogues.s]
A = { mttf = "400 h", mttr = "2 h", uses = { euro = 1 } }
B = { mttf = "900 h", mttr = "2 h", uses = { euro = 5 } }
[nodes.a]
from = "s"
[choices.c]
root = "a"
"""


@pytest.mark.parametrize(
    "goal", ['downtime = "30 h/y"', "availability = 0.9966", "unavailability = 0.0034"]
)
def test_what_would_lift_a_proof_does_so_in_its_own_words(goal: str) -> None:
    design = parse(_GOALS.replace("GOAL", goal)).design
    found = explore(question_of(design), Limits())
    (out,) = found.eliminations
    assert (out.family.options, out.kind) == ({}, "together")
    assert {(each.what, each.name) for each in out.back} == {
        ("goal", ""), ("limit", "euro"), ("parameter", "s.A"),
    }  # fmt: skip
    for back in out.back:
        lifted = take_variant.lifted(design, back).design
        assert explore(question_of(lifted), Limits()).classes["meets"] == 1
        assert type(lifted.goal) is type(design.goal)
    (number,) = [float(each.bound) for each in out.back if each.what == "parameter"]
    seconds = 2 * 3600 * (1 / float(question_of(design).goal.unreliability) - 1)  # type: ignore[union-attr]
    assert number == pytest.approx(seconds)
