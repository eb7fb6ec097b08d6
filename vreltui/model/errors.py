"""What can be wrong with a design, said once and clearly."""

from __future__ import annotations

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Where in a design: the keys that lead there, as ("nodes", "pool", "needs")."""


_SINGULAR = {
    "parameters": "parameter",
    "nodes": "node",
    "choices": "choice",
    "plots": "plot",
    "resources": "resource",
    "catalogues": "catalogue",
    "rules": "rule",
    "causes": "cause",
}


def spoken(path: Path) -> str:
    """A path as people say it.

    >>> spoken(("nodes", "pool", "parts")), spoken(("plots", "fig3", "x", "from")), spoken(())
    ('parts of node pool', 'from in x of plot fig3', 'the design')
    >>> spoken(("nodes", "pair", "moves", 2, "after"))
    'after in move 3 of node pair'
    """
    words = ['"of"' if part == "of" else part for part in _words(path)]
    if not words:
        return "the design"
    if words[0] in _SINGULAR and len(words) > 1:
        owner, rest = f"{_SINGULAR[words[0]]} {words[1]}", words[2:]
    else:
        owner, rest = words[0], words[1:]
    return " of ".join([" in ".join(reversed(rest)), owner]) if rest else owner


def _words(path: Path) -> list[str]:
    """The keys of a path; moves are known by their numbers."""
    words: list[str] = []
    for part in path:
        if isinstance(part, str):
            words.append(part)
        elif words and words[-1] == "moves":
            words[-1] = f"move {part + 1}"
    return words


class VreltuiError(Exception):
    """Base of every error that the program raises on purpose; its text is for people."""

    def lines(self) -> list[str]:
        """The text, one line for each thing that is wrong."""
        return [str(self)]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and what would be right.

    ``path`` leads to the offending key, ``what`` names it and says what is wrong with it,
    ``right`` says what would be accepted.
    """

    path: Path
    what: str
    right: str = ""

    def __str__(self) -> str:
        return f"{self.what}; {self.right}" if self.right else self.what


class DesignError(VreltuiError):
    """A design breaks a rule. ``problem`` says where and how."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
