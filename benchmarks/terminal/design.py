"""Design files of a given number of nodes, for the program to open."""

from __future__ import annotations

from pathlib import Path

WIDTH = 10
"""How many components a group holds."""


def write_design(folder: Path, nodes: int) -> Path:
    """A file with the design of so many nodes."""
    path = folder / f"nodes-{nodes}.toml"
    path.write_text(text_of(nodes), encoding="utf-8")
    return path


def text_of(nodes: int) -> str:
    """A design of exactly ``nodes`` nodes: groups of components, in series below one root."""
    groups = max(1, (nodes - 1) // (WIDTH + 1))
    components = nodes - 1 - groups
    lines = ["vreltui = 1", "[goal]", "reliability = 0.5"]
    for number in range(components):
        kind = 'kind = "hardware"\nreliability = 0.99999'
        lines.append(f"[nodes.part-{number}]\n{kind}")
    for number in range(groups):
        parts = ", ".join(f'"part-{part}"' for part in range(number, components, groups))
        lines.append(f"[nodes.group-{number}]\nparts = [{parts}]")
    every = ", ".join(f'"group-{number}"' for number in range(groups))
    lines.append(f'[nodes.all]\nparts = [{every}]\n[choices.all]\nroot = "all"')
    return "\n".join(lines) + "\n"
