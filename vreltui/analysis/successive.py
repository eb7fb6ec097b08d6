"""One design after another, as they are edited: each reuses what the last one left."""

from __future__ import annotations

from collections.abc import Mapping

from vreltui.analysis.report import examine_study
from vreltui.analysis.results import ProbabilityThreshold, Report
from vreltui.analysis.study import Study
from vreltui.analysis.thresholds import source_threshold
from vreltui.engine.program import Source
from vreltui.model import Component, Design, Probability

MOST_OWN = 60
"""The most components of one choice whose own numbers get a threshold."""

Answer = tuple[Report, Mapping[str, ProbabilityThreshold]]
"""The report on a design, and the thresholds of own numbers in one of its choices."""

_kept: list[tuple[Study, Report]] = []


def answer(question: tuple[Design, str | None]) -> Answer:
    """The answer about a design, with more about one of its choices."""
    design, choice = question
    if not _kept or _kept[0][0].design != design:
        study = Study(design, _kept[0][0] if _kept else None)
        _kept[:] = [(study, examine_study(study))]
    study, report = _kept[0]
    return report, {} if choice is None else own_thresholds(study, report, choice)


def own_thresholds(study: Study, report: Report, choice: str) -> dict[str, ProbabilityThreshold]:
    """The thresholds of the components of a choice that have a number of their own."""
    design = study.design
    found = report.choices[choice]
    if found.figure is None or (design.goal is None and not study.is_rival(choice)):
        return {}
    own = [
        node
        for node in map(design.nodes.__getitem__, design.below(design.choices[choice].root))
        if isinstance(node, Component) and isinstance(node.reliability, Probability)
    ]
    satisfied = found.verdict == "meets"
    thresholds: dict[str, ProbabilityThreshold] = {}
    for node in own[:MOST_OWN]:
        assert isinstance(node.reliability, Probability)
        source = Source(node.name, is_parameter=False)
        thresholds[node.name] = source_threshold(study, choice, source, node.reliability, satisfied)
    return thresholds
