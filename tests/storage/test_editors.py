"""What editors say of a design by its schema: the key that is wrong is named, and no other."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.storage.samples import SHIPPED
from vreltui.cli.main import run
from vreltui.storage import schema
from vreltui.storage.schema import FILE, LINE, schema_text

jsonschema = pytest.importorskip("jsonschema")

WHOLE = """\
vreltui = 1
[parameters]
P = { value = 0.99, range = [0.9, 0.999] }
U = { value = 0.9, uncertain = { tests = 10, failures = 1 } }
[nodes.part]
reliability = "P"
[nodes.group]
parts = ["part", "pool"]
needs = 1
[nodes.pool]
of = "part"
copies = 3
needs = "any"
[nodes.worn]
mttf = "10 h"
mttr = "1 h"
[causes.storm]
strikes = ["part"]
beta = 0.1
[choices.only]
root = "group"
set = { P = { value = 0.95 } }
[plots.first]
choice = "only"
x = { parameter = "P", from = 0.9, to = 0.99, points = 11 }
"""
BROKEN = {
    "range": "rnage",
    "tests": "test",
    "reliability": "relibility",
    "parts": "part_s",
    "needs": "need",
    "copies": "copys",
    "mttr": "mtr",
    "strikes": "strike",
    "root": "rot",
    "points": "pionts",
}
"""Ten keys, each misspelt where it stands first."""


def broken(key: str) -> str:
    assert f"{key} = " in WHOLE
    return WHOLE.replace(f"{key} = ", f"{BROKEN[key]} = ", 1)


@pytest.mark.parametrize("key", BROKEN)
def test_a_misspelt_key_is_named_by_itself(key: str) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    assert list(validator.iter_errors(tomllib.loads(WHOLE))) == []
    said = [error.message for error in validator.iter_errors(tomllib.loads(broken(key)))]
    assert any(f"'{BROKEN[key]}' was unexpected" in message for message in said)
    # Beside it stands at most that the right one is missing, never all that could have stood there.
    rest = [message for message in said if BROKEN[key] not in message]
    assert all("is a required property" in m and f"'{key}'" in m for m in rest), said
    assert not any("any of the given schemas" in message for message in said)


def taplo() -> str:
    beside = Path(sys.executable).with_name("taplo")
    program = shutil.which("taplo") or (str(beside) if beside.exists() else None)
    if program is None:
        pytest.skip("taplo (from PyPI) is not installed")
    return program


def linted(program: str, folder: Path, *files: Path) -> tuple[int, str]:
    words = [program, "lint", *(str(file) for file in files)]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_taplo_has_nothing_to_say_of_shipped_designs_and_names_what_is_wrong(
    tmp_path: Path,
) -> None:
    program = taplo()
    (tmp_path / FILE).write_text(schema_text())
    files = [tmp_path / path.name for path in SHIPPED]
    for file, path in zip(files, SHIPPED, strict=True):
        file.write_text(LINE + path.read_text())
    status, said = linted(program, tmp_path, *files)
    assert status == 0, said
    assert "WARN" not in said
    for key, wrong in BROKEN.items():
        file = tmp_path / f"{key}-broken.toml"
        file.write_text(LINE + broken(key))
        status, said = linted(program, tmp_path, file)
        assert status != 0
        assert f"('{wrong}' was unexpected)" in said
        assert "anyOf" not in said, said


def test_a_new_design_has_its_schema_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, beside = tmp_path / "a.toml", tmp_path / FILE
    assert run(["new", "web-node", "-o", str(file), "--schema"]) == 0
    assert file.read_text().startswith(LINE)
    assert beside.read_text() == schema_text()
    assert run(["check", str(file)]) == 0
    capsys.readouterr()
    # A schema of an earlier version is replaced; what is something else stays, and so nothing new.
    beside.write_text('{"title": "vreltui design file"}')
    assert run(["new", "-o", str(tmp_path / "b.toml"), "--schema", "blank"]) == 0
    assert beside.read_text() == schema_text()
    beside.write_text("mine")
    for name, words in ((file, "a.toml exists"), (tmp_path / "c.toml", "something else")):
        assert run(["new", "blank", "-o", str(name), "--schema"]) == 2
        assert words in capsys.readouterr().err
    assert beside.read_text() == "mine"
    assert not (tmp_path / "c.toml").exists()
    assert run(["new", "blank", "--schema"]) == 2
    assert "name that with -o" in capsys.readouterr().err
