"""The benchmarks run, and refuse to measure programs that disagree."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks import allocation_peers, recovery, same, spaces, times
from benchmarks.__main__ import main
from benchmarks.agreement import Disagreement, check_agreement
from benchmarks.case import make_case
from benchmarks.contenders.base import linear_thresholds
from benchmarks.contenders.ours import Vreltui
from benchmarks.measure import Timing, ratio
from benchmarks.structure import shared, tree
from benchmarks.terminal.design import write_design
from benchmarks.terminal.parts import nudges
from benchmarks.terminal.run import table
from tests.exploration.fyffe import MOST, SUBSYSTEMS, fyffe
from vreltui.analysis import successive
from vreltui.engine.limits import Limits
from vreltui.exploration.exploring import explore
from vreltui.exploration.question import question_of
from vreltui.storage import parse, read
from vreltui.workbench import open_design


def test_the_short_form_asks_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--short", "--only", "check"]) == 0
    printed = capsys.readouterr().out
    for heading in ("Loading", "First evaluation", "after one edit", "All thresholds"):
        assert heading in printed
    assert "ours / relibmss" in printed


def test_the_short_form_measures_in_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--short", "--only", "terminal"]) == 0
    printed = capsys.readouterr().out
    for row in ("first paint, ms", "move, bytes", "nudge, ms", "edit: enter, ms", "memory, MB"):
        assert f"| {row} |" in printed


def test_an_answer_that_came_too_late_is_not_a_fast_one() -> None:
    figures: dict[tuple[str, str], list[float]] = {}
    for kind, count in (("vreltui", 0.0), ("stock", 9.0), ("drawn", 9.0)):
        figures["first paint, ms", kind] = [5.0]
        figures["nudge, ms", kind] = [count]
        figures["nudge, bytes", kind] = [count]
    printed = table(10, 80, 24, figures)
    assert "| nudge, ms | too late | 9.0 (9.0 to 9.0) | 9.0 (9.0 to 9.0) | - | - |" in printed
    assert "| first paint, ms | 5.0 (5.0 to 5.0) |" in printed


@pytest.mark.parametrize("nodes", [10, 100, 1000])
def test_designs_for_the_terminal_have_the_size_they_say(nodes: int, tmp_path: Path) -> None:
    assert len(read(write_design(tmp_path, nodes)).design.nodes) == nodes


@pytest.mark.parametrize("size", [10, 100, 1000])
def test_structures_have_the_size_they_say(size: int) -> None:
    assert len(tree(size).unreliabilities) == size
    assert len(shared(size).unreliabilities) == size


def test_an_edit_gives_what_a_fresh_start_gives() -> None:
    structure = shared(100)
    kept = Vreltui(structure, Decimal("0.9"))
    kept.evaluate()
    component = next(iter(structure.unreliabilities))
    edited = kept.edit(component, Decimal("0.01"))
    structure.unreliabilities[component] = Decimal("0.01")
    assert edited == Vreltui(structure, Decimal("0.9")).evaluate()


def test_rounds_are_compared_with_themselves() -> None:
    assert ratio(Timing((1.0, 30.0)), Timing((2.0, 60.0))) == 0.5


class Wrong(Vreltui):
    """A program whose reliability is a little off."""

    name = "wrong"

    def evaluate(self) -> float:
        return super().evaluate() + 1e-6


def test_programs_that_disagree_are_not_compared(tmp_path: Path) -> None:
    check_agreement(make_case(shared, 25, (Vreltui, Vreltui), tmp_path), ("vreltui",))
    with pytest.raises(Disagreement, match=r"reliability, wrong on shared 25"):
        check_agreement(make_case(shared, 25, (Vreltui, Wrong), tmp_path), ())


def test_thresholds_from_derivatives_lie_on_the_line() -> None:
    # a and b in series; c hardly matters.
    slopes = {"a": 0.8, "b": 0.9, "c": 1e-9}
    found = linear_thresholds(0.72, slopes, {"a": 0.9, "b": 0.8, "c": 0.5}, goal=0.76)
    assert found == {"a": pytest.approx(0.95), "b": pytest.approx(0.8 + 0.04 / 0.9), "c": None}


def test_the_parts_of_a_nudge_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(successive, "_last", [])
    bench = open_design(write_design(tmp_path, 20))
    lines = nudges(bench).table().splitlines()
    bench.close()
    assert len(lines) == 9
    assert bench.version > 0


def test_versions_that_answer_the_same_are_told_from_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = tmp_path / "designs"
    few.mkdir()
    for name in ("web-node.toml", "two-hosts-availability.toml"):
        shutil.copy(same.DESIGNS / name, few)
    monkeypatch.setattr(same, "DESIGNS", few)
    assert same.main([str(same.HERE), "--random", "5"]) == 0
    assert "7 designs, 0 answered otherwise" in capsys.readouterr().out
    package = tmp_path / "vreltui" / "cli"
    package.mkdir(parents=True)
    for folder in (package.parent, package):  # a package, which goes before the installed one
        (folder / "__init__.py").touch()
    (package / "main.py").write_text("def run(arguments): return 0\n")
    assert same.main([str(tmp_path), "--random", "1"]) == 1
    assert "web-node.toml is answered otherwise" in capsys.readouterr().out


def test_an_edit_of_a_time_is_measured_beside_one_of_a_reliability(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert times.main(["--size", "10", "--rounds", "1"]) == 0
    assert "10 components, an edit of R" in capsys.readouterr().out


def test_all_edits_of_a_long_journal_come_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert recovery.main(["--edits", "30", "--nodes", "20"]) == 0
    assert "| edits | 0 | 30 |" in capsys.readouterr().out


def test_tables_over_cost_and_weight_find_what_a_search_finds() -> None:
    kinds = SUBSYSTEMS[:3]
    assert spaces.best(fyffe(3, 40, cost=30)) == pytest.approx(
        allocation_peers.table(kinds, MOST, 30, 40)
    )


def test_spaces_that_grow_have_the_variants_that_are_told() -> None:
    assert explore(question_of(parse(spaces.modules(3)).design), Limits()).total == 10**3
    assert explore(question_of(parse(spaces.ring(4)).design), Limits()).total == 4**4
