"""How well something in a list fits what is typed."""

from __future__ import annotations

from collections.abc import Sequence

GUESSED = 4
"""The rank of what has the letters in order, and no more; less is better."""

NO_MATCH = 5
"""The rank of what does not fit."""


def rank(words: Sequence[str], name: str, label: str = "", also: str = "") -> int:
    """How well all of the words fit: the worst of them counts.

    A word begins the name, stands in it, in its label, or among other words for the same; or its
    letters stand in the name in this order, the first of them at the beginning of a word.

    >>> rank(["re"], "Redo"), rank(["re"], "Share"), rank(["export"], "Copy", also="export")
    (0, 1, 3)
    >>> rank(["svas"], "Save as"), rank(["sva"], "Undo"), rank([], "Undo")
    (4, 5, 0)
    """
    return max((_rank(word, name.lower(), label.lower(), also) for word in words), default=0)


def _rank(word: str, name: str, label: str, also: str) -> int:
    if name.startswith(word):
        return 0
    for place, text in enumerate((name, label, also), 1):
        if word in text:
            return place
    starts = [at for at, letter in enumerate(name) if at == 0 or name[at - 1] in " -"]
    fuzzy = len(word) > 2 and any(_in_order(word, name[at:]) for at in starts)
    return GUESSED if fuzzy else NO_MATCH


def _in_order(letters: str, text: str) -> bool:
    """Whether a text begins with the first letter and has the others behind it, in order."""
    rest = iter(text)
    return text[:1] == letters[:1] and all(letter in rest for letter in letters)
