"""``python -m benchmarks.same CHECKOUT``: does another version answer the same, byte for byte?

Every shipped design and as many random ones as wanted go through ``check --json`` of both versions,
are written as a fresh file, and again with a title for each of their entries, in the text that they
came from.
For a change that must not change what is said, such as a tidier inside or a faster way.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.oracle.rendering import as_toml
from tests.oracle.strategies import designs
from vreltui.model import Design

HERE = Path(__file__).parent.parent
DESIGNS = HERE / "designs"
SEED = 1

_ASKED = """
import sys
sys.path.insert(0, sys.argv[1])
from dataclasses import replace
from vreltui.cli.main import run

def titled(entries):
    return {name: replace(entry, title="Of late") for name, entry in entries.items()}

def written(path):
    from vreltui.storage import read, render, rewrite
    document = read(path)
    print(render(document.design))
    for table in ("parameters", "nodes", "choices", "plots"):
        titles = titled(getattr(document.design, table))
        document = rewrite(document, replace(document.design, **{table: titles}))
        print(document.text)

for path in sys.stdin.read().split("\\n"):
    print(f"==> {path}")
    print("status", run(["check", "--json", path]))
    try:
        written(path)
    except Exception as error:
        print(repr(error))
"""
"""What each version runs, in a process of its own; one for all designs, as starts take longest."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare this version with another; 1 where they differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same", description=__doc__)
    parser.add_argument("checkout", type=Path, help="the root of the other version's files")
    parser.add_argument("--random", type=int, default=2000, help="how many random designs")
    parser.add_argument("--seed", type=int, default=SEED, help="which random designs")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        files = [
            *sorted(DESIGNS.glob("*.toml")),
            *_written(Path(folder), chosen.random, chosen.seed),
        ]
        differing = [file for file, ours, theirs in _both(chosen.checkout, files) if ours != theirs]
        for file in differing:
            print(f"{file.name} is answered otherwise; it reads\n{file.read_text()}")
    print(f"{len(files)} designs, {len(differing)} answered otherwise")
    return 1 if differing else 0


def _both(other: Path, files: Sequence[Path]) -> Iterator[tuple[Path, str, str]]:
    """Each file with the answer of this version and that of the other one."""
    answers = [_answers(checkout, files) for checkout in (HERE, other)]
    for file, ours, theirs in zip_longest(files, *answers, fillvalue=""):
        assert isinstance(file, Path)
        yield file, str(ours), str(theirs)


def _answers(checkout: Path, files: Sequence[Path]) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", _ASKED, str(checkout)],
        input="\n".join(map(str, files)),
        capture_output=True,
        text=True,
        check=True,
        cwd=checkout,
    )
    return ended.stdout.split("==> ")[1:]


def _written(folder: Path, number: int, seed: int) -> Iterator[Path]:
    """Random designs as files."""
    for index, design in enumerate(_random_designs(number, seed)):
        file = folder / f"random-{index}.toml"
        file.write_text(as_toml(design), encoding="utf-8")
        yield file


def _random_designs(number: int, seed: int) -> list[Design]:
    """The designs with which the engine is compared with an oracle, the same ones for one seed."""
    found: list[Design] = []

    @hypothesis.seed(seed)
    @settings(
        max_examples=max(number, 1),
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(designs())
    def collect(design: Design) -> None:
        found.append(design)

    collect()
    return found[:number]


if __name__ == "__main__":
    raise SystemExit(main())
