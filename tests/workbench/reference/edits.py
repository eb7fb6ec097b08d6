"""Every action of the program that edits, as the reference does it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import partial

from tests.workbench.reference import choices, tree, values
from tests.workbench.reference.numbers import Refused
from tests.workbench.reference.places import Place, clipping, nearest
from tests.workbench.reference.plain import Plain, broken

AtOnce = Callable[[Plain, Place], Place | None]
Asked = Callable[[Plain, Place, str], Place | None]


def _design_title(design: Plain, place: Place, text: str) -> None:
    tree.write(design, "title", text)


AT_ONCE: dict[str, AtOnce] = {
    "nudge_up": partial(values.nudge, up=True),
    "nudge_down": partial(values.nudge, up=False),
    "nudge_up_fine": partial(values.nudge, up=True, fine=True),
    "nudge_down_fine": partial(values.nudge, up=False, fine=True),
    "delete": tree.delete,
    "wrap": tree.wrap,
    "dissolve": tree.dissolve,
    "make_pool": tree.make_pool,
    "share": tree.share,
    "move_up": partial(tree.move_by, by=-1),
    "move_down": partial(tree.move_by, by=1),
    "move_in": tree.move_in,
    "move_out": tree.move_out,
    "cut": tree.delete,
    "delete_unused": tree.delete_unused,
    "virtualize": choices.virtualize,
    "replicate": choices.replicate,
    "vote": choices.vote,
    "move_into_hypervisor": choices.move_into_hypervisor,
    "toggle_baseline": choices.toggle_baseline,
    "choice_left": partial(choices.move_choice, by=-1),
    "choice_right": partial(choices.move_choice, by=1),
    "delete_choice": choices.delete_choice,
}

ASKED: dict[str, Asked] = {
    "edit_value": values.edit_value,
    "edit_range": values.edit_range,
    "edit_here": values.edit_here,
    "edit_goal": values.edit_goal,
    "edit_limit": values.edit_limit,
    "edit_needs": values.edit_needs,
    "extract": values.extract,
    "add": tree.add,
    "add_existing": tree.add_existing,
    "rename": tree.rename,
    "edit_title": partial(tree.edit_text, field="title"),
    "edit_kind": tree.edit_kind,
    "edit_note": partial(tree.edit_text, field="note"),
    "edit_source": partial(tree.edit_text, field="source"),
    "design_title": _design_title,
    "duplicate_choice": choices.duplicate,
    "another_setting": choices.another_setting,
    "add_choice": choices.add_choice,
    "rename_choice": choices.rename_choice,
    "choice_title": choices.choice_title,
}


class Reference:
    """A design, what is selected in it, and what was kept for pasting."""

    def __init__(self, design: Plain, place: Place) -> None:
        self.design = design
        self.place = place
        self.kept: Plain | None = None

    def edited(self, action: str, answer: str) -> tuple[Plain, Place]:
        """The design after an action, and what is selected then.

        Raises :class:`Refused` when it can't be done.
        """
        design = deepcopy(self.design)
        if action == "paste":
            place: Place | None = tree.paste(design, self.place, self.kept)
        elif action in AT_ONCE:
            place = AT_ONCE[action](design, self.place)
        else:
            place = ASKED[action](design, self.place, answer)
        fault = broken(design)
        if fault:
            raise Refused(fault)
        return design, nearest(design, place or self.place)

    def copy(self) -> None:
        """Keep what is selected."""
        self.kept = clipping(self.design, self.place)
