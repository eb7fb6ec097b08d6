"""Common causes by the page alone: every state of every event, in fractions.

Nothing of the program is used: a design is a table of tuples, its instances are written out, each
set of members that a cause strikes is an event, and the probabilities of all states are added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, prod

Place = tuple[tuple[str, int], ...]
Instance = tuple[str, Place]


@dataclass(frozen=True)
class Part:
    """A component (``works``), a group (``parts``) or a pool (``of``, ``copies``)."""

    works: Fraction | None = None
    parts: tuple[str, ...] = ()
    of: str = ""
    copies: int = 0
    needs: str | int = "all"
    shared: bool = False
    contained: Fraction | None = None

    @property
    def chance(self) -> Fraction:
        """The probability that a component works."""
        assert self.works is not None
        return self.works


@dataclass(frozen=True)
class Striking:
    """A cause: what it strikes, its model with letters, ``within`` which node, and how split."""

    strikes: tuple[str, ...]
    model: str
    letters: tuple[Fraction, ...]
    within: str = ""
    independent: bool = False


Tables = tuple[dict[str, Part], dict[str, Striking]]


def share(model: str, letters: tuple[Fraction, ...], m: int, k: int, *, split: bool) -> Fraction:
    """Q_k / Q of a given set of k among m members, k = 1 the own part."""
    ways = comb(m - 1, k - 1)
    if model == "beta":
        return letters[0] if k == m else (1 - letters[0] if k == 1 else Fraction(0))
    if model == "mgl":
        rho = [Fraction(1), *letters, Fraction(0)]
        return prod(rho[:k], start=Fraction(1)) * (1 - rho[k]) / ways
    if model == "alpha":
        total = sum((j * a for j, a in enumerate(letters, 1)), Fraction(0))
        return k * letters[k - 1] / (ways * total)
    return letters[k - 1] / (1 if split else ways)


class Written:
    """All instances below a root, and what each of them depends on."""

    def __init__(self, nodes: dict[str, Part], root: str) -> None:
        self.nodes = nodes
        self.root: Instance = (root, ())
        self.below: dict[Instance, list[Instance]] = {}
        self._walk(self.root)

    def _walk(self, at: Instance) -> None:
        if at in self.below:
            return
        name, place = at
        node = self.nodes[name]
        if node.of:
            found = [self._at(node.of, (*place, (name, i))) for i in range(node.copies)]
        else:
            found = [self._at(part, place) for part in node.parts]
        self.below[at] = found
        for each in found:
            self._walk(each)

    def _at(self, name: str, place: Place) -> Instance:
        return (name, () if self.nodes[name].shared else place)

    def components(self) -> list[Instance]:
        """The instances that fail by themselves."""
        return [at for at in self.below if self.nodes[at[0]].works is not None]

    def groups(self, cause: Striking) -> Iterator[list[Instance]]:
        """The members that one such cause strikes together."""
        struck = [at for at in self.components() if at[0] in cause.strikes]
        homes = [at for at in self.below if at[0] == cause.within]
        if not homes:
            yield struck
            return
        for _, place in homes:
            yield [at for at in struck if at[1][: len(place)] == place]

    def works(self, up: dict[Instance, bool], held: dict[tuple[Instance, int], bool]) -> bool:
        """Whether the root works, given which components do and which failures are contained."""
        known: dict[Instance, bool] = {}

        def state(at: Instance) -> bool:
            if at not in known:
                node = self.nodes[at[0]]
                if node.works is not None:
                    known[at] = up[at]
                else:
                    states = [state(each) for each in self.below[at]]
                    n = len(states)
                    enough = {"all": n, "any": 1, "majority": n // 2 + 1}
                    k = enough[node.needs] if isinstance(node.needs, str) else node.needs
                    known[at] = sum(states) >= k and all(
                        ok or held.get((at, i), True) for i, ok in enumerate(states)
                    )
            return known[at]

        return state(self.root)


MOST_EVENTS = 11
"""With more events there are too many states to add up."""


def reliability(tables: Tables, root: str) -> Fraction | None:
    """The exact reliability; None where there are too many states to add up."""
    nodes, causes = tables
    written = Written(nodes, root)
    shocks, own = _expanded(written, causes)
    components = written.components()
    escapes: list[tuple[Instance, int, Fraction]] = []
    for at, below in written.below.items():
        held = nodes[at[0]].contained
        if held is not None:
            escapes.extend((at, i, held) for i in range(len(below)))
    chances = [q for q, _ in shocks] + [1 - own[at] for at in components]
    chances += [1 - c for _, _, c in escapes]
    if len(chances) > MOST_EVENTS:
        return None
    total = Fraction(0)
    for bits in range(1 << len(chances)):
        weight = Fraction(1)
        for i, q in enumerate(chances):
            weight *= q if bits >> i & 1 else 1 - q
        if not weight:
            continue
        up = {at: not bits >> (len(shocks) + i) & 1 for i, at in enumerate(components)}
        for i, (_, chosen) in enumerate(shocks):
            if bits >> i & 1:
                up.update(dict.fromkeys(chosen, False))
        first = len(shocks) + len(components)
        contained = {(at, i): not bits >> (first + j) & 1 for j, (at, i, _) in enumerate(escapes)}
        if written.works(up, contained):
            total += weight
    return total


def _expanded(
    written: Written, causes: dict[str, Striking]
) -> tuple[list[tuple[Fraction, list[Instance]]], dict[Instance, Fraction]]:
    """Each shock with its probability and whom it strikes; and how likely the own parts work."""
    shocks: list[tuple[Fraction, list[Instance]]] = []
    spared: dict[Instance, Fraction] = {}
    own: dict[Instance, Fraction] = {}
    for cause in causes.values():
        for members in written.groups(cause):
            m = len(members)
            for k in range(2, m + 1):
                f = share(cause.model, cause.letters, m, k, split=cause.independent)
                for chosen in combinations(members, k) if f else ():
                    q = f * (1 - written.nodes[chosen[0][0]].chance)
                    shocks.append((q, list(chosen)))
                    for at in chosen:
                        spared[at] = spared.get(at, Fraction(1)) * (1 - q)
            for at in members if cause.independent and m > 1 else ():
                f = share(cause.model, cause.letters, m, 1, split=True)
                own[at] = 1 - f * (1 - written.nodes[at[0]].chance)
    for at in written.components():
        spare = spared.get(at, Fraction(1))
        own.setdefault(at, written.nodes[at[0]].chance / spare if spare else Fraction(1))
    return shocks, own
