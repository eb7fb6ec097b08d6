"""Binomial tails of many points at once, which neither cancel, overflow nor underflow.

The k-th of a row of trials to succeed is the (k+j)-th trial with probability
C(k+j-1, j) r**k q**j (the negative binomial distribution), so that

    P(at least k of n work) = r**k * sum over j from 0 to n-k of C(k+j-1, j) q**j,

a sum of positive terms, each from the one before by a product.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_RESCALED_EVERY = 16
"""Terms between two looks at the size of a sum: one term is at most 10,000 times the one before."""

_LARGE = 2.0**500


def tail(
    k: NDArray[np.int64],
    n: NDArray[np.int64],
    r: NDArray[np.float64],
    q: NDArray[np.float64],
) -> NDArray[np.float64]:
    """P(at least k of n equal parts work), for 1 <= k <= n; ``q`` is 1 - ``r``. All broadcast.

    >>> tail(np.int64(2), np.int64(3), np.float64(0.75), np.float64(0.25)).item()
    0.84375
    """
    mantissa, exponent = _power(r, k)
    total, total_exponent = _weights(q, k, n - k)
    found = np.ldexp(mantissa * total, np.clip(exponent + total_exponent, -5000, 5000))
    # A probability; where r**k and the sum are both extreme, the last bit may exceed 1.
    return np.asarray(np.minimum(found, 1.0))


def _power(
    base: NDArray[np.float64], times: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """``base ** times`` as a number and a power of two, so that nothing underflows."""
    number: Any = np.float64(1.0)
    exponent: Any = np.int64(0)
    square, square_exponent = _split(base)
    for bit in range(int(times.max()).bit_length()):
        taken = (times >> bit) & 1 == 1
        grown, shift = _split(np.where(taken, number * square, number))
        exponent = exponent + shift + np.where(taken, square_exponent, 0)
        number = grown
        square, shift = _split(square * square)
        square_exponent = 2 * square_exponent + shift
    return number, exponent


def _split(number: Any) -> tuple[Any, Any]:
    mantissa, exponent = np.frexp(number)
    return mantissa, exponent.astype(np.int64)


def _weights(x: NDArray[np.float64], k: NDArray[np.int64], last: NDArray[np.int64]) -> Any:
    """The sum over j from 0 to ``last`` of C(k+j-1, j) x**j, as a number and a power of two."""
    shape = np.broadcast_shapes(np.shape(x), np.shape(k), np.shape(last))
    term, total = np.ones(shape), np.ones(shape)
    exponent = np.zeros(shape, dtype=np.int64)
    least, most = int(np.min(last)), int(np.max(last))
    for j in range(1, most + 1):
        term = term * (x * ((k + (j - 1)) / j))
        if j > least:
            term = np.where(j <= last, term, 0.0)
        total = total + term
        if j % _RESCALED_EVERY == 0:
            if _settled(x, k, j, term, total):
                break
            if total.max(initial=0.0) > _LARGE:
                total, shift = _split(total)
                term = np.ldexp(term, -shift)
                exponent += shift
    return total, exponent


def _settled(x: Any, k: Any, j: int, term: Any, total: Any) -> bool:
    """Whether all terms after the j-th together are below the last bit of the sum."""
    ratio = x * (k + j) / (j + 1)  # of the next term to this one; it falls from here on
    return bool(np.all((term == 0.0) | ((ratio < 1.0) & (term < total * 2.0**-60 * (1.0 - ratio)))))
