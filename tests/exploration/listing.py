"""Every variant of a space, and the class of each, by the words of the page alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from typing import Any

from tests.exploration.figures import (
    Option,
    Taken,
    amounts,
    constant,
    fits,
    number,
    reliability,
)
from vreltui.model import (
    Bought,
    Component,
    Design,
    Item,
    Mix,
    Pool,
    Span,
    Structure,
)
from vreltui.model.design import Parameter
from vreltui.model.prices import TablePrice


def values_of(parameter: Parameter) -> tuple[Any, ...]:
    """The values of which a parameter has one, as they are stated, or as they are priced."""
    for price in parameter.price.values():
        assert isinstance(price, TablePrice)
        return tuple(reliability for reliability, _ in price.table)
    return parameter.values


@dataclass
class Variant:
    """One choice with an option for each decision that it reaches."""

    choice: str
    options: dict[str, Option]
    settled: dict[str, Option]
    place: int = 0
    kind: str = ""
    reliability: Fraction = Fraction(0)
    best: Fraction | None = None
    uses: dict[str, Fraction] = field(default_factory=dict)

    @property
    def taken(self) -> dict[str, Option]:
        """All that is reached, those that the choice itself settles too."""
        return {**self.options, **self.settled}

    def is_in(self, family: Mapping[str, Option]) -> bool:
        """Whether it belongs to a family; the choice counts as a decision called "choice"."""
        own = {"": self.choice, **self.options}
        return all(name in own and own[name] == option for name, option in family.items())


@dataclass
class Listing:
    """Every variant of the choices asked about, by the words of the page alone."""

    design: Design
    choices: list[str]
    goal: Fraction | None
    limits: dict[str, Fraction]

    # The variants

    def options_at(self, name: str, numbers: Mapping[str, Any]) -> list[Option]:
        """The options of a decision as they are listed."""
        node = self.design.nodes.get(name)
        if isinstance(node, Structure):
            return list(node.one_of)
        if isinstance(node, Bought):
            items = list(self.design.catalogues[node.catalogue].items)
            if not node.mix:
                return items
            n = int(numbers[node.copies]) if isinstance(node.copies, str) else node.copies
            assert n is not None
            counts = product(range(n, -1, -1), repeat=len(items))
            return [each for each in counts if sum(each) == n]
        parameter = self.design.parameters[name]
        if values := values_of(parameter):
            return [number(value) for value in values]
        assert parameter.range is not None
        low, high = map(number, parameter.range)
        return list(range(low, high + 1))

    def settled(self, choice: str) -> dict[str, Option]:
        """What a choice's own set takes."""
        entry = self.design.choices[choice]
        found: dict[str, Option] = {name: number(value) for name, value in entry.set.items()}
        for name, taken in entry.options.items():
            node = self.design.nodes[name]
            if isinstance(taken, Mix):
                assert isinstance(node, Bought)
                items = self.design.catalogues[node.catalogue].items
                found[name] = tuple(taken.counts.get(item, 0) for item in items)
            else:
                found[name] = taken
        return found

    def is_decision(self, parameter: str) -> bool:
        """Whether a parameter is a decision where no choice sets it."""
        entry = self.design.parameters[parameter]
        return bool(values_of(entry)) or (entry.range is not None and isinstance(entry.value, int))

    def variants_of(self, choice: str) -> Iterator[Variant]:
        """The variants of one choice in the order of the file."""
        own = self.settled(choice)

        def walk(prefix: dict[str, Option]) -> Iterator[Variant]:
            reached, missing = self.walk(choice, {**own, **prefix})
            if missing is None:
                options = {n: o for n, o in reached.items() if n in prefix}
                yield Variant(choice, options, {n: own[n] for n in reached if n in own})
                return
            numbers = {**self.present(), **own, **prefix}
            for option in self.options_at(missing, numbers):
                yield from walk({**prefix, missing: option})

        yield from walk({})

    def present(self) -> dict[str, Any]:
        """The values of all parameters as the file has them."""
        return {name: number(entry.value) for name, entry in self.design.parameters.items()}

    def walk(  # noqa: C901 - one thought, read as one
        self, choice: str, options: Mapping[str, Option]
    ) -> tuple[dict[str, Option], str | None]:
        """The decisions that the tree comes to, and the first of them without an option."""
        found: dict[str, Option] = {}
        seen: set[str] = set()

        def parameters(names: list[str]) -> str | None:
            for name in names:
                if name not in found and self.is_decision(name):
                    if name not in options:
                        return name
                    found[name] = options[name]
            return None

        def down(name: str) -> str | None:
            if name in seen:
                return None
            seen.add(name)
            node = self.design.nodes[name]
            missing = parameters([each for each in self.named(name) if isinstance(each, str)])
            if missing is not None:
                return missing
            if isinstance(node, Bought | Structure):
                if name not in options:
                    return name
                found[name] = options[name]
            if isinstance(node, Bought):
                items = list(self.design.catalogues[node.catalogue].items.values())
                taken = options[name]
                there = [
                    item
                    for place, item in enumerate(items)
                    if (taken[place] if isinstance(taken, tuple) else item.name == taken)
                ]
                used = [given for each in there for given in self.of_item(each)]
                return parameters([each for each in used if isinstance(each, str)])
            below = (found[name],) if isinstance(node, Structure) else node.children
            for child in below:
                missing = down(child)
                if missing is not None:
                    return missing
            return None

        return found, down(self.design.choices[choice].root)

    @cached_property
    def variants(self) -> list[Variant]:
        """Every variant, judged, in the order of the file."""
        found = [variant for choice in self.choices for variant in self.variants_of(choice)]
        for place, variant in enumerate(found):
            variant.place = place
            self.judge(variant)
        return found

    def named(self, name: str) -> list[Any]:
        """The numbers of a node, each its own or a parameter's name."""
        node = self.design.nodes[name]
        if isinstance(node, Component):
            return [node.reliability]
        return [node.copies] if isinstance(node, Pool | Bought) else []

    def of_item(self, item: Item) -> list[Any]:
        """The same of an item."""
        return [constant(item).reliability]

    # What a variant is

    def measured(self, taken: Taken, root: str) -> Fraction:
        """What the design measures of a tree."""
        return reliability(taken, root)

    def judge(self, variant: Variant) -> None:
        """Its figures and its class."""
        design, root = self.design, self.design.choices[variant.choice].root
        taken = Taken(design, variant.taken, {**self.present(), **variant.taken})
        variant.uses = amounts(taken, root)
        variant.reliability = self.measured(taken, root)
        if any(self.breaks(rule, variant.taken) for rule in design.rules.values()):
            variant.kind = "rules"
        elif not fits(taken, root):
            variant.kind = "fits"
        elif any(variant.uses[name] > limit for name, limit in self.limits.items()):
            variant.kind = "limits"
        elif self.wins(variant, {}):
            variant.kind = "meets"
        else:
            variant.kind = (
                "short"
                if any(self.wins(variant, at) for at in self.ranges(variant))
                else "hopeless"
            )
        variant.best = max(
            self.measured(Taken(design, variant.taken, {**taken.numbers, **at}), root)
            for at in self.corners(variant)
        )

    def open(self, variant: Variant) -> list[str]:
        """The parameters that are open to a variant."""
        own = self.settled(variant.choice)
        return [
            name
            for name, entry in self.design.parameters.items()
            if entry.range is not None and not isinstance(entry.value, int) and name not in own
        ]

    def corners(self, variant: Variant) -> Iterator[dict[str, Fraction]]:
        """The present values, and the upper ends of what is open."""
        yield {}
        yield {name: number(self.design.parameters[name].range[1]) for name in self.open(variant)}  # type: ignore[index]

    def ranges(self, variant: Variant) -> Iterator[dict[str, Fraction]]:
        """Many points of what is open, its corners among them."""
        names = self.open(variant)
        grids = []
        for name in names:
            ends = self.design.parameters[name].range
            assert ends is not None
            low, high = map(number, ends)
            steps = 24 if len(names) == 1 else 6
            grids.append([low + (high - low) * Fraction(i, steps) for i in range(steps + 1)])
        for point in product(*grids):
            yield dict(zip(names, point, strict=True))

    def wins(self, variant: Variant, at: Mapping[str, Fraction]) -> bool:
        """Whether it exceeds the goal and beats the baseline, with open parameters at values."""
        design = self.design
        numbers = {**self.present(), **at, **variant.taken}
        root = design.choices[variant.choice].root
        own = self.measured(Taken(design, variant.taken, numbers), root)
        if self.goal is not None and not own > self.goal:
            return False
        if design.baseline is None or design.baseline == variant.choice:
            return True
        return own > self.baseline(variant, at)

    def baseline(self, variant: Variant, at: Mapping[str, Fraction]) -> Fraction:
        """What the baseline gives beside a variant: decisions of both are the same in both."""
        design, baseline = self.design, self.design.baseline
        assert baseline is not None
        own = self.settled(baseline)
        # What the variant's choice sets is its own alone.
        options = {**self.standing(), **variant.options, **own}
        numbers = {**self.present(), **at, **variant.options, **own}
        return self.measured(Taken(design, options, numbers), design.choices[baseline].root)

    def standing(self) -> dict[str, Option]:
        """What every decision node takes as the file has it."""
        found: dict[str, Option] = {}
        for name, node in self.design.nodes.items():
            if isinstance(node, Structure):
                found[name] = node.chosen or node.one_of[0]
            elif isinstance(node, Bought):
                items = list(self.design.catalogues[node.catalogue].items)
                if isinstance(node.chosen, Mix):
                    found[name] = tuple(node.chosen.counts.get(item, 0) for item in items)
                elif node.mix:
                    n = node.copies
                    count = number(self.design.parameters[n].value) if isinstance(n, str) else n
                    found[name] = (count, *[0] * (len(items) - 1))
                else:
                    found[name] = node.chosen or items[0]
        return found

    def breaks(self, rule: Any, taken: Mapping[str, Option]) -> bool:
        """Whether options break a rule."""

        def option(name: str, raw: Any) -> Option:
            if isinstance(raw, Mix):
                node = self.design.nodes[name]
                assert isinstance(node, Bought)
                items = self.design.catalogues[node.catalogue].items
                return tuple(raw.counts.get(item, 0) for item in items)
            return number(raw)

        def met(name: str, condition: Any) -> bool:
            if isinstance(condition, Span):
                low = condition.low is None or number(condition.low) <= taken[name]
                return low and (condition.high is None or taken[name] <= number(condition.high))
            return taken[name] in [option(name, each) for each in condition]

        def every(conditions: Any) -> bool:
            return all(name in taken and met(name, each) for name, each in conditions.items())

        if rule.never:
            return every(rule.never)
        if rule.when:
            kept = [met(name, each) for name, each in rule.then.items() if name in taken]
            return every(rule.when) and not all(kept)
        compared = []
        for place, name in enumerate(rule.same or rule.different):
            if name in taken:
                if not rule.by:
                    compared.append(taken[name])
                    continue
                node = self.design.nodes[name]
                assert isinstance(node, Bought)
                item = self.design.catalogues[node.catalogue].items[taken[name]]
                compared.append(item.tags.get(rule.by, ("without", place)))
        pairs = list(combinations(compared, 2))
        if rule.same:
            return any(one != other for one, other in pairs)
        return any(one == other for one, other in pairs)
