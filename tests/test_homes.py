"""One home for each idea: a kind that nobody has heard of may not pass in silence.

Made-up kinds are added to a copy of the program. Each place that tells the kinds of a family
apart has to complain of them when types are checked; none may have an answer for them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

import vreltui
from tests.dispatch_sites import FAMILIES, Family, defaults
from vreltui.analysis.study import structure_of
from vreltui.model import Choice, Component, Design, Group, Node, Pool, Probability
from vreltui.model.nodes import BaseNode
from vreltui.model.quantities import COUNT, PROBABILITY

PACKAGE = Path(vreltui.__file__).parent


@dataclass(frozen=True)
class MadeUp:
    """A kind that is added to a copy of the program.

    ``changes`` are texts of its family's home and what stands there instead; ``complaining`` the
    files that have to be named when types are checked.
    """

    name: str
    home: str
    changes: Mapping[str, str]
    complaining: frozenset[str]


NODE = MadeUp(
    "Mystery",
    "model/nodes.py",
    {
        "Node = (\n    Component | LastingComponent | Process | Group | Pool | Bought | Structure "
        "| Share | PolicyPool\n)\n": '''
@dataclass(frozen=True, slots=True, kw_only=True)
class Mystery(BaseNode):
    """Nobody has heard of it."""

    sort = "component"
    copies_below = False
    plain_kind = "component"

    @property
    def children(self) -> tuple[str, ...]:
        return ()

    def child_path(self, index: int) -> Path:
        raise IndexError(index)

    def with_children(self, children: Sequence[str]) -> Self:
        return self

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        return ()

    def with_number(self, key: str, given: Value | str) -> Self:
        return self

    def faults(self) -> Iterator[Problem]:
        yield from ()


Node = (
    Component | LastingComponent | Process | Group | Pool | Bought | Structure | Share | PolicyPool
    | Mystery
)
''',
    },
    frozenset(
        {
            "engine/compiler.py",
            "engine/scope.py",
            "engine/structure/building.py",
            "model/edits/nodes.py",
            "model/rules/shape.py",
            "workbench/view/rows.py",
        }
    ),
)

QUANTITY = MadeUp(
    "Riddle",
    "model/quantity.py",
    {
        "Value = Probability | int | Duration | Rate | PlainNumber\n": '''
class Riddle:
    """Nobody has heard of it."""


Value = Probability | int | Duration | Rate | PlainNumber | Riddle
''',
    },
    frozenset({"model/quantities.py"}),
)

STEP = MadeUp(
    "Enigma",
    "engine/steps.py",
    {
        "Step = (\n    Constant\n": '''
@dataclass(frozen=True, slots=True)
class Enigma(BaseStep):
    """Nobody has heard of it."""

    @property
    def inputs(self) -> tuple[int, ...]:
        return ()

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        return r[0], q[0]

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        return ()

    def weight(self, weights: Mapping[int, int], count: Callable[[Source], int]) -> int:
        return 0

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        return self


class Unasked(BaseStep):
    """It has no answers."""


UNASKED = Unasked()


Step = (
    Enigma
    | Constant
''',
    },
    frozenset({"symbolic/derivation.py"}),
)

MADE_UP = (NODE, QUANTITY, STEP)


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """By file of the copy: what the type checker says of it."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, root / "vreltui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PACKAGE.parent / "pyproject.toml", root)
    for kind in MADE_UP:
        home = root / "vreltui" / kind.home
        text = home.read_text("utf-8")
        for old, new in kind.changes.items():
            assert text.count(old) == 1, f"{kind.home} no longer says {old!r}"
            text = text.replace(old, new)
        home.write_text(text, "utf-8")
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "vreltui"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    found: dict[str, set[str]] = {}
    for line in done.stdout.splitlines():
        said = re.match(r"vreltui/([^:]+):\d+: error: (.*)", line)
        if said is not None:
            found.setdefault(said[1], set()).add(said[2])
    assert found, done.stdout + done.stderr
    return found


@pytest.mark.parametrize("kind", MADE_UP, ids=lambda kind: kind.home)
def test_every_place_that_has_to_know_of_a_kind_says_so(
    kind: MadeUp, complaints: dict[str, set[str]]
) -> None:
    naming = {file for file, said in complaints.items() if any(kind.name in line for line in said)}
    assert kind.complaining <= naming, f"silent: {sorted(kind.complaining - naming)}"


def test_a_step_that_leaves_a_question_open_is_refused(complaints: dict[str, set[str]]) -> None:
    said = " ".join(complaints["engine/steps.py"])
    assert 'Cannot instantiate abstract class "Unasked"' in said
    for question in ("inputs", "pair", "slopes", "weight", "key"):
        assert f'"{question}"' in said


AT_HOME = [family for family in FAMILIES if (PACKAGE / family.homes[0]).exists()]


@pytest.mark.parametrize("family", AT_HOME, ids=lambda family: family.name)
def test_no_family_has_a_silent_default(family: Family) -> None:
    found = [f"{site.file}:{site.line}: {site.kind}" for site in defaults(PACKAGE, family.kinds)]
    assert found == []


def test_the_lint_sees_each_sort_of_silent_default(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(
        """
from vreltui.model import Component, Pool

def one(node):
    match node:
        case Component():
            return 1
        case _:
            return 2

def two(node):
    if isinstance(node, Component):
        return 1
    elif isinstance(node, Pool):
        return 2
    else:
        return 3

def three(node):
    return hasattr(node, "copies") or getattr(node, "needs", None)
""",
        "utf-8",
    )
    found = [site.kind for site in defaults(tmp_path, frozenset({"Component", "Pool"}))]
    assert sorted(found) == ["case _", "else", "hasattr or getattr", "hasattr or getattr"]


def test_a_match_that_ends_in_assert_never_is_no_silent_default(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text(
        """
def one(node):
    match node:
        case Component():
            return 1
        case unknown:
            assert_never(unknown)
""",
        "utf-8",
    )
    assert list(defaults(tmp_path, frozenset({"Component"}))) == []


NODES = (
    Component(name="one", reliability="p"),
    Component(name="one", reliability=Probability.of("0.9")),
    Group(name="one", parts=("a", "b"), needs="any"),
    Pool(name="one", of="a", copies="n", needs=2),
    Pool(name="one", of="a", copies=3),
)

OTHERS = {
    "name": "other",
    "shared": True,
    "needs": "majority",
    "contained": "b",
    "dormancy": "d",
    "switch": "s",
    "load": "l",
    "repairers": "m",
    "fails_safe": "c",
    "parts": ("b", "a"),
    "of": "b",
    "reliability": "q",
    "copies": "m",
}
"""Another value for every field that belongs to the structure."""


@pytest.mark.parametrize("node", NODES, ids=repr)
def test_every_field_that_is_no_word_belongs_to_the_structure(node: BaseNode) -> None:
    words = {"kind", "title", "description", "note", "source"}
    amounts = {"uses": {"euro": Decimal(3)}, "provides": {"euro": Decimal(3)}, "fits": ("euro",)}
    for entry in fields(node):
        if entry.name in words | set(amounts):
            other = amounts.get(entry.name, "other")
            changed = replace(node, **{entry.name: other})  # type: ignore[arg-type]
            assert changed.structure == node.structure, entry.name
        else:
            changed = replace(node, **{entry.name: OTHERS[entry.name]})  # type: ignore[arg-type]
            assert changed.structure != node.structure, entry.name


def test_a_number_of_its_own_is_no_part_of_the_structure() -> None:
    def structure(reliability: Probability, copies: int) -> object:
        nodes: dict[str, Node] = {
            "vm": Component(name="vm", reliability=reliability),
            "pool": Pool(name="pool", of="vm", copies=copies),
        }
        design = Design(nodes=nodes, choices={"one": Choice("one", "pool")})
        return structure_of(design, "pool")

    one = structure(Probability.of("0.9"), 2)
    assert one == structure(Probability.from_unreliability("0.2"), 5)


def test_a_value_of_another_quantity_raises_by_name() -> None:
    with pytest.raises(TypeError, match="3 is no probability"):
        PROBABILITY.of(3)
    with pytest.raises(TypeError, match="is no count"):
        COUNT.of(Probability.of("0.5"))
