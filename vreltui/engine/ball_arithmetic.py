"""Pairs of balls: the arithmetic in which verdicts are decided."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from typing import TYPE_CHECKING

from flint import arb, arb_poly

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import ONE, ZERO, PairOfBalls

if TYPE_CHECKING:
    from vreltui.engine.levelled_diagram import LevelledDiagram

_ANY = arb("0.5", "0.5")

TREE_FROM = 24
"""From this many parts, a k-out-of-n is computed by a product tree."""


class BallArithmetic(Arithmetic[arb]):
    """Pairs of balls, with long k-out-of-n in sub-quadratic time."""

    def __init__(self) -> None:
        super().__init__(ZERO, ONE)

    def copies(self, k: int, n: int, part: PairOfBalls) -> PairOfBalls:
        """The two binomial tails, each by Horner's rule from its far end: no term is subtracted."""
        if k > n or k in (1, n):
            return super().copies(k, n, part)
        r, q = part
        return self._tail(r, q, n, k), self._tail(q, r, n, n - k + 1)

    def contained(self, k: int, n: int, part: PairOfBalls, held: PairOfBalls) -> PairOfBalls:
        """As in the base, by two factors."""
        return self._given_all_held(k, n, part, held)

    def share(self, a: arb, b: arb) -> PairOfBalls:
        """As in the base; over intervals that reach down to 0, from 0 to 1."""
        total = a + b
        if total.contains(0):
            return (ONE, ZERO) if total.is_zero() else (_ANY, _ANY)
        return a / total, b / total

    def power(self, pair: PairOfBalls, share: arb) -> PairOfBalls:
        """R**f = e^(f ln R), and -expm1(f ln R); over intervals from their ends."""
        works, fails = pair
        if works.contains(0) or fails.contains(0) or not _is_narrow(share):
            least = _power((works.lower(), fails.upper()), share.upper())
            most = _power((works.upper(), fails.lower()), share.lower())
            return least[0].union(most[0]), least[1].union(most[1])
        return _power(pair, share)

    def decided(
        self, diagram: LevelledDiagram, root: int, given: Sequence[PairOfBalls]
    ) -> PairOfBalls:
        """As in the base; in double words where these are enough."""
        from vreltui.engine.diagram_walks import pair_of

        return pair_of(diagram, root, given)

    @staticmethod
    def _tail(r: arb, q: arb, n: int, k: int) -> arb:
        """The sum over i from k to n of C(n, i) r**i q**(n - i)."""
        total = ONE
        weight = 1
        power = q
        for i in range(n - 1, k - 1, -1):
            weight = weight * (i + 1) // (n - i)
            total = total * r + power * weight
            power = power * q
        return total * r**k

    def at_least(self, k: int, parts: Sequence[PairOfBalls]) -> PairOfBalls:
        """As in the base; many parts by multiplying their generating polynomials as a tree."""
        if all_alike(parts):
            return self.copies(k, len(parts), parts[0])
        if len(parts) < TREE_FROM:
            return super().at_least(k, parts)
        distribution = product_tree(parts)[-1][0]
        terms = [distribution[i] for i in range(len(parts) + 1)]
        return self.total(terms[k:]), self.total(terms[:k])


def _is_narrow(value: arb) -> bool:
    """Whether a ball holds a number that was rounded, and no interval."""
    return bool(value.is_exact() or value.rel_accuracy_bits() > 40)


def _power(pair: PairOfBalls, share: arb) -> PairOfBalls:
    """One number to the power of another from 0 to 1; of the pair the side that is certain."""
    works, fails = pair
    if not share > 0:
        return ONE, ZERO
    if not fails > 0:
        return ONE, ZERO
    if not works > 0:
        return ZERO, ONE
    exponent = share * log_of_pair(pair)
    return exponent.exp(), -exponent.expm1()


def log_of_pair(pair: PairOfBalls) -> arb:
    """The logarithm of R, from the side that keeps its digits."""
    works, fails = pair
    return works.log() if works < fails else (-fails).log1p()


def all_alike(parts: Sequence[PairOfBalls]) -> bool:
    """Whether all parts are one and the same pair, as components that name one parameter are."""
    r, q = parts[0]
    return all(part[0] is r and part[1] is q for part in parts)


def product_tree(parts: Sequence[PairOfBalls]) -> list[list[arb_poly]]:
    """Levels of products of (q_i + r_i x), from single parts up to all of them."""
    levels = [[arb_poly([q, r]) for r, q in parts]]
    while len(levels[-1]) > 1:
        last = levels[-1]
        paired = [last[i] * last[i + 1] for i in range(0, len(last) - 1, 2)]
        if len(last) % 2:
            paired.append(last[-1])
        levels.append(paired)
    return levels


def exactly_among_others(k: int, parts: Sequence[PairOfBalls]) -> list[arb]:
    """For each part, the probability that exactly ``k`` of the others work.

    The Birnbaum importance of part i in a (k+1)-out-of-n. Products of the others are carried down
    the product tree, only the coefficients that still matter.
    """
    if all_alike(parts):
        r, q = parts[0]
        others = len(parts) - 1
        return [r**k * q ** (others - k) * comb(others, k)] * len(parts)
    if len(parts) < TREE_FROM:
        return _exactly_among_few(k, parts)
    levels = product_tree(parts)
    # window[j] holds coefficients from ``start`` of the product of everything outside node j.
    windows: list[tuple[arb_poly, int]] = [(arb_poly([1]), 0)]
    for level in reversed(levels[:-1]):
        lower: list[tuple[arb_poly, int]] = []
        for number, own in enumerate(level):
            outside, start = windows[number // 2]
            sibling = number ^ 1
            if sibling < len(level):
                product = outside * level[sibling]
                first = max(0, k - own.degree())
                cut = [product[i] for i in range(first - start, k - start + 1)]
                lower.append((arb_poly(cut), first))
            else:
                lower.append((outside, start))
        windows = lower
    return [window[k - start] if k >= start else ZERO for window, start in windows]


def _exactly_among_few(k: int, parts: Sequence[PairOfBalls]) -> list[arb]:
    """As :func:`exactly_among_others`, from how many work before each part, and how many after."""
    before = _numbers_working(k, parts)
    after = _numbers_working(k, parts[::-1])[::-1]
    found = []
    for first, rest in zip(before, after, strict=True):
        total = ZERO
        for j in range(max(0, k - len(rest) + 1), min(k + 1, len(first))):
            total = total + first[j] * rest[k - j]
        found.append(total)
    return found


def _numbers_working(k: int, parts: Sequence[PairOfBalls]) -> list[list[arb]]:
    """For each part, the probabilities that 0, 1, ... k of the parts before it work."""
    working = [ONE]
    found = []
    for r, q in parts:
        found.append(working)
        grown = [working[0] * q]
        grown.extend(working[j] * q + working[j - 1] * r for j in range(1, len(working)))
        if len(working) <= k:
            grown.append(working[-1] * r)
        working = grown
    return found


def binomial_slope(k: int, n: int, part: PairOfBalls) -> arb:
    """The derivative of k-out-of-n equal parts by the reliability of a part."""
    if k > n:
        return ZERO
    r, q = part
    return r ** (k - 1) * q ** (n - k) * (n * comb(n - 1, k - 1))


def products_of_others(values: Sequence[arb]) -> list[arb]:
    """For each value, the product of all others, without dividing."""
    after = [ONE] * len(values)
    for i in range(len(values) - 2, -1, -1):
        after[i] = after[i + 1] * values[i + 1]
    products = []
    before = ONE
    for i, value in enumerate(values):
        products.append(before * after[i])
        before = before * value
    return products


def add_through_series(
    slope: list[arb], outer: arb, parts: Sequence[int], works: Sequence[arb]
) -> None:
    """Add to the slope of each part ``outer`` times what all others give, without dividing."""
    last = len(parts) - 1
    after = [ONE] * last
    product = works[parts[last]]
    for i in range(last - 1, -1, -1):
        after[i] = product
        if i:
            product = product * works[parts[i]]
    before = outer
    for part, rest in zip(parts, after, strict=False):
        so_far = slope[part]
        slope[part] = before * rest if so_far is ZERO else so_far + before * rest
        before = before * works[part]
    slope[parts[last]] = slope[parts[last]] + before
