"""Long searches: kept in a file, stopped and resumed, divided among processes; always the same."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.exploration.deadly import DeadlyTask
from vreltui.engine.limits import Limits, Undecided
from vreltui.exploration import processes
from vreltui.exploration.exploring import Explorer
from vreltui.exploration.families import Options
from vreltui.exploration.processes import Processes
from vreltui.exploration.question import Question, question_of
from vreltui.exploration.result_file import Kept, ResultFile, ResultFileError
from vreltui.exploration.search_families import Proving, proving_of
from vreltui.exploration.stopping import StoppedError
from vreltui.exploration.tasks import AliveTask, InProcess, ProofTask, RecordsTask, Task, Work
from vreltui.storage import read
from vreltui.wording.exploring_json import exploration_json

SAID = {"version": "0", "design": "d", "question": "q"}


@pytest.fixture(autouse=True)
def searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small spaces are searched too, and other processes are asked at once."""
    monkeypatch.setattr("vreltui.exploration.exploring.MOST_VARIANTS", 0)
    monkeypatch.setattr(processes, "MOMENT", 0.0)


@pytest.fixture(scope="module")
def question() -> Question:
    """A shipped space, one option a family."""
    path = Path(__file__).parents[2] / "designs" / "hosts-and-hypervisors.toml"
    return replace(question_of(read(str(path)).design), depth=1, top=3)


def answer(question: Question, work: Any = None) -> str:
    found = Explorer(question, Limits(), work).run()
    return json.dumps(exploration_json("file", question, found))


@pytest.fixture(scope="module")
def whole(question: Question) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vreltui.exploration.exploring.MOST_VARIANTS", 0)
        found = answer(question)
    assert json.loads(found)["status"] == "complete"
    assert json.loads(found)["eliminations"]
    return found


class Stopping:
    """Stops after so many parts."""

    def __init__(self, work: Work, after: int) -> None:
        self._work = work
        self._left = after

    def each(self, tasks: Sequence[Task]) -> Iterator[Any]:
        for found in self._work.each(tasks):
            if not self._left:
                raise StoppedError("stopped by the test")
            self._left -= 1
            yield found


def test_a_search_stopped_at_any_moment_and_resumed_is_the_same(
    question: Question, whole: str, tmp_path: Path
) -> None:
    path = str(tmp_path / "one.explore")
    ResultFile.created(path, SAID).close()
    stops = 0
    while True:
        file = ResultFile.resumed(path, SAID)

        def work(proving: Proving, file: ResultFile = file) -> Work:
            return Kept(file, proving, Stopping(InProcess(proving), 2))

        try:
            found = answer(question, work)
        except StoppedError:
            stops += 1
            continue
        finally:
            file.close()
        break
    assert stops > 3
    assert found == whole


def test_several_processes_find_the_same(question: Question, whole: str) -> None:
    made: list[Processes] = []

    def work(proving: Proving) -> Processes:
        made.append(Processes(question, proving, 3))
        return made[0]

    try:
        assert answer(question, work) == whole
    finally:
        made[0].close()


def test_a_part_whose_process_ends_is_asked_again_and_then_given_up(question: Question) -> None:
    proving = proving_of(question, Limits())
    pair = next(pair for pair in proving.families.pairs() if pair[0] == "n")
    task = AliveTask(((pair,),))
    several = Processes(question, proving, 2)
    try:
        expected = next(InProcess(proving).each([task]))
        answers = several.each([task, task, task])
        assert next(answers) == expected
        for process in several._processes:
            os.kill(process.worker.process, signal.SIGKILL)
        assert list(answers) == [expected, expected]
        answers = several.each([task, task, DeadlyTask(), task])
        assert [next(answers), next(answers)] == [expected, expected]
        with pytest.raises(Undecided, match="ended its process 3 times"):
            next(answers)
    finally:
        several.close()


def test_a_file_about_something_else_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "one.explore"
    ResultFile.created(str(path), SAID).close()
    with pytest.raises(ResultFileError, match=r"--resume .* goes on with it"):
        ResultFile.created(str(path), SAID)
    for name in SAID:
        with pytest.raises(ResultFileError, match=f"another {name}|written by vreltui 0"):
            ResultFile.resumed(str(path), {**SAID, name: "x"})
    with pytest.raises(ResultFileError, match="no file"):
        ResultFile.resumed(str(tmp_path / "none"), SAID)
    with pytest.raises(ResultFileError, match="can't be written"):
        ResultFile.created(str(tmp_path / "no" / "such"), SAID)


HOSTILE: dict[str, Callable[[Path], object]] = {
    "text": lambda path: path.write_text("not a database " * 400),
    "nothing": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "a view": lambda path: _execute(path, "CREATE VIEW more AS SELECT * FROM parts"),
    "a trigger": lambda path: _execute(
        path, "CREATE TRIGGER t AFTER INSERT ON parts BEGIN DELETE FROM said; END"
    ),
    "another table": lambda path: _execute(
        path, "DROP TABLE parts", "CREATE TABLE parts (key, result)"
    ),
    "no format": lambda path: _execute(path, "DELETE FROM said WHERE name = 'format'"),
}


def _execute(path: Path, *statements: str) -> None:
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "one.explore"
    ResultFile.created(str(path), SAID).close()
    HOSTILE[name](path)
    with pytest.raises(ResultFileError, match=str(path)):
        ResultFile.resumed(str(path), SAID)


@pytest.mark.parametrize(
    "result",
    [
        "x", "{}", "[[0, [[0, 0, 99, 0]]]]", "[[7, []]]", "[[0, 5]]", '[[0, [["a"]]]]', "[0, 1]",
        "[" * 5000 + "]" * 5000, '["goal", "nothing", null, []]', '["goal", null, [0, [0]], []]',
        '["magic", null, null, []]', '["goal", null, null, [["limit", "gold", [0, [0, 0, 0, 0]]]]]',
    ],
)  # fmt: skip
def test_what_a_part_can_t_be_is_refused(result: str, question: Question, tmp_path: Path) -> None:
    path = tmp_path / "one.explore"
    file = ResultFile.created(str(path), SAID)
    proving = proving_of(question, Limits())
    records = RecordsTask(proving.search.order(()), 0.0, (0,))
    task: Task = ProofTask(()) if result.startswith('["') else records
    sealed = file._seal(task.key, result)
    file.close()
    database = sqlite3.connect(path)
    database.execute("INSERT INTO parts VALUES (?, ?, ?)", (task.key, result, sealed))
    database.commit()
    database.close()
    _refused(path, proving, task)


def _refused(path: Path, proving: Proving, task: Task) -> None:
    file = ResultFile.resumed(str(path), SAID)
    with pytest.raises(ResultFileError, match="damaged"):
        list(Kept(file, proving, InProcess(proving)).each([task]))
    file.close()


def _families(proving: Proving) -> list[Options]:
    """The families of one option, and one that is out among them."""
    families = [(pair,) for pair in proving.families.pairs()]
    out = [family for family in families if not proving.alive(family)]
    return [*out[:1], *families]


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE parts SET result = 'null'",
        "UPDATE parts SET result = '[]'",
        "UPDATE parts SET result = replace(result, '0', '1')",
        "UPDATE parts SET result = result || ' '",
        "UPDATE parts SET key = '{other}'",
        "UPDATE parts SET seal = ''",
    ],
)
@pytest.mark.parametrize("kind", ["records", "alive", "proof"])
def test_what_is_edited_by_hand_is_refused(
    kind: str, edit: str, question: Question, tmp_path: Path
) -> None:
    path = tmp_path / "one.explore"
    file = ResultFile.created(str(path), SAID)
    proving = proving_of(question, Limits())
    families = _families(proving)
    asked: dict[str, tuple[Task, Task]] = {
        "records": (
            RecordsTask(proving.search.order(()), 0.0, (0,)),
            RecordsTask(proving.search.order(()), 0.0, (0,), 1),
        ),
        "alive": (AliveTask(tuple(families[:3])), AliveTask(tuple(families[2:5]))),
        "proof": (ProofTask(families[0]), ProofTask(families[1])),
    }
    task, other = asked[kind]
    file.keep(task.key, task.run(proving))
    file.close()
    _execute(path, edit.format(other=other.key))
    _refused(path, proving, other if "{other}" in edit else task)


@pytest.mark.parametrize(
    "name",
    ["another kind", "no witness", "a witness of another family", "what lifts nothing", "twice"],
)
def test_a_proof_of_another_thing_is_refused_even_sealed(name: str, question: Question) -> None:
    proving = proving_of(question, Limits())
    out = _families(proving)[0]
    task = ProofTask(out)
    kind, resource, witness, back = json.loads(json.dumps(task.run(proving)))
    assert task.is_sound([kind, resource, witness, back], proving)
    assert kind == "goal"
    others = [
        [place.at, list(numbers)]
        for place in proving.search.places
        for numbers in [(0,) * len(place.block.axes), tuple(n - 1 for n in place.block.shape)]
    ]
    other = next(ref for ref in others if not task._is_of_family(ref, proving))
    edited: dict[str, list[Any]] = {
        "another kind": ["together", None, witness, back],
        "no witness": [kind, None, None, back],
        "a witness of another family": [kind, None, other, back],
        "what lifts nothing": [kind, None, witness, [["parameter", "no such", witness]]],
        "twice": [kind, None, witness, [["goal", "", witness], ["goal", "", witness]]],
    }
    assert not task.is_sound(edited[name], proving)


def test_variants_beyond_a_limit_or_listed_twice_are_refused_even_sealed(
    question: Question,
) -> None:
    proving = proving_of(replace(question, limits={"euro": Fraction(1)}), Limits())
    place = proving.search.places[0]
    numbers = [n - 1 for n in place.block.shape]
    task = RecordsTask(proving.search.order(()), 0.0, (0,))
    assert task.is_sound([[0, []]], proving)
    assert not task.is_sound([[0, [numbers]]], proving)
    free = proving_of(replace(question, limits={}), Limits())
    listed = RecordsTask(free.search.order(()), 0.0, (0,))
    ((at, variants),) = listed.run(free)
    assert listed.is_sound([[at, variants]], free)
    assert not listed.is_sound([[at, [*variants, variants[0]]]], free)
    assert not listed.is_sound([], free)
    assert not listed.is_sound([[at, variants], [at, variants]], free)
