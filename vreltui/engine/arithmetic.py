"""The arithmetic of pairs (reliability, unreliability) over any kind of number.

All formulas here add and multiply non-negative numbers and never subtract, so that both sides of a
pair keep their relative accuracy, however near one of them is to zero. A kind of number needs only
+ and *; see :class:`Arithmetic` for what may be done faster.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

if TYPE_CHECKING:
    from vreltui.engine.levelled_diagram import LevelledDiagram

E = TypeVar("E")


class Arithmetic(Generic[E]):
    """Pairs over numbers with + and *. Subclasses may know faster ways for their own numbers.

    ``zero`` and ``one`` are the numbers 0 and 1.
    """

    def __init__(self, zero: E, one: E) -> None:
        self.zero = zero
        self.one = one

    def all_of(self, parts: Sequence[tuple[E, E]]) -> tuple[E, E]:
        """Series: R = prod R_i; Q = Q_1 + R_1 Q_2 + R_1 R_2 Q_3 + ..."""
        r: Any
        q: Any
        r, q = parts[0]
        for part_r, part_q in parts[1:]:
            q = q + r * part_q
            r = r * part_r
        return r, q

    def any_of(self, parts: Sequence[tuple[E, E]]) -> tuple[E, E]:
        """Parallel: the dual of series."""
        q, r = self.all_of([(q, r) for r, q in parts])
        return r, q

    def at_least(self, k: int, parts: Sequence[tuple[E, E]]) -> tuple[E, E]:
        """k out of n with unequal parts, by the distribution of the number that work.

        R. Barlow and K. Heidtmann, "Computing k-out-of-n system reliability", IEEE Transactions on
        Reliability R-33, 1984; here with an absorbing state, so that nothing is subtracted.
        """
        if k > len(parts) - k + 1:
            q, r = self.at_least(len(parts) - k + 1, [(q, r) for r, q in parts])
            return r, q
        working: list[Any] = [self.one]
        enough: Any = self.zero
        for r, q in parts:
            if len(working) == k:
                enough = enough + working[-1] * r
            grown = [working[0] * q]
            for j in range(1, min(len(working) + 1, k)):
                stay = (
                    working[j] * q + working[j - 1] * r if j < len(working) else working[j - 1] * r
                )
                grown.append(stay)
            working = grown
        return enough, self.total(working)

    def decided(
        self, diagram: LevelledDiagram, root: int, given: Sequence[tuple[E, E]]
    ) -> tuple[E, E]:
        """What a diagram of independent parts says; ``given`` is the pair of each variable."""
        return diagram.pair(root, (self.zero, self.one), given)

    def copies(self, k: int, n: int, part: tuple[E, E]) -> tuple[E, E]:
        """k out of n equal parts: the two tails of the binomial distribution."""
        if k > n:
            return self.zero, self.one
        if k == n:
            return self._power(part, n)
        if k == 1:
            q, r = self._power((part[1], part[0]), n)
            return r, q
        r, q = part
        works = self._powers(r, n)
        fails = self._powers(q, n)
        # Each binomial from the one before: of 10,000 copies, made anew they would take seconds.
        ways = accumulate(range(n), lambda ways, i: ways * (n - i) // (i + 1), initial=1)
        terms = [self.scale(works[i] * fails[n - i], w) for i, w in enumerate(ways)]
        return self.total(terms[k:]), self.total(terms[:k])

    def contained(self, k: int, n: int, part: tuple[E, E], held: tuple[E, E]) -> tuple[E, E]:
        """k out of n equal parts, where every failure stays the part's own with chance ``held``.

        An escaped one takes all of them down (W. Bouricius, W. Carter and P. Schneider, 1969). With
        c for held, R = sum over i from k of C(n, i) r**i (q c)**(n - i).
        """
        if k > n:
            return self.zero, self.one
        r, q = part
        works, fails, stays = (self._powers(base, n) for base in (r, q, held[0]))
        escapes = list(
            accumulate(range(n), lambda e, j: e + stays[j] * held[1], initial=cast(Any, self.zero))
        )
        enough: list[E] = []
        lost: list[E] = []
        for i, ways in enumerate(
            accumulate(range(n), lambda ways, i: ways * (n - i) // (i + 1), initial=1)
        ):
            state = self.scale(works[i] * fails[n - i], ways)
            if i < k:
                lost.append(state)
            else:
                enough.append(cast(Any, state) * stays[n - i])
                lost.append(cast(Any, state) * escapes[n - i])
        return self.total(enough), self.total(lost)

    def _given_all_held(self, k: int, n: int, part: tuple[E, E], held: tuple[E, E]) -> tuple[E, E]:
        """:meth:`contained`: no failure escapes, and given that, k work, each with r / (r + q c).

        One factor is (r + q c)**n, the other a binomial tail, so that their faster ways serve.
        """
        r: Any = part[0]
        q: Any = part[1]
        none = self.copies(n, n, (r + q * held[0], q * held[1]))
        return self.all_of([none, self.copies(k, n, self.share(r, q * held[0]))])

    def share(self, a: E, b: E) -> tuple[E, E]:
        """a / (a + b) and b / (a + b): what two non-negative weights make of one."""
        part: Any = a
        rest: Any = b
        total = part + rest
        return cast(E, part / total), cast(E, rest / total)

    def rest(self, parts: Sequence[E]) -> E:
        """One minus a sum: the one place where digits may be lost, if the sum is near 1."""
        total: Any = self.total(parts)
        one: Any = self.one
        return cast(E, one - total)

    def power(self, pair: tuple[E, E], share: E) -> tuple[E, E]:
        """The pair of R**f: what is left of a survival where only a share f of hazards is taken.

        Raises :class:`TypeError` in arithmetics that have no powers but whole ones.
        """
        raise TypeError(f"{pair} to the power of {share} is no polynomial")

    def total(self, terms: Sequence[E]) -> E:
        """The sum of at least one term."""
        result: Any = terms[0]
        for term in terms[1:]:
            result = result + term
        return cast(E, result)

    def scale(self, value: E, factor: int) -> E:
        """``value`` times a whole number."""
        number: Any = value
        return cast(E, number * factor)

    def _powers(self, base: Any, highest: int) -> list[Any]:
        powers = [self.one]
        for _ in range(highest):
            powers.append(powers[-1] * base)
        return powers

    def _power(self, part: tuple[E, E], n: int) -> tuple[E, E]:
        """n equal parts in series: r**n, and q (1 + r + ... + r**(n-1)), both by doubling."""
        r: Any
        q: Any
        r, q = part
        power: Any = r
        total: Any = self.one
        for bit in bin(n)[3:]:
            total = total + power * total
            power = power * power
            if bit == "1":
                total = total + power
                power = power * r
        return power, q * total
