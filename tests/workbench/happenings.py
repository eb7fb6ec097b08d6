"""What can happen to an open design, each drawn by chance and done to the program and reference."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import islice

from tests.oracle.tables import Table
from tests.oracle.unfolding import instances
from tests.workbench import drawing
from tests.workbench.drawing import Chance
from tests.workbench.reference.places import value_of
from tests.workbench.world import World
from vreltui.analysis.successive import answer
from vreltui.model import Component, Design
from vreltui.workbench import Analysis, action

Happening = Callable[[Chance, World], None]

FILES = ("design.toml", "other.toml", "third.toml")
_MOST_STATES = 12
_MOST_INSTANCES = 200


def edit(chance: Chance, world: World) -> None:
    """Any action that edits, at any place."""
    world.select(drawing.place(chance, world))
    name = drawing.edit(chance, world)
    world.act(name, drawing.answer(chance, world, name))


def copy(chance: Chance, world: World) -> None:
    """Keep a subtree, and mostly paste it elsewhere."""
    world.select(drawing.place(chance, world))
    world.copy()
    world.select(drawing.place(chance, world))
    if len(world.reference.design["nodes"]) <= drawing.LARGE:
        world.act("paste")


def undo(chance: Chance, world: World) -> None:
    """Take back some edits."""
    for _ in range(chance.number(1, 6)):
        world.undo()
        world.check()


def redo(chance: Chance, world: World) -> None:
    """Do some of them again."""
    for _ in range(chance.number(1, 6)):
        world.redo()
        world.check()


def save(chance: Chance, world: World) -> None:
    """Save; what others wrote meanwhile stays, goes, or is taken."""
    if not world.save():
        world.check()
        match chance.number(0, 2):
            case 0:
                world.save(overwrite=True)
            case 1:
                world.reload()
            case _:
                pass


def save_as(chance: Chance, world: World) -> None:
    """Save under a name, and replace what is there when that is asked."""
    name = chance.pick(FILES)
    if not world.save_as(name):
        world.check()
        if chance.number(0, 1):
            world.save_as(name, replace=True)


def others(chance: Chance, world: World) -> None:
    """Somebody else adds a line, saves another design, or removes the file."""
    if world.path is None:
        return
    now = world.disk.get(world.path, world.text.encode("utf-8")).decode("utf-8")
    world.others_save(chance.pick([f"{now}\n# theirs\n", drawing.text(chance), None]))


def reload(chance: Chance, world: World) -> None:
    """Take what is on the disk."""
    world.reload()


def reopen(chance: Chance, world: World) -> None:
    """Leave and come back."""
    world.reopen()


def crash(chance: Chance, world: World) -> None:
    """The process ends; what it left is taken, dropped, or not answered for."""
    world.crash()
    world.check()
    draw = chance.number(0, 3)
    if draw < 3:
        world.answer_recovery(take=draw > 0)


def begin_new(chance: Chance, world: World) -> None:
    """Leave for a new design."""
    world.begin_new(chance.pick(["blank", "single-node", "three-tier"]))


def hold(chance: Chance, world: World) -> None:
    """Set a number to what is needed: nothing else changes, and then the choice does meet."""
    world.select(drawing.place(chance, world))
    bench = world.bench
    report, own = answer((bench.design, bench.choice, None))
    bench.analysis = Analysis(bench.design, report, bench.choice, own)
    before = world.reference.place
    if action("hold_threshold").unavailable(bench):
        return
    change = action("hold_threshold").change
    assert change is not None
    wanted = change(bench).design
    bench.analysis = None
    name = bench.node
    node = wanted.nodes[name]
    number = node.reliability if isinstance(node, Component) else getattr(node, "copies", None)
    value = wanted.value(number, before[0]) if isinstance(number, str) else number
    # As typed, so that the reference learns the number; all else it finds by itself.
    world.act("edit_value", str(value))
    assert bench.design == wanted
    _meets(world, before[0])


def _meets(world: World, choice: str) -> None:
    """The choice exceeds goal and baseline, by adding up states where they are few."""
    design = world.bench.design
    found = _exactly(design, choice, world)
    against = design.baseline
    if found is None:
        return
    if design.target is not None:
        assert found > design.target.reliability
    if against is not None and against != choice:
        other = _exactly(design, against, world)
        assert other is None or found > other


def _exactly(design: Design, choice: str, world: World) -> Fraction | None:
    values = {}
    for name in design.parameters:
        value = value_of(world.reference.design, name, choice)
        values[name] = value if isinstance(value, int) else value.reliability
    root = design.choices[choice].root
    some = list(islice(instances(design, root, values), _MOST_INSTANCES))
    leaves = [name for name, _ in some if isinstance(design.nodes[name], Component)]
    if len(some) == _MOST_INSTANCES or len(leaves) > _MOST_STATES:
        return None
    return Table(design, root, values).reliability()


HAPPENINGS: dict[Happening, int] = {
    edit: 60, copy: 3, undo: 6, redo: 4, save: 4, save_as: 2, others: 2, reload: 1, reopen: 1,
    crash: 3, begin_new: 1, hold: 1,
}  # fmt: skip
"""How often each happens in a long run."""
