"""A search on a scheduler and two workers on the loopback, of which one is killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vreltui.engine.limits import Limits
from vreltui.exploration.cluster import Cluster, ClusterError
from vreltui.exploration.exploring import Explorer
from vreltui.exploration.question import Question, question_of
from vreltui.exploration.search_families import Proving, proving_of
from vreltui.exploration.tasks import AliveTask, InProcess
from vreltui.storage import read
from vreltui.wording.exploring_json import exploration_json

ROOT = Path(__file__).parents[2]
LONG = 60.0


@pytest.fixture(autouse=True)
def searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vreltui.exploration.exploring.MOST_VARIANTS", 0)


@pytest.fixture(scope="module")
def question() -> Question:
    path = ROOT / "designs" / "hosts-and-hypervisors.toml"
    return replace(question_of(read(str(path)).design), depth=1, top=3)


def dask(*arguments: str) -> subprocess.Popen[bytes]:
    """A process of Dask that sees this checkout."""
    paths = os.pathsep.join([str(ROOT), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The file of a scheduler, and its two workers."""
    pytest.importorskip("distributed", reason="the extra vreltui[cluster] is not installed")
    file = tmp_path / "scheduler.json"
    with ExitStack() as stack:

        def started(*arguments: str) -> subprocess.Popen[bytes]:
            process = dask(*arguments)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        started(
            "distributed.cli.dask_scheduler", "--host", "tcp://127.0.0.1:0",
            "--scheduler-file", str(file), "--no-dashboard",
        )  # fmt: skip
        workers = [
            started(
                "distributed.cli.dask_worker", "--scheduler-file", str(file), "--no-nanny",
                "--nthreads", "1", "--no-dashboard",
                "--local-directory", str(tmp_path / f"worker{number}"),
            )
            for number in range(2)
        ]  # fmt: skip
        end = time.monotonic() + LONG
        while not file.exists() and time.monotonic() < end:
            time.sleep(0.05)
        yield str(file), workers


def test_a_worker_is_killed_and_the_answer_is_the_same(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], question: Question
) -> None:
    file, workers = cluster

    def answer(work: Any = None) -> str:
        found = Explorer(question, Limits(), work).run()
        return json.dumps(exploration_json("file", question, found))

    here = answer()
    several = Cluster(question, file)
    try:
        assert answer(lambda proving: several) == here
        proving: Proving = proving_of(question, Limits())
        pairs = proving.families.pairs()
        tasks = [AliveTask(((pair,),)) for pair in pairs] * 4
        expected = list(InProcess(proving).each(tasks))
        answers = several.each(tasks)
        assert next(answers) == expected[0]
        os.kill(workers[0].pid, signal.SIGKILL)
        assert list(answers) == expected[1:]
    finally:
        several.close()


def test_a_scheduler_that_is_not_there_is_said_to_be() -> None:
    pytest.importorskip("distributed", reason="the extra vreltui[cluster] is not installed")
    question = question_of(read(str(ROOT / "designs" / "hosts-and-hypervisors.toml")).design)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vreltui.exploration.cluster.SECONDS", 1.0)
        with pytest.raises(ClusterError, match="can't be reached"):
            Cluster(question, "tcp://127.0.0.1:9")


def test_without_the_extra_it_says_what_to_install(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install \"vreltui\[cluster\]\""):
        Cluster(question, "127.0.0.1:8786")
