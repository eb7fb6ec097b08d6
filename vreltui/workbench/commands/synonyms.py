"""Other words by which people look for a command."""

from __future__ import annotations

from collections.abc import Mapping

SYNONYMS: Mapping[str, str] = {
    "search": "find look filter",
    "palette": "search commands menu",
    "help": "keys shortcuts manual theme colours",
    "copy_out": "export yank",
    "copy_table": "export",
    "copy_csv": "export",
    "copy_latex": "export tex",
    "save_as": "export write",
    "edit_goal": "availability downtime target sla slo nines requirement",
    "edit_value": "set change number availability",
    "plot": "graph chart curve figure",
    "plot_nines": "logarithmic scale",
    "importance": "sensitivity bottleneck birnbaum fussell raw rrw tornado",
    "cut_sets": "single point of failure minimal paths",
    "changes": "fix improve recommend suggest what next",
    "moves": "refactor redundancy",
    "replicate": "redundancy copies active",
    "vote": "quorum majority k of n",
    "make_pool": "replicas redundancy copies",
    "share": "common dependency",
    "undo": "revert back",
    "redo": "again",
    "delete": "remove erase",
    "recent": "history",
    "fold": "collapse hide",
    "mark": "select several multiple visual",
    "suspend": "background shell",
    "edit_file": "vim nano emacs visual text toml source",
    "quit": "exit close leave",
    "duplicate_choice": "copy clone",
    "toggle_baseline": "reference compare",
    "redraw": "refresh theme",
}
"""By the id of a command; in small letters."""
