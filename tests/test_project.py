"""The ground the project stands on: pinned libraries, rooms, files that a person can read."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import vreltui

ROOT = Path(__file__).parent.parent
MOST_LINES = 400
REQUIREMENTS = ("requirements/run.txt", "requirements/dev.txt")
PINNED = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "requirements").glob("*.txt"))
PYTHON_FILES = sorted(
    path
    for folder in ("vreltui", "tests", "benchmarks", "screenshots")
    for path in (ROOT / folder).rglob("*.py")
)


def project() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return found


@pytest.mark.parametrize("name", PINNED)
def test_every_library_is_pinned_with_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = [line for line in text.splitlines() if line and line[0] not in "# "]
    assert entries
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==[^ ]+( ; .*)? \\$", entry), entry
    assert text.count("--hash=sha256:") >= len(entries)
    assert "://" not in text, "no registry is named"


def test_what_runs_is_pinned_alike_for_tests() -> None:
    run, dev = (
        {line for line in (ROOT / name).read_text().splitlines() if "==" in line}
        for name in REQUIREMENTS
    )
    assert run <= dev


def test_every_library_that_the_package_asks_for_is_pinned() -> None:
    asked = project()["dependencies"]
    assert isinstance(asked, list)
    pinned = (ROOT / "requirements/run.txt").read_text()
    for entry in asked:
        name = re.split(r"[<>=]", entry)[0]
        assert re.search(rf"^{re.escape(name)}==", pinned, re.MULTILINE), name


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) < MOST_LINES


def test_the_version_is_told() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "vreltui", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["vreltui", vreltui.__version__]


def test_a_start_loads_nothing_heavy() -> None:
    """Each of these takes longer to import than the program takes to say its version."""
    heavy = ("sympy", "numpy", "textual", "plotext", "tomlkit", "flint", "oxidd")
    script = (
        "import sys, runpy; sys.argv = ['vreltui', '--version']\n"
        "try: runpy.run_module('vreltui', run_name='__main__')\n"
        "except SystemExit: pass\n"
        f"sys.exit(' '.join(name for name in {heavy} if name in sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert run.stderr.strip() == ""


def test_the_commands_that_the_readme_names_exist() -> None:
    readme = (ROOT / "README.md").read_text()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"^make ([a-z]+)", readme, re.MULTILINE))
    assert {"run", "test"} <= named <= targets


def test_links_within_the_documents_lead_somewhere() -> None:
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]
    for document in documents:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text()):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_example_in_the_readme_is_what_is_printed() -> None:
    (block,) = re.findall(
        r"```console\n\$ vreltui (.*?)\n(.*?)```", ROOT.joinpath("README.md").read_text(), re.DOTALL
    )
    command, shown = block
    run = subprocess.run(
        [sys.executable, "-m", "vreltui", *command.split()],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert run.stdout == shown


def test_every_campaign_is_listed_with_what_it_does() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.campaigns"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    listed = dict(line.split(maxsplit=1) for line in run.stdout.splitlines())
    told = {
        name
        for path in (ROOT / "tests" / "campaigns").glob("*.py")
        for name in re.findall(r'^"""`make campaign NAME=([a-z]+)`', path.read_text())
    }
    assert set(listed) == told
    assert all(len(what) > 20 for what in listed.values())


def test_a_campaign_that_is_not_there_is_said_to_be_missing() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.campaigns", "killls"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 2
    assert "no campaign 'killls'" in run.stderr


MIRRORED = {
    # One idea in the rooms that each say their part of it: the model, its rules and edits, the
    # question, its words, its command and its pane.
    "amounts", "causes", "choices", "clipboard", "conditions", "cut_sets", "decisions",
    "dependence", "design", "difference", "errors", "explore", "exploring", "families", "formula",
    "gates", "glance", "importance", "remedies",
    "instances", "keeping", "limits", "lines", "names", "nodes", "numbers", "parameters", "plot",
    "plots", "policies", "prices", "results", "rows", "schema", "times", "values", "verdict",
    # The library says what the rooms below it say.
    "comparing", "designs",
    # The same arithmetic and the same solving over symbols; the pane and its widget.
    "arithmetic", "solving", "pane", "symbols", "tree",
}  # fmt: skip


def test_files_of_one_name_are_about_one_idea() -> None:
    places: dict[str, list[str]] = {}
    for path in sorted((ROOT / "vreltui").rglob("*.py")):
        if not path.name.startswith("__"):
            places.setdefault(path.stem, []).append(str(path.relative_to(ROOT)))
    shared = {name: found for name, found in places.items() if len(found) > 1}
    assert {name: found for name, found in shared.items() if name not in MIRRORED} == {}
