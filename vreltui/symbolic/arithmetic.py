"""Pairs (R, 1 - R) of sympy expressions, in the forms that textbooks write."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import Any

from vreltui.engine.arithmetic import Arithmetic
from vreltui.symbolic.algebra import Algebra, Expr
from vreltui.symbolic.results import RefusedError

Pair = tuple[Expr, Expr]

WRITTEN_OUT = 7
"""Up to this many copies, k out of n is written as a polynomial in the reliability of one."""

FEW_TERMS = 3
"""Up to this many terms of a binomial sum are written one by one."""

DISTINCT = 6
"""Up to this many different parts, k out of n is written as a sum of products."""


class SymbolicArithmetic(Arithmetic[Any]):
    """What a program's steps mean in symbols. Counts may be symbols too."""

    def __init__(self, algebra: Algebra) -> None:
        super().__init__(algebra.whole(0), algebra.whole(1))
        self._algebra = algebra

    def all_of(self, parts: Sequence[Pair]) -> Pair:
        """R = prod R_i."""
        return _with_complement(self._algebra.product(*(r for r, _ in parts)))

    def any_of(self, parts: Sequence[Pair]) -> Pair:
        """R = 1 - prod (1 - R_i)."""
        return _from_complement(self._algebra.product(*(q for _, q in parts)))

    def at_least(self, k: int, parts: Sequence[Pair]) -> Pair:
        """k out of n parts: sum over j >= k of (-1)^(j-k) C(j-1, k-1) e_j(R_1, ..., R_n).

        e_j is the elementary symmetric polynomial. More parts than :data:`DISTINCT` are refused
        here; the caller names the intermediate results instead.
        """
        if all(part == parts[0] for part in parts):
            return self.copies(k, len(parts), parts[0])
        if len(parts) > DISTINCT:
            raise RefusedError(f"{k} out of {len(parts)} different parts is too long to write out")
        total: Expr = 0
        for j in range(k, len(parts) + 1):
            products = [
                self._algebra.product(*(r for r, _ in some)) for some in combinations(parts, j)
            ]
            total += (-1) ** (j - k) * comb(j - 1, k - 1) * self._algebra.total(*products)
        return _with_complement(total)

    def copies(self, k: Any, n: Any, part: Pair) -> Pair:
        """k out of n equal parts, where k (of a majority) and n may be symbols.

        In series r^n, in parallel 1 - (1 - r)^n; else a polynomial in r for few copies, else the
        binomial sum, closed where k is a small number.
        """
        r, q = part
        if k == n:
            return _with_complement(r**n)
        if r == 0:
            return self.zero, self.one
        if r == 1:
            return self._perfect_copies(k, n)
        if k == 1:
            return _from_complement(q**n)
        if isinstance(n, int):
            if k > n:
                return self.zero, self.one
            if n <= WRITTEN_OUT:
                return _with_complement(self._polynomial_tail(k, n, r))
            if n - k < FEW_TERMS:
                return _with_complement(self._terms(range(k, n + 1), n, r, q))
        if isinstance(k, int) and k <= FEW_TERMS:
            return _from_complement(self._terms(range(k), n, r, q))
        return _with_complement(self._algebra.binomial_tail(k, n, r, q))

    def contained(self, k: Any, n: Any, part: Pair, held: Pair) -> Pair:
        """Of copies of which any suffices (r + q c)^n - (q c)^n; else the sum over those enough."""
        r, q = part
        c = held[0]
        if k == 1:
            return _with_complement((r + q * c) ** n - (q * c) ** n)
        if isinstance(n, int) and isinstance(k, int) and n <= WRITTEN_OUT:
            return _with_complement(
                self._terms(range(k, n + 1), n, r, q * c) if k <= n else self.zero
            )
        return _with_complement(self._algebra.binomial_tail(k, n, r, q * c))

    def power(self, pair: Pair, share: Expr) -> Pair:
        """R^f."""
        return _with_complement(pair[0] ** share)

    def _perfect_copies(self, k: Any, n: Any) -> Pair:
        """Copies that always work do not work where there are fewer than k."""
        if isinstance(n, int):
            return (self.one, self.zero) if k <= n else (self.zero, self.one)
        if not isinstance(k, int):  # a majority of n is never more than n
            return self.one, self.zero
        # 0^0 = 1 where n < k. A binomial sum would hold 0^(n - i) with n < i, which is no number.
        return _from_complement(self.zero ** self._algebra.whole_quotient(n, k))

    def pivot(self, on: Expr, high: Expr, low: Expr) -> Pair:
        """``high`` where a part works, else ``low``: on * high + (1 - on) * low (Shannon)."""
        if high == 1:
            return _from_complement((1 - on) * (1 - low))
        if low == 0:
            return _with_complement(on * high)
        return _with_complement(self._algebra.tidied(on * high + (1 - on) * low))

    def _polynomial_tail(self, k: int, n: int, r: Expr) -> Expr:
        """The binomial tail as a polynomial in r: 3 r^2 - 2 r^3 for 2 out of 3."""
        return self._algebra.total(
            *((-1) ** (j - k) * comb(j - 1, k - 1) * comb(n, j) * r**j for j in range(k, n + 1))
        )

    def _terms(self, numbers: range, n: Any, r: Expr, q: Expr) -> Expr:
        """The probabilities that exactly so many of n work, added up."""
        return self._algebra.total(*(self._choose(n, i) * r**i * q ** (n - i) for i in numbers))

    def _choose(self, n: Any, i: int) -> Expr:
        """C(n, i) as a polynomial in n."""
        return self._algebra.whole(comb(n, i)) if isinstance(n, int) else self._algebra.chosen(n, i)


def _with_complement(r: Expr) -> Pair:
    return r, 1 - r


def _from_complement(q: Expr) -> Pair:
    return 1 - q, q
