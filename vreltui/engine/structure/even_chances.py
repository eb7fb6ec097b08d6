"""What depends on the structure alone: every instance works with one chance p, exactly.

Chances are polynomials in p with whole coefficients, so that nothing is rounded and a complement is
a subtraction without loss.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq_poly, fmpz_poly

from vreltui.engine.arithmetic import Arithmetic

_P = fmpz_poly([0, 1])


class PolynomialArithmetic(Arithmetic[fmpz_poly]):
    """Pairs of polynomials in p."""

    def __init__(self) -> None:
        super().__init__(fmpz_poly([0]), fmpz_poly([1]))

    @property
    def event(self) -> tuple[fmpz_poly, fmpz_poly]:
        """The pair of one instance."""
        return _P, self.one - _P

    def all_of(self, parts: Sequence[tuple[fmpz_poly, fmpz_poly]]) -> tuple[fmpz_poly, fmpz_poly]:
        """The product, by halves, and what it leaves of one."""
        works = _product([r for r, _ in parts])
        return works, self.one - works

    def copies(
        self, k: int, n: int, part: tuple[fmpz_poly, fmpz_poly]
    ) -> tuple[fmpz_poly, fmpz_poly]:
        """The tail of the binomial distribution: the integral of its derivative.

        The derivative by p is n C(n-1, k-1) p**(k-1) (1-p)**(n-k).
        """
        if k > n:
            return self.zero, self.one
        ways = 1
        for chosen in range(k - 1):
            ways = ways * (n - 1 - chosen) // (chosen + 1)
        slope = _P ** (k - 1) * (self.one - _P) ** (n - k) * (n * ways)
        tail = fmpz_poly([int(each.p) for each in fmpq_poly(slope).integral().coeffs()])
        works = tail if part[0] == _P else tail(part[0])
        return works, self.one - works


def _product(factors: Sequence[fmpz_poly]) -> fmpz_poly:
    level = list(factors)
    while len(level) > 1:
        paired = [level[i] * level[i + 1] for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]
