"""The values of options, one by one and as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vreltui.model import Mix, Option, Value

Numbers: TypeAlias = Mapping[str, NDArray[np.int64]]
"""By axis, the number of the option that each of several variants takes there."""


def value_of(option: Option) -> Value:
    """The value that an option of a parameter is."""
    assert not isinstance(option, str | Mix)
    return option


def by_option(options: Sequence[Any], numbers: NDArray[np.int64]) -> Any:
    """The values of options as arrays: pairs of doubles, or whole numbers."""
    if isinstance(options[0], int):
        return np.array(options, dtype=np.int64)[numbers]
    r = np.array([float(value.reliability) for value in options])
    q = np.array([float(value.unreliability) for value in options])
    return r[numbers], q[numbers]
