"""An exploration in words: what is out and why, what is best, what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from vreltui.analysis.amount_bounds import duration_text
from vreltui.analysis.results import Figure
from vreltui.exploration.question import Question
from vreltui.exploration.results import Back, Count, Elimination, Exploration, Family, Variant
from vreltui.exploration.rounding import rounded_up
from vreltui.model import Design, Option, Probability, Structure
from vreltui.model.amounts import amount_text
from vreltui.model.goals import Downtime, Target
from vreltui.model.options import option_text
from vreltui.model.times import SECONDS
from vreltui.wording.keeping import measured, uses_words
from vreltui.wording.numerals import reliability_text, value_words
from vreltui.wording.times import SYMBOLS, down_words, goal_header

MOST_SAID = 20
"""The most eliminations that the text tells."""

MOST_ROWS = 12
"""The most variants of a front that the text tells."""


def family_words(family: Family) -> str:
    """A family as people say it: "hypervisor A with server S1"."""
    words = [] if family.choice is None else [f"choice {family.choice}"]
    words += [f"{name} {option_text(option)}" for name, option in family.options.items()]
    return " with ".join(words)


def sentence(question: Question, found: Elimination, said: str = "") -> str:
    """Why a family is out. ``said`` says the family in other words, where several are one."""
    family = said or family_words(found.family)
    start = f"every variant with {family} is out: " if family else "nothing meets: "
    match found.kind:
        case "rules":
            return f"{start}each breaks a rule"
        case "fits":
            return f"{start}none fits"
        case "limit":
            assert found.resource is not None
            assert isinstance(found.best, Fraction)
            least = measured(question.design, found.resource, found.best)
            limit = measured(question.design, found.resource, question.limits[found.resource])
            return f"{start}at least {least}, and the limit is {limit}"
        case "goal":
            if family:
                best = "with everything else at its best"
            else:
                best = "the best of all gives"
                if found.witness is not None and found.witness.options:
                    best = f"the best of all, {family_words(found.witness)}, gives"
            return f"{start}even {best} {_against_goal(question, found)}"
        case "baseline":
            return f"{start}none is better than {question.design.baseline}, nor can be"
        case "together":
            return _together(question, found, family)


def _against_goal(question: Question, found: Elimination) -> str:
    assert isinstance(found.best, Figure)
    assert question.goal is not None
    goal, said = question.goal.reliability, question.design.goal
    if isinstance(said, Downtime):
        short = Fraction(found.best.unreliability) != question.goal.unreliability
        down = down_words(found.best.unreliability, said, -1 if short else 0)
        return f"down {down}; the goal allows {said.time}"
    if any(_is_at(back, goal) for back in found.back):
        return f"{_exactly(question.goal)} = {_exactly(question.goal)}"
    text = below(found.best, goal)
    sign = "=" if Fraction(Decimal(text)) == goal else "<"
    return f"{text} {sign} {_exactly(question.goal)}"


def _is_at(back: Back, goal: Fraction) -> bool:
    """Whether a proof holds below the goal itself: the best, which is not above it, equals it."""
    return back.what == "goal" and Fraction(str(back.bound)) == goal


def _exactly(goal: Target) -> str:
    return value_words(goal) if isinstance(goal, Probability) else str(float(goal.reliability))


def below(figure: Figure, goal: Fraction) -> str:
    """A reliability with as many digits as tell it from a goal that it does not exceed."""
    for places in range(5, 18):
        text = reliability_text(figure, places)
        if text.startswith("1 -"):
            break
        if Fraction(Decimal(text)) < goal:
            return text
    text = repr(figure.reliability)
    return text if Fraction(Decimal(text)) <= goal else repr(float(goal))


def _together(question: Question, found: Elimination, family: str) -> str:
    start = f"{family}: " if family else "nothing meets: "
    if found.best is None:
        return f"{start}no variant is within rules, fits and limits"
    assert isinstance(found.best, Figure)
    design, goal = question.design, question.goal
    limit = next((back for back in found.back if back.what == "limit"), None)
    # Where a limit alone stands in the way, it is the one that is told.
    within = "rules, fits and limits"
    if limit is not None:
        within = measured(design, limit.name, question.limits[limit.name])
    words = f"{start}within {within} the best is "
    if goal is not None and found.best.reliability <= float(goal.reliability):
        words += _against_goal(question, found)
    else:
        words += f"{reliability_text(found.best)}, and is not enough beside {design.baseline}"
    if limit is None:
        return words
    least = Fraction(Decimal(repr(rounded_up(Fraction(limit.bound)))))
    return f"{words}; it would take {measured(design, limit.name, least)}"


def variant_words(variant: Variant) -> str:
    """A variant in one line: its choice and its options."""
    options = ", ".join(f"{name} {option_text(option)}" for name, option in variant.options.items())
    return f"{variant.choice}: {options}" if options else variant.choice


def measured_words(question: Question, variant: Variant) -> str:
    """What is measured of a variant: "R = 0.9989", "A = 0.99992   down 42.1 min a year"."""
    measure = question.design.measure
    text = f"{SYMBOLS[measure]} = {reliability_text(variant.figure)}"
    if measure != "availability":
        return text
    year = variant.figure.unreliability * float(SECONDS["y"])
    return f"{text}   down {duration_text(year)} a year"


def count_text(count: Count) -> str:
    """How many: in full, or from and to."""
    if isinstance(count, int):
        return f"{count:,}"
    return f"{count[0]:,} to {count[1]:,}"


def exploration_lines(file: str, question: Question, found: Exploration) -> Iterator[str]:
    """The answer for people."""
    aims = [file]
    if question.goal is not None:
        assert question.design.goal is not None
        aims.append(f"goal {goal_header(question.design.goal)}")
    if question.design.baseline is not None:
        aims.append(f"baseline {question.design.baseline}")
    for name, limit in question.limits.items():
        aims.append(f"at most {measured(question.design, name, limit)}")
    yield "   ".join(aims)
    yield ""
    yield f"{found.total:,} variant{'s' if found.total != 1 else ''}"
    words = {
        "rules": "break a rule",
        "fits": "do not fit",
        "limits": "are over a limit",
        "hopeless": "are hopeless",
        "short": "are short: open ranges can save them",
        "undecided": "are undecided",
        "meets": "meet",
    }
    for name, said in words.items():
        if name == "meets" or found.classes[name] != 0:
            yield f"  {count_text(found.classes[name]):>16}  {said}"
    if found.reason:
        yield f"stopped: {found.reason}"
    yield from _eliminations(question, found)
    yield from _variants(question, found)
    yield from _robust(question, found)


def _eliminations(question: Question, found: Exploration) -> Iterator[str]:
    if not found.eliminations:
        return
    yield ""
    yield "what is out, and why"
    lines = list(_in_runs(question, found))
    yield from (f"  {line}" for line in lines[:MOST_SAID])
    if len(lines) > MOST_SAID:
        yield f"  and {len(lines) - MOST_SAID} more, all of them in --json"


def _in_runs(question: Question, found: Exploration) -> Iterator[str]:
    """A line for each elimination; runs of values of one number, and structures, are one."""
    waiting = list(found.eliminations)
    while waiting:
        first = waiting.pop(0)
        said = None
        for name, _ in _alone(first):
            same = [e for e in waiting if _alike(e, first) and name in dict(_alone(e))]
            gone = [option for each in (first, *same) for _, option in _alone(each)]
            options = list(found.decisions[name])
            said = _run(name, options, gone) or _but(question.design, name, options, found, gone)
        if said is None:
            yield sentence(question, first)
        else:
            waiting = [each for each in waiting if each not in same]
            yield f"{said}: {_why(first)}"


def _alone(each: Elimination) -> list[tuple[str, Option]]:
    """The decision, and the option there, by which alone a family is told; else nothing."""
    if each.family.choice is not None or len(each.family.options) != 1:
        return []
    return list(each.family.options.items())


def _but(
    design: Design, name: str, options: list[Option], found: Exploration, gone: list[Option]
) -> str | None:
    """Which structures stand; None where the others are not all out in one way."""
    out = [o for each in found.eliminations for n, o in _alone(each) if n == name]
    left = [option_text(option) for option in options if option not in out]
    if not isinstance(design.nodes.get(name), Structure) or not left:
        return None
    if len(gone) < 2 or len(gone) < len(out):
        return None
    stay = " and ".join([", ".join(left[:-1]), left[-1]] if left[1:] else left)
    return f"no {name} but {stay} stands"


def _alike(one: Elimination, other: Elimination) -> bool:
    return (one.kind, one.resource) == (other.kind, other.resource)


def _why(each: Elimination) -> str:
    return {
        "rules": "each breaks a rule",
        "fits": "none fits",
        "limit": f"over the limit of {each.resource}",
        "goal": "below the goal whatever else is taken",
        "baseline": "none beats the baseline, nor can",
        "together": "none is within everything and meets",
    }[each.kind]


def _run(name: str, options: list[Option], gone: list[Option]) -> str | None:
    """That a run of values of a number is out; None where it is no run."""
    places = sorted(options.index(option) for option in gone)
    first, last = places[0], places[-1]
    if len(places) < 2 or not isinstance(options[first], int) or last - first >= len(places):
        return None
    if first == 0 and last + 1 == len(options):
        return f"every {name} is out"
    if first == 0:
        return f"{name} below {option_text(options[last + 1])} is out"
    if last + 1 == len(options):
        return f"{name} above {option_text(options[first - 1])} is out"
    return f"{name} from {option_text(options[first])} to {option_text(options[last])} is out"


def _variants(question: Question, found: Exploration) -> Iterator[str]:
    if found.best is not None:
        yield ""
        yield f"the most reliable   {measured_words(question, found.best)}   {found.best.kind}"
        yield f"  {variant_words(found.best)}"
        yield from _used(question, found.best)
    for name, variant in found.cheapest.items():
        if variant is not None and variant.uses[name]:
            yield ""
            amount = measured(question.design, name, variant.uses[name])
            yield f"the least {name} that meets   {amount}   {measured_words(question, variant)}"
            yield f"  {variant_words(variant)}"
    for names, front in found.fronts.items():
        if len(front) > 1:
            yield ""
            yield f"reliability against {' and '.join(names)}"
            for variant in _some(front):
                figures = "  ".join(f"{amount_text(variant.uses[name]):>12}" for name in names)
                r = reliability_text(variant.figure)
                yield f"{figures}  {r:<14} {variant.kind:<9} {variant_words(variant)}"


def _robust(question: Question, found: Exploration) -> Iterator[str]:
    """What is guaranteed, and what none always beats."""
    if found.guaranteed is None:
        return
    yield ""
    yield "guaranteed, all over what is uncertain"
    yield f"  {count_text(found.guaranteed.classes['meets']):>16}  meet"
    best = found.guaranteed.best
    if best is not None:
        said = measured_words(question, best)
        yield f"  the most reliable   {said}   {best.kind}   {variant_words(best)}"
    for names in dict.fromkeys(each.front for each in found.robust):
        yield ""
        yield f"what none always beats, by {' and '.join(names)}"
        for number, each in enumerate(e for e in found.robust if e.front == names):
            low, high = reliability_text(each.worst), reliability_text(each.best)
            used = "  ".join(f"{amount_text(each.variant.uses[name]):>10}" for name in names)
            span = low if low == high else f"{low} to {high}"
            yield f"  {number + 1:>3}  {used}  {span:<22} {variant_words(each.variant)}"
            for crossing in each.crosses:
                if crossing.other > number:
                    at = f"{crossing.parameter} = {crossing.value:.6g}"
                    yield f"       as reliable as {crossing.other + 1} at {at}"


def _some(front: tuple[Variant, ...]) -> list[Variant]:
    """A front, or so many of it, evenly, with both ends."""
    if len(front) <= MOST_ROWS:
        return list(front)
    places = {round(i * (len(front) - 1) / (MOST_ROWS - 1)) for i in range(MOST_ROWS)}
    return [front[place] for place in sorted(places)]


def _used(question: Question, variant: Variant) -> Iterator[str]:
    used: Mapping[str, Fraction] = variant.uses
    if used:
        yield f"  uses {uses_words(question.design, used)}"
