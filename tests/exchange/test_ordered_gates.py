"""Gates of .dft files of which the order of failures counts: processes, or bounds."""

from __future__ import annotations

from decimal import Decimal
from math import exp

import pytest

from vreltui.analysis import examine
from vreltui.exchange.importing import Found, Wishes, import_files
from vreltui.model.times import Duration
from vreltui.storage import FileError

HOUR = Wishes(time=Duration(Decimal(1), "h"))


def imported(text: str, wishes: Wishes) -> Found:
    return import_files([("t.dft", text.encode())], None, wishes)


ORDERS = {
    "csp a b; a lambda=1; b lambda=1 dorm=0;": 2 * exp(-1),
    "wsp a b; a lambda=.5; b lambda=.5 dorm=.3;": exp(-0.65)
    + 0.65 / 0.15 * (exp(-0.5) - exp(-0.65)),
    "csp a b; a lambda=1 dorm=0; b lambda=2 dorm=0;": 2 * exp(-1) - exp(-2),
    "pand a b; a lambda=1; b lambda=2;": exp(-2) + 2 / 3 * (1 - exp(-3)),
}  # fmt: skip
"""Gates whose order counts, of constant rates, with the reliability at time 1 by hand."""


@pytest.mark.parametrize("gate", ORDERS)
def test_gates_whose_order_counts_are_exact_where_a_process_says_it(gate: str) -> None:
    found = imported(f"toplevel t; t {gate}", HOUR)
    assert not found.losses
    figure = examine(found.document.design).choices["t"].figure
    assert figure is not None
    assert figure.reliability == pytest.approx(ORDERS[gate], rel=1e-12)


@pytest.mark.parametrize(
    "gates",
    [
        "t csp a b; a lambda=1; b lambda=1;",  # how it ages while it waits is not said
        "t or g a; g csp a b; a lambda=1; b lambda=1 dorm=0;",  # one part is elsewhere too
        "t csp a g; g csp b c; a lambda=1; b lambda=1; c lambda=1 dorm=0;",  # the clock begins late
        "t csp a b; f fdep c b; a lambda=1; b lambda=1 dorm=0; c lambda=1;",  # it fails with others
    ],
)
def test_elsewhere_they_are_bounds(gates: str) -> None:
    with pytest.raises(FileError, match="--bounds"):
        imported(f"toplevel t; {gates}", HOUR)
