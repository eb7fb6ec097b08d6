"""The questions an architect asks, answered from exact reliabilities of single points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import product

from tests.oracle.tables import Table
from tests.oracle.unfolding import Number, component_instances, instances, is_none
from vreltui.model import Design, Probability, Value

Setting = Mapping[str, Number]
"""Values that replace those of the design."""


def exact(value: Value) -> Number:
    """A value of the design as an exact number."""
    if isinstance(value, Probability):
        return value.reliability
    assert isinstance(value, int)
    return value


class Oracle:
    """Exact answers about one design."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self._tables: dict[tuple[str, tuple[tuple[str, Number], ...]], Table] = {}
        self._known: dict[tuple[str, tuple[tuple[str, Number], ...]], Fraction] = {}

    @cached_property
    def goal(self) -> Fraction | None:
        """The reliability that a choice must exceed."""
        return None if self.design.target is None else self.design.target.reliability

    def values(self, choice: str) -> dict[str, Number]:
        """The parameters as a choice sees them."""
        return {name: exact(self.design.value(name, choice)) for name in self.design.parameters}

    def instances(self, choice: str, setting: Setting | None = None) -> int:
        """How many things can fail in a choice."""
        values = {**self.values(choice), **(setting or {})}
        return len(component_instances(self.design, self.design.choices[choice].root, values))

    def table(self, choice: str, setting: Setting | None = None) -> Table:
        """All states of a choice."""
        root = self.design.choices[choice].root
        values = {**self.values(choice), **(setting or {})}
        counts = {name: value for name, value in values.items() if isinstance(value, int)}
        key = (root, tuple(sorted(counts.items())))
        if key not in self._tables:
            self._tables[key] = Table(self.design, root, values)
        table = self._tables[key]
        table.values = values
        return table

    def reliability(self, choice: str, setting: Setting | None = None) -> Fraction:
        """The reliability of a choice, with some parameters replaced."""
        key = (choice, tuple(sorted((setting or {}).items())))
        if key not in self._known:
            self._known[key] = self.table(choice, setting).reliability()
        return self._known[key]

    def node_reliabilities(self, choice: str) -> dict[str, set[Fraction]]:
        """The reliability of every node of a choice.

        A node has several when it is used beside a shared node with which it has something in
        common outside a pool, but not inside.
        """
        found: dict[str, set[Fraction]] = {}
        table = self.table(choice)
        root = self.design.choices[choice].root
        for instance in instances(self.design, root, table.values):
            copies = {copy for _, copy in instance[1]}
            if copies <= {0}:  # the other copies are alike
                found.setdefault(instance[0], set()).add(table.reliability(instance))
        return found

    def used(self, choice: str) -> set[str]:
        """The parameters that a choice or its baseline uses."""
        roots = {self.design.choices[choice].root}
        if self.design.baseline is not None:
            roots.add(self.design.choices[self.design.baseline].root)
        return {name for root in roots for name in self.design.parameters_below(root)}

    def rival(self, choice: str) -> str | None:
        """The baseline that a choice must beat."""
        return None if choice == self.design.baseline else self.design.baseline

    def rivals_setting(self, choice: str, setting: Setting) -> dict[str, Number]:
        """What a setting changes in the baseline when it is tried in a choice."""
        assert self.design.baseline is not None
        own = {*self.design.choices[choice].set, *self.design.choices[self.design.baseline].set}
        return {name: value for name, value in setting.items() if name not in own}

    def margins(self, choice: str, setting: Setting | None = None) -> list[Fraction]:
        """By how much a choice exceeds the goal and the baseline, so far as there are any."""
        reliability = self.reliability(choice, setting)
        found = [] if self.goal is None else [reliability - self.goal]
        rival = self.rival(choice)
        if rival is not None:
            theirs = self.rivals_setting(choice, setting or {})
            found.append(reliability - self.reliability(rival, theirs))
        return found

    def meets(self, choice: str, setting: Setting | None = None) -> bool:
        """Whether a choice exceeds the goal and beats the baseline."""
        return all(margin > 0 for margin in self.margins(choice, setting))

    def open(self, choice: str) -> dict[str, tuple[Number, Number]]:
        """The parameters that the architect may still choose, with their ranges."""
        found = {}
        for name, parameter in self.design.parameters.items():
            given = name in self.design.choices[choice].set
            if parameter.range is not None and not given and name in self.used(choice):
                low, high = parameter.range
                found[name] = (exact(low), exact(high))
        return found

    def corners(self, choice: str) -> Iterator[dict[str, Number]]:
        """Every combination of ends of the open probabilities, with every count."""
        ranges = self.open(choice)
        axes = [
            range(low, int(high) + 1) if isinstance(low, int) else (low, high)
            for low, high in ranges.values()
        ]
        for point in product(*axes):
            yield dict(zip(ranges, point, strict=True))

    def corners_decide(self, choice: str) -> bool:
        """Whether a choice that meets anywhere in the open ranges meets in one of the corners.

        So it is unless a probability moves both sides: reliability never falls with that of a
        component, so each side is at its best at an end. Nor is it where some node works when
        others do not.
        """
        rival = self.rival(choice)
        if any(is_none(node) for node in self.design.nodes.values()):
            return False
        if rival is None:
            return True
        ours, theirs = (
            set(self.design.parameters_below(self.design.choices[name].root))
            for name in (choice, rival)
        )
        both = ours & set(self.rivals_setting(choice, dict.fromkeys(theirs, 0)))
        return not any(
            isinstance(low, Fraction)
            for name, (low, _) in self.open(choice).items()
            if name in both
        )
