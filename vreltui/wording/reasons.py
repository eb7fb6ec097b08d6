"""Why a choice stands as it does, in a few sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from vreltui.analysis.results import (
    BestCase,
    ChoiceReport,
    Comparison,
    Hopeless,
    NothingOpen,
    Proven,
)
from vreltui.model import Design
from vreltui.model.goals import Downtime
from vreltui.model.settling import is_coherent, repairs_spare
from vreltui.wording.keeping import broken_words
from vreltui.wording.numerals import figure_text, settings_words
from vreltui.wording.sentences import change_sentence, compared_words
from vreltui.wording.times import down_words, mean_life_words

INDEPENDENCE = (
    "Failures are taken to be independent; "
    "what is redundant here holds only as far as that is true."
)
"""What every report rests on."""


def independence(holds: Sequence[str]) -> str:
    """The same, with how much of it each choice can do without where that is known.

    >>> independence(["vms holds while at most 3 % of vm are common"])
    'Failures are taken to be independent: vms holds while at most 3 % of vm are common.'
    """
    if not holds:
        return INDEPENDENCE
    return f"Failures are taken to be independent: {'; '.join(holds)}."


FAILS_AS_GIVEN = "fails as given; nothing is open"
"""What people read for "hopeless" where no range was opened and a change could save the choice."""

NOTHING_ASKED = "nothing asked"

NOT_COHERENT = "not coherent: repairing a part can hurt"
"""What stands under the report on a choice with a node that works when others do not."""

REPAIRS_SPARE = (
    "no repair is counted: it is the chance to get through without any, "
    "and what is redundant and repaired lasts longer"
)
"""What stands under the reliability of a choice with redundant parts that are repaired."""

WHY_NOTHING = "nothing is asked of it: there is no goal, and no baseline that it has to beat"

PROVEN = "proven: no values of the open parameters within their ranges change that"


def verdict_words(report: ChoiceReport) -> str:
    """The verdict for people: the word of the report, but where nothing is open."""
    return FAILS_AS_GIVEN if fails_as_given(report) else report.verdict or NOTHING_ASKED


def verdict_word(report: ChoiceReport) -> str:
    """As :func:`verdict_words`, in one word for a column."""
    return "fails" if fails_as_given(report) else report.verdict or ""


def fails_as_given(report: ChoiceReport) -> bool:
    """Whether a choice is hopeless only in so far as nothing is open: something could save it."""
    why = report.hopeless
    return isinstance(why, NothingOpen) and (bool(why.changes) or why.joint is not False)


def reasons(design: Design, report: ChoiceReport, *, with_changes: bool = True) -> tuple[str, ...]:
    """Sentences that explain a verdict: what it rests on, and how its figure is to be read.

    Without ``with_changes``, nothing of the single changes that would save a choice.
    """
    said = list(grounds(design, report, with_changes=with_changes))
    if not is_coherent(design, report.choice):
        said.append(NOT_COHERENT)
    elif design.measure == "reliability" and repairs_spare(design, report.choice):
        said.append(REPAIRS_SPARE)
    return tuple(said)


def grounds(design: Design, report: ChoiceReport, *, with_changes: bool = True) -> tuple[str, ...]:
    """What a verdict rests on: what was compared, and what the open parameters can do."""
    said = [] if report.within is None else broken_words(design, report.within)
    said += [_comparison_words(design, each) for each in report.comparisons]
    said += mean_life_words(design, report)
    if report.hopeless is not None and (with_changes or not fails_as_given(report)):
        # What would save it follows at once upon the word that it fails.
        first = isinstance(report.hopeless, NothingOpen)
        said[:0] = _hopeless_words(design, report.hopeless) if first else []
        said += [] if first else _hopeless_words(design, report.hopeless)
    if report.verdict == "short" and report.witness is not None:
        said.append(f"meets with {settings_words(dict(report.witness))}")
    if report.verdict is None:
        said.append(WHY_NOTHING)
    if report.verdict == "undecided" or (report.verdict is None and report.undecided):
        said.append(f"undecided: {report.undecided}")
    return tuple(said)


def _comparison_words(design: Design, comparison: Comparison) -> str:
    own, rival = figure_text(comparison.own), figure_text(comparison.rival)
    if comparison.measure == "goal":
        word = {1: "exceeds", 0: "only equals", -1: "does not exceed"}[comparison.sign]
        if isinstance(design.goal, Downtime) and comparison.down is not None:
            own = down_words(comparison.down, design.goal, comparison.sign)
            word = {1: "allows", 0: "allows just", -1: "allows only"}[comparison.sign]
            return f"down {own}; the goal {word} {design.goal.time}"
        return f"{own} {word} the goal {rival}"
    word = {1: "better than", 0: "exactly as good as", -1: "worse than"}[comparison.sign]
    return f"{word} {design.baseline}, which gives {rival}"


def _hopeless_words(design: Design, why: Hopeless) -> list[str]:
    match why:
        case BestCase(values, comparison, at_worst):
            # The open parameters may be the baseline's alone: then nothing improves the choice.
            best = settings_words(dict(values))
            worst = ", the least that it gives within the ranges" if at_worst else ""
            if isinstance(design.goal, Downtime) and comparison.down is not None:
                down = down_words(comparison.down, design.goal, comparison.sign)
                still = f"even with {best} it would still be" if best else "it is"
                return [f"{still} down {down}{worst}"]
            gives = f"even with {best} it gives" if best else "it gives"
            return [f"{gives} {compared_words(design, comparison)}{worst}"]
        case NothingOpen(changes, more, joint):
            if changes:
                said = [change_sentence(design, change) for change in changes]
                return [*said, f"{more} other single changes would do it too"] if more else said
            if joint is False:
                return [
                    "proven: no single number that it has can save it, nor can several together"
                ]
            several = "several together would" if joint else "whether several would is undecided"
            return [f"no single change would do it; {several}"]
        case Proven():
            return [PROVEN]
        case _:
            assert_never(why)
