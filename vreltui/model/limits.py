"""How large a design may be, so that every question about it can be answered."""

from __future__ import annotations

MOST_NODES = 150_000
"""The most nodes, and the most parameters, that a design may have."""

MOST_CHOICES = 1000
"""The most choices, and the most plots, that a design may have."""

MOST_DEPTH = 500
"""The most nodes on a path from a root down."""

MOST_PARTS = 10_000
"""The most parts of one group."""

MOST_POINTS = 10_000
"""The most points of one curve."""

MOST_SERIES = 64
"""The most curves of one plot."""
