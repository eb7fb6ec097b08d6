"""Answers found where they are drawn: those of the other process, or none."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from benchmarks.terminal.design import text_of
from vreltui.analysis import examine, successive
from vreltui.model import Design, Probability, edits
from vreltui.storage import parse
from vreltui.workbench import Analysis, AnalysisService
from vreltui.workbench.open import in_process
from vreltui.workbench.open.in_process import PAUSE, Instant

LONG = 20.0


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(successive, "_last", [])


@pytest.fixture
def design() -> Design:
    return parse(text_of(30)).design


def changed(design: Design, value: str) -> Design:
    return edits.set_reliability(design, "part-0", Probability.of(value))


def ready() -> Instant:
    """One whose engine is loaded."""
    loaded: list[bool] = []
    found = Instant()
    found.prepare(lambda: loaded.append(True))
    end = time.monotonic() + LONG
    while not loaded and time.monotonic() < end:
        time.sleep(0.01)
    return found


def begun(design: Design) -> Instant:
    """One that knows a design."""
    found = ready()
    found.begin((design, "all", ()), 0.01)
    while found.step():
        pass
    return found


def test_nothing_is_answered_before_the_engine_is_there_and_something_was(design: Design) -> None:
    found = Instant()
    assert not found.wants
    found.begin((design, "all", ()), 0.01)
    assert found.answer((design, "all", ())) is None
    found = ready()
    assert found.wants
    assert found.answer((design, "all", ())) is None


def test_an_edit_is_answered_at_once(design: Design, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_process, "FRAME", LONG)
    monkeypatch.setattr(in_process, "STEP", LONG)
    found = ready()
    found.begin((design, "all", ()), 0.01)
    assert found.answer((design, "all", ())) is None
    assert found.step()
    while found.step():
        pass
    assert not found.wants
    other = changed(design, "0.5")
    answer = found.answer((other, "all", ("part-0",)))
    assert answer is not None
    assert answer[0] == examine(other)
    assert set(answer[1]) == {"part-0"}


def test_what_took_long_elsewhere_is_not_begun_here(design: Design) -> None:
    found = ready()
    found.begin((design, "all", ()), 100.0)
    assert not found.step()
    assert found.answer((design, "all", ())) is None


def test_what_is_overdue_is_left_to_the_other_process_for_a_while(
    design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_process, "STEP", LONG)
    found = begun(design)
    monkeypatch.setattr(in_process, "FRAME", -1.0)
    assert found.answer((changed(design, "0.5"), "all", ())) is None
    monkeypatch.setattr(in_process, "FRAME", LONG)
    for _ in range(PAUSE):
        assert found.answer((changed(design, "0.6"), "all", ())) is None
        found.begin((design, "all", ()), 0.01)
        assert not found.step()
    found.begin((design, "all", ()), 0.01)
    while found.step():
        pass
    assert found.answer((changed(design, "0.6"), "all", ())) is not None


def test_a_fault_is_left_to_the_other_process(
    design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_process, "STEP", LONG)
    found = begun(design)

    def fault(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(successive, "answer", fault)
    assert found.answer((design, "all", ())) is None


def test_the_service_answers_an_edit_without_its_process(
    design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_process, "FRAME", LONG)
    monkeypatch.setattr(in_process, "STEP", LONG)
    monkeypatch.setattr(in_process, "MOST_SECONDS", LONG)

    async def until(condition: Callable[[], object]) -> None:
        end = time.monotonic() + LONG
        while not condition():
            assert time.monotonic() < end
            await asyncio.sleep(0.01)

    async def run() -> None:
        came: list[Analysis] = []
        service = AnalysisService(came.append)
        try:
            service.attach(asyncio.get_running_loop())
            first = service.submit(design, "all")
            await until(lambda: came or first)
            service.hasten()
            await until(lambda: service._instant._begun)
            other = changed(design, "0.5")
            found = service.submit(other, "all", ("part-1",))
            assert found is not None
            assert found.design is other
            assert found.report == examine(other)
            assert set(found.own) == {"part-1"}
            assert service.state == "current"
            more = service.extend(other, "all", ("part-1", "part-2"))
            assert more is not None
            assert set(more.own) == {"part-1", "part-2"}
        finally:
            service.close()

    asyncio.run(run())
