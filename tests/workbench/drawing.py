"""What a person might do next, drawn by chance: by hypothesis, or by a generator of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from tests.workbench.reference.edits import ASKED, AT_ONCE
from tests.workbench.reference.places import Place
from tests.workbench.reference.plain import children
from tests.workbench.reference.tree import KINDS
from tests.workbench.world import World

T = TypeVar("T")

DESIGNS = Path(__file__).resolve().parents[2] / "designs"
LARGE = 60
"""From this many nodes on, a design is rather made smaller."""

NUMBERS = (
    "0.97", "0.9", "99.9%", "1-1e-5", "q 2e-3", "Q=0.25", "0.5", ".5", "1", "0", "0.99999999",
    "1e-9", "1-1e-300", "1e-300", "0.0950", "1 - 0.050", "0,875", "100%", "1-99%",
    "0.9999999999999999999999999999999999999912",
    "0." + "123456789" * 5,
)  # fmt: skip
COUNTS = ("1", "2", "3", "4", "16", "64", "999", "1000", "10000", "007")
FIGURES = (*NUMBERS, *COUNTS)
NEEDS = ("all", "any", "majority", "1", "2", "3", "2 of 3", "ANY")
TEXTS = (
    "A title", "", "  spaces  ", 'said "so" \\ and so', "# no comment", "[nodes.x]", "漢字 🎉 é",
    "'''", '"""', "two\nlines", '"""\n\\\n"""', "tab\there", "a = 1", "x" * 200,
)  # fmt: skip
NONSENSE = (
    "", " ", "nan", "inf", "-1", "0", "1.5", "1e-301", "1-1e-301", "1e9999", "0x10", "²", "٣",
    "abc def", "\x1b[2J", "a\u202eb", "x" * 10_001, "x = ", "= 3", "q", "1-", "%", "..", "1 to",
    "3 of", "R_V =", "é", "-", "_", "None", "0." + "1" * 400,
)  # fmt: skip
NAMED = (
    "rename", "extract", "duplicate_choice", "another_setting", "add_choice", "rename_choice",
)  # fmt: skip
NEW_NAMES = (
    "fresh", "R_new", "n2", "vm-2", "x-99999", "x-9", "_", "-", "7", "q", "goal", "all",
    "l" * 64, "l" * 63 + "k", "l" * 60, "l" * 58 + "-2", "nodes", "x" * 65,
)  # fmt: skip

COMMENTED = """\
# Above everything.

vreltui = 1 # the version
title = "Layouts" # of many sorts
baseline = "one"

# About the goal.
[goal]
unreliability = 2e-3   # not 0.998

[parameters] # all of them
# Hardware.
R_H = 0.99999 # bare
R_V   = { value = 0.999, range = [0.95, 0.9999], title = "Hypervisor" }   # inline
R_M = { unreliability = 5e-2 } # complement

# A count.
n = { count = 3, range = [1, 16] }

# Alone between two blank lines.

[nodes.hardware] # a header
kind = "hardware"
# Inside.
reliability = "R_H" # behind

# The hypervisor.
[nodes.hypervisor]
kind = "hypervisor"
reliability = "R_V"

[nodes.vm]
note = \"\"\"
One line,
# no comment
\"\"\"
reliability = "R_M"

[nodes.store]
reliability = 0.98
shared = true

[nodes.guest]
parts = ["vm", "store"]

[nodes.pool]
of = "guest"
copies = "n"
needs = "any" # one

[nodes.system]
parts = [
    "hardware",   # below
    "hypervisor",
    # the rest
    "pool",
]

[nodes.spare] # nobody uses it
reliability = 0.5

[choices.one]
root = "guest"

# Many.
[choices.many]
title = "Many"
root = "system"

[choices.twelve]
root = "system"
set = { n = 12, R_V = { unreliability = 1e-3 } } # its own

[plots.first] # a plot
choice = "many"
x = { parameter = "R_M", from = 0.1, to = 1.0 }
y = { threshold = "R_V" }
series = { n = [2, 3] }

# The end.
"""


class Chance(Protocol):
    """What draws."""

    def pick(self, sequence: Sequence[T]) -> T:
        """One of some."""

    def number(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""


def text(chance: Chance) -> str:
    """A design to begin with."""
    # What the reference can read: it knows neither times nor decisions, and no dependence.
    unknown = (
        "mttf = ", "downtime = ", "[catalogues", "one_of = ", "[causes", "moves = ", "contained = ",
    )  # fmt: skip
    texts = {path: path.read_text("utf-8") for path in sorted(DESIGNS.glob("*.toml"))}
    paths = [path for path, text in texts.items() if not any(word in text for word in unknown)]
    path = chance.pick([None, *paths])
    return COMMENTED if path is None else path.read_text(encoding="utf-8")


def place(chance: Chance, world: World) -> Place:
    """A place in some tree."""
    design = world.reference.design
    choice = chance.pick(list(design["choices"]))
    name = design["choices"][choice]["root"]
    steps: tuple[int, ...] = ()
    while (under := children(design["nodes"][name])) and chance.number(0, 4):
        step = chance.number(0, len(under) - 1)
        name, steps = under[step], (*steps, step)
    return choice, steps


def edit(chance: Chance, world: World) -> str:
    """An action that edits."""
    if len(world.reference.design["nodes"]) > LARGE:
        return chance.pick(["delete", "delete_choice", "delete_unused", "dissolve", "cut"])
    return chance.pick([*AT_ONCE, *ASKED, "paste"])


def answer(chance: Chance, world: World, action: str) -> str:
    """What is typed where an action asks; now and then nonsense."""
    if action not in ASKED:
        return ""
    if not chance.number(0, 7):
        return chance.pick(NONSENSE)
    design = world.reference.design
    names: list[str] = [
        *NEW_NAMES, *design["nodes"], *design["parameters"], *design["choices"]
    ]  # fmt: skip
    name, number, other = chance.pick(names), chance.pick(FIGURES), chance.pick(FIGURES)
    words = [chance.pick(KINDS), name, chance.pick([number, *names])]
    answers: dict[str, Sequence[str]] = {
        "edit_value": (number, number, name, f"{name} = {number}", chance.pick(NEEDS)),
        "edit_here": (number, number, other, ""),
        "edit_goal": ("", *NUMBERS),
        "edit_limit": ("", *COUNTS),
        "edit_needs": NEEDS,
        "edit_range": ("", f"{number} to {other}", f"[{number}, {other}]", "0.5 0.9999",
                       f"{number}..{other}", "1 to 999", "0 to 1"),
        "add": [" ".join(words[:length]) for length in range(4)],
        "add_existing": list(design["nodes"]),
        "edit_kind": KINDS,
    }  # fmt: skip
    if action in NAMED:
        return name
    return chance.pick(answers.get(action, TEXTS))
