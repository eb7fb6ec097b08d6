"""The move from patches in place to patches on a copy, to which a machine is switched over."""

from __future__ import annotations

from dataclasses import replace

from vreltui.model.design import Design, Group, LastingComponent, Process
from vreltui.model.edits.alternatives import alternative
from vreltui.model.edits.assumed import Assumed, share, time, with_assumed
from vreltui.model.edits.common import fresh_name, refuse, with_node
from vreltui.model.edits.moves import called
from vreltui.model.edits.position import Edited, Position, node_at
from vreltui.model.edits.repair import in_the_long_run
from vreltui.model.process_node import Move
from vreltui.model.times import Duration


def patch_on_a_copy(design: Design, at: Position) -> Edited:
    """A choice in which patches go on a copy, and only the switch to it is felt.

    What is selected stands in series with its patches (Ramasamy and Schunter 2007, section 3). The
    choice that this has to beat patches in place: it is the one in hand where that says how often
    (``planned``), else one more that stands between the two. So the copy wins exactly where the
    switch takes less than the patch, and the rollbacks that the test on the copy saves.

    Raises :class:`DesignError` where the share of time up is not what is measured.
    """
    name = node_at(design, at)
    node = design.nodes[name]
    design = in_the_long_run(design)
    if design.measure != "availability":
        right = 'set a goal such as downtime = 5 h/y, or measure = "availability", first'
        what = f"a patch is an outage of {name}, which counts where the share of time up is asked"
        raise refuse(("goal",), what, right)
    if isinstance(node, LastingComponent) and node.planned is not None:
        bare = fresh_name(f"{name}-unplanned"[:60], design.nodes)
        design = with_node(design, replace(node, name=bare, planned=None, every=None))
        assert node.every is not None
        design, names = with_assumed(design, _copy_parameters())
        return _in_series(
            design, at, bare, name, _on_a_copy(names, node.every), "patched-on-a-copy"
        )
    wanted = {
        "every": Assumed(time("30", "d"), "Between patches", (time("1", "d"), time("1", "y"))),
        "d": Assumed(time("30", "min"), "Patching in place", (time("1", "min"), time("8", "h"))),
        **_copy_parameters(),
    }
    design, names = with_assumed(design, wanted)
    every = names["every"]
    in_place = _in_series(design, at, name, name, _in_place(names, every), "patched-in-place")
    grown, place = in_place.design, in_place.position
    if design.baseline is None and design.goal is None:
        grown = replace(grown, baseline=place.choice)
    return _in_series(grown, place, name, name, _on_a_copy(names, every), "patched-on-a-copy")


def _copy_parameters() -> dict[str, Assumed]:
    return {
        "s": Assumed(time("2", "s"), "Switching to the copy", (time("60", "ms"), time("1", "h"))),
        "b": share("0.02", "Bad patches", "0", "0.5"),
        "c": share("0.9", "Found on the copy", "0"),
        "r": Assumed(time("2", "h"), "Rollback", (time("1", "min"), time("1", "d"))),
    }


def _in_place(names: dict[str, str], every: Duration | str) -> tuple[Move, ...]:
    return (
        Move(origin="run", target="patching", after=every),
        Move(origin="patching", target="run", after=names["d"], other_share=names["b"]),
        Move(origin="patching", target="rollback", after=names["d"], share=names["b"]),
        Move(origin="rollback", target="run", after=names["r"]),
    )


def _on_a_copy(names: dict[str, str], every: Duration | str) -> tuple[Move, ...]:
    return (
        Move(origin="run", target="switch", after=every, other_share=names["b"]),
        Move(origin="run", target="bad", after=every, share=names["b"]),
        Move(origin="switch", target="run", after=names["s"]),
        Move(origin="bad", target="run", after=names["s"], share=names["c"]),
        Move(origin="bad", target="rollback", after=names["s"], other_share=names["c"]),
        Move(origin="rollback", target="run", after=names["r"]),
    )


def _in_series(
    design: Design, at: Position, part: str, of: str, moves: tuple[Move, ...], word: str
) -> Edited:
    """The choice in which a part stands in series with how it is patched."""
    said = f"{called(design, of)} {word.replace('-', ' ')}"
    patches = Process(
        name=fresh_name(f"{of}-patches"[:60], design.nodes),
        title=f"Patches of {called(design, of)}",
        moves=moves,
        up=("run",),
    )
    design = with_node(design, patches)
    group = Group(
        name=fresh_name(f"{of}-{word}"[:60], design.nodes), title=said, parts=(part, patches.name)
    )
    return alternative(with_node(design, group), at, group.name, word, said)
