"""What is said beside the files of an import, and what it asks for where no file says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from vreltui.model import Probability, Problem
from vreltui.model.errors import DesignError
from vreltui.model.quantities import PROBABILITY
from vreltui.model.times import Duration, read_duration
from vreltui.storage import FileError

Wish = Literal["top", "time", "component", "bounds"]
"""The gate at the top; the mission time; the reliability of events that state none; whether a
proven bound may stand for what can't be said exactly."""


@dataclass(frozen=True)
class Wishes:
    """What the caller says beside the files: the mission ``time``, ``assumed`` by kind."""

    top: str | None = None
    time: Duration | None = None
    assumed: Mapping[str, Probability] = field(default_factory=dict)
    bounds: bool = False

    def said(self, wish: Wish, text: str) -> Wishes:
        """These wishes and one more, as somebody types it. Raises :class:`DesignError`.

        >>> Wishes().said("time", "30 d").said("bounds", "yes").time
        Duration(written=Decimal('30'), unit='d')
        """
        text = text.strip()
        match wish:
            case "top":
                return replace(self, top=text)
            case "time":
                return replace(self, time=time_of(text))
            case "component":
                return replace(self, assumed={**self.assumed, "component": PROBABILITY.typed(text)})
            case "bounds":
                if text not in ("yes", "y"):
                    raise DesignError(Problem((), f"{text!r} is not yes", "escape leaves it"))
                return replace(self, bounds=True)


class WishError(FileError):
    """A file of another format can't be used as long as nothing is said about ``wish``."""

    def __init__(
        self,
        file: str,
        line: int | None,
        problem: Problem,
        others: tuple[tuple[int | None, Problem], ...] = (),
        wish: Wish = "time",
    ) -> None:
        super().__init__(file, line, problem, others)
        self.wish: Wish = wish

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuilds from its parts, so that it can be sent to another process."""
        return (type(self), (self.file, self.line, self.problem, self.others, self.wish))


def asked(file: str, line: int | None, what: str, right: str, wish: Wish) -> WishError:
    """The error that asks for a wish."""
    return WishError(file, line, Problem((), what, right), wish=wish)


def time_of(text: str) -> Duration:
    """A mission time as it is typed; a bare number is hours. Raises :class:`DesignError`.

    >>> str(time_of("8760")), str(time_of("1 y"))
    ('8760 h', '1 y')
    """
    found = read_duration(text) or read_duration(f"{text.strip()} h")
    if found is None or found.fault() is not None:
        right = 'a time such as "30 d", or a number of hours, is right'
        raise DesignError(Problem((), f"{text!r} is no time", right))
    return found
