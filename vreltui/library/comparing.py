"""What changed in meaning between two designs: `vreltui diff`."""

from __future__ import annotations

from dataclasses import dataclass

from vreltui.analysis.comparing import all_changes
from vreltui.analysis.difference import difference
from vreltui.library.answers import SECONDS, Answer
from vreltui.library.designs import Design
from vreltui.wording.differences import Compared, as_json
from vreltui.wording.differences_text import lines


@dataclass(frozen=True, kw_only=True)
class Comparison(Answer):
    """What differs. ``worse`` and ``better`` are choices of the old design, by their verdicts."""

    same_meaning: bool
    worse: tuple[str, ...]
    better: tuple[str, ...]
    text: str = ""

    def _repr_markdown_(self) -> str:
        return f"```\n{self.text}\n```"


def compare(old: Design, new: Design, *, seconds: float = SECONDS) -> Comparison:
    """What changed in meaning from ``old`` to ``new``, and which change did it.

    >>> from vreltui.library.designs import loads
    >>> text = '''
    ... vreltui = 1
    ... goal.reliability = 0.9
    ... nodes.host.reliability = 0.99
    ... choices.bare.root = "host"
    ... '''
    >>> found = compare(loads(text), loads(text.replace("0.99", "0.8")))
    >>> found.same_meaning, found.worse
    (False, ('bare',))
    """
    found = difference(old.model, new.model)
    choices, alone = all_changes(found, seconds)
    compared = Compared(old.file, new.file, found, choices, alone)
    return Comparison(
        same_meaning=found.same_meaning,
        worse=tuple(compared.worse),
        better=tuple(compared.better),
        text="\n".join(lines(compared, _plain)),
        data=as_json(compared),
    )


def _plain(text: str, *names: str) -> str:
    del names
    return text
