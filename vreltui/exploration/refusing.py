"""Which designs have no space that is searched by what is best at its corners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from vreltui.model import Design, Probability, Problem, Value
from vreltui.model.errors import DesignError, Path
from vreltui.model.nodes import inverts
from vreltui.model.quantities import number


def refuse_what_can_harm(design: Design, choices: Sequence[str]) -> None:
    """A space is searched by what is best at its corners, and where repair can hurt there is none.

    Without ``choices``, all are asked about.

    Raises :class:`DesignError` for mean lives, and for nodes that need none of their parts.
    """
    asked = dict.fromkeys([*(choices or design.choices), *filter(None, [design.baseline])])
    if design.measure == "mttf":
        path: Path = ("goal", "mttf") if design.goal is not None else ("mission", "measure")
        what = "a mean life is measured, and a module's mean does not say how long the whole lives"
        right = "ask for a reliability at a mission time, or for an availability"
        raise DesignError(Problem(path, what, right))
    for problem in _betas(design):
        raise DesignError(problem)
    for choice in asked:
        for name in design.below(design.choices[choice].root):
            if inverts(design.nodes[name]):
                what = f"choice {choice} has node {name}, which needs none of its parts"
                right = "repair can hurt there, and a space is searched by what can only help"
                raise DesignError(Problem(("nodes", name), what, right))


def _betas(design: Design) -> Iterator[Problem]:
    """Betas of one component come to 1 at most, whatever is taken of their values."""
    most: dict[str, Fraction] = {}
    for cause in design.causes.values():
        if not cause.is_plain_beta:
            continue
        (letter,) = cause.letters
        value = max(map(number, _values(design, letter)))
        for name in cause.strikes:
            most[name] = most.get(name, Fraction(0)) + Fraction(value)
            if most[name] > 1:
                what = f"the betas of the causes that strike {name} come to more than 1"
                right = "values that are at most 1 in sum, whatever is taken, are right"
                yield Problem(("causes", cause.name, "beta"), what, right)


def _values(design: Design, letter: Probability | str) -> tuple[Value, ...]:
    """All that a letter may be."""
    if not isinstance(letter, str):
        return (letter,)
    entry = design.parameters[letter]
    own = [choice.set[letter] for choice in design.choices.values() if letter in choice.set]
    return (entry.value, *entry.market, *(entry.range or ()), *own)
