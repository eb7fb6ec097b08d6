"""A space of variants as the words say it: list every variant, in fractions, and look.

Nothing of the program's own is used but the design that a file states. Far too slow for more than
some hundred variants, and too simple to be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import comb, prod
from typing import Any

from tests.oracle.tables import Table
from vreltui.model import (
    Bought,
    Component,
    Design,
    Group,
    Item,
    Mix,
    Node,
    Pool,
    Probability,
    Span,
    Structure,
)

Option = Any
"""The name of an item or of a node, a mix as a tuple of counts, a fraction, or a whole number."""

ONE = Fraction(1)


def number(value: Any) -> Any:
    """A value as a number: a reliability as a fraction, a count as it is."""
    return value.reliability if isinstance(value, Probability) else value


@dataclass
class Taken:
    """A tree with options: those of the decisions that it reached, in its order."""

    design: Design
    options: Mapping[str, Option]
    numbers: Mapping[str, Any]

    def items(self, node: Bought) -> list[tuple[Item, int]]:
        """The items that a node takes, and how many of each."""
        items = list(self.design.catalogues[node.catalogue].items.values())
        option = self.options[node.name]
        if isinstance(option, tuple):
            return [(item, n) for item, n in zip(items, option, strict=True) if n]
        copies = 1 if node.copies is None else self.count(node.copies)
        return [(item, copies) for item in items if item.name == option]

    def count(self, copies: Any) -> int:
        """How many copies."""
        return int(self.numbers[copies]) if isinstance(copies, str) else copies

    def figure(self, component: Component) -> Fraction:
        """The reliability of a component."""
        given = component.reliability
        return Fraction(self.numbers[given]) if isinstance(given, str) else given.reliability

    def needed(self, needs: Any, of: int) -> int:
        """How many of so many must work."""
        return int({"all": of, "any": 1, "majority": of // 2 + 1}.get(needs, needs))

    def below(self, name: str) -> tuple[str, ...]:
        """The nodes directly below one, of a structure the one that is there."""
        node = self.design.nodes[name]
        return (self.options[name],) if isinstance(node, Structure) else node.children


def at_least(k: int, chances: list[Fraction]) -> Fraction:
    """The chance that at least k of independent things work."""
    working = [ONE] + [Fraction(0)] * len(chances)
    for chance in chances:
        for j in range(len(chances), 0, -1):
            working[j] = working[j] * (1 - chance) + working[j - 1] * chance
        working[0] *= 1 - chance
    return sum(working[k:], Fraction(0))


def reliability(taken: Taken, root: str) -> Fraction:  # noqa: C901 - one thought, read as one
    """By conditioning on whatever is met more than once outside of copies, or from within them."""
    design = taken.design
    leaves = {n for n, node in design.nodes.items() if isinstance(node, Component | Bought)}

    pools: dict[str, int] = {}

    def met(name: str, copied: bool, found: dict[str, int]) -> None:
        node = design.nodes[name]
        inside = copied and not node.shared
        if isinstance(node, Pool):
            pools[name] = pools.get(name, 0) + 1
        if name in leaves:
            if not inside:
                # From within copies, once would be too few.
                found[name] = found.get(name, 0) + 1
            return
        for child in taken.below(name):
            before = dict(found)
            met(child, inside or isinstance(node, Pool), found)
            if inside or isinstance(node, Pool):
                for each, times in found.items():
                    if times > before.get(each, 0):
                        found[each] = times + 1

    def chance_of(name: str) -> Fraction:
        node = design.nodes[name]
        if isinstance(node, Component):
            return taken.figure(node)
        assert isinstance(node, Bought)
        chances = [taken.figure(item.figure) for item, n in taken.items(node) for _ in range(n)]
        if node.copies is None:
            return chances[0]
        k = taken.needed(node.needs, len(chances))
        return at_least(k, chances) if k <= len(chances) else Fraction(0)

    def given(name: str, copied: bool, state: Mapping[tuple[str, bool], bool]) -> Fraction:
        """The chance that a node works, given the state of what is shared."""
        node = design.nodes[name]
        inside = copied and not node.shared
        if (name, inside) in state:
            return Fraction(int(state[name, inside]))
        if name in leaves:
            return chance_of(name)
        if isinstance(node, Structure):
            return given(taken.options[name], inside, state)
        if isinstance(node, Group):
            chances = [given(part, inside, state) for part in node.parts]
            return at_least(taken.needed(node.needs, len(chances)), chances)
        assert isinstance(node, Pool)
        n = taken.count(node.copies)
        k = taken.needed(node.needs, n)
        one = copy(node.of, state)
        return at_least(k, [one] * n) if k <= n else Fraction(0)

    def copy(name: str, state: Mapping[tuple[str, bool], bool]) -> Fraction:
        """One copy: what it meets more than once inside is conditioned on as well."""
        times: dict[str, int] = {}

        def inside(at: str) -> None:
            node = design.nodes[at]
            if node.shared:
                return
            if at in leaves:
                times[at] = times.get(at, 0) + 1
            elif not isinstance(node, Pool):
                for child in taken.below(at):
                    inside(child)

        inside(name)
        often = [each for each, n in times.items() if n > 1]
        return over(often, True, name, state)

    def over(
        often: list[str], copied: bool, name: str, state: Mapping[tuple[str, bool], bool]
    ) -> Fraction:
        total = Fraction(0)
        for ups in product((True, False), repeat=len(often)):
            weight = prod(
                (
                    chance_of(n) if up else 1 - chance_of(n)
                    for n, up in zip(often, ups, strict=True)
                ),
                start=ONE,
            )
            if weight:
                known = {**state, **{(n, copied): up for n, up in zip(often, ups, strict=True)}}
                total += weight * given(name, copied, known)
        return total

    found: dict[str, int] = {}
    met(root, False, found)
    if any(times > 1 for times in pools.values()):
        return by_states(taken, root)
    return over([n for n, times in found.items() if times > 1], False, root, {})


def by_states(taken: Taken, root: str) -> Fraction:
    """By adding up the states of all instances, where a pool as a whole is met more than once."""
    nodes: dict[str, Node] = {}
    for name, node in taken.design.nodes.items():
        if isinstance(node, Structure):
            there = taken.options.get(name, node.one_of[0])
            nodes[name] = Group(name=name, parts=(there,), shared=node.shared)
        elif not isinstance(node, Bought):
            nodes[name] = node
        elif name not in taken.options:
            nodes[name] = Component(name=name, reliability=Probability.of(0))
        else:
            parts = []
            for item, count in taken.items(node):
                for number in range(count):
                    part = f"{name}.{item.name}.{number}"
                    nodes[part] = Component(name=part, reliability=item.figure.reliability)
                    parts.append(part)
            needs = taken.needed(node.needs, len(parts))
            if needs > len(parts):
                nodes[f"{name}.never"] = Component(name="never", reliability=Probability.of(0))
                parts, needs = [f"{name}.never"], 1
            nodes[name] = Group(name=name, parts=tuple(parts), needs=needs, shared=node.shared)
    numbers = {name: value for name, value in taken.numbers.items() if value is not None}
    return Table(Design(nodes=nodes), root, numbers).reliability()


def amounts(  # noqa: C901 - one thought, read as one
    taken: Taken, root: str, sign: int = 0, copied: bool = False
) -> dict[str, Fraction]:
    """What is used by every instance at and below a node; with ``sign`` less what is provided."""
    design = taken.design
    total = {name: Fraction(0) for name in design.resources}
    shared: set[str] = set()

    def add(name: str, times: int) -> None:
        node = design.nodes[name]
        lots = [(node.uses, times), (node.provides, sign * times)]
        if isinstance(node, Bought):
            for item, n in taken.items(node):
                lots += [(item.uses, n * times), (item.provides, sign * n * times)]
        for lot, n in lots:
            for resource, amount in lot.items():
                total[resource] += Fraction(amount) * n

    def one_copy(name: str, times: int) -> None:
        seen: set[str] = set()

        def down(at: str) -> None:
            node = design.nodes[at]
            if node.shared:
                shared.add(at)
            elif at not in seen:
                seen.add(at)
                add(at, times)
                if isinstance(node, Pool):
                    one_copy(node.of, times * taken.count(node.copies))
                else:
                    for child in taken.below(at):
                        down(child)

        down(name)

    if copied:
        one_copy(root, 1)
    else:
        shared.add(root)
    done: set[str] = set()
    while shared - done:
        at = min(shared - done)
        done.add(at)
        add(at, 1)
        node = design.nodes[at]
        if isinstance(node, Pool):
            one_copy(node.of, taken.count(node.copies))
        else:
            shared.update(taken.below(at))
    return total


def fits(taken: Taken, root: str) -> bool:
    """Whether below each node that says so no more is used than provided, in each copy."""
    seen: set[tuple[str, bool]] = set()

    def down(name: str, copied: bool) -> Iterator[tuple[str, bool]]:
        node = taken.design.nodes[name]
        inside = copied and not node.shared
        if (name, inside) not in seen:
            seen.add((name, inside))
            yield name, inside
            for child in taken.below(name):
                yield from down(child, inside or isinstance(node, Pool))

    return all(
        amounts(taken, name, -1, inside)[resource] <= 0
        for name, inside in down(root, False)
        for resource in taken.design.nodes[name].fits
    )


@dataclass
class Variant:
    """One choice with an option for each decision that it reaches."""

    space: Space
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
class Space:
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
        if parameter.values:
            return [number(value) for value in parameter.values]
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
        return bool(entry.values) or (entry.range is not None and isinstance(entry.value, int))

    def variants_of(self, choice: str) -> Iterator[Variant]:
        """The variants of one choice in the order of the file."""
        own = self.settled(choice)

        def walk(prefix: dict[str, Option]) -> Iterator[Variant]:
            reached, missing = self.walk(choice, {**own, **prefix})
            if missing is None:
                options = {n: o for n, o in reached.items() if n in prefix}
                yield Variant(self, choice, options, {n: own[n] for n in reached if n in own})
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
            named = [node.reliability] if isinstance(node, Component) else []
            if isinstance(node, Pool | Bought):
                named = [node.copies]  # type: ignore[list-item]
            missing = parameters([each for each in named if isinstance(each, str)])
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
                used = [each.figure.reliability for each in there]
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

    # What a variant is

    def judge(self, variant: Variant) -> None:
        """Its figures and its class."""
        design, root = self.design, self.design.choices[variant.choice].root
        taken = Taken(design, variant.taken, {**self.present(), **variant.taken})
        variant.uses = amounts(taken, root)
        variant.reliability = reliability(taken, root)
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
            reliability(Taken(design, variant.taken, {**taken.numbers, **at}), root)
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
        own = reliability(Taken(design, variant.taken, numbers), root)
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
        return reliability(Taken(design, options, numbers), design.choices[baseline].root)

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

    # The answers

    @property
    def within(self) -> list[Variant]:
        """The variants within rules, fits and limits."""
        return [v for v in self.variants if v.kind in ("meets", "short", "hopeless")]

    def order(self, variant: Variant) -> tuple[Any, ...]:
        """More reliable first, then less use in the order of resources, then the file's order."""
        uses = [variant.uses[name] for name in self.design.resources]
        return (-variant.reliability, *uses, variant.place)

    def top(self, most: int) -> list[Variant]:
        """The most reliable within rules, fits and limits."""
        return sorted(self.within, key=self.order)[:most]

    def cheapest(self, resource: str) -> Variant | None:
        """Of those that meet the one with the least use."""
        meeting = [v for v in self.variants if v.kind == "meets"]
        return min(meeting, key=lambda v: (v.uses[resource], *self.order(v)), default=None)

    def front(self, resources: list[str]) -> list[Variant]:
        """The variants that no other equals in all and beats in one; one for each figures."""

        def figures(variant: Variant) -> tuple[Fraction, ...]:
            return (-variant.reliability, *(variant.uses[name] for name in resources))

        first: dict[tuple[Fraction, ...], Variant] = {}
        for variant in sorted(self.within, key=self.order):
            first.setdefault(figures(variant), variant)
        kept = [
            variant
            for one, variant in first.items()
            if not any(
                other != one and all(a <= b for a, b in zip(other, one, strict=True))
                for other in first
            )
        ]
        return sorted(kept, key=lambda v: [*(v.uses[n] for n in resources), -v.reliability])

    @cached_property
    def decisions(self) -> dict[str, list[Option]]:
        """Decisions and their options in the order in which variants first come to them."""
        found: dict[str, list[Option]] = {}
        for variant in self.variants:
            for name, option in variant.options.items():
                if option not in found.setdefault(name, []):
                    found[name].append(option)
        return found

    def families(self, depth: int) -> Iterator[dict[str, Option]]:
        """All families of at most so many options that have variants, in the order of the file."""
        options: list[tuple[str, Option]] = [("", choice) for choice in self.choices]
        options += [(name, each) for name, found in self.decisions.items() for each in found]
        for size in range(depth + 1):
            for chosen in combinations(options, size):
                family = dict(chosen)
                if len(family) == size and any(v.is_in(family) for v in self.variants):
                    yield family

    def eliminations(self, depth: int) -> list[tuple[dict[str, Option], frozenset[int]]]:
        """The families that are out and lie in no larger one that is, largest first."""
        out: list[tuple[dict[str, Option], frozenset[int]]] = []
        for family in self.families(depth):
            inside = [v for v in self.variants if v.is_in(family)]
            if not any(v.kind in ("meets", "short") for v in inside):
                out.append((family, frozenset(v.place for v in inside)))
        if out and not out[0][0]:
            return out[:1]
        kept: list[tuple[dict[str, Option], frozenset[int]]] = []
        for family, places in out:
            if any(places < others for _, others in out):
                continue
            if not any(places == others for _, others in kept):
                kept.append((family, places))
        order = {id(family): place for place, (family, _) in enumerate(kept)}
        return sorted(kept, key=lambda each: (-len(each[1]), len(each[0]), order[id(each[0])]))

    def kind_of(self, inside: frozenset[int]) -> tuple[str, str | None]:
        """The first kind that holds of a family that is out, with the resource of a limit."""
        variants = [self.variants[place] for place in inside]
        if all(v.kind == "rules" for v in variants):
            return "rules", None
        if all(self.unfit(v) for v in variants):
            return "fits", None
        for name in self.design.resources:
            if name in self.limits and all(v.uses[name] > self.limits[name] for v in variants):
                return "limit", name
        if self.goal is not None and all(
            v.best <= self.goal for v in variants if v.best is not None
        ):
            return "goal", None
        rivals = self.design.baseline is not None and all(
            v.choice != self.design.baseline for v in variants
        )
        if rivals and not any(self.beats(v) for v in variants):
            return "baseline", None
        return "together", None

    def unfit(self, variant: Variant) -> bool:
        """Whether it does not fit, whatever rules say."""
        taken = Taken(self.design, variant.taken, {**self.present(), **variant.taken})
        return not fits(taken, self.design.choices[variant.choice].root)

    def beats(self, variant: Variant) -> bool:
        """Whether it beats the baseline, or could."""
        alone = Space(self.design, self.choices, None, {})
        return any(alone.wins(variant, at) for at in ({}, *self.ranges(variant)))


def space_of(design: Design, choices: list[str] | None = None) -> Space:
    """The space of a design as it stands."""
    goal = None if design.goal is None else number(design.goal)
    limits = {n: Fraction(r.limit) for n, r in design.resources.items() if r.limit is not None}
    return Space(design, list(design.choices) if choices is None else choices, goal, limits)


def how_many_mixes(copies: int, items: int) -> int:
    """How many mixes there are."""
    return comb(copies + items - 1, items - 1)
