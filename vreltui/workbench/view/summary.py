"""What stands and why, as short texts: the choices, the verdict in hand, the node in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vreltui.analysis.results import (
    ChoiceReport,
    ProbabilityThreshold,
    Report,
    Verdict,
)
from vreltui.model import Design, Node, Pool, Process
from vreltui.model.edits import Position, node_at
from vreltui.model.quantities import quantity_of
from vreltui.wording.causes import letters_words
from vreltui.wording.measured_weights import weight_text
from vreltui.wording.numerals import (
    complement_text,
    complement_words,
    engineering,
    figure_text,
    nines,
    reliability_text,
    signed,
    value_text,
)
from vreltui.wording.reasons import reasons, verdict_word, verdict_words
from vreltui.wording.sentences import own_sentence, threshold_sentence, threshold_sentences
from vreltui.wording.times import (
    SYMBOLS,
    figure_lines,
    figure_texts,
    goal_header,
    measured_text,
)
from vreltui.workbench.view.process_lines import process_lines
from vreltui.workbench.view.rows import needs_text, own_value, role_of, struck_by

MARKS = {"meets": "+", "short": "-", "hopeless": "x", "undecided": "?"}
"""A mark for each verdict, readable without colour; the baseline's is an equals sign."""


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A choice with its verdict: the mark, the word, R and how far from the goal it is."""

    choice: str
    title: str
    mark: str
    word: str
    verdict: Verdict | None
    reliability: str
    margin: str
    is_baseline: bool
    letter: str = "R"


@dataclass(frozen=True, slots=True)
class Summary:
    """The verdict of the choice in hand, with the sentences that explain it."""

    verdict: Verdict | None
    headline: str
    sentences: tuple[str, ...]
    thresholds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What every choice is measured against; empty where there is nothing."""

    title: str
    goal: str
    baseline: str
    limits: str


def header(design: Design) -> Header:
    """The line above everything."""
    goal = "" if design.goal is None else f"goal {goal_header(design.goal)}"
    baseline = ""
    if design.baseline is not None:
        baseline = f"baseline {design.baseline} {design.choices[design.baseline].title}".rstrip()
    limits = "" if design.copies_limit is None else f"at most {design.copies_limit} copies"
    return Header(design.title, goal, baseline, limits)


def choice_lines(design: Design, report: Report | None) -> list[ChoiceLine]:
    """One line for each choice, in the order of the design."""
    return [
        _line(design, name, None if report is None else report.choices.get(name))
        for name in design.choices
    ]


def _line(design: Design, name: str, report: ChoiceReport | None) -> ChoiceLine:
    is_baseline = name == design.baseline
    title, letter = design.choices[name].title, SYMBOLS[design.measure]
    if report is None:
        mark = "=" if is_baseline else " "
        return ChoiceLine(name, title, mark, "", None, "", "", is_baseline, letter)
    word = verdict_word(report)
    mark = "=" if is_baseline or report.verdict is None else MARKS[report.verdict]
    text = "" if report.digits is None else figure_text(report.digits)
    if design.measure == "mttf" and report.times is not None:
        text = figure_texts("mttf", None, report.times[design.choices[name].root])[0]
    by = margin(design, report)
    return ChoiceLine(name, title, mark, word, report.verdict, text, by, is_baseline, letter)


def margin(design: Design, report: ChoiceReport) -> str:
    """R minus the goal, as a power of ten: "+8.65e-4". Empty without a goal."""
    return "" if design.goal is None or report.to_goal is None else signed(report.to_goal)


def summary(
    design: Design, report: Report | None, choice: str, *, with_changes: bool = True
) -> Summary:
    """The verdict of a choice and why; without what would save it where that is said beside."""
    found = None if report is None else report.choices.get(choice)
    if found is None:
        return Summary(None, "being computed", (), ())
    parts = [] if found.verdict is None else [verdict_words(found).upper()]
    if found.times is not None:
        parts.append(measured_text(design, found.times[design.choices[choice].root]))
    elif found.figure is not None:
        assert found.digits is not None
        parts.append(f"R = {figure_text(found.digits)}")
        parts.append(f"1 - R = {complement_words(found.figure, found.digits)}")
        parts.append(nines(found.figure))
    thresholds = threshold_sentences(design, found.thresholds.values(), choice)
    return Summary(
        found.verdict,
        "   ".join(parts),
        reasons(design, found, with_changes=with_changes),
        thresholds,
    )


def details(
    design: Design,
    report: Report | None,
    position: Position,
    own: Mapping[str, ProbabilityThreshold] | None = None,
) -> list[tuple[str, str]]:
    """What there is to know about the node at a position, as labels and texts."""
    name, choice = node_at(design, position), position.choice
    node = design.nodes[name]
    found = None if report is None else report.choices.get(choice)
    lines = [("name", name), ("title", node.title), ("kind", kind_words(node))]
    if needs := needs_text(design, choice, node):
        lines.append(("needs", needs))
    value, parameter = own_value(design, choice, node)
    if value is not None:
        lines.append((quantity_of(value).label, value_text(value)))
    if parameter is not None:
        lines += _parameter_lines(design, found, choice, parameter)
    elif found is not None and own is not None and name in own:
        lines.append(("must be", own_sentence(design, own[name], choice)))
    if found is not None and found.times is not None:
        lines += figure_lines(found.times[name], design.mission_time(choice))
    elif found is not None and (figure := found.nodes.get(name)) is not None:
        lines.append(("R", f"{reliability_text(figure, 9)}   {nines(figure)}"))
        lines.append(("1 - R", complement_text(figure, 4)))
    struck = [design.causes[cause] for cause in struck_by(design, name)]
    lines += [("struck by", f"{cause.name}: {letters_words(cause)}") for cause in struck]
    lines += policy_lines(design, choice, node)
    if isinstance(node, Process):
        times = None if found is None or found.times is None else found.times[name]
        lines += process_lines(design, choice, node, times)
    if node.shared:
        lines.append(("shared", "one instance serves all copies"))
    others = [c for c in design.choices if c != choice and name in _below(design, c)]
    lines.append(("also in", ", ".join(others)))
    lines += [("description", node.description), ("note", node.note), ("source", node.source)]
    return [(label, text) for label, text in lines if text]


def policy_lines(design: Design, choice: str, node: Node) -> list[tuple[str, str]]:
    """What a pool with a policy does with its copies, a line for each number."""
    policy = node.policy if isinstance(node, Pool) else None
    if policy is None:
        return []
    found = []
    for key, given in policy.stated.items():
        value = design.value(given, choice) if isinstance(given, str) else given
        named = f"{given} = " if isinstance(given, str) else ""
        found.append((key, f"{named}{value_text(value)}"))
    return found


def _below(design: Design, choice: str) -> tuple[str, ...]:
    return design.below(design.choices[choice].root)


_WEIGHTS = {
    "probability": "Birnbaum importance",
    "count": "one more copy gives",
    "time": "per ln",
    "rate": "per ln",
    "number": "per ln",
}
"""What the importance of a value says, by the kind of the value."""


def _parameter_lines(
    design: Design, found: ChoiceReport | None, choice: str, name: str
) -> list[tuple[str, str]]:
    parameter = design.parameters[name]
    lines = [("parameter", f"{name} {parameter.title}".rstrip())]
    if name in design.choices[choice].set:
        lines.append(("set here", f"elsewhere {value_text(parameter.value)}"))
    if parameter.range is not None:
        low, high = parameter.range
        lines.append(("range", f"{value_text(low)} to {value_text(high)}"))
    else:
        lines.append(("range", "none: given"))
    if found is not None:
        if name in found.thresholds:
            sentence = threshold_sentence(design, found.thresholds[name], choice)
            lines.append(("must be", sentence))
        slope = found.importance.get(name)
        if slope is not None:
            sort = _WEIGHTS[quantity_of(parameter.value).kind]
            sign = "-" if slope < 0 else ""
            plain = f"{sign}{engineering(abs(slope), 5)}"
            lines.append((sort, weight_text(design, slope, plain)))
    lines += [
        ("description", parameter.description),
        ("note", parameter.note),
        ("source", parameter.source),
    ]
    return lines


def kind_words(node: Node) -> str:
    """What sort of node this is, each word once: "hypervisor component", "group"."""
    role = role_of(node)
    return role if node.kind == role else f"{node.kind} {role}"
