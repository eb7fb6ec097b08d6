"""The shares beside the tree come for every choice, whichever process finds them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.tui.driving import WEB
from vreltui.analysis import successive
from vreltui.model import Probability
from vreltui.model.edits import Position, set_value
from vreltui.tui.session import Session
from vreltui.workbench import AnalysisService, Change, open_design
from vreltui.workbench.open import in_process

LONG = 30.0


async def until(condition: Callable[[], object]) -> None:
    end = asyncio.get_running_loop().time() + LONG
    while not condition():
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.005)


def play(*, instant: bool) -> None:
    """Walk through the choices, and edit; after each step the shares are those of what is shown."""

    async def run() -> None:
        bench = open_design(WEB)
        session: Session

        def changed() -> None:
            session.find_shares()

        service = AnalysisService(lambda analysis: session.receive(analysis))
        session = Session(bench, service, changed)
        try:
            session.start(asyncio.get_running_loop())
            session.find_shares()
            await until(lambda: not session.pending)
            if instant:
                session.hasten()
                await until(lambda: service._instant._begun)
            for choice in ("nv", "vms", "nv"):
                root = bench.design.choices[choice].root
                bench.select(Position(choice))
                await until(lambda: not session.pending)
                assert set(session.shares) == {root, *bench.design.below(root)}, choice
            before = dict(session.shares)
            edited = set_value(bench.design, "R_H", Probability.of("0.9"))
            bench.apply(Change("edit", edited))
            await until(lambda: not session.pending)
            assert set(session.shares) == set(before)
            assert session.shares != before
        finally:
            session.close()
            service.close()
            bench.close()

    asyncio.run(run())


def test_shares_that_come_with_an_answer_are_shown() -> None:
    play(instant=False)


def test_shares_that_take_too_long_here_come_from_the_other_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(successive, "_last", [])
    monkeypatch.setattr(in_process, "FRAME", LONG)
    monkeypatch.setattr(in_process, "STEP", LONG)
    monkeypatch.setattr(in_process, "SHARES", -1.0)
    play(instant=True)
