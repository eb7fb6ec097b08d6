"""A choice of a design as a fault tree: copies unfolded, what works turned into what fails."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import assert_never

from vreltui.exchange.failing import Figures
from vreltui.exchange.failure_tree import Event, FailureTree, Gate
from vreltui.exchange.losses import CannotExportError
from vreltui.model import (
    Bought,
    Component,
    Design,
    Group,
    LastingComponent,
    Needs,
    Node,
    PolicyPool,
    Pool,
    Process,
    Share,
    Structure,
    counted,
    needed,
)
from vreltui.model.quantities import COUNT
from vreltui.model.struck import expanded

MOST_EVENTS = 100_000
"""The most events to which pools are unfolded."""

MOST_NAME = 64

Context = tuple[tuple[str, int], ...]
"""The pools in whose copies something stands, outermost first, each with the copy."""

Mend = Callable[[str], str]
"""Makes any name one of the format's."""


def failure_tree(
    design: Design,
    choice: str,
    mend: Mend = str,
    *,
    has_not: bool = True,
    figures: bool = True,
) -> FailureTree:
    """What fails when, in a choice at its values. Raises :class:`CannotExportError`.

    A lifetime becomes its probability of failing under what the design measures. Without
    ``figures`` no probability is looked at: all are 0.

    ``has_not`` says whether the format has a word for what fails when others do not. A name that
    ``mend`` had to change is kept as the title, where there is none.

    >>> from vreltui.model import Choice, Probability
    >>> a = Component(name="a", reliability=Probability.of("0.9"))
    >>> two = Pool(name="two", of="a", copies=2, needs="any")
    >>> design = Design(nodes={"a": a, "two": two}, choices={"c": Choice("c", "two")})
    >>> tree = failure_tree(design, "c")
    >>> tree.gates["two"].parts, tree.gates["two"].word, str(tree.events["a-1"].probability)
    (('a-1', 'a-2'), 'and', '0.1')
    """
    return _Unfolding(design, choice, mend, has_not=has_not, figures=figures).tree()


class _Unfolding:
    """The instances of a choice, each with a name of its own."""

    def __init__(
        self, design: Design, choice: str, mend: Mend, *, has_not: bool, figures: bool
    ) -> None:
        self._has_not = has_not
        self._figures = Figures(design, choice) if figures else None
        self._design = expanded(design, choice, pools=True)
        self._choice = choice
        self._mend = mend
        self._gates: dict[str, Gate] = {}
        self._events: dict[str, Event] = {}
        self._names: dict[tuple[str, Context], str] = {}
        # Nodes outside of copies keep their names, whatever copies are called.
        self._taken = {mend(name) for name in self._design.below(design.choices[choice].root)}
        self._plain: dict[str, str] = {}

    def tree(self) -> FailureTree:
        """The whole tree."""
        choice = self._design.choices[self._choice]
        top = self._place(choice.root, ())
        order = _parents_first(top, self._gates)
        return FailureTree(
            self._mend(self._choice),
            choice.title,
            top,
            {name: self._gates[name] for name in order if name in self._gates},
            {name: self._events[name] for name in order if name in self._events},
            {} if self._figures is None else self._figures.computed,
        )

    def _place(self, name: str, context: Context) -> str:
        """The name under which the instance of a node stands, below which all is placed."""
        node = self._design.nodes[name]
        at: Context = () if node.shared else context
        known = self._names.get((name, at))
        if known is None:
            known = self._names[name, at] = self._placed(node, at)
        return known

    def _placed(self, node: Node, at: Context) -> str:
        match node:
            case Component() | LastingComponent() | Process() | Share() | PolicyPool():
                if isinstance(node, Share) and node.home is not None:
                    what = f"cause {node.cause.name} stays within copies of {node.home}"
                    raise CannotExportError(f"{what}, which a fault tree here can't say")
                failing = Decimal(0) if self._figures is None else self._figures.failing(node)
                return self._event(node, failing, at)
            case Group(parts=parts, needs=needs):
                return self._gate(node, [self._place(part, at) for part in parts], needs, at)
            case Pool(name=name, of=of, needs=needs):
                copies = range(1, self._copies(node) + 1)
                placed = [self._place(of, (*at, (name, copy))) for copy in copies]
                return self._gate(node, placed, needs, at)
            case Bought() | Structure():
                raise TypeError(f"{node.sort} {node.name} is not settled")
            case unknown:
                assert_never(unknown)

    def _copies(self, node: Pool) -> int:
        given = node.copies
        return (
            COUNT.of(self._design.value(given, self._choice)) if isinstance(given, str) else given
        )

    def _event(self, node: Node, failing: Decimal, at: Context) -> str:
        name = self._name(node, at)
        if len(self._events) >= MOST_EVENTS:
            raise CannotExportError(
                f"choice {self._choice} unfolds into more than {MOST_EVENTS} events; fewer copies "
                "are right"
            )
        self._events[name] = Event(name, failing, node.name, self._title(node, name, at))
        return name

    def _gate(self, node: Node, parts: list[str], needs: Needs, at: Context) -> str:
        enough, inverts = counted(needs)
        least = len(parts) - needed(enough, len(parts)) + 1
        times: dict[str, int] = {}
        for part in parts:
            times[part] = times.get(part, 0) + 1
        distinct = tuple(times)
        if inverts:
            return self._inverted(node, distinct, at)
        if len(times) < len(parts) and 1 < least < len(parts):
            return self._weighted(node, times, least, at)
        if len(times) == 1:
            return parts[0]  # others refuse an OR of one
        least = least if least == 1 else len(distinct) if least == len(parts) else least
        return self._add(self._name(node, at), least, distinct, node, at)

    def _inverted(self, node: Node, parts: tuple[str, ...], at: Context) -> str:
        """What works when none of its parts does fails as soon as not all of them fail."""
        if not self._has_not:
            raise CannotExportError(
                f"{node.name} needs none of its parts, and the format has no word for that; "
                "open-psa has"
            )
        name = self._name(node, at)
        title = self._title(node, name, at)
        self._gates[name] = Gate(name, len(parts), parts, node.name, title, inverted=True)
        return name

    def _add(self, name: str, least: int, parts: tuple[str, ...], node: Node, at: Context) -> str:
        self._gates[name] = Gate(name, least, parts, node.name, self._title(node, name, at))
        return name

    def _weighted(self, node: Node, counted: dict[str, int], least: int, at: Context) -> str:
        """A vote in which some part is named several times: gates over each part once."""
        parts = list(counted.items())
        left = [0] * (len(parts) + 1)
        for index in reversed(range(len(parts))):
            left[index] = left[index + 1] + parts[index][1]
        known: dict[tuple[int, int], str | None] = {}
        own = self._name(node, at)

        def fails(index: int, wanted: int) -> str | None:
            """What says that parts from ``index`` on that fail count at least ``wanted``."""
            if left[index] < wanted:
                return None
            if (index, wanted) not in known:
                known[index, wanted] = either(index, wanted)
            return known[index, wanted]

        def either(index: int, wanted: int) -> str:
            part, weight = parts[index]
            name = own if index == 0 else self._free(f"{own}-{index}-{wanted}")
            rest = fails(index + 1, wanted)
            if weight >= wanted:
                return part if rest is None else self._add(name, 1, (part, rest), node, at)
            more = fails(index + 1, wanted - weight)
            assert more is not None
            if rest is None:
                return self._add(name, 2, (part, more), node, at)
            both = self._add(self._free(f"{name}-with"), 2, (part, more), node, at)
            return self._add(name, 1, (both, rest), node, at)

        found = fails(0, least)
        assert found is not None
        return found

    def _name(self, node: Node, at: Context) -> str:
        """The name of an instance: the node's, with the copies in which it stands."""
        if not at:
            if node.name not in self._plain:
                name = self._mend(node.name)
                if name in self._plain.values():
                    name = self._free(name)
                self._plain[node.name] = name
            return self._plain[node.name]
        copies = "".join(f"-{copy}" for _, copy in at)
        return self._free(self._mend(node.name)[: MOST_NAME - len(copies)] + copies)

    def _free(self, name: str) -> str:
        name = self._mend(name[:MOST_NAME])
        found, number = name, 2
        while found in self._taken:
            end = f"-{number}"
            found, number = name[: MOST_NAME - len(end)] + end, number + 1
        self._taken.add(found)
        return found

    def _title(self, node: Node, name: str, at: Context) -> str:
        if node.title or at or name == node.name:
            return node.title
        return node.name


def _parents_first(top: str, gates: dict[str, Gate]) -> list[str]:
    seen: dict[str, None] = {}
    stack = [top]
    while stack:
        name = stack.pop()
        if name not in seen:
            seen[name] = None
            if name in gates:
                stack.extend(reversed(gates[name].parts))
    return list(seen)
