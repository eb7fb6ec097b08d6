"""The paper's moves: each makes a choice beside the one in hand, named as the paper names the use.

In their list one letter takes one. Letters stand for themselves; only the key of the list is
configured.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from vreltui.model import Design, edits
from vreltui.model.edits import Edited, Position
from vreltui.workbench.commands.actions import Action
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench

MOVES = "Moves"
"""The group of the paper's moves, each of which makes a choice beside the one in hand."""

MENU = "moves"
"""The command that lists them."""


def _move(
    name: str,
    title: str,
    letter: str,
    hint: str,
    edit: Callable[[Design, Position], Edited],
    label: str,
    keys: tuple[str, ...] = (),
) -> Action:
    """A move. Its label, as undo names it, has ``{}`` for what is selected."""

    def change(bench: Workbench) -> Change:
        edited = edit(bench.design, bench.position)
        return Change(label.format(bench.node), edited.design, edited.position)

    return Action(name, title, keys, MOVES, hint, change, on_marked="beside", letter=letter)


PAPER = (
    _move("virtualize", "Virtualize", "h",
          "A new choice: what is selected on a hypervisor",
          edits.virtualize, "virtualize {}", ("f5",)),
    _move("replicate", "Replicate in n VMs", "n",
          "A new choice: n copies of it, one suffices",
          edits.replicate, "replicate {}", ("f6",)),
    _move("vote", "Vote 2 of 3", "v",
          "Replicated state machine: three copies of it, two must agree",
          edits.vote, "let {} vote 2 of 3", ("f7",)),
    _move("move_into_hypervisor", "Move into the hypervisor", "f",
          "A new choice: the function serves all copies from the hypervisor",
          edits.move_into_hypervisor, "move {} into the hypervisor", ("f8",)),
    _move("repair", "Repair when it fails", "r",
          "A new choice: it has an MTTF and an MTTR instead of one number",
          edits.repair, "repair {}", ("L",)),
    _move("migrate_under_load", "Migrate under load", "m",
          "Load-induced failures: it is moved before a peak has done its harm",
          edits.migrate_under_load, "migrate {} under load"),
    _move("share_the_load", "Share the load", "l",
          "Load-induced failures: copies share it, and those left fail more often",
          edits.share_the_load, "share the load of {}"),
    _move("patch_on_a_copy", "Patch on a copy", "p",
          "Patches without downtime: only the switch to the patched copy is felt",
          edits.patch_on_a_copy, "patch {} on a copy"),
    _move("watch_from_outside", "Watch from outside", "w",
          "Fail-safe: a monitor outside crashes it when it sees an attack",
          edits.watch_from_outside, "watch {} from outside"),
    _move("rejuvenate", "Rejuvenate", "j",
          "Proactive rejuvenation: it is renewed by the clock before it fails of age",
          edits.rejuvenate, "rejuvenate {}"),
    _move("diversify", "Diversify", "d",
          "Replica diversity: other systems or hypervisors, which a flaw of one spares",
          edits.diversify, "diversify {}"),
    _move("contain_in_processes", "Contain in processes", "1",
          "Containment: an escaped failure takes all along; 0.9 stay in a process",
          partial(edits.contain, container="processes"), "contain {} in processes"),
    _move("contain_in_machines", "Contain in VMs", "2",
          "Containment: 0.99 of failures stay in a VM",
          partial(edits.contain, container="machines"), "contain {} in VMs"),
    _move("contain_in_hosts", "Contain in hosts", "3",
          "Containment: 0.9999 of failures stay in a host of its own",
          partial(edits.contain, container="hosts"), "contain {} in hosts"),
    _move("back_up", "Back up", "b",
          "Primary and backup: a backup takes over when it fails",
          edits.back_up, "back up {}"),
    _move("share_a_spare", "Share a spare", "s",
          "Shared spare: one more takes the place of any that fails",
          edits.share_a_spare, "share a spare for {}"),
    _move("watch_and_replay", "Watch and replay", "i",
          "Introspection and replay: intrusions are found from outside and undone",
          edits.watch_and_replay, "watch and replay {}"),
)  # fmt: skip
"""The moves, in the order of their list: what section 4 does, what 3 proposes, what 2 cites."""
