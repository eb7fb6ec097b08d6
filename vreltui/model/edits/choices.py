"""Edits of choices, and of what they are measured against: goal, baseline and limits."""

from __future__ import annotations

from dataclasses import replace

from vreltui.model.design import Choice, Design, Node, Plot
from vreltui.model.edits.common import (
    checked,
    inserted,
    refuse,
    refuse_taken,
    renamed,
    the_choice,
    the_node,
    updated,
    with_node,
    without,
)
from vreltui.model.edits.structure import dropped
from vreltui.model.goals import Goal


def set_goal(design: Design, goal: Goal | None) -> Design:
    """State what choices must exceed; None for no goal."""
    return checked(replace(design, goal=goal), design)


def set_baseline(design: Design, choice: str | None) -> Design:
    """State the choice that the others must beat; None for no baseline."""
    return checked(replace(design, baseline=choice))


def set_copies_limit(design: Design, copies: int | None) -> Design:
    """State the most copies that a host can hold; None for the default."""
    return checked(replace(design, copies_limit=copies))


def add_choice(design: Design, choice: Choice, after: str | None = None) -> Design:
    """Add a choice behind another one, or at the end."""
    refuse_taken("choice", choice.name, design.choices)
    return checked(replace(design, choices=inserted(design.choices, choice.name, choice, after)))


def add_tree(
    design: Design, choice: Choice, nodes: tuple[Node, ...], after: str | None = None
) -> Design:
    """Add a choice together with the new nodes of its tree."""
    for node in nodes:
        refuse_taken("node", node.name, design.nodes)
        design = with_node(design, node)
    return add_choice(design, choice, after)


def duplicate_choice(design: Design, choice: str, name: str) -> Design:
    """Add a choice behind ``choice`` with the same tree and the same values of its own.

    The tree is the same one: what changes below the root changes in both.
    """
    return add_choice(design, replace(the_choice(design, choice), name=name), after=choice)


def rename_choice(design: Design, old: str, new: str) -> Design:
    """Rename a choice wherever the design names it."""
    the_choice(design, old)
    if new == old:
        return design
    refuse_taken("choice", new, design.choices)
    choices = renamed(design.choices, old, new, lambda choice: replace(choice, name=new))
    plots = {
        name: replace(plot, choice=new) if plot.choice == old else plot
        for name, plot in design.plots.items()
    }
    baseline = new if design.baseline == old else design.baseline
    return checked(replace(design, choices=choices, plots=plots, baseline=baseline))


def delete_choice(design: Design, choice: str) -> Design:
    """Delete a choice, the nodes that it alone used and its plots; no other's baseline is lost."""
    the_choice(design, choice)
    if len(design.choices) == 1:
        right = "add another one first"
        raise refuse(("choices", choice), f"{choice} is the only choice", right)
    if design.baseline == choice:
        raise refuse(
            ("baseline",), f"{choice} is the baseline that the others must beat",
            "choose another baseline, or none, first",
        )  # fmt: skip
    plots = {name: plot for name, plot in design.plots.items() if plot.choice != choice}
    after = replace(design, choices=without(design.choices, choice), plots=plots)
    return checked(dropped(design, after))


def move_choice(design: Design, choice: str, steps: int) -> Design:
    """Move a choice by so many places, towards the end when positive."""
    entry = the_choice(design, choice)
    names = list(design.choices)
    old = names.index(choice)
    new = old + steps
    if not 0 <= new < len(names):
        end = "first" if steps < 0 else "last"
        raise refuse(("choices", choice), f"{choice} is the {end} choice")
    names.insert(new, names.pop(old))
    assert entry.name in names
    return checked(replace(design, choices={name: design.choices[name] for name in names}))


def set_root(design: Design, choice: str, root: str) -> Design:
    """Let a choice have another tree."""
    entry = the_choice(design, choice)
    the_node(design, root)
    changed = replace(entry, root=root)
    return checked(replace(design, choices=updated(design.choices, choice, changed)))


def add_plot(design: Design, plot: Plot) -> Design:
    """Add a plot behind the others."""
    refuse_taken("plot", plot.name, design.plots)
    return checked(replace(design, plots=updated(design.plots, plot.name, plot)))


def change_plot(design: Design, plot: Plot) -> Design:
    """Replace the plot of the same name."""
    if plot.name not in design.plots:
        raise refuse(("plots", plot.name), f"there is no plot {plot.name}")
    return checked(replace(design, plots=updated(design.plots, plot.name, plot)))


def delete_plot(design: Design, plot: str) -> Design:
    """Delete a plot."""
    if plot not in design.plots:
        raise refuse(("plots", plot), f"there is no plot {plot}")
    return checked(replace(design, plots=without(design.plots, plot)))
