"""The numbers of events in .dft files: a probability, or a law of life at the mission time."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from vreltui.exchange.expressions import Expression
from vreltui.exchange.fault_model import Place
from vreltui.exchange.galileo_words import Word
from vreltui.exchange.markup import refused
from vreltui.exchange.numbers import NumberError, read_number
from vreltui.model import shown

ATTRIBUTES = (
    "prob", "lambda", "dorm", "rate", "shape", "phases", "mean", "stddev", "repl", "cov", "res",
    "restart", "interval", "repair", "inspections",
)  # fmt: skip
"""What an event may say of itself."""

_CHANGES = {
    "cov": "coverage", "res": "restoration", "restart": "restarts", "interval": "inspections",
    "repair": "repair", "inspections": "inspections",
}  # fmt: skip
"""What would change a figure, and has no place here, each in words."""


def expression_of(name: str, numbers: Mapping[str, Word], place: Place) -> Expression:
    """The probability of an event's having failed. Raises :class:`~vreltui.storage.FileError`."""
    found = {key: constant(key, word, place) for key, word in numbers.items()}
    for key, what in _CHANGES.items():
        if key in found and not _is_idle(key, found[key]):
            raise refused(place.file, place.line, f"{shown(name)} has {key}: {what}")
    given = frozenset(found) & {"prob", "lambda", "rate", "phases", "shape", "mean", "stddev"}
    if "repl" in found and found["repl"].value != 1:
        raise refused(place.file, place.line, f"{shown(name)} stands for several: repl")
    if given == {"prob"}:
        return found["prob"]
    time = Expression("system-mission-time", line=place.line)
    if given == {"lambda"}:
        return _law("exponential", found["lambda"], time, line=place.line)
    if given == {"rate", "shape"}:
        return _weibull(found["rate"], found["shape"], time)
    if given == {"lambda", "phases"}:
        return _law("erlang", found["lambda"], found["phases"], time, line=place.line)
    if given == {"mean", "stddev"}:
        return _law("lognormal", found["mean"], found["stddev"], time, line=place.line)
    what = f"{shown(name)} has {' and '.join(sorted(given)) or 'no number'}"
    right = "prob, lambda, lambda and phases, rate and shape, or mean and stddev is right"
    raise refused(place.file, place.line, what, right)


def _is_idle(key: str, found: Expression) -> bool:
    """Whether a number says that there is nothing: no repair, no coverage."""
    del key
    return found.value == 0


def _weibull(rate: Expression, shape: Expression, time: Expression) -> Expression:
    """1 - exp(-(rate t)^shape): the scale is 1/rate."""
    line = time.line
    one, zero = (Expression("float", value=Fraction(each), line=line) for each in (1, 0))
    return _law("Weibull", _law("div", one, rate, line=line), shape, zero, time, line=line)


def _law(word: str, *arguments: Expression, line: int) -> Expression:
    return Expression(word, arguments, line=line)


def constant(key: str, word: Word, place: Place) -> Expression:
    """The number of a key. Raises :class:`~vreltui.storage.FileError`."""
    try:
        value = read_number(word.text)
    except NumberError as error:
        raise refused(place.file, word.line, f"{key}: {shown(str(error), most=200)}") from None
    written = Decimal(word.text)
    return Expression("float", value=value, line=word.line, written=written)
