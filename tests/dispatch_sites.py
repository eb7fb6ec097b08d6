"""``python -m tests.dispatch_sites [CHECKOUT]``: where the program tells kinds apart.

Counts, for each family, the places outside its home that ask which kind something is: patterns of
``match`` and tests by ``isinstance``; and the silent defaults among them, which :func:`defaults`
finds and tests forbid.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Family:
    """Some kinds, by name, and the files in which they are at home."""

    name: str
    kinds: frozenset[str]
    homes: tuple[str, ...]


FAMILIES = (
    Family(
        "node",
        frozenset({"Component", "LastingComponent", "Group", "Pool"}),
        ("model/nodes.py", "model/lasting.py"),
    ),
    Family(
        "step",
        frozenset({"AllOf", "AnyOf", "AtLeast", "Constant", "Copies", "Decision", "Leaf"}),
        ("engine/steps.py",),
    ),
    Family(
        "quantity",
        frozenset({"Probability", "int", "Duration", "Rate", "PlainNumber"}),
        (
            "model/quantities.py",
            "model/quantity.py",
            "model/time_quantities.py",
            "model/numbers.py",
            "model/times.py",
        ),
    ),
    Family(
        "goal",
        frozenset({"Aim", "Downtime", "MeanLife"}),
        ("model/goals.py",),
    ),
)
"""The families whose kinds answer for themselves."""

READS_FILES = ("storage/", "workbench/commands/configuration.py")
"""Where ``int`` is what a file holds, before it is a number of anything."""


@dataclass(frozen=True)
class Site:
    """A place that asks which kind something is."""

    file: str
    line: int
    kind: str


def sites(package: Path, family: Family) -> Iterator[Site]:
    """Every place outside the family's home that tells its kinds apart."""
    for path in sorted(package.rglob("*.py")):
        file = path.relative_to(package).as_posix()
        if file in family.homes:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for kind in _asked(node):
                reads = kind == "int" and file.startswith(READS_FILES)
                if kind in family.kinds and not reads:
                    yield Site(file, node.lineno, kind)  # type: ignore[attr-defined]


def _asked(node: ast.AST) -> Iterator[str]:
    """The classes that one pattern or one ``isinstance`` asks about."""
    if isinstance(node, ast.MatchClass):
        yield _last_name(node.cls)
    elif (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "isinstance"
        and len(node.args) == 2
    ):
        asked = node.args[1]
        for part in ast.walk(asked):
            if isinstance(part, ast.Name):
                yield part.id


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def defaults(package: Path, kinds: frozenset[str]) -> Iterator[Site]:
    """Silent defaults: what would take a kind that it doesn't know for one that it does.

    A wildcard beside patterns of these kinds; an ``else`` behind two or more tests by
    ``isinstance``; ``hasattr``, and ``getattr`` with a default, wherever one of them is imported.
    """
    for path in sorted(package.rglob("*.py")):
        file = path.relative_to(package).as_posix()
        tree = ast.parse(path.read_text("utf-8"))
        imported = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
        known = kinds - {"int"} if file.startswith(READS_FILES) else kinds
        for node in ast.walk(tree):
            if isinstance(node, ast.Match) and _falls_through(node, known):
                yield Site(file, node.lineno, "case _")
            elif isinstance(node, ast.If) and _else_of_two(node, known):
                yield Site(file, node.lineno, "else")
            elif known & (imported | defined) and _by_attribute(node):
                yield Site(file, node.lineno, "hasattr or getattr")  # type: ignore[attr-defined]


def _falls_through(match: ast.Match, kinds: frozenset[str]) -> bool:
    asked = {kind for case in match.cases for kind in _matched(case.pattern)}
    wild = any(
        isinstance(case.pattern, ast.MatchAs)
        and case.pattern.pattern is None
        and not _never(case.body)
        for case in match.cases
    )
    return bool(asked & kinds) and wild


def _matched(pattern: ast.pattern) -> Iterator[str]:
    """The classes of what is matched itself, not those of its fields."""
    match pattern:
        case ast.MatchClass():
            yield _last_name(pattern.cls)
        case ast.MatchOr(patterns=parts) | ast.MatchSequence(patterns=parts):
            for part in parts:
                yield from _matched(part)
        case ast.MatchAs(pattern=ast.pattern() as inner):
            yield from _matched(inner)
        case _:
            pass


def _never(body: list[ast.stmt]) -> bool:
    """Whether a case is there for the type checker, and raises by name."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "assert_never"
        for statement in body
        for node in ast.walk(statement)
    )


def _else_of_two(branch: ast.If, kinds: frozenset[str]) -> bool:
    asked = 0
    step: ast.If | None = branch
    while step is not None:
        asked += any(kind in kinds for part in ast.walk(step.test) for kind in _asked(part))
        rest = step.orelse
        if len(rest) == 1 and isinstance(rest[0], ast.If):
            step = rest[0]
            continue
        return asked > 1 and bool(rest) and not _never(rest)
    return False


def _by_attribute(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and (node.func.id == "hasattr" or (node.func.id == "getattr" and len(node.args) > 2))
    )


def main(checkout: str = ".") -> None:
    """Print the counts of one checkout."""
    package, out = Path(checkout) / "vreltui", sys.stdout
    for family in FAMILIES:
        found = list(sites(package, family))
        silent = list(defaults(package, family.kinds))
        files = len({site.file for site in found})
        out.write(
            f"{family.name:10} {len(found):4} in {files:3} files; {len(silent)} silent defaults\n"
        )
        for site in silent:
            out.write(f"    {site.file}:{site.line}: {site.kind}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
