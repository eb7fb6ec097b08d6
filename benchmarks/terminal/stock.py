"""A bare application of stock widgets: Tree, Header and Footer."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Tree


class Stock(App[None]):
    """A tree of ``nodes`` lines; + and - change the label of the selected one."""

    BINDINGS = [  # noqa: RUF012
        ("j", "down", "Down"), ("k", "up", "Up"),
        ("plus", "change", "More"), ("minus", "change", "Less"),
    ]  # fmt: skip

    def __init__(self, nodes: int) -> None:
        super().__init__(ansi_color=True)
        self.nodes = nodes
        self.changes = 0

    def compose(self) -> ComposeResult:
        """The three widgets."""
        yield Header()
        tree: Tree[None] = Tree("node 0")
        for number in range(1, self.nodes):
            tree.root.add_leaf(f"node {number}")
        tree.root.expand()
        yield tree
        yield Footer()

    def action_down(self) -> None:
        """The line below."""
        self.query_one(Tree).action_cursor_down()

    def action_up(self) -> None:
        """The line above."""
        self.query_one(Tree).action_cursor_up()

    def action_change(self) -> None:
        """Another label for the selected line."""
        self.changes += 1
        node = self.query_one(Tree).cursor_node
        if node is not None:
            node.set_label(f"node changed {self.changes}")


if __name__ == "__main__":
    Stock(int(sys.argv[1])).run()
