"""What is said of a common cause in a few words."""

from __future__ import annotations

from vreltui.model import Cause
from vreltui.wording.numerals import value_text


def letters_words(cause: Cause) -> str:
    """Its model with the letters: "beta 0.05", "mgl 0.1, b_2"."""
    letters = (each if isinstance(each, str) else value_text(each) for each in cause.letters)
    return f"{cause.model} {', '.join(letters)}"


def strikes_words(cause: Cause) -> str:
    """What it strikes: "strikes vm at once in each rack"."""
    within = f" in each {cause.within}" if cause.within else ""
    return f"strikes {', '.join(cause.strikes)} at once{within}"
