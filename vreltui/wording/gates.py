"""What a gate tells of checked designs: one finding for each choice that does not meet.

The formats differ in how they write it; what is said, and of which place, is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from vreltui.analysis import ChoiceReport
from vreltui.model import Design, shown
from vreltui.wording.reasons import reasons, verdict_words

Rule = Literal["hopeless", "short", "undecided", "unusable", "single-point"]

MEANINGS: Mapping[Rule, str] = {
    "hopeless": "No values of the open parameters within their ranges let the choice meet.",
    "short": "The choice does not meet, but values within the ranges would do.",
    "undecided": "It was not decided within the limits whether the choice meets.",
    "unusable": "The file can't be used.",
    "single-point": "The failure of this node alone fails a choice.",
}
"""Every rule, in a sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, and a column in it, both from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a gate tells: by which rule, of what, in which words, and where."""

    rule: Rule
    title: str
    sentence: str
    place: Place


@dataclass
class Checked:
    """A file, with what was found in it. ``faults`` are why it can't be used, with their lines."""

    file: str
    design: Design | None = None
    places: dict[str, Place] = field(default_factory=dict)
    """Of choices by name, of nodes as "node NAME"."""
    reports: list[ChoiceReport] = field(default_factory=list)
    faults: Sequence[tuple[int | None, str]] = ()
    single_points: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The nodes that alone fail a choice, each with the choices."""

    @property
    def name(self) -> str:
        """The file as it is told: never by an absolute path."""
        path = Path(self.file)
        if path.is_absolute():
            inside = path.is_relative_to(Path.cwd())
            path = path.relative_to(Path.cwd()) if inside else Path(path.name)
        return shown(str(path), most=1000)

    def findings(self) -> list[Finding]:
        """What a gate tells of it, in the order of the file's choices."""
        found = [
            Finding("unusable", self.name, sentence, Place(line or 1))
            for line, sentence in self.faults
        ]
        found += [self.of_choice(each) for each in self.reports if is_failing(each)]
        return found

    def notes(self) -> list[Finding]:
        """The nodes that alone fail a choice."""
        return [
            Finding(
                "single-point",
                node,
                f"{node} alone fails {', '.join(choices)}",
                self.places.get(f"node {node}", Place()),
            )
            for node, choices in self.single_points.items()
        ]

    def of_choice(self, report: ChoiceReport) -> Finding:
        """What is told of a choice that does not meet."""
        rule: Rule = "undecided"
        if report.verdict in ("hopeless", "short"):
            rule = report.verdict
        place = self.places.get(report.choice, Place())
        return Finding(rule, report.title or report.choice, self.sentence(report), place)

    def sentence(self, report: ChoiceReport) -> str:
        """A choice's verdict with its reasons."""
        assert self.design is not None
        said = "; ".join(reasons(self.design, report))
        return f"{report.choice} {verdict_words(report)}" + (f": {said}" if said else "")


def is_failing(report: ChoiceReport) -> bool:
    """Whether a choice does not meet what is asked of it."""
    return report.verdict is not None and report.verdict != "meets"
