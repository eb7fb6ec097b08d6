"""Common causes: figures against every state by the page, published figures, closed forms."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from tests.effort import cases
from tests.oracle.causes import Part, Striking, Tables, Written, reliability
from vreltui.analysis import examine
from vreltui.analysis.results import ChoiceReport, CountThreshold, ProbabilityThreshold
from vreltui.model import Design
from vreltui.model.own_numbers import with_named_numbers
from vreltui.storage import FileError, parse

F = Fraction


def choice_of(text: str, name: str = "c", *, named: bool = False) -> ChoiceReport:
    """The report on one choice of a file."""
    design: Design = parse("vreltui = 1\n" + text).design
    return examine(with_named_numbers(design) if named else design, [name]).choices[name]


# Random designs


def _shares(model: str, m: int, draw: Random) -> tuple[Fraction, ...]:
    if model == "phi":
        parts = [draw.randrange(1, 10) for _ in range(m)]
        parts[0] += 100 - sum(parts)
        return tuple(F(each, 100) for each in parts)
    count = {"beta": 1, "mgl": m - 1, "alpha": m}[model]
    return tuple(F(draw.randrange(1, 20), 20) for _ in range(count))


def _random_tables(draw: Random) -> tuple[Tables, str]:
    """Replicas of a group of components, in one pool or in pools of pools, with causes."""
    q = F(draw.randrange(1, 40), 100)
    nodes = {
        "a": Part(works=1 - q, shared=draw.random() < 0.1),
        "a2": Part(works=1 - q),
        "b": Part(works=F(draw.randrange(50, 99), 100)),
    }
    needs = draw.choice(["all", "any", "any"])
    nodes["unit"] = Part(
        parts=draw.choice([("a",), ("a", "b"), ("a", "a2"), ("b", "a")]), needs=needs
    )
    copies = draw.choice([2, 2, 3])
    kinds: list[str | int] = ["all", "any", "majority", 2]
    kind = draw.choice(kinds)
    nodes["pool"] = Part(of="unit", copies=copies, needs=kind)
    parts: tuple[str, ...] = draw.choice([("pool",), ("pool", "b"), ("pool", "a2")])
    nodes["rack"] = Part(parts=parts, needs=draw.choice(["all", "any"]))
    root, within = "rack", draw.choice(["", "rack", "pool"])
    if draw.random() < 0.5:
        nodes["racks"] = Part(of="rack", copies=2, needs=draw.choice(["all", "any"]))
        root = "racks"
    strikes = draw.choice([("a",), ("a", "a2")])
    model = draw.choice(["beta", "beta", "mgl", "alpha", "phi"])
    found = _members((nodes, {"x": Striking(strikes, "beta", (F(0),), within)}), root)
    letters = _shares(model, max(2, found), draw)
    independent = draw.random() < 0.2
    causes = {"x": Striking(strikes, model, letters, within, independent)}
    if model == "beta" and not independent and draw.random() < 0.5:
        most = 1 - letters[0]
        causes["y"] = Striking(strikes, "beta", (most * F(draw.randrange(0, 11), 10),))
    return (nodes, causes), root


def _members(tables: Tables, root: str) -> int:
    """How many members one such cause has."""
    nodes, causes = tables
    return max((len(group) for group in Written(nodes, root).groups(causes["x"])), default=0)


def _read(tables: Tables, root: str) -> ChoiceReport | None:
    """The report; None where what is also outside of the home of its cause is refused."""
    try:
        return choice_of(text_of(tables, root))
    except FileError as error:
        if "outside" in str(error) or "holds nothing" in str(error):
            return None
        raise


def text_of(tables: Tables, root: str) -> str:
    """The file that states the tables."""
    nodes, causes = tables
    lines = []
    for name, node in nodes.items():
        lines.append(f"[nodes.{name}]")
        needs = node.needs if isinstance(node.needs, int) else f'"{node.needs}"'
        if node.works is not None:
            lines.append(f"reliability = {float(node.works)}")
        elif node.of:
            lines.append(f'of = "{node.of}"\ncopies = {node.copies}\nneeds = {needs}')
        else:
            lines.append(f"parts = {list(node.parts)}\nneeds = {needs}".replace("'", '"'))
        if node.shared:
            lines.append("shared = true")
        if node.contained is not None:
            lines.append(f"contained = {float(node.contained)}")
    lines.append(f'[choices.c]\nroot = "{root}"')
    for name, cause in causes.items():
        listed = [float(each) for each in cause.letters]
        letters = str(listed[0] if cause.model == "beta" else listed)
        lines.append(f"[causes.{name}]\nstrikes = {list(cause.strikes)}".replace("'", '"'))
        lines.append(f"{cause.model} = {letters}")
        if cause.within:
            lines.append(f'within = "{cause.within}"')
        if cause.independent:
            lines.append('split = "open-psa"')
    return "\n".join(lines)


def test_figures_are_those_of_every_state_added_up() -> None:
    draw, tried, models = Random(7), 0, set()
    while tried < cases(30, 600):
        tables, root = _random_tables(draw)
        wanted = reliability(tables, root)
        if wanted is None:
            continue
        report = _read(tables, root)
        if report is None:
            continue
        tried += 1
        models.add(tables[1]["x"].model)
        figure = report.figure
        assert figure is not None, text_of(tables, root)
        assert figure.reliability == pytest.approx(float(wanted), rel=1e-12), text_of(tables, root)
        assert figure.unreliability == pytest.approx(float(1 - wanted), rel=1e-12)
    assert models == {"beta", "mgl", "alpha", "phi"}


# Published figures

TRAINS = """
[parameters]
q = {{ unreliability = 0.1 }}
[nodes]
pump-1 = {{ reliability = "q" }}
pump-2 = {{ reliability = "q" }}
pump-3 = {{ reliability = "q" }}
valve-1 = {{ reliability = "q" }}
valve-2 = {{ reliability = "q" }}
valve-3 = {{ reliability = "q" }}
train-1 = {{ parts = ["pump-1", "valve-1"] }}
train-2 = {{ parts = ["pump-2", "valve-2"] }}
train-3 = {{ parts = ["pump-3", "valve-3"] }}
trains = {{ parts = ["train-1", "train-2", "train-3"], needs = "any" }}
[choices.c]
root = "trains"
[causes.pumps]
strikes = ["pump-1", "pump-2", "pump-3"]
split = "open-psa"
{letters}
[causes.valves]
strikes = ["valve-1", "valve-2", "valve-3"]
split = "open-psa"
{letters}
"""


@pytest.mark.parametrize(
    ("letters", "published"),
    [
        ("beta = 0.2", 0.0430804),
        ("mgl = [0.2, 0.1]", 0.0162948),
        ("alpha = [0.7, 0.2, 0.1]", 0.0529814),
        ("phi = [0.7, 0.2, 0.1]", 0.0410393),
    ],
)
def test_the_four_published_figures_of_three_trains(letters: str, published: float) -> None:
    figure = choice_of(TRAINS.format(letters=letters)).figure
    assert figure is not None
    assert round(figure.unreliability, 7) == published


# A pool of which any copy suffices

ANY = """
[goal]
reliability = {goal}
[parameters]
b = {{ value = 0.05, range = [0, 0.5] }}
R = 0.9
n = {{ count = 2, range = [1, 20] }}
[nodes.vm]
reliability = "R"
[nodes.pool]
of = "vm"
copies = "n"
needs = "any"
[choices.c]
root = "pool"
[causes.flaw]
strikes = ["vm"]
beta = "b"
"""


TENTH = F(1, 10)


def _any_of(n: int, b: Fraction, q: Fraction = TENTH) -> Fraction:
    return (1 - b * q) * (1 - ((1 - b) * q / (1 - b * q)) ** n)


@pytest.mark.parametrize("n", [1, 2, 3, 10])
def test_any_of_a_pool_has_its_closed_form_and_its_copies_keep_their_figure(n: int) -> None:
    report = choice_of(ANY.format(goal=0.5).replace("count = 2", f"count = {n}"))
    assert report.figure is not None
    wanted = _any_of(n, F(1, 20))
    assert report.figure.reliability == pytest.approx(float(wanted), rel=1e-14)
    assert report.figure.unreliability == pytest.approx(float(1 - wanted), rel=1e-14)
    assert report.nodes["vm"].reliability == 0.9


def _highest(report: ChoiceReport, name: str) -> float:
    """The upper end of a threshold of one interval."""
    found = report.thresholds[name]
    assert isinstance(found, ProbabilityThreshold)
    (interval,) = found.intervals
    return interval.high.figure.reliability


def test_the_threshold_of_beta_is_the_root_and_a_count_past_it_never_helps() -> None:
    report = choice_of(ANY.format(goal=0.995))
    beta, count = report.thresholds["b"], report.thresholds["n"]
    assert isinstance(beta, ProbabilityThreshold)
    assert isinstance(count, CountThreshold)
    assert report.verdict == "hopeless" or report.witness is not None
    assert beta.intervals == ()  # two copies give 0.99 at most
    assert count.ranges == ()  # 1 - bQ is exactly the goal, which is never exceeded
    report = choice_of(ANY.format(goal=0.985))
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _any_of(2, F(middle)) > F(985, 1000) else (low, middle)
    assert _highest(report, "b") == pytest.approx(low, rel=1e-12)
    assert report.importance["b"] == pytest.approx(
        float((_any_of(2, F(1, 20) + F(1, 10**6)) - _any_of(2, F(1, 20))) * 10**6), rel=1e-4
    )


def test_a_tie_with_a_quotient_is_a_tie() -> None:
    """A quotient in series with what never fails; and with 0.9 (1 - 1/81) = 8/9 no decimal."""
    assert _any_of(2, F(1, 2), F(1, 5)) == F(8, 9)
    text = ANY.format(goal=0.5).replace("value = 0.05", "value = 0.5").replace("R = 0.9", "R = 0.8")
    rival = """
[nodes.certain]
reliability = 1
[limits]
copies = 20
[choices.r]
root = "again"
[nodes.again]
parts = ["pool", "certain"]
"""
    design = parse('vreltui = 1\nbaseline = "r"\n' + text + rival).design
    assert examine(design, ["c"]).choices["c"].against_baseline == "equal"


def test_letters_are_for_one_number_of_members() -> None:
    text = ANY.format(goal=0.9999).replace('beta = "b"', "mgl = [0.1, 0.3]")
    text = text.replace("b = { value = 0.05, range = [0, 0.5] }\n", "").replace("= 2,", "= 3,")
    report = choice_of(text)
    reason = report.thresholds["n"].undecided
    assert reason == "the letters of cause flaw are for 3 members"
    assert report.verdict == "undecided"


def test_several_betas_leave_a_member_its_own_figure_and_bound_each_other() -> None:
    text = ANY.format(goal=0.9) + '[causes.site]\nstrikes = ["vm"]\nbeta = 0.3\n'
    report = choice_of(text, named=True)
    assert report.nodes["vm"].reliability == 0.9
    assert _highest(report, "b") == pytest.approx(0.7)
    assert _highest(report, "site.beta") == pytest.approx(0.95)


# What is refused

VM = "[nodes.vm]\nreliability = 0.9\n[nodes.other]\nreliability = 0.8\n"
POOL = '[nodes.pool]\nof = "vm"\ncopies = 3\nneeds = "any"\n'
ROOT = '[nodes.top]\nparts = ["pool", "other"]\n[choices.c]\nroot = "top"\n'


@pytest.mark.parametrize(
    ("cause", "says"),
    [
        ('strikes = ["pool"]\nbeta = 0.1', "strikes pool, which is a pool; a component such as vm"),
        (
            'strikes = ["othr"]\nbeta = 0.1',
            'strikes "othr", which is not a node; did you mean "other"',
        ),
        ('strikes = ["vm", "vm"]\nbeta = 0.1', "strikes vm twice; name it once"),
        ('strikes = ["vm", "other"]\nbeta = 0.1', "strikes vm and other, which are not alike"),
        ('strikes = ["vm"]\nbeta = 1.1', "beta of cause x must be from 0 to 1"),
        ('strikes = ["vm"]\nbeta = "b"', 'beta of cause x names "b", which is not a parameter'),
        ('strikes = ["vm"]\nmgl = [0.1]', "choice c has 3 of what cause x strikes, and mgl has 1"),
        ('strikes = ["vm"]\nphi = [0.5, 0.3, 0.1]', "phi of cause x is 0.9 in sum in choice c"),
        ('strikes = ["vm"]\nalpha = [0, 0, 0]', "alpha of cause x is 0 throughout"),
        ('strikes = ["vm"]\nbeta = 0.1\nmgl = [0.1]', "has both beta and mgl; keep one of them"),
        ('strikes = ["vm"]', "has no beta or mgl or alpha or phi"),
        ('strikes = ["vm"]\nbeta = 0.1\nwithin = "other"', "which holds nothing that it strikes"),
        ('strikes = ["vm"]\nbeta = 0.1\nsplit = "no"', "split of cause x"),
        (
            'strikes = ["vm"]\nbeta = 0.6\n[causes.y]\nstrikes = ["vm"]\nbeta = 0.5',
            "the betas of x and y, which strike vm, are 1.1 in sum; at most 1 is right",
        ),
        (
            'strikes = ["vm"]\nbeta = 0.6\n[causes.y]\nstrikes = ["vm"]\nmgl = [0.1, 0.1]',
            "causes x and y both strike vm, and y has mgl; several causes of one component",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(cause: str, says: str) -> None:
    text = "vreltui = 1\n" + VM + POOL + ROOT + "[causes.x]\n" + cause + "\n"
    with pytest.raises(FileError) as refused:
        parse(text)
    assert says in str(refused.value)
    assert refused.value.line is not None
    assert refused.value.line > text[: text.index("[causes.x]")].count("\n")


def test_more_than_eight_members_take_beta_alone() -> None:
    text = "vreltui = 1\n" + VM + POOL.replace("3", "9") + ROOT
    letters = ", ".join(["0.1"] * 8)
    with pytest.raises(FileError, match="mgl is for at most 8; use beta"):
        parse(f'{text}[causes.x]\nstrikes = ["vm"]\nmgl = [{letters}]\n')
