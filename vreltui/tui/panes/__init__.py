"""The panes beside the tree, one file each; whatever file of this folder holds one is found."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

from vreltui.tui.panes.pane import Pane
from vreltui.workbench import ACTIONS, LOOK, Action

__all__ = ["Pane", "all_actions", "pane_types"]


def pane_types() -> tuple[type[Pane], ...]:
    """Every pane, in the order of the tabs."""
    found = [
        each
        for module in pkgutil.iter_modules(__path__)
        for each in vars(import_module(f"{__name__}.{module.name}")).values()
        if isinstance(each, type)
        and issubclass(each, Pane)
        and not inspect.isabstract(each)
        and each.__module__ == f"{__name__}.{module.name}"
    ]
    return tuple(sorted(found, key=lambda each: (each.place, each.name)))


def all_actions() -> tuple[Action, ...]:
    """Every command of the application: the registry's, and those of the panes."""
    panes = pane_types()
    at = next(index for index, action in enumerate(ACTIONS) if action.group == LOOK)
    openers = [pane.opens for pane in panes]
    scoped = [each.action for pane in panes for each in pane.actions]
    return (*ACTIONS[:at], *openers, *ACTIONS[at:], *scoped)
