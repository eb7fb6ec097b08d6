"""What is known of a space of variants, as plain values for a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from vreltui.exploration.results import Count, Elimination, Family, Variant
from vreltui.model import Design, Mix, Option
from vreltui.model.amounts import amount_text
from vreltui.model.options import is_same_option, option_text
from vreltui.model.quantities import number
from vreltui.wording.numerals import complement_cell, reliability_text
from vreltui.wording.times import SYMBOLS, aim_words

if TYPE_CHECKING:
    from vreltui.exploration.exploring import Progress
    from vreltui.exploration.question import Question
    from vreltui.exploration.results import Exploration

MOST_REASONS = 200
"""The most reasons that are listed; they begin with those that cover most."""

MOST_VARIANTS = 400
"""The most variants that are listed."""

FULL = 1_000_000
"""Counts below are written in full, from here on by a power of ten."""


@dataclass(frozen=True, eq=False)
class ExploreRequest:
    """A design whose space is to be explored; ``number`` comes back with each answer.

    With ``file``, what is found is kept there, and taken from there where it is left; ``text`` is
    that of the design.
    """

    number: int
    design: Design
    text: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a family is out, with the sentence that says it."""

    sentence: str
    proof: Elimination


@dataclass(frozen=True, slots=True)
class SpaceView:
    """What is known so far of a space; ``number`` tells which question it answers."""

    number: int
    doing: str
    done: float
    total: int
    counts: Mapping[str, Count]
    decisions: tuple[str, ...]
    resources: tuple[str, ...]
    aims: tuple[str, ...]
    reasons: tuple[Reason, ...]
    reasons_left: int
    variants: tuple[Variant, ...]
    stopped: str
    symbol: str = "R"
    """The letter for what is measured."""

    @property
    def is_done(self) -> bool:
        """Whether nothing more is to come."""
        return self.done >= 1


def space_view(
    at: int, question: Question, found: Exploration, progress: Progress, sentences: Sentences
) -> SpaceView:
    """The view of what an exploration has come to."""
    shown = found.eliminations[:MOST_REASONS]
    return SpaceView(
        at,
        progress.doing,
        progress.done,
        found.total,
        found.classes,
        tuple(found.decisions),
        tuple(question.design.resources),
        tuple(_aims(question)),
        tuple(Reason(sentences.of(question, each), each) for each in shown),
        len(found.eliminations) - len(shown),
        tuple(_variants(found)),
        found.reason,
        SYMBOLS[question.design.measure],
    )


class Sentences:
    """The sentences of proofs, each made once: a view is made several times a second."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Elimination, str]] = {}

    def of(self, question: Question, proof: Elimination) -> str:
        """Why a family is out."""
        from vreltui.wording.exploring import sentence

        known = self._known.get(id(proof))
        if known is None:
            known = self._known[id(proof)] = proof, sentence(question, proof)
        return known[1]


def _aims(question: Question) -> Iterator[str]:
    if question.goal is not None:
        assert question.design.goal is not None
        yield f"goal {aim_words(question.design.goal)}"
    for name, limit in question.limits.items():
        yield f"{amount_text(limit)} {question.design.resources[name].unit or name}"


def _variants(found: Exploration) -> Iterator[Variant]:
    """The variants of the top and of the fronts, each once."""
    seen: set[str] = set()
    lists = [found.top, *found.fronts.values(), tuple(filter(None, found.cheapest.values()))]
    for variants in lists:
        for variant in variants:
            key = f"{variant.choice} {variant_text(variant)}"
            if key not in seen and len(seen) < MOST_VARIANTS:
                seen.add(key)
                yield variant


def variant_text(variant: Variant | Family) -> str:
    """The options of a variant in one line: "hypervisor B  n 4"."""
    return "  ".join(f"{name} {option_text(option)}" for name, option in variant.options.items())


# The funnel


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """How many variants are left once one thing more rules some out: at least and at most."""

    word: str
    low: int
    high: int

    @property
    def text(self) -> str:
        """How many, or from and to."""
        if self.low == self.high:
            return count_words(self.low)
        if self.low == 0:
            return f"at most {count_words(self.high)}"
        return f"{count_words(self.low)} to {count_words(self.high)}"


_STAGES = (
    ("rules", ("rules",)),
    ("fits", ("rules", "fits")),
    ("limits", ("rules", "fits", "limits")),
    ("goal", ("rules", "fits", "limits", "hopeless")),
    ("meets", ("rules", "fits", "limits", "hopeless", "short", "undecided")),
)
"""What each row of the funnel leaves out, by the classes of variants."""


def funnel(view: SpaceView) -> list[FunnelRow]:
    """What is left after each thing that rules variants out; the last row is what meets."""
    rows = []
    for word, gone in _STAGES:
        low = view.total - sum(_high(view.counts[name]) for name in gone)
        high = view.total - sum(_low(view.counts[name]) for name in gone)
        if word == "meets":
            low, high = _low(view.counts["meets"]), _high(view.counts["meets"])
        rows.append(FunnelRow(word, max(low, 0), min(high, view.total)))
    return rows


def _low(count: Count) -> int:
    return count if isinstance(count, int) else count[0]


def _high(count: Count) -> int:
    return count if isinstance(count, int) else count[1]


def count_words(count: int) -> str:
    """A count in full, or by its power of ten.

    >>> count_words(1080), count_words(7650 * 10**30), count_words(9_990_000)
    ('1,080', '7.7e33', '1.0e7')
    """
    if count < FULL:
        return f"{count:,}"
    digits, power = str(count), len(str(count)) - 1
    tenths = (int(digits[:3]) + 5) // 10
    if tenths == 100:
        tenths, power = 10, power + 1
    return f"{tenths // 10}.{tenths % 10}e{power}"


# The table

RELIABILITY = "reliability"
"""What the table is sorted by unless it is a resource."""


def ordered(variants: Sequence[Variant], sort: str) -> list[Variant]:
    """The most reliable first, or those that use the least of a resource."""
    if sort == RELIABILITY:
        return sorted(variants, key=lambda each: each.figure.unreliability)
    return sorted(variants, key=lambda each: (each.uses[sort], each.figure.unreliability))


def cells(view: SpaceView, variant: Variant) -> dict[str, str]:
    """By heading, what the table says of a variant."""
    symbol = view.symbol
    found = {
        symbol: reliability_text(variant.figure),
        f"1-{symbol}": complement_cell(variant.figure),
    }
    for name in view.resources:
        found[name] = amount_text(variant.uses[name])
    found["class"] = variant.kind
    found["choice"] = variant.choice
    for name in view.decisions:
        option = variant.options.get(name)
        found[name] = "" if option is None else option_text(option)
    return found


def is_in(family: Family, variant: Variant) -> bool:
    """Whether a variant is of a family."""
    if family.choice is not None and family.choice != variant.choice:
        return False
    return all(
        name in variant.options and is_same_option(variant.options[name], option)
        for name, option in family.options.items()
    )


_TERM = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*)(<=|>=|!=|=|<|>)(.+)")
_EXACT = 3
"""Shorter words have to be the whole of what they are compared with."""


def searchable(view: SpaceView | None, key: str = "an edit") -> str:
    """What begins a search, and how much there is, as far as that is known."""
    return f"{key} searches {'all' if view is None else count_words(view.total)} variants again"


def filtered(variants: Sequence[Variant], text: str) -> list[Variant]:
    """The variants that every word of a text fits: "n<=4", "euro<20000", or an option's name."""
    words = text.split()
    return [each for each in variants if all(_fits(each, word) for word in words)]


def _fits(variant: Variant, word: str) -> bool:
    term = _TERM.fullmatch(word)
    texts = [variant.choice, variant.kind, *map(option_text, variant.options.values())]
    if term is None:
        return any(word == text or (len(word) >= _EXACT and word in text) for text in texts)
    name, sign, asked = term.groups()
    there = _named(variant, name)
    if there is None:
        return False
    if isinstance(there, str):
        return (there == asked) == (sign == "=") if sign in ("=", "!=") else False
    try:
        wanted = Fraction(asked.replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return False
    return {
        "<=": there <= wanted, ">=": there >= wanted, "<": there < wanted,
        ">": there > wanted, "=": there == wanted, "!=": there != wanted,
    }[sign]  # fmt: skip


def _named(variant: Variant, name: str) -> Fraction | str | None:
    """What a variant has of a name: a number, or the text of an option."""
    if name in SYMBOLS.values() and name not in variant.uses and name not in variant.options:
        return Fraction(variant.figure.reliability)
    if name in variant.uses:
        return variant.uses[name]
    option: Option | None = variant.options.get(name)
    if option is None:
        return None
    if isinstance(option, str | Mix):
        return option_text(option)
    return Fraction(number(option))
